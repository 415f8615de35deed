"""Merged and parted again, every row and every public record is as it was."""

import random
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import Role
from app.db.transactions import Database
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert
from tests.factories.providers import COVENTRY
from tests.providers.applicants import (
    Held,
    add_document,
    add_listing,
    add_officer,
    add_owner,
    add_record,
    add_site,
    add_traces,
    link,
    share,
)
from tests.providers.merging import Officers, Pair, merged, public_records, publish, undone

MOVES_WITH = {
    "bank_references",
    "document_shares",
    "documents",
    "inspection_publications",
    "inspections",
    "institution_sites",
    "interim_suspensions",
    "listings",
    "provider_contacts",
    "provider_identifiers",
    "provider_known_by",
    "provider_links",
    "provider_names",
    "provider_people",
    "sites",
    "staff_members",
}
"""Tables whose rows a merge gives to the record that goes on."""
STAYS = {
    "attendance_declarations": "the owner's word on that record as it was",
    "registration_cases": "what was counted at that record's setting",
    "concerns": "what worried somebody about that record",
    "inspection_actions": "found by their inspection, which moves with its site",
    "inspection_appeals": "found by their inspection, which moves with its site",
    "inspection_replies": "found by their inspection, which moves with its site",
    "withheld_replies": "found by their inspection, which moves with its site",
    "inspection_revisits": "found by their inspection, which moves with its site",
    "received_results": "documents as they came; append-only",
    "declared_interests": "who is tied to a record is tied to what it was merged into",
    "claims": "how an owner came to a record; none is open when it is merged",
    "merges": "what was done with a record",
    "provider_confirmations": "the owner's word on that record as it was; append-only",
    "provider_consents": "the owner's word on that record as it was; append-only",
    "provider_owners": "whose record it was; the other is that owner's, too, or it has none",
    "provider_status_changes": "what became of that record; append-only",
    "provider_verifications": "append-only; what was found of a thing that moves is written anew",
    "redactions": "of entries in the log under that record's number",
    "review_watches": "how that record stood; the other is compared with how it stood itself",
    "walk_back_matches": "which record was matched; it says into which it was merged",
}
"""Tables whose rows stay with the record that ends, and why."""


@pytest.fixture
async def officers(owner: asyncpg.Connection) -> Officers:
    """An assessor and a second officer of one authority."""
    return await add_officer(owner), await add_officer(owner, Role.SECOND_OFFICER)


async def test_every_table_that_hangs_on_a_provider_moves_with_it_or_says_why_not(
    owner: asyncpg.Connection,
) -> None:
    rows = await owner.fetch(
        "SELECT DISTINCT conrelid::regclass::text AS name FROM pg_constraint "
        "WHERE contype = 'f' AND confrelid = 'providers'::regclass "
        "AND conrelid <> 'providers'::regclass"
    )

    assert {row["name"] for row in rows} == MOVES_WITH | STAYS.keys()


@pytest.mark.parametrize("seed", range(8))
async def test_merged_and_parted_again_everything_is_as_it_was(
    database: Database, owner: asyncpg.Connection, officers: Officers, seed: int
) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same every time
    third = await add_record(owner, "Third", "removed")
    # What a merge first made public stays public when it is parted: that is no way back.
    kept = await any_record(owner, chance, third, PUBLIC)
    pair = kept, await any_record(owner, chance, third, STATES)
    manager = await add_owner(owner, pair[0].id) if chance.random() < 0.5 else None
    if manager and chance.random() < 0.5:
        await add_owner(owner, pair[1].id, organisation=manager.organisation_id)
    await group(owner, officers[0], pair, third)
    if chance.random() < 0.5:
        await link(owner, *pair)
    await publish(database, (*pair, third))
    rows, records = await everything(owner), await public_records(owner)

    await undone(database, officers, await merged(database, officers, pair))

    after = await everything(owner)
    for table, before in rows.items():
        assert after[table] == before, table
    assert await public_records(owner) == records


PUBLIC = ["listed", "suspended", "removed"]
STATES = [*PUBLIC, "refused", "submitted", None]


async def any_record(
    owner: asyncpg.Connection, chance: random.Random, third: Held, states: Sequence[str | None]
) -> Held:
    name = chance.choice(["Kestrel", "Kestrel Ltd"])
    held = await add_record(owner, name, chance.choice(states))
    for reference in range(2, chance.randint(2, 4)):
        site = await add_site(owner, held, reference)
        state = chance.choice(STATES)
        if state:
            since = date(2026, 9, 1) - timedelta(days=chance.randrange(60))
            dated = {"state_since": since}
            if state in PUBLIC:
                dated["listed_on"] = since
            await add_listing(owner, held.id, site, state, **dated)
        offer = {"id": uuid7(), "site_id": site, "programme": "Smithing", "key_stages": [3]}
        await insert(owner, "offers", offer | {"age_from": 11, "age_to": 16, "needs": []})
        await share(owner, held, await add_document(owner, held, site))
    for other in chance.sample(["Kestrel", "Kestrel Ltd", "Falcon"], chance.randint(0, 2)):
        row = {"id": uuid7(), "provider_id": held.id, "kind": "trading", "name": other}
        await insert(owner, "provider_names", row)
    told: dict[str, Any] = {
        "company": chance.choice(["09000001", "09000002"]),
        "charity": "1900001",
        "person": ("Exampleby, Anna", None),
        "phone": "01632 960101",
        "bank": b"b" * 32,
    }
    kinds = chance.sample(sorted(told), chance.randint(0, len(told)))
    await add_traces(owner, held.id, **{kind: told[kind] for kind in kinds})
    line = {"id": uuid7(), "provider_id": held.id, "la_code": COVENTRY, "list_name": "List"}
    await insert(owner, "provider_known_by", line | {"recorded_at": clock.now()})
    staff = {"id": uuid7(), "provider_id": held.id, "name": "A Tutor", "duties": "tutor"}
    kept = {"recorded_at": clock.now(), "changed_at": clock.now(), "version": 1}
    await insert(owner, "staff_members", staff | kept | {"regulated_activity": True})
    await link(owner, *chance.choice([(held, third), (third, held)]))
    await share(owner, held, None)
    return held


async def group(owner: asyncpg.Connection, officer: Member, pair: Pair, third: Held) -> None:
    """Let the first record's institution hold a site of each, and the second's one of a third."""
    for held, site in ((pair[0], pair[1].site), (pair[1], third.site)):
        row = {"id": uuid7(), "provider_id": held.id, "site_id": site, "reason": "One place."}
        by = {"grouped_by": officer.person_id, "grouped_at": clock.now()}
        await insert(owner, "institution_sites", row | by)


async def everything(owner: asyncpg.Connection) -> dict[str, list[dict[str, Any]]]:
    """Return every row on providers, apart from counts of changes and numbers of entries."""
    counted = {"version", "last_entry"}
    journals = {"merges", "provider_status_changes"}
    tables = sorted((MOVES_WITH | STAYS.keys() | {"providers", "offers"}) - journals)
    return {
        table: [
            {name: value for name, value in row.items() if name not in counted}
            for row in await owner.fetch(f"SELECT * FROM {table} ORDER BY 1")  # noqa: S608
        ]
        for table in tables
    }
