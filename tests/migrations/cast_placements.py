"""A placement by a school and one by another authority, and what a provider declared."""

import secrets
import uuid
from datetime import date, time
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert

SINCE = date(2026, 9, 1)


async def add_placements(owner: asyncpg.Connection, manager: Member, *placers: Member) -> None:
    """Let everybody place the newest child they hold at the manager's provider."""
    row = await owner.fetchrow(
        "SELECT s.id, s.provider_id FROM provider_owners o JOIN sites s USING (provider_id) "
        "WHERE o.organisation_id = $1",
        manager.organisation_id,
    )
    assert row is not None
    for placer in placers:
        await _add_placement(owner, placer, row["id"])
        await _add_check(owner, placer, row["id"])
        await _add_assessment(owner, placer, row["id"])
    await _declare(owner, manager, row["provider_id"])
    case: dict[str, Any] = {"id": uuid7(), "provider_id": row["provider_id"], "refused": True}
    case |= {"would_reach_on": SINCE, "counts": "5 are full-time.", "opened_at": clock.now()}
    await insert(owner, "registration_cases", case | {"version": 1})
    found: dict[str, Any] = {"id": uuid7(), "case_id": case["id"], "child_link": uuid7()}
    found |= {"finding": "not-full-time", "weekly_minutes": 1_200, "since": SINCE, "until": SINCE}
    found |= {"found_by": manager.person_id, "found_by_name": "Example Person"}
    present = {"reasons": "Seen on a visit.", "found_at": clock.now()}
    await insert(owner, "full_time_findings", found | present)


async def _add_placement(owner: asyncpg.Connection, placer: Member, site: uuid.UUID) -> None:
    child = await owner.fetchval(
        "SELECT id FROM children WHERE commissioner_id = $1 AND erased_at IS NULL "
        "ORDER BY recorded_at LIMIT 1",
        placer.organisation_id,
    )
    placement, timetable, present = uuid7(), uuid7(), clock.now()
    row: dict[str, Any] = {"id": placement, "commissioner_id": placer.organisation_id}
    row |= {"reference": secrets.token_hex(4), "child_id": child, "site_id": site}
    row |= {"host_la_code": "331", "route": "school-arranged", "delivery": "at-a-setting"}
    row |= {"starts_on": SINCE, "recorded_by_name": "Example Person", "recorded_at": present}
    await insert(owner, "placements", row | {"version": 1})
    held = {"id": timetable, "placement_id": placement, "since": SINCE, "light": "green"}
    await insert(owner, "placement_timetables", held | {"recorded_at": present})
    times = {"timetable_id": timetable, "weekday": 1, "starts": time(9), "ends": time(12)}
    await insert(owner, "placement_sessions", times | {"site_id": site})
    await owner.execute(
        "INSERT INTO commitments VALUES ($1, $2, $3, $4, '[2026-09-01,)', 180, $5, 'at-a-setting')",
        *(uuid7(), site, placer.organisation_id, uuid7(), placement),
    )


async def _add_assessment(owner: asyncpg.Connection, placer: Member, site: uuid.UUID) -> None:
    child = await owner.fetchval(
        "SELECT id FROM children WHERE commissioner_id = $1 AND erased_at IS NULL "
        "ORDER BY id LIMIT 1",
        placer.organisation_id,
    )
    assessment, option, present = uuid7(), uuid7(), clock.now()
    row: dict[str, Any] = {"id": assessment, "commissioner_id": placer.organisation_id}
    row |= {"reference": secrets.token_hex(4), "child_id": child, "route": "school-arranged"}
    row |= {"starts_on": SINCE, "requested_by_name": "Example Person", "recorded_at": present}
    await insert(owner, "assessments", row | {"version": 1})
    of_it = {"assessment_id": assessment, "encrypted": b"x" * 28}
    step = {"id": uuid7(), "step": "plan", "written_by": placer.person_id}
    step["written_by_name"] = "Example Person"
    await insert(owner, "assessment_steps", of_it | step | {"written_at": present})
    stated = {"id": option, "site_id": site, "delivery": "online", "standing": "chosen"}
    await insert(owner, "assessment_options", of_it | stated | {"recorded_at": present})
    test: dict[str, Any] = {"id": uuid7(), "assessment_id": assessment, "site_id": site}
    test |= {"commissioner_id": placer.organisation_id, "asked_as": "what-if", "light": "green"}
    test |= {"weekly_minutes": 60, "asked_by_name": "Example Person", "asked_at": present}
    await insert(owner, "assessment_tests", test)
    made: dict[str, Any] = {"assessment_id": assessment, "option_id": option}
    made |= {"outcome": "approved", "decided_by": placer.person_id, "register_entry": 1}
    made |= {"decided_by_name": placer.actor.name, "decided_at": present, "frozen": b"{}"}
    await insert(owner, "assessment_decisions", made | {"sha256": bytes(32)})


async def _add_check(owner: asyncpg.Connection, placer: Member, site: uuid.UUID) -> None:
    check: dict[str, Any] = {"id": uuid7(), "commissioner_id": placer.organisation_id}
    check |= {"site_id": site, "kind": "visit", "seen_on": SINCE, "seen_by": "Example Person"}
    check |= {"what": "All was well.", "usable_until": SINCE, "is_shared": True, "version": 1}
    check |= {"recorded_by_name": "Example Person", "recorded_at": clock.now()}
    await insert(owner, "site_checks", check)


async def _declare(owner: asyncpg.Connection, manager: Member, provider: uuid.UUID) -> None:
    declaration: dict[str, Any] = {"id": uuid7(), "provider_id": provider, "declared_on": SINCE}
    declaration |= {"declared_by": manager.person_id, "recorded_at": clock.now()}
    await insert(owner, "attendance_declarations", declaration)
    band: dict[str, Any] = {"declaration_id": declaration["id"], "band": "over-18-hours"}
    band |= {"children": 1, "with_plan_or_care": 0, "with_needs": 0}
    await insert(owner, "declared_bands", band)
