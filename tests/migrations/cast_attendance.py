"""Attendance of a school's child and another authority's at a manager's site."""

from datetime import date, time
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert

MONDAY = date(2026, 9, 7)


async def add_attendance(owner: asyncpg.Connection, manager: Member, *placers: Member) -> None:
    """Let a provider report of each commissioner's child, and everybody say what they may."""
    present = clock.now()
    days = {"since": MONDAY, "until": MONDAY, "reason": "closed", "said_by": "Example Person"}
    closed: dict[str, Any] = days | {"recorded_at": present}
    site = await owner.fetchval(
        "SELECT s.id FROM provider_owners o JOIN sites s USING (provider_id) "
        "WHERE o.organisation_id = $1",
        manager.organisation_id,
    )
    of_site = {"id": uuid7(), "site_id": site, "organisation_id": manager.organisation_id}
    await insert(owner, "attendance_closures", closed | of_site)
    for placer in placers:
        placement = await owner.fetchval(
            "SELECT id FROM placements WHERE commissioner_id = $1", placer.organisation_id
        )
        session: dict[str, Any] = {"placement_id": placement, "day": MONDAY, "starts": time(9)}
        fact: dict[str, Any] = {"id": uuid7(), "kind": "arrived", "source": "provider"}
        fact |= {"organisation_id": manager.organisation_id, "reported_by": "Example Person"}
        await insert(owner, "attendance_facts", session | fact | {"recorded_at": present})
        code: dict[str, Any] = {"id": uuid7(), "placement_id": placement, "day": MONDAY}
        code |= {"half": "morning", "code": "B", "decided_by": "Example Person"}
        await insert(owner, "attendance_codes", code | {"recorded_at": present})
        contact: dict[str, Any] = {"id": uuid7(), "placement_id": placement, "minutes": 30}
        contact |= {"person_id": placer.person_id, "agreed_by": "Example Person"}
        await insert(owner, "attendance_contacts", contact | {"recorded_at": present})
        alert: dict[str, Any] = {"id": uuid7(), "why": "absent", "due_at": present}
        await insert(owner, "attendance_alerts", session | alert | {"opened_at": present})
        own = {"id": uuid7(), "commissioner_id": placer.organisation_id}
        own |= {"organisation_id": placer.organisation_id}
        await insert(owner, "attendance_closures", closed | own)
