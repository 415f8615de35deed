"""How a placement stands, and its checklist, over HTTP.

Whoever reads it says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from app.access import Actor, Permission
from app.audit.service import record_read
from app.audit.terms import Purpose
from app.children.errors import ChildErasedError
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.placements.errors import PlacementNotFoundError, PlacementNotYoursError
from app.placements.service.recording import subject_of
from app.providers.errors import PersonNeededError
from app.providers.router.answering import ASKED, EDITED, Ring, located, private
from app.safeguarding.errors import ItemReadElsewhereError, UrgentStartHeldError
from app.safeguarding.router.duties import Reader
from app.safeguarding.schemas import ItemStated, PlacementSafeguarding, UrgentSafeguarding
from app.safeguarding.service import checklist, standing

SAFEGUARDING = "/v1/placements/{placement_id}/safeguarding"

router = APIRouter(tags=["safeguarding"])

Recorder = Annotated[Actor, Depends(Requires(Permission.SAFEGUARDING_RECORD))]
Number = Annotated[str, Path(pattern="^SG([1-9]|1[0-9]|2[0-2])$", description="SG1 to SG22.")]
CHANGED = (*ASKED, KeyReusedError, PlacementNotFoundError, ChildErasedError)


@router.get(
    SAFEGUARDING,
    operation_id="getPlacementSafeguarding",
    responses=problems(*ASKED, PlacementNotFoundError),
)
async def get_safeguarding(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> PlacementSafeguarding:
    """Read how a placement stands, what is missing, whose it is, on what authority, what is next.

    For the commissioner, the authorities responsible for the child, and the home school.
    """
    held = await standing.look_at(session, placement_id)
    subject = subject_of(placement_id, held.commissioner_id)
    await record_read(session, actor, "safeguarding.read", subject, purpose)
    private(response)
    return await checklist.tell(session, ring, placement_id, held)


@router.put(
    f"{SAFEGUARDING}/items/{{number}}",
    operation_id="recordSafeguardingItem",
    responses=problems(*CHANGED, *EDITED, ItemReadElsewhereError),
)
async def record_item(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    number: Number,
    said: ItemStated,
    expected: ExpectedVersion,
) -> PlacementSafeguarding:
    """Write down what your organisation did of an item. The former versions stay."""
    await checklist.record_item(session, actor, ring, (placement_id, number, expected), said)
    return await _told(session, response, ring, placement_id)


@router.post(
    f"{SAFEGUARDING}/urgent-start",
    status_code=201,
    operation_id="startUrgently",
    responses=problems(*CHANGED, PersonNeededError, PlacementNotYoursError, UrgentStartHeldError),
)
async def start_urgently(
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    said: UrgentSafeguarding,
) -> PlacementSafeguarding:
    """Say why a start cannot wait. It goes ahead; what is lacking is completed by a day."""
    await checklist.start_urgently(session, actor, ring, placement_id, said)
    return await _told(session, response, ring, placement_id)


async def _told(
    session: WriteSession, response: Response, ring: Ring, placement_id: uuid.UUID
) -> PlacementSafeguarding:
    address = f"/v1/placements/{placement_id}/safeguarding?purpose={Purpose.SAFEGUARDING}"
    located(response, address)
    private(response)
    held = await standing.look_at(session, placement_id)
    return await checklist.tell(session, ring, placement_id, held)
