"""The children whom a demonstration places, and what waits on whose desk."""

import asyncpg
import pytest

from app import clock
from app.db.transactions import Database
from app.demo.garage import add_garage
from app.demo.people import add_people
from app.demo.placing import add_placements
from app.keyring.ring import Keyring, new_keyring


@pytest.fixture
def ring() -> Keyring:
    """A keyring of its own."""
    return new_keyring(clock.now())


async def test_there_is_something_of_everything(
    database: Database, owner: asyncpg.Connection, ring: Keyring, garage: str
) -> None:
    assert await add_placements(database, ring, garage)

    counted = {
        what: await owner.fetchval(f"SELECT count(*) FROM {of}")  # noqa: S608 - named below
        for what, of in _OF.items()
    }
    assert counted == {
        "children": 12,
        "assessed": 1,
        "in hand": 2,
        "running": 5,
        "to begin": 1,
        "ended": 2,
        "signed": 3,
        "disputed": 1,
        "reviewed": 1,
        "overdue": 1,
        "to match": 1,
        "sought": 1,
        "offered": 1,
        "to look into": 1,
    }
    assert await owner.fetchval("SELECT count(*) FROM attendance_facts") > 10
    held_twice = "SELECT count(*) FROM child_links GROUP BY link_id HAVING count(*) > 1"
    assert await owner.fetchval(held_twice) == 2


_OF = {
    "children": "children",
    "assessed": "assessment_decisions",
    "in hand": "assessments a WHERE NOT EXISTS "
    "(SELECT FROM assessment_decisions d WHERE d.assessment_id = a.id)",
    "running": "placements WHERE ended_on IS NULL AND starts_on <= current_date",
    "to begin": "placements WHERE starts_on > current_date",
    "ended": "placements WHERE ended_on IS NOT NULL",
    "signed": "funding_signatures",
    "disputed": "funding_disputes WHERE settled_at IS NULL",
    "reviewed": "placement_reviews",
    "overdue": "reviews_due WHERE next_on < current_date",
    "to match": "match_questions WHERE answer IS NULL",
    "sought": "follow_ups WHERE outcome IS NULL",
    "offered": "duty_offers WHERE answered_at IS NULL",
    "to look into": "registration_cases WHERE closed_at IS NULL",
}


async def test_it_is_there_once(
    database: Database, owner: asyncpg.Connection, ring: Keyring, garage: str
) -> None:
    await add_placements(database, ring, garage)
    before = await owner.fetch("SELECT to_jsonb(p) FROM placements p ORDER BY id")

    assert not await add_placements(database, ring, garage)
    assert await owner.fetch("SELECT to_jsonb(p) FROM placements p ORDER BY id") == before


async def test_where_coventry_lists_nobody_nobody_is_placed(
    database: Database, owner: asyncpg.Connection, ring: Keyring
) -> None:
    await add_people(database)

    assert not await add_placements(database, ring, await add_garage(database))
    assert await owner.fetchval("SELECT count(*) FROM children") == 0


async def test_each_works_under_their_own_right_and_wrongs_are_found_while_they_do(
    database: Database, owner: asyncpg.Connection, ring: Keyring, garage: str
) -> None:
    await add_placements(database, ring, garage)

    acted = await owner.fetch(
        "SELECT DISTINCT actor_name FROM audit_entries WHERE act = 'funding.signed'"
    )
    assert {row["actor_name"] for row in acted} == {"Grace Example", "Ben Example"}
