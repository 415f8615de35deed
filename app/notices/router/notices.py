"""Notices of a placement over HTTP: which are needed, composing one, and that it was sent.

Whoever reads them says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.errors import ChildErasedError
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.notices.errors import (
    ContactNotToldError,
    NoticeNotFoundError,
    NoticeNotNeededError,
    SendingCorrectedError,
    WayNotSafeError,
)
from app.notices.schemas.notices import NoticeAsked, NoticeOut, NoticeSent, PlacementNotices
from app.notices.service import composing, sending, telling
from app.placements.errors import (
    PlacementEndedError,
    PlacementNotFoundError,
    PlacementNotYoursError,
)
from app.placements.service.recording import look_at, subject_of
from app.providers.router.answering import ASKED, Ring, located, private

NOTICES = "/v1/placements/{placement_id}/notices"
NOTICE = f"{NOTICES}/{{notice_id}}"

router = APIRouter(tags=["notices"])

Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]
_CHANGED = (*ASKED, KeyReusedError, PlacementNotFoundError, PlacementNotYoursError)


@router.get(NOTICES, operation_id="listNotices", responses=problems(*ASKED, PlacementNotFoundError))
async def list_notices(
    session: Looking,
    actor: Reader,
    response: Response,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> PlacementNotices:
    """Read which notices a placement needs, by when and on what authority, and which were sent."""
    placement = await look_at(session, placement_id)
    subject = subject_of(placement_id, placement.commissioner_id)
    await record_read(session, actor, "notices.listed", subject, purpose)
    private(response)
    return await telling.tell(session, placement_id)


@router.post(
    NOTICES,
    status_code=201,
    operation_id="composeNotice",
    responses=problems(
        *(*_CHANGED, PlacementEndedError, NoticeNotNeededError),
        *(ContactNotToldError, ChildErasedError),
    ),
)
async def compose(
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    asked: NoticeAsked,
) -> NoticeOut:
    """Compose a notice from the record as it is now. An earlier one is superseded, and stays."""
    notice_id = await composing.compose(session, actor, ring, placement_id, asked)
    return await _told(session, response, ring, (placement_id, notice_id))


@router.get(
    NOTICE,
    operation_id="getNotice",
    responses=problems(*ASKED, PlacementNotFoundError, NoticeNotFoundError),
)
async def get_notice(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    notice_id: uuid.UUID,
    purpose: StatedPurpose,
) -> NoticeOut:
    """Read a notice as it was composed, and what became of it."""
    placement = await look_at(session, placement_id)
    told = await telling.tell_one(session, ring, placement, notice_id)
    subject = subject_of(placement_id, placement.commissioner_id)
    await record_read(session, actor, "notice.read", subject, purpose)
    private(response)
    return told


@router.post(
    f"{NOTICE}/sendings",
    status_code=201,
    operation_id="recordNoticeSending",
    responses=problems(
        *(*_CHANGED, NoticeNotFoundError, SendingCorrectedError),
        *(ContactNotToldError, WayNotSafeError),
    ),
)
async def record_sending(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    notice_id: uuid.UUID,
    said: NoticeSent,
) -> NoticeOut:
    """Write down that you sent it, or put that right. The register itself sends it to nobody."""
    await sending.record_sending(session, actor, ring, (placement_id, notice_id), said)
    return await _told(session, response, ring, (placement_id, notice_id))


async def _told(
    session: WriteSession, response: Response, ring: Ring, of: tuple[uuid.UUID, uuid.UUID]
) -> NoticeOut:
    placement_id, notice_id = of
    address = f"/v1/placements/{placement_id}/notices/{notice_id}"
    located(response, f"{address}?purpose={Purpose.COMMISSIONING}")
    private(response)
    placement = await look_at(session, placement_id)
    return await telling.tell_one(session, ring, placement, notice_id)
