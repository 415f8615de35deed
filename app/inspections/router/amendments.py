"""Amendments over HTTP: corrections and redactions of what was published."""

import uuid
from typing import Any

from fastapi import APIRouter, Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import (
    AmendmentNotFoundError,
    AmendmentNotPossibleError,
    AmendmentSettledError,
    JudgementChangedError,
    JudgementsNotAcceptedError,
    NotIndependentError,
)
from app.inspections.queries import publications as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import Planner, Reader, RecentChecker, Reference
from app.inspections.schemas.amendments import (
    AmendmentList,
    AmendmentOut,
    AmendmentProposed,
    AmendmentRefused,
)
from app.inspections.service import amending
from app.inspections.service.looking import look_at
from app.providers.errors import PersonNeededError

AMENDMENTS = f"{answers.INSPECTION}/amendments"

router = APIRouter(prefix=AMENDMENTS, tags=["inspections"])

_DONE = (*answers.DONE, PersonNeededError, AmendmentSettledError)
_WRITTEN = (AmendmentNotPossibleError, JudgementsNotAcceptedError, JudgementChangedError)
_DECIDED = (*_DONE, *answers.RECENT, AmendmentNotFoundError, NotIndependentError)


@router.get("", operation_id="listAmendments", responses=problems(*answers.LOOKED))
async def list_amendments(
    session: Reading, actor: Reader, response: Response, reference: Reference
) -> AmendmentList:
    """List what was proposed to be put right, and what came of it; none to who is inspected."""
    return await _told(session, actor, reference, response)


@router.post(
    "", status_code=201, operation_id="proposeAmendment", responses=problems(*_DONE, *_WRITTEN)
)
async def propose_amendment(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    wanted: AmendmentProposed,
) -> AmendmentList:
    """Propose to correct the newest version, or to take out an older one. Another one decides."""
    await amending.propose(session, actor, reference, wanted)
    return await _told(session, actor, reference, response)


@router.post(
    "/{amendment_id}/confirmation",
    operation_id="confirmAmendment",
    responses=problems(*_DECIDED, *_WRITTEN),
)
async def confirm_amendment(
    session: Writing,
    actor: RecentChecker,
    response: Response,
    reference: Reference,
    amendment_id: uuid.UUID,
) -> AmendmentList:
    """Bring it about: a further version is published, or an older one goes."""
    await amending.confirm(session, actor, reference, amendment_id)
    return await _told(session, actor, reference, response)


@router.post(
    "/{amendment_id}/refusal", operation_id="refuseAmendment", responses=problems(*_DECIDED)
)
async def refuse_amendment(
    session: Writing,
    actor: RecentChecker,
    response: Response,
    reference: Reference,
    amendment_id: uuid.UUID,
    stated: AmendmentRefused,
) -> AmendmentList:
    """Leave what was published as it is."""
    await amending.refuse(session, actor, reference, amendment_id, stated.reason)
    return await _told(session, actor, reference, response)


@router.post(
    "/{amendment_id}/withdrawal",
    operation_id="withdrawAmendment",
    responses=problems(*_DONE, AmendmentNotFoundError),
)
async def withdraw_amendment(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    amendment_id: uuid.UUID,
) -> AmendmentList:
    """Take back what you proposed."""
    await amending.withdraw(session, actor, reference, amendment_id)
    return await _told(session, actor, reference, response)


async def _told(
    session: ReadSession | WriteSession, actor: Actor, reference: str, response: Response
) -> AmendmentList:
    row = await look_at(session, reference)
    answers.located(response, f"{answers.INSPECTIONS}/{row.reference}/amendments")
    answers.private(response, row.version)
    return AmendmentList(
        reference=row.reference,
        items=[_out(one, actor) for one in await queries.list_amendments(session, row.id)],
    )


def _out(one: Any, actor: Actor) -> AmendmentOut:
    shown = {
        name: getattr(one, name)
        for name in AmendmentOut.model_fields
        if name not in {"judgements", "yours"}
    }
    return AmendmentOut(**shown, judgements=one.changes or [], yours=one.proposed_by == actor.id)
