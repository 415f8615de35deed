"""Taking a follow-up further over HTTP: what was tried, handing over, and how it ended."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.audit.terms import Purpose
from app.db.events import WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Writing
from app.keyring.ring import Keyring
from app.oversight.errors import (
    FollowUpClosedError,
    FollowUpNotFoundError,
    FollowUpNotYoursError,
    HandoverNotFoundError,
    HandoverOpenError,
)
from app.oversight.router.showing import FOLLOW_UPS, whole
from app.oversight.schemas import (
    FollowUpEnding,
    FollowUpOut,
    FollowUpStepStated,
    HandoverAnswered,
    HandoverOffered,
)
from app.oversight.service import closing, handing, working
from app.oversight.terms import HandoverAnswer
from app.providers.errors import PersonNeededError
from app.providers.router.answering import ASKED, EDITED, Ring, located, private

FOLLOW_UP = f"{FOLLOW_UPS}/{{follow_up_id}}"

router = APIRouter(tags=["oversight"])

Searching = Annotated[Actor, Depends(Requires(Permission.FOLLOW_UPS_RECORD))]
Closing = Annotated[Actor, Depends(Requires(Permission.FOLLOW_UPS_CLOSE))]

_CHANGED = (
    *(*ASKED, *EDITED, KeyReusedError),
    *(FollowUpNotFoundError, FollowUpNotYoursError, FollowUpClosedError),
)


@router.post(f"{FOLLOW_UP}/steps", operation_id="recordFollowUpStep", responses=problems(*_CHANGED))
async def record_step(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Searching,
    response: Response,
    ring: Ring,
    follow_up_id: uuid.UUID,
    step: FollowUpStepStated,
    expected: ExpectedVersion,
) -> FollowUpOut:
    """Record what was tried to find a child; the next step is due from then."""
    await working.add_step(session, actor, ring, (follow_up_id, expected), step)
    return await _told(session, actor, response, ring, follow_up_id)


@router.post(
    f"{FOLLOW_UP}/handover",
    operation_id="offerFollowUp",
    responses=problems(*_CHANGED, PersonNeededError, HandoverOpenError),
)
async def offer(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Closing,
    response: Response,
    ring: Ring,
    follow_up_id: uuid.UUID,
    offered: HandoverOffered,
    expected: ExpectedVersion,
) -> FollowUpOut:
    """Ask another local authority to take it over. Until it accepts, whoever looks goes on."""
    await handing.offer(session, actor, (follow_up_id, expected), offered)
    return await _told(session, actor, response, ring, follow_up_id)


@router.post(
    f"{FOLLOW_UP}/handover/answer",
    operation_id="answerFollowUpHandover",
    responses=problems(*_CHANGED, PersonNeededError, HandoverNotFoundError),
)
async def answer(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Closing,
    response: Response,
    ring: Ring,
    follow_up_id: uuid.UUID,
    said: HandoverAnswered,
    expected: ExpectedVersion,
) -> FollowUpOut:
    """Accept a follow-up, which is your authority's from then on, or decline it."""
    if said.answer is HandoverAnswer.DECLINED:  # afterwards it is not yours to see
        told = await whole(session, actor, ring, follow_up_id)
        await handing.answer(session, actor, (follow_up_id, expected), said)
        located(response, f"{FOLLOW_UPS}?purpose={Purpose.SAFEGUARDING}")
        private(response)
        return told.model_copy(update={"offered_to_la": None})
    await handing.answer(session, actor, (follow_up_id, expected), said)
    return await _told(session, actor, response, ring, follow_up_id)


@router.post(
    f"{FOLLOW_UP}/outcome",
    operation_id="endFollowUp",
    responses=problems(*_CHANGED, PersonNeededError),
)
async def close(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Closing,
    response: Response,
    ring: Ring,
    follow_up_id: uuid.UUID,
    ending: FollowUpEnding,
    expected: ExpectedVersion,
) -> FollowUpOut:
    """End a follow-up: with an outcome, and how it is known. There is no other end."""
    await closing.close(session, actor, ring, (follow_up_id, expected), ending)
    return await _told(session, actor, response, ring, follow_up_id)


async def _told(
    session: WriteSession, actor: Actor, response: Response, ring: Keyring, row_id: uuid.UUID
) -> FollowUpOut:
    told = await whole(session, actor, ring, row_id)
    located(response, f"{FOLLOW_UPS}/{row_id}?purpose={Purpose.SAFEGUARDING}")
    private(response, told.version)
    return told
