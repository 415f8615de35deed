"""Who answers for a school's child and another authority's, and what each offers the other."""

from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert

BEGAN = date(2020, 1, 1)


async def add_duties(owner: asyncpg.Connection, officer: Member, *placers: Member) -> None:
    """Let each commissioner answer for its child, name somebody, and offer it to an officer's."""
    present = clock.now()
    for placer in placers:
        placement = await owner.fetchval(
            "SELECT id FROM placements WHERE commissioner_id = $1", placer.organisation_id
        )
        of: dict[str, Any] = {"placement_id": placement, "recorded_at": present}
        body = {"organisation_id": placer.organisation_id}
        for duty in ("lead-contact", "attendance-follow-up"):
            period = {"id": uuid7(), "duty": duty, "since": BEGAN}
            await insert(owner, "duty_periods", of | body | period)
            named = {"id": uuid7(), "duty": duty, "name": "Example Person"}
            named |= {"named_by_name": "Example Person"}
            await insert(owner, "duty_contacts", of | body | named)
        offer: dict[str, Any] = {"id": uuid7(), "placement_id": placement, "duty": "lead-contact"}
        offer |= {"from_organisation_id": placer.organisation_id, "since": BEGAN}
        offer |= {"to_organisation_id": officer.organisation_id, "offered_by": placer.person_id}
        offer |= {"offered_by_name": "Example Person", "offered_at": present}
        await insert(owner, "duty_offers", offer)
