"""Making a placement longer: not while a review of it is overdue."""

import uuid

from app import clock
from app.access import Actor
from app.db.events import WriteSession
from app.placements.service.extending import extend as extend_placement
from app.reviews.errors import ReviewOverdueError
from app.reviews.queries import reviews as queries
from app.reviews.schemas import PlacementExtension


async def extend(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], asked: PlacementExtension
) -> None:
    """Give a placement a later planned end.

    Raises:
        ReviewOverdueError: a review of it is overdue.
        PlacementNotFoundError, PlacementNotYoursError, PlacementEndedError, VersionChangedError,
            InvalidRequestError, LimitReachedError: as for `placements.service.extending.extend`.
    """
    due = await queries.get_due(session, of[0])
    if due is not None and due.next_on < clock.today():
        raise ReviewOverdueError(
            f"It was to be reviewed by {due.next_on}. Review it first; then it can be made longer. "
            "That rests on the register's own policy, after the guidance on alternative provision."
        )
    await extend_placement(session, actor, of, asked.planned_end_on, asked.reason.value)
