"""What follows by itself: for arrangements whose hours changed, and for what began unsigned."""

from collections.abc import Sequence

from app import clock
from app.access import Actor
from app.db.events import WriteSession
from app.funding.queries import arrangements as queries
from app.outbox.terms import Payload
from app.placements.events import TimetableChanged

NOTE = "funding.note_interim_payers"


async def follow_hours(session: WriteSession, _: Actor, events: Sequence[TimetableChanged]) -> None:
    """Have what was agreed confirmed anew where the hours are no longer those it was agreed for."""
    for event in events:
        if event.minutes_before != event.minutes_after:
            await queries.mark_hours_changed(session, event.placement_id, event.since)


async def note_interim_payers(session: WriteSession, _: Payload) -> None:
    """Say of everything owed that began unsigned who pays meanwhile; every night."""
    await queries.note_interim_payers(session, clock.today())
