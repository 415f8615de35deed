"""Reliances over HTTP: one QA body uses what another saw."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import (
    InspectionNotFoundError,
    RelianceAlreadyHeldError,
    RelianceEndedError,
    RelianceNotAcceptedError,
    RelianceNotFoundError,
)
from app.inspections.queries import reliances as queries
from app.inspections.queries.reliances import Wanted
from app.inspections.router import answering as answers
from app.inspections.router.answering import Planner, Reader, Reference
from app.inspections.schemas.reliances import (
    NewReliance,
    RelianceEnd,
    RelianceList,
    RelianceOut,
)
from app.inspections.service import reliances as service
from app.organisations.router.pages import AskedPage
from app.providers.errors import PersonNeededError

RELIANCES = "/v1/reliances"

router = APIRouter(tags=["inspections"])


@router.post(
    f"{answers.INSPECTION}/reliances",
    status_code=201,
    operation_id="relyOnInspection",
    responses=problems(
        *(*answers.ASKED, KeyReusedError, PersonNeededError, InspectionNotFoundError),
        *(RelianceNotAcceptedError, RelianceAlreadyHeldError),
    ),
)
async def rely(
    session: Writing, actor: Planner, response: Response, reference: Reference, new: NewReliance
) -> RelianceOut:
    """Rely on a published inspection of another body, so that the provider is not visited twice."""
    identity = await service.rely(session, actor, reference, new)
    return await _shown(session, response, identity)


@router.get(RELIANCES, operation_id="listReliances", responses=problems(*answers.ASKED))
async def list_reliances(  # noqa: PLR0913, PLR0917 - each narrows the list
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    inspection: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="On this inspection.")
    ] = None,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="On what was seen here.")
    ] = None,
    body: Annotated[uuid.UUID | None, Query(description="Of this QA body.")] = None,
    holds: Annotated[bool | None, Query(description="Only those that hold, or do not.")] = None,
) -> RelianceList:
    """List reliances of your own body, and on inspections that you see; the newest first."""
    wanted = Wanted(
        reference=inspection.upper() if inspection else None,
        provider_number=provider.upper() if provider else None,
        body_id=body,
        holds=holds,
    )
    key = page.after((str,))
    found = await queries.list_reliances(session, wanted, key[0] if key else None, page.limit + 1)
    answers.private(response)
    return RelianceList(
        items=[_out(row) for row in found[: page.limit]], links=page.links(found, "id")
    )


@router.get(
    f"{RELIANCES}/{{reliance_id}}",
    operation_id="getReliance",
    responses=problems(*answers.ASKED, RelianceNotFoundError),
)
async def get_reliance(
    session: Reading, _: Reader, response: Response, reliance_id: uuid.UUID
) -> RelianceOut:
    """Look at a reliance."""
    return await _shown(session, response, reliance_id)


@router.post(
    f"{RELIANCES}/{{reliance_id}}/withdrawal",
    operation_id="withdrawReliance",
    responses=problems(
        *(*answers.ASKED, *answers.EDITED, KeyReusedError, PersonNeededError),
        *(RelianceNotFoundError, RelianceEndedError),
    ),
)
async def withdraw(
    session: Writing,
    actor: Planner,
    response: Response,
    reliance_id: uuid.UUID,
    expected: ExpectedVersion,
) -> RelianceOut:
    """Rely on it no more."""
    await service.withdraw(session, actor, reliance_id, expected)
    return await _shown(session, response, reliance_id)


async def _shown(
    session: ReadSession | WriteSession, response: Response, reliance_id: uuid.UUID
) -> RelianceOut:
    told = _out(await service.look_at(session, reliance_id))
    answers.located(response, f"{RELIANCES}/{told.id}")
    answers.private(response, told.version)
    return told


def _out(row: Any) -> RelianceOut:
    return RelianceOut(
        id=row.id,
        inspection=row.inspection,
        provider=row.provider,
        provider_name=row.provider_name,
        body=row.organisation_id,
        body_name=row.body_name,
        criteria=row.criteria,
        since=row.since,
        until=row.until,
        ended_on=row.ended_on,
        ended_because=RelianceEnd(row.ended_because) if row.ended_because else None,
        version=row.version,
    )
