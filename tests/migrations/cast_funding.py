"""Who pays for placements: a school's is shared with an authority, and disputed by it."""

import uuid
from datetime import date
from typing import Any

import asyncpg

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert

SINCE, UNTIL = date(2026, 9, 1), date(2027, 7, 31)


async def add_funding(owner: asyncpg.Connection, payer: Member, *commissioners: Member) -> None:
    """Let commissioners pay for the placement they hold, the first sharing it with a payer."""
    for place, commissioner in enumerate(commissioners):
        await _add_arrangement(owner, commissioner, payer if place == 0 else commissioner)


async def _add_arrangement(owner: asyncpg.Connection, commissioner: Member, payer: Member) -> None:
    placement: uuid.UUID = await owner.fetchval(
        "SELECT id FROM placements WHERE commissioner_id = $1", commissioner.organisation_id
    )
    arrangement, present = uuid7(), clock.now()
    days: dict[str, Any] = {"since": SINCE, "until": UNTIL}
    row: dict[str, Any] = {"id": arrangement, "placement_id": placement, "kind": "education"}
    row |= {"terms_number": 1, "amounts_of": 1, "recorded_at": present, "version": 1}
    async with owner.transaction():
        await insert(owner, "funding_arrangements", row | days)
        terms: dict[str, Any] = {"arrangement_id": arrangement, "number": 1, "unit": "week"}
        terms |= {"price_pence": 100, "times": 2, "estimate_pence": 200, "written_at": present}
        terms |= {"law_party": "school", "written_by_name": "Example Person"}
        await insert(owner, "funding_terms", terms | days)
        of: dict[str, Any] = {"arrangement_id": arrangement, "terms_number": 1}
        part: dict[str, Any] = of | {"capacity": "school", "amount_pence": 100}
        first = {"number": 1, "organisation_id": commissioner.organisation_id}
        await insert(owner, "funding_payers", part | first)
        second: dict[str, Any] = {"number": 2, "organisation_id": payer.organisation_id}
        await insert(owner, "funding_payers", part | second | {"capacity": "home-la"})
    await _add_what_follows(owner, of, (commissioner, payer))


async def _add_what_follows(
    owner: asyncpg.Connection, of: dict[str, Any], who: tuple[Member, Member]
) -> None:
    commissioner, payer = who
    present, arrangement = clock.now(), {"arrangement_id": of["arrangement_id"]}
    for number in (1, 2):
        budget = {"payer_number": number, "budget_line": "pupil-premium"}
        await insert(owner, "funding_budgets", of | budget)
    back: dict[str, Any] = {"number": 1, "basis": "top-up", "amount_pence": 5, "rule": "example"}
    back |= {"from_organisation_id": payer.organisation_id, "since": SINCE, "until": UNTIL}
    await insert(owner, "funding_recoveries", of | back)
    reason: dict[str, Any] = {"encrypted_reason": bytes(28)}
    chosen = {"proposed_by": commissioner.person_id, "proposed_by_name": "Example Person"}
    await insert(owner, "funding_overrides", of | reason | chosen)
    signed: dict[str, Any] = {"payer_number": 1, "signed_name": "Example Person"}
    signed |= {"signed_on": SINCE, "signed_by": commissioner.person_id, "recorded_at": present}
    await insert(owner, "funding_signatures", of | signed)
    dispute: dict[str, Any] = {"id": uuid7(), "payer_number": 2, "payer": "home-la 1"}
    dispute |= {"organisation_id": payer.organisation_id, "opened_by": payer.person_id}
    dispute |= {"opened_by_name": "Example Person", "opened_at": present, "due_on": UNTIL}
    await insert(owner, "funding_disputes", of | reason | dispute)
    meanwhile: dict[str, Any] = {"id": uuid7(), "party": "school", "rule": "example"}
    meanwhile |= {"because": "dispute", "without_prejudice": True, "since": SINCE}
    await insert(owner, "interim_payers", arrangement | meanwhile | {"recorded_at": present})
