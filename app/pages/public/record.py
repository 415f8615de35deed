"""The pages about one provider: what the register says, what it said on a day, and every entry."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse

from app.db import cursors
from app.db.read_pool import Reader
from app.errors import AppError, FieldFault, InvalidRequestError
from app.pages import filters
from app.pages.public.days import read_day
from app.pages.public.history_view import Stretch, Told, build_history
from app.pages.public.provider_view import PRESENT, Asked, build_provider
from app.pages.rendering import render
from app.providers.errors import ProviderNotFoundError
from app.register.differences import moved_for
from app.register.errors import (
    DayAheadError,
    EntryAheadError,
    NotKnownThenError,
    RecordTakenOutError,
)
from app.register.numbers import read_number
from app.register.past import record_then
from app.register.queries.documents import find_history, get_document, get_head
from app.register.rendering import render as render_record

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)

ENTRIES = 20
_ENTRY = re.compile(r"[1-9][0-9]{0,17}")
_REFUSALS = (DayAheadError, EntryAheadError, NotKnownThenError, RecordTakenOutError)
Typed = Annotated[str, Query(max_length=60)]


@router.get("/providers/{number}")
async def show_provider(request: Request, number: str, as_at: Typed = "") -> HTMLResponse:
    """Show everything that is public about one provider: now, or as it was on a day."""
    async with request.app.state.read_pool.acquire() as connection:
        held = await _held(request, connection, number)
        document, asked, status_code = held["document"], PRESENT, 200
        if as_at.strip():
            try:
                asked = _asked(as_at)
                document = await record_then(connection, held["number"], asked.as_at, None)
            except ValueError as error:
                asked, status_code = Asked(as_at, error=str(error)), 422
            except _REFUSALS as error:
                asked = Asked(asked.typed, error=_why_not(error, asked.as_at))
                status_code = error.status
    record: dict[str, Any] = orjson.loads(document)
    view = build_provider(record, demonstration=held["demonstration"], asked=asked)
    return render("provider.html", view, status_code=status_code)


@router.get("/providers/{number}/history")
async def show_history(
    request: Request, number: str, cursor: Annotated[str | None, Query(max_length=600)] = None
) -> HTMLResponse:
    """Show what the register said of a provider, entry by entry, newest first."""
    async with request.app.state.read_pool.acquire() as connection:
        held = await _held(request, connection, number)
        search = cursors.fingerprint(["history", held["number"]])
        before = _before(cursor, search)
        rows = await find_history(connection, held["number"], before, ENTRIES + 1)
    following = None
    if len(rows) > ENTRIES:
        following = cursors.encode(search, 0, [rows[ENTRIES - 1]["entry"]])
    view = build_history(
        held["number"],
        orjson.loads(held["document"])["name"],
        [_told(row) for row in rows[:ENTRIES]],
        Stretch(cursor, following),
        demonstration=held["demonstration"],
    )
    return render("history.html", view)


async def _held(request: Request, connection: Reader, number: str) -> dict[str, Any]:
    """Return a provider's number, present document, and whether the register is invented.

    Raises:
        ProviderNotFoundError: the register has none of this number.
    """
    head = await get_head(connection)
    request.state.demonstration = head["demonstration"]
    read = read_number(number)
    held = await get_document(connection, read)
    if held is None:
        raise ProviderNotFoundError("The register has no provider with this number.")
    return {**held, "number": read}


def _asked(typed: str) -> Asked:
    """Read a day, or the number of an entry.

    Raises:
        ValueError: it is neither.
    """
    if _ENTRY.fullmatch(typed.strip()):
        return Asked(as_at=int(typed))
    day = read_day(typed)
    return Asked(day.isoformat(), day)


def _told(row: Mapping[str, Any]) -> Told:
    now, before = row["record"], row["before"]
    return Told(
        entry=row["entry"],
        recorded_at=row["recorded_at"],
        effective_on=row["effective_on"],
        record=_document(now, row) if now else None,
        redacted_at=row["redacted_at"],
        redaction_reason=row["redaction_reason"],
        is_first=row["before_entry"] is None,
        before=_document(before, row) if before else None,
        by=row["by"],
        reason=moved_for(orjson.loads(before), orjson.loads(now)) if before and now else None,
    )


def _document(record: bytes, row: Mapping[str, Any]) -> dict[str, Any]:
    """Return a record of the log as the body of `GET /v1/providers/{number}`."""
    shown = render_record(orjson.loads(record), row["entry"], row["recorded_at"])
    document: dict[str, Any] = orjson.loads(shown.document)
    return document


def _why_not(error: AppError, as_at: date | int | None) -> str:
    then = f"with entry {as_at:,}" if isinstance(as_at, int) else f"on {filters.format_day(as_at)}"
    match error:
        case DayAheadError():
            return f"{then.removeprefix('on ')} has not come. Choose today, or a day before"
        case EntryAheadError():
            return f"{error.detail} Choose a day instead"
        case NotKnownThenError():
            return f"The register told nothing of this provider {then}. Choose a later day"
        case _:
            return f"What the register said {then} was taken out of it. Choose another day"


def _before(cursor: str | None, search: str) -> int | None:
    if not cursor:
        return None
    try:
        _, key = cursors.decode(cursor, search, (int,))
    except cursors.CursorError as error:
        fault = FieldFault(str(error), parameter="cursor")
        raise InvalidRequestError(str(error), errors=(fault,)) from None
    entry: int = key[0]
    return entry
