"""Concerns over HTTP."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.concerns import queries, service
from app.concerns.errors import ConcernClosedError, ConcernNotFoundError
from app.concerns.queries import Wanted
from app.concerns.schemas import ConcernClosure, ConcernList, ConcernOut, NewConcern
from app.concerns.terms import ConcernEnd, ConcernKind, Severity
from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import NotYoursToJudgeError, PersonNeededError, ProviderNotFoundError
from app.providers.router.answering import ASKED, EDITED, located, private

CONCERNS = "/v1/concerns"

router = APIRouter(prefix=CONCERNS, tags=["concerns"])

Reader = Annotated[Actor, Depends(Requires(Permission.CONCERNS_READ))]
Raiser = Annotated[Actor, Depends(Requires(Permission.CONCERNS_RAISE))]
Closer = Annotated[Actor, Depends(Requires(Permission.CONCERNS_CLOSE))]


@router.post(
    "",
    status_code=201,
    operation_id="raiseConcern",
    responses=problems(*ASKED, KeyReusedError, PersonNeededError, ProviderNotFoundError),
)
async def raise_concern(
    session: Writing, actor: Raiser, response: Response, new: NewConcern
) -> ConcernOut:
    """Raise a concern about a provider with those who answer for it; the provider is not told."""
    identity = await service.raise_concern(session, actor, new)
    return await _shown(session, response, identity)


@router.get("", operation_id="listConcerns", responses=problems(*ASKED))
async def list_concerns(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="About this provider.")
    ] = None,
    severity: Annotated[list[Severity] | None, Query(description="Any of these.")] = None,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only those that are open, or are not.")
    ] = None,
) -> ConcernList:
    """List concerns that your organisation raised or answers for, the newest first."""
    wanted = Wanted(provider.upper() if provider else None, tuple(severity or ()), open_)
    key = page.after((str,))
    found = await queries.list_concerns(session, wanted, key[0] if key else None, page.limit + 1)
    private(response)
    return ConcernList(
        items=[_out(row) for row in found[: page.limit]], links=page.links(found, "id")
    )


@router.get(
    "/{concern_id}", operation_id="getConcern", responses=problems(*ASKED, ConcernNotFoundError)
)
async def get_concern(
    session: Reading, _: Reader, response: Response, concern_id: uuid.UUID
) -> ConcernOut:
    """Look at a concern."""
    return await _shown(session, response, concern_id)


@router.post(
    "/{concern_id}/closure",
    operation_id="closeConcern",
    responses=problems(
        *(*ASKED, *EDITED, KeyReusedError, PersonNeededError),
        *(ConcernNotFoundError, NotYoursToJudgeError, ConcernClosedError),
    ),
)
async def close_concern(
    session: Writing,
    actor: Closer,
    response: Response,
    concern_id: uuid.UUID,
    said: ConcernClosure,
    expected: ExpectedVersion,
) -> ConcernOut:
    """Say what came of a concern that was looked into."""
    await service.close(session, actor, concern_id, said, expected)
    return await _shown(session, response, concern_id)


async def _shown(
    session: ReadSession | WriteSession, response: Response, concern_id: uuid.UUID
) -> ConcernOut:
    told = _out(await service.look_at(session, concern_id))
    located(response, f"{CONCERNS}/{told.id}")
    private(response, told.version)
    return told


def _out(row: Any) -> ConcernOut:
    return ConcernOut(
        id=row.id,
        provider=row.provider,
        provider_name=row.provider_name,
        site=row.site,
        kind=ConcernKind(row.kind),
        severity=Severity(row.severity),
        what=row.what,
        noticed_on=row.noticed_on,
        raised_by=row.organisation_name,
        raised_at=row.raised_at,
        closure=ConcernEnd(row.closure) if row.closure else None,
        closed_at=row.closed_at,
        closed_reason=row.closed_reason,
        version=row.version,
    )
