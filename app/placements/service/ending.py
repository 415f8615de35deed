"""Ending a placement, and putting right how it ended."""

import uuid
from datetime import date
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children.errors import ChildErasedError
from app.children.queries.children import get_child
from app.db.events import WriteSession, announce
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.placements.errors import PlacementNotYoursError, PlacementRunsError
from app.placements.events import PlacementEnded
from app.placements.queries import placements as queries
from app.placements.schemas import EndingCorrected, PlacementEnding
from app.placements.service.changing import held
from app.placements.service.recording import look_at, subject_of


async def end(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], ending: PlacementEnding
) -> None:
    """End a placement, and say where the child went.

    Raises:
        PlacementNotFoundError, PlacementNotYoursError, PlacementEndedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: it ends before it started.
    """
    placement = await held(session, actor, *of)
    values = _checked(placement.starts_on, ending)
    await queries.change_placement(session, placement.id, values)
    await queries.cut_commitments(session, placement.id, ending.ended_on)
    _announce(session, placement, ending, None)
    subject = subject_of(placement.id, placement.commissioner_id)
    await record(session, actor, "placement.ended", subject, after=values)


async def correct_end(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], corrected: EndingCorrected
) -> None:
    """Put right how a placement ended; a destination learned later is one such correction.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        VersionChangedError: it was changed since they read it.
        PlacementRunsError: it has not ended.
        ChildErasedError: the child's record was erased; nothing of it is put right any more.
        InvalidRequestError: it ends before it started, or is made to last past today.
    """
    placement = await _ended(session, actor, *of)
    if corrected.ended_on > max(placement.ended_on, clock.today()):
        _refuse(
            "A placement that ended is not made to last longer by a correction. Record a new one.",
            "/ended_on",
        )
    values = _checked(placement.starts_on, corrected)
    before = {name: getattr(placement, name) for name in values}
    await queries.change_placement(session, placement.id, values)
    await queries.move_commitments_end(
        session, placement.id, placement.ended_on, corrected.ended_on
    )
    _announce(session, placement, corrected, corrected.known_by.value)
    after = {**values, "known_by": corrected.known_by}
    subject = subject_of(placement.id, placement.commissioner_id)
    await record(session, actor, "placement.end_corrected", subject, before=before, after=after)


async def _ended(
    session: WriteSession, actor: Actor, placement_id: uuid.UUID, expected: int
) -> Any:
    seen = await look_at(session, placement_id)
    if seen.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is changes it.")
    placement = await queries.get_placement(session, placement_id, lock=True)
    if placement is None or placement.version != expected:
        version = placement.version if placement else None
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=version
        )
    if placement.ended_on is None:
        raise PlacementRunsError("It has not ended. End it first, with its day and destination.")
    child = await get_child(session, placement.child_id, lock=True)
    if child is None or child.erased_at is not None:
        raise ChildErasedError("The child's record was erased; the placement stays as it is.")
    return placement


def _checked(starts_on: date, ending: PlacementEnding) -> dict[str, Any]:
    if ending.ended_on < starts_on:
        _refuse("It cannot have ended before it started. Check the day.", "/ended_on")
    return {
        "ended_on": ending.ended_on,
        "end_reason": ending.reason.value,
        "destination": ending.destination.value,
    }


def _announce(
    session: WriteSession, placement: Any, ending: PlacementEnding, known_by: str | None
) -> None:
    announce(
        session,
        PlacementEnded(
            placement_id=placement.id,
            child_id=placement.child_id,
            commissioner_id=placement.commissioner_id,
            ended_on=ending.ended_on,
            reason=ending.reason.value,
            destination=ending.destination.value,
            known_by=known_by,
        ),
    )


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
