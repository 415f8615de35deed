"""Nobody is in two places at once: refused of one's own weeks, asked of a person of others'.

Of its own placements a commissioner is told which one stands in the way. Of another commissioner's
it learns nothing, whatever the weeks say: a worker compares them afterwards, and asks whoever is
entitled to see both whether the records are of one child at all.
"""

import uuid
from collections.abc import Sequence
from datetime import date

from app import clock
from app.access import Actor, DbRole
from app.children.service.matching import ask_of_weeks
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.errors import FieldFault
from app.occupancy.service.timetables import WEEKDAYS, Place
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.placements.errors import ElsewhereAtOnceError
from app.placements.events import PlacementRecorded, TimetableChanged
from app.placements.queries import placements as queries

COMPARE = "placements.compare_weeks"


async def refuse_elsewhere(
    session: WriteSession,
    child_id: uuid.UUID,
    places: Sequence[Place],
    within: tuple[date, date | None],
    but: uuid.UUID | None = None,
    pointer: str | None = None,
) -> None:
    """See that a week leaves a child where its commissioner's other placements have it.

    Args:
        session: of the commissioner.
        child_id: its own record of the child.
        places: weekday, times and site of each session.
        within: the first and the last day on which the week holds.
        but: the placement whose week it is, if it is there already.
        pointer: what was sent, where that was no week.

    Raises:
        ElsewhereAtOnceError: a session stands against it; each fault names one of the week's.
    """
    held = await queries.weeks_of_child(session, child_id, but, within)
    faults = []
    for number, (weekday, starts, ends, _) in enumerate(places):
        for one in held:
            if one.weekday == weekday and one.starts < ends and starts < one.ends:
                detail = (
                    f"By your placement {one.reference} the child is elsewhere on "
                    f"{WEEKDAYS[weekday - 1]} from {one.starts:%H:%M} to {one.ends:%H:%M}."
                )
                faults.append(FieldFault(detail, pointer or f"/sessions/{number}"))
                break
    if faults:
        raise ElsewhereAtOnceError(
            "Nobody is in two places at once. End the other placement or change one of the two "
            "weeks; errors says where.",
            errors=tuple(faults),
        )


async def ask_to_compare(
    session: WriteSession, actor: Actor, events: Sequence[PlacementRecorded | TimetableChanged]
) -> None:
    """Ask for a child's weeks to be compared with those that other commissioners hold of it."""
    for event in events:
        await enqueue(session, actor, COMPARE, {"child_id": str(event.child_id)})


async def compare_weeks(session: WriteSession, payload: Payload) -> None:
    """Ask about each record by which a child is in two places at once.

    Args:
        session: as the worker.
        payload: `child_id`, the record whose weeks changed.
    """
    child_id = uuid.UUID(payload["child_id"])
    async with acting_as(session, DbRole.MATCHER):
        others = await queries.linked_elsewhere_at_once(session, child_id, clock.today())
    await ask_of_weeks(session, child_id, others)
