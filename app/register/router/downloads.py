"""The whole register as a file."""

import asyncio
import difflib
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request, Response

from app.config import Settings
from app.errors import FieldFault
from app.files import store
from app.files.errors import FileContentLostError
from app.files.filing import Filing
from app.http.answer_cache import state_entry
from app.http.etag import not_modified, strong_etag
from app.http.faults import shown
from app.http.problems import problems
from app.http.reading_ahead import read_ahead
from app.http.streams import LongAnswer
from app.register.errors import (
    DayAheadError,
    DownloadRefusedError,
    DownloadsBusyError,
    EntryAheadError,
)
from app.register.packaging import DOWNLOAD, data_package
from app.register.past import check_come, known_by
from app.register.queries.downloads import Rendition, Snapshot, find_rendition, snapshot
from app.register.renditions import key_of, shape_of
from app.register.router.providers import NOT_MODIFIED, REVALIDATE, answered
from app.register.schemas.downloads import DataPackage, DownloadQuery
from app.register.terms import DownloadFormat, Table
from app.register.whole_files import Wanted, known_fields, next_entries, write

router = APIRouter(prefix="/v1/register/download", tags=["register"])

MEDIA_TYPES = {
    DownloadFormat.CSV: "text/csv; charset=utf-8",
    DownloadFormat.JSONL: "application/x-ndjson",
}
MOST_MADE_AT_ONCE = 2
"""Each holds a connection of the public's pool while it is made, some seconds at most."""
MOST_READ_AT_ONCE = 32
"""Each holds an open file, in the spool or in the store."""
_EXAMPLES: Mapping[DownloadFormat, str] = {
    DownloadFormat.JSONL: '{"number":"AP000001U","name":"Example Forge", … }\n'
    '{"register":{"entry":8428,"recorded_at":"2026-11-30T10:30:00.000000Z","epoch":"…",'
    '"demonstration":true,"tombstones":0},"count":1,"sha256":"…",'
    '"links":{"next":"/v1/register/entries?after=8428&epoch=…"}}\n',
    DownloadFormat.CSV: "number,name,status\r\nAP000001U,Example Forge,listed\r\n"
    "#end,1,8428,…,2026-11-30T10:30:00.000000Z,…\r\n",
}
_HEADERS = {
    "Register-Entry": "The entry with which the register was as the file has it",
    "Register-Epoch": "Names the log that this is an entry of",
    "Register-Head": "The log's newest entry; where it is another, the file is of before it",
    "Last-Modified": "When the entry was recorded",
    "Link": "`rel=next`: where the log goes on after the file, without a gap",
}
_FILE: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file. Its last line says how much it holds, and the SHA-256 of all "
        "before that line; without that line it is not whole",
        "content": {
            MEDIA_TYPES[kind].partition(";")[0]: {"schema": {"type": "string"}, "example": example}
            for kind, example in _EXAMPLES.items()
        },
        "headers": {
            name: {"description": text, "schema": {"type": "string"}}
            for name, text in _HEADERS.items()
        },
    }
}

_makers = asyncio.Semaphore(MOST_MADE_AT_ONCE)
_places = asyncio.Semaphore(MOST_READ_AT_ONCE)


@router.get(
    "",
    operation_id="downloadRegister",
    response_class=LongAnswer,
    status_code=200,
    responses=_FILE
    | NOT_MODIFIED
    | problems(DownloadRefusedError, DayAheadError, EntryAheadError, DownloadsBusyError),
)
async def download_register(request: Request, query: Annotated[DownloadQuery, Query()]) -> Response:
    """Download the whole register as one file, as it is or as it was with an entry of its log.

    Keep it, and follow the log from there: `links.next` of the last line, or the header `Link`. Of
    a large register the newest file that is ready is sent, which may be some minutes old; it says
    its own entry, and `Register-Head` the log's. With `as_at` it is exactly that state.
    """
    wanted = _wanted(query)
    async with request.app.state.read_pool.acquire() as connection:
        await check_come(connection, as_at=query.as_at)
        async with snapshot(connection, known_by(query.as_at)) as state:
            rendition = None
            if _may_be_kept(request, query, state):
                shape = shape_of(wanted)
                rendition = await find_rendition(connection, shape, wanted.rendering)
    if rendition is not None and (kept := await _kept(request, wanted, state, rendition)):
        return kept
    headers = _headers(wanted, state)
    if unchanged := not_modified(request, headers["ETag"], headers):
        state_entry(request, state.head)
        return unchanged
    _check_places()
    return _streamed(request, wanted, query)


@router.get(
    "/datapackage.json",
    operation_id="describeDownloads",
    response_model=DataPackage,
    response_model_exclude_none=True,
    responses=NOT_MODIFIED,
)
async def describe_downloads(request: Request) -> Response:
    """Describe the tables of `format=csv` as a Tabular Data Package (Frictionless Data)."""
    settings: Settings = request.app.state.settings
    async with (
        request.app.state.read_pool.acquire() as connection,
        snapshot(connection) as state,
    ):
        package = data_package(state, settings.address)
    state_entry(request, state.head)
    return answered(request, orjson.dumps(package))


