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
        encrypted = {"encrypted": bytes(40), "recorded_by_name": "Example Person"}
        item: dict[str, Any] = {"id": uuid7(), "item": "SG3", "version": 2, "done_on": BEGAN}
        for table in ("safeguarding_items", "provider_safeguarding_items"):
            await insert(owner, table, of | body | encrypted | item)
        urgent: dict[str, Any] = {"complete_by": BEGAN, "recorded_by": placer.person_id}
        await insert(owner, "urgent_starts", of | encrypted | urgent)
        offer: dict[str, Any] = {"id": uuid7(), "placement_id": placement, "duty": "lead-contact"}
        offer |= {"from_organisation_id": placer.organisation_id, "since": BEGAN}
        offer |= {"to_organisation_id": officer.organisation_id, "offered_by": placer.person_id}
        offer |= {"offered_by_name": "Example Person", "offered_at": present}
        await insert(owner, "duty_offers", offer)
