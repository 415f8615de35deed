"""A follow-up of each placement: looked into by the child's authority, offered to another."""

import uuid
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import insert
from tests.factories.providers import COVENTRY, WARWICKSHIRE


async def add_follow_ups(owner: asyncpg.Connection) -> None:
    """Let nobody know where any child that is placed went."""
    rows = await owner.fetch(
        "SELECT p.id, p.child_id, p.commissioner_id, p.starts_on, c.home_la_code FROM placements p "
        "JOIN child_circumstances c USING (child_id) ORDER BY p.id"
    )
    for number, row in enumerate(rows):
        await _add_follow_up(owner, row, f"FU-{number}")


async def _add_follow_up(owner: asyncpg.Connection, of: asyncpg.Record, reference: str) -> None:
    held: uuid.UUID = uuid7()
    day, home, present = of["starts_on"], of["home_la_code"], clock.now()
    row: dict[str, Any] = {"id": held, "reference": reference, "placement_id": of["id"]}
    row |= {"child_id": of["child_id"], "commissioner_id": of["commissioner_id"]}
    row |= {"la_code": home, "since": day, "opened_at": present, "next_step_by": day}
    await insert(owner, "follow_ups", row | {"version": 1})
    spell: dict[str, Any] = {"follow_up_id": held, "number": 1, "la_code": home, "since": day}
    await insert(owner, "follow_up_spells", spell | {"became": "opened"})
    step: dict[str, Any] = {"id": uuid7(), "follow_up_id": held, "kind": "wrote", "taken_on": day}
    step |= {"by_name": "Example Person", "organisation_id": of["commissioner_id"]}
    await insert(owner, "follow_up_steps", step | {"encrypted": bytes(28), "recorded_at": present})
    other = WARWICKSHIRE if home == COVENTRY else COVENTRY
    asked: dict[str, Any] = {"id": uuid7(), "follow_up_id": held, "from_la_code": home}
    asked |= {"to_la_code": other, "reason": "seen-there", "offered_on": day}
    await insert(owner, "follow_up_handovers", asked | {"offered_by_name": "Example Person"})
    left = {"placement_id": of["id"], "since": day, "la_code": home}
    await insert(owner, "erased_placement_areas", left)
