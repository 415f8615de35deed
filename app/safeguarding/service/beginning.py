"""Somebody answers from the moment a placement is recorded: its commissioner."""

from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.db.events import WriteSession
from app.placements.events import PlacementRecorded
from app.safeguarding.policies import first_period
from app.safeguarding.queries import duties as queries
from app.safeguarding.terms import Duty
from app.values.uuid7 import uuid7


async def begin(session: WriteSession, actor: Actor, events: Sequence[PlacementRecorded]) -> None:
    """Let the commissioner answer for each duty of a placement, by whoever records it.

    A machine is nobody to call: for it stands the commissioner's designated safeguarding lead.
    """
    for event in events:
        await _begin(session, actor, event)


async def _begin(session: WriteSession, actor: Actor, event: PlacementRecorded) -> None:
    first = first_period(event.commissioner_id, event.starts_on, clock.today())
    row: dict[str, Any] = {
        "placement_id": event.placement_id,
        "organisation_id": first.organisation_id,
        "recorded_at": clock.now(),
    }
    days = {"since": first.since, "until": first.until}
    await queries.add_periods(
        session, [row | days | {"id": uuid7(), "duty": duty.value} for duty in Duty]
    )
    if actor.kind is ActorKind.PERSON:
        name: str | None = actor.name
    else:
        name = await queries.find_lead(session, event.commissioner_id)
    if name is not None:
        named = row | {"name": name, "named_by_name": actor.name}
        await queries.add_contacts(
            session, [named | {"id": uuid7(), "duty": duty.value} for duty in Duty]
        )
