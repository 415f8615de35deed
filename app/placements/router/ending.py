"""The end of a placement over HTTP, and putting it right."""

import uuid

from fastapi import APIRouter, Response

from app.children.errors import ChildErasedError
from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Writing
from app.placements.errors import PlacementEndedError, PlacementRunsError
from app.placements.router.placements import CHANGED, PLACEMENTS, Recorder, told
from app.placements.schemas import EndingCorrected, PlacementEnding, PlacementOut
from app.placements.service import ending as service
from app.providers.router.answering import Ring

END = f"{PLACEMENTS}/{{placement_id}}/end"

router = APIRouter(tags=["placements"])


@router.post(END, operation_id="endPlacement", responses=problems(*CHANGED, PlacementEndedError))
async def end_placement(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    ending: PlacementEnding,
    expected: ExpectedVersion,
) -> PlacementOut:
    """End a placement: when, why, and where the child went.

    Where nobody knows where the child went, somebody looks for it from then on: see
    `GET /v1/follow-ups`.
    """
    await service.end(session, actor, (placement_id, expected), ending)
    return await told(session, response, ring, placement_id)


@router.post(
    f"{END}/correction",
    operation_id="correctPlacementEnd",
    responses=problems(*CHANGED, PlacementRunsError, ChildErasedError),
)
async def correct_end(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    corrected: EndingCorrected,
    expected: ExpectedVersion,
) -> PlacementOut:
    """Put right how a placement ended; a destination learned later closes the search for it."""
    await service.correct_end(session, actor, (placement_id, expected), corrected)
    return await told(session, response, ring, placement_id)
