"""Links between providers and the sites of institutions, over HTTP."""

import uuid

from fastapi import APIRouter, Response

from app.db.events import WriteSession
from app.http.problems import problems
from app.http.sessions import Writing
from app.providers.errors import (
    LinkAlreadyHeldError,
    PartNotFoundError,
    SiteGroupedError,
    SiteNotFoundError,
)
from app.providers.router import answering as answers
from app.providers.router.answering import Number, Proposer, Verifier
from app.providers.router.showing import record_shown
from app.providers.schemas.claims import NewInstitutionSite, NewPredecessor
from app.providers.schemas.record import PrivateRecord
from app.providers.service import links as service
from app.providers.service.records import look_at

router = APIRouter(prefix=answers.RECORD, tags=["provider records"])


@router.post(
    "/predecessors",
    status_code=201,
    operation_id="linkPredecessor",
    responses=problems(*answers.JUDGED, LinkAlreadyHeldError),
)
async def link_predecessor(
    session: Writing, actor: Verifier, response: Response, number: Number, new: NewPredecessor
) -> PrivateRecord:
    """Say that the provider goes on from where another ended."""
    await service.link_predecessor(session, actor, number, new)
    return await _shown(session, response, number)


@router.delete(
    "/predecessors/{link_id}",
    status_code=204,
    operation_id="unlinkPredecessor",
    responses=problems(*answers.JUDGED, PartNotFoundError),
)
async def end_link(session: Writing, actor: Verifier, number: Number, link_id: uuid.UUID) -> None:
    """Say that a link with a predecessor was a mistake."""
    await service.end_link(session, actor, number, link_id)


@router.post(
    "/institution-sites",
    status_code=201,
    operation_id="groupInstitutionSite",
    responses=problems(*answers.JUDGED, SiteNotFoundError, SiteGroupedError),
)
async def group_site(
    session: Writing,
    actor: Proposer,
    response: Response,
    number: Number,
    new: NewInstitutionSite,
) -> PrivateRecord:
    """Count a site of another provider to this provider's institution; for the department."""
    await service.group_site(session, actor, number, new)
    return await _shown(session, response, number)


@router.delete(
    "/institution-sites/{grouping_id}",
    status_code=204,
    operation_id="ungroupInstitutionSite",
    responses=problems(*answers.JUDGED, PartNotFoundError),
)
async def ungroup_site(
    session: Writing, actor: Proposer, number: Number, grouping_id: uuid.UUID
) -> None:
    """Count a site to its own provider again; for the department."""
    await service.ungroup_site(session, actor, number, grouping_id)


async def _shown(session: WriteSession, response: Response, number: str) -> PrivateRecord:
    told = await record_shown(session, await look_at(session, number))
    answers.located(response, f"{answers.RECORDS}/{told.number}")
    answers.private(response, told.version)
    return told
