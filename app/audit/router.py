"""The record of acts, for those who may read it; that they read it is in it as well."""

import asyncio
import uuid
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request, Response

from app import clock
from app.access import Actor, Permission
from app.audit import exporting, service
from app.audit.errors import AuditSearchRefusedError, ExportsBusyError
from app.audit.schemas import (
    AuditPage,
    AuditQuery,
    ExportQuery,
    beginning_of,
    end_of,
)
from app.audit.terms import Entry, ExportFormat, Place, Wanted
from app.db import cursors
from app.errors import FieldFault
from app.http.errors import (
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    TokenRefusedError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, database_of
from app.http.streams import LongAnswer

router = APIRouter(prefix="/v1/audit", tags=["audit"])

MOST_AT_ONCE = 2
"""Exports sent at a time by one worker: each holds one of its few connections to the database."""
MEDIA_TYPES = {
    ExportFormat.CSV: "text/csv; charset=utf-8",
    ExportFormat.JSONL: "application/x-ndjson",
}
KEPT_BY_NOBODY = {"Cache-Control": "no-store"}

MayRead = Annotated[Actor, Depends(Requires(Permission.AUDIT_READ))]
REFUSALS = (
    NotSignedInError,
    TokenRefusedError,
    NotPermittedError,
    OrganisationNotChosenError,
)
FILES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The file; its last line says how many entries it holds, and their hash",
        "content": {kind: {"schema": {"type": "string"}} for kind in MEDIA_TYPES.values()},
    }
}

_places = asyncio.Semaphore(MOST_AT_ONCE)


@router.get(
    "",
    operation_id="searchAudit",
    responses=problems(*REFUSALS, AuditSearchRefusedError),
)
async def search_audit(
    actor: MayRead,
    session: Looking,
    response: Response,
    query: Annotated[AuditQuery, Query()],
) -> AuditPage:
    """Read what an organisation's people and machines did, and others did to its records.

    Newest first. Those of organisations within it (a trust's schools, an authority's teams) are
    there too. Each request is itself written down, with its purpose.
    """
    response.headers.update(KEPT_BY_NOBODY)
    search = _fingerprint(actor, query)
    found = await service.look_up(
        session,
        actor,
        query.wanted(),
        query.purpose,
        after=_place(query.cursor, search),
        limit=query.limit + 1,
    )
    items, more = found[: query.limit], found[query.limit :]
    following = _address(query, _cursor(search, items[-1])) if more else None
    return AuditPage.model_validate(
        {
            "items": list(map(exporting.entry_out, items)),
            "links": {"self": _address(query, query.cursor), "next": following},
        }
    )


@router.get(
    "/export",
    operation_id="exportAudit",
    response_class=LongAnswer,
    status_code=200,
    responses=FILES | problems(*REFUSALS, ExportsBusyError),
)
async def export_audit(
    request: Request, actor: MayRead, session: Looking, query: Annotated[ExportQuery, Query()]
) -> Response:
    """Download everything of a period, oldest first, as one file.

    That it was asked for, by whom and what for, is written down before the first byte leaves. A
    file without its last line is not whole: ask for it again.
    """
    if _places.locked():
        raise ExportsBusyError(
            f"{MOST_AT_ONCE} exports are being sent at the moment. Ask again in a minute.",
            headers={"Retry-After": "60"},
        )
    wanted = Wanted(since=beginning_of(query.from_), before=end_of(query.until))
    asked = {"from": query.from_, "until": query.until, "format": query.format}
    await service.note_export(session, actor, service.audit_of(actor), query.purpose, asked)
    heading = exporting.Heading(
        audit_of=actor.organisation_name or "",
        organisation_id=str(actor.organisation_id),
        first_day=query.from_,
        last_day=query.until,
        made_at=clock.now(),
        made_by=exporting.made_by(actor),
        purpose=query.purpose,
    )
    chunks = exporting.export(database_of(request), actor, wanted, heading, query.format)
    name = f"audit-{query.from_}-to-{query.until}.{query.format}"
    return LongAnswer(
        _bytes(chunks),
        places=_places,
        media_type=MEDIA_TYPES[query.format],
        headers={**KEPT_BY_NOBODY, "Content-Disposition": f'attachment; filename="{name}"'},
    )


async def _bytes(chunks: AsyncGenerator[exporting.Chunk, None]) -> AsyncGenerator[bytes, None]:
    try:
        async for chunk in chunks:
            yield chunk.data
    finally:
        await chunks.aclose()


def _place(cursor: str | None, search: str) -> Place | None:
    """Read where the page before ended.

    Raises:
        AuditSearchRefusedError: the cursor is damaged, or of another search.
    """
    if cursor is None:
        return None
    try:
        _, (moment, entry_id) = cursors.decode(cursor, search, (str, str))
        return datetime.fromisoformat(moment).astimezone(UTC), uuid.UUID(entry_id)
    except cursors.CursorError as error:
        detail = str(error)
    except (ValueError, OverflowError):
        detail = "The cursor is damaged. Begin again without it."
    raise AuditSearchRefusedError(detail, errors=(FieldFault(detail, parameter="cursor"),))


def _cursor(search: str, last: Entry) -> str:
    return cursors.encode(search, 0, [last["recorded_at"].isoformat(), str(last["id"])])


def _fingerprint(actor: Actor, query: AuditQuery) -> str:
    asked = query.model_dump(mode="json", exclude={"purpose", "limit", "cursor"})
    return cursors.fingerprint([str(actor.organisation_id), asked])


def _address(query: AuditQuery, cursor: str | None) -> str:
    """Write a search as an address: parameters in a fixed order, defaults left out."""
    stated = query.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    given = stated | {"cursor": cursor}
    return "/v1/audit?" + urlencode({name: value for name, value in given.items() if value})