def _check_places() -> None:
    if _places.locked():
        raise DownloadsBusyError(
            f"{MOST_READ_AT_ONCE} downloads are being sent at the moment. Ask again in a minute.",
            headers={"Retry-After": "60"},
        )


def _wanted(query: DownloadQuery) -> Wanted:
    """Read which file is wanted; everything that will not do is told at once."""
    names = tuple(
        stripped for one in query.fields for name in one.split(",") if (stripped := name.strip())
    )
    faults = []
    if query.format is DownloadFormat.JSONL and query.table is not Table.PROVIDERS:
        faults.append(
            FieldFault("Only format=csv has tables. Add it, or leave table out.", parameter="table")
        )
        known = known_fields(DownloadFormat.CSV, query.table)
    else:
        known = known_fields(query.format, query.table)
    faults += [_unknown(name, known) for name in dict.fromkeys(names) if name not in known][:20]
    if query.fields and not names:
        faults.append(FieldFault("Name a field, or leave fields out.", parameter="fields"))
    if faults:
        raise DownloadRefusedError("There is no such file; see errors.", errors=tuple(faults))
    return Wanted(query.format, query.table, names or None)


def _unknown(name: str, known: tuple[str, ...]) -> FieldFault:
    near = difflib.get_close_matches(name[:100], known, n=1, cutoff=0.5)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return FieldFault(
        f"Unknown field “{shown(name)}”.{hint} Fields: {', '.join(known)}.", parameter="fields"
    )


def _may_be_kept(request: Request, query: DownloadQuery, state: Snapshot) -> bool:
    settings: Settings = request.app.state.settings
    large = state.providers >= settings.download_kept_from
    return large and query.as_at is None and not query.fields


async def _kept(
    request: Request, wanted: Wanted, state: Snapshot, rendition: Rendition
) -> Response | None:
    """Answer with a file that is ready; not, if its content is gone from the store."""
    filing: Filing = request.app.state.filing
    key = key_of(rendition.id)
    try:
        size = await store.size_of_object(filing.store, key)
    except FileContentLostError:
        return None
    if size != rendition.size:
        return None
    # Told, but not kept in memory: a newer file may be ready before the register moves again.
    request.app.state.known_head.tell(state.head)
    headers = _headers(wanted, state, rendition.entry, rendition.recorded_at)
    if unchanged := not_modified(request, headers["ETag"], headers):
        return unchanged
    _check_places()
    return LongAnswer(
        store.read_object(filing.store, key),
        places=_places,
        media_type=MEDIA_TYPES[wanted.format],
        headers=headers | {"Content-Length": str(size)},
    )


def _streamed(request: Request, wanted: Wanted, query: DownloadQuery) -> Response:
    """Answer with a file that is made as it is sent; its headers are those of what is sent.

    It is made ahead of its reader: however slow one is, the connection goes back when it is whole.
    """
    filing: Filing = request.app.state.filing

    async def parts() -> AsyncGenerator[bytes, None]:
        async with (
            request.app.state.read_pool.acquire() as connection,
            snapshot(connection, known_by(query.as_at)) as state,
            aclosing(write(connection, state, wanted)) as chunks,
        ):
            state_entry(request, state.head)
            answer.headers.update(_headers(wanted, state))
            async for chunk in chunks:
                yield chunk.data

    answer = LongAnswer(
        read_ahead(parts(), filing.spool, _makers),
        places=_places,
        media_type=MEDIA_TYPES[wanted.format],
    )
    return answer


def _headers(
    wanted: Wanted,
    state: Snapshot,
    entry: int | None = None,
    recorded_at: datetime | None = None,
) -> dict[str, str]:
    """Return the headers of a file of one entry: the state's own, if no other is given."""
    if entry is None:
        entry, recorded_at = state.entry, state.recorded_at
    epoch = str(state.epoch)
    what = (wanted.format.value, wanted.table.value, ",".join(wanted.held))
    name = wanted.format.value if wanted.format is DownloadFormat.JSONL else "csv"
    stem = "register" if wanted.table is Table.PROVIDERS else f"register-{wanted.table.value}"
    headers = {
        "ETag": strong_etag(epoch, entry, state.tombstones, wanted.rendering, *what),
        "Content-Disposition": f'attachment; filename="{stem}-{entry}.{name}"',
        "Register-Entry": str(entry),
        "Register-Epoch": epoch,
        "Register-Head": str(state.head),
        "Link": f'<{next_entries(entry, epoch)}>; rel="next", '
        f'<{DOWNLOAD}/datapackage.json>; rel="describedby"',
        **REVALIDATE,
    }
    if recorded_at is not None:
        headers["Last-Modified"] = format_datetime(recorded_at.astimezone(UTC), usegmt=True)
    return headers
