"""By when each placement is reviewed next: said when it is recorded, and after each review."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.organisations.service.calendars import calendar_for
from app.placements.events import PlacementEnded, PlacementRecorded
from app.reviews.queries import reviews as queries
from app.reviews.terms import ReviewLight
from app.rules.clocks.law import REVIEW_WEEKS
from app.rules.clocks.reviewing import half_term_review, latest_review

SOON_DAYS = 7
"""From so many days before it is due, a review is amber."""


async def ask_for_first(
    session: WriteSession, _: Actor, events: Sequence[PlacementRecorded]
) -> None:
    """Let each placement have a day by which it is reviewed, from the moment it is recorded.

    What runs already is counted from the day it was recorded: nobody knows here of reviews before.
    """
    for event in events:
        placed = (event.placement_id, event.commissioner_id, event.starts_on)
        await queries.set_due(session, await first_due(session, *placed))


async def ask_no_more(session: WriteSession, _: Actor, events: Sequence[PlacementEnded]) -> None:
    """Ask for no review of a placement that has ended."""
    for event in events:
        await queries.drop_due(session, event.placement_id)
        await queries.settle_openings(
            session, event.placement_id, max(event.ended_on, clock.today())
        )


async def first_due(
    session: ReadSession | WriteSession,
    placement_id: uuid.UUID,
    commissioner_id: uuid.UUID,
    starts_on: date,
) -> dict[str, Any]:
    """Return by when a placement is reviewed for the first time, as it is kept."""
    since = max(starts_on, clock.today())
    of = {"placement_id": placement_id, "commissioner_id": commissioner_id}
    return of | await counted(session, commissioner_id, since, None)


async def counted(
    session: ReadSession | WriteSession,
    commissioner_id: uuid.UUID,
    since: date,
    agreed: date | None,
) -> dict[str, Any]:
    """Return by when the next review is due, counted from a day in the commissioner's school days.

    Args:
        session: of anybody.
        commissioner_id: whose terms are counted by.
        since: the first day of the placement, or the last review.
        agreed: the day that was agreed; the rule's own if none was.
    """
    since = max(since, REVIEW_WEEKS.since or since)
    terms = await calendar_for(session, commissioner_id, since)
    by_rule, latest = half_term_review(since, terms), latest_review(since, terms)
    return {
        "counted_from": since,
        "next_on": agreed or by_rule.due_on,
        "latest_on": latest,
        "approximate": by_rule.approximate,
    }


def light_of(next_on: date, acknowledge_by: date | None) -> ReviewLight:
    """Say how pressing a review is today.

    Args:
        next_on: by when it is due.
        acknowledge_by: by when the oldest change that nobody acknowledged had to be; if one waits.
    """
    today = clock.today()
    if next_on < today or (acknowledge_by is not None and acknowledge_by < today):
        return ReviewLight.RED
    if acknowledge_by is not None or (next_on - today).days <= SOON_DAYS:
        return ReviewLight.AMBER
    return ReviewLight.GREEN
