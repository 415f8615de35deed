"""Where sites stand is computed from what is published, in the transaction that changed it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from app import clock
from app.access import OPERATOR, WORKER, Actor, DbRole
from app.db.transactions import Database, transaction
from app.inspections.terms import Judgement
from app.providers.service.recording import Recorded
from tests.factories.inspections import (
    Found,
    add_published_inspection,
    every_criterion,
    settle,
)
from tests.factories.providers import LISTED_ON, make_provider, make_site, put_on_register, record
from tests.standards.following import follow

SEEN = date(2026, 10, 1)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
LAPSES = date(2027, 12, 2)
"""The first day on which what was seen on `SEEN` and is critical or major counts no more."""


async def on_register(database: Database) -> Recorded:
    (held,) = await put_on_register(database, make_provider())
    return held


async def sites_of(owner: asyncpg.Connection, held: Recorded) -> list[Any]:
    rows = await owner.fetch(
        "SELECT id FROM sites WHERE provider_id = $1 ORDER BY reference", held.id
    )
    return [row["id"] for row in rows]


async def outcome_of(owner: asyncpg.Connection, site_id: Any) -> Any:
    return await owner.fetchrow("SELECT * FROM site_outcomes WHERE site_id = $1", site_id)


async def test_a_listed_site_stands_unassessed_until_an_inspection_of_it_is_published(
    database: Database, owner: asyncpg.Connection
) -> None:
    with clock.at(NOON):
        held = await on_register(database)
        (site,) = await sites_of(owner, held)
        before = await outcome_of(owner, site)
        assert before is not None
        assert (before["outcome"], before["since"]) == ("not-yet-assessed", LISTED_ON)
        assert (before["decided_by"], before["publication_id"]) == ("[]", None)
        assert (before["due_kind"], before["due_because"]) == ("monitoring", "first-after-listing")

        found = await every_criterion(owner) | {"3.4a": Judgement.NOT_MET}
        made = await add_published_inspection(owner, {site: found}, SEEN)
        await settle(database, held.id)

    after = await outcome_of(owner, site)
    assert after is not None
    assert (after["outcome"], after["since"]) == ("does-not-yet-meet", NOON.date())
    assert after["decided_by"] == (
        '[{"because": "critical-below-met", "criterion": "3.4a", "judgement": "not-met"}]'
    )
    assert (after["valid_until"], after["next_outcome"]) == (
        LAPSES - timedelta(days=1),
        "not-yet-assessed",
    )
    assert (after["seen_from"], after["seen_to"], after["changes_on"]) == (SEEN, SEEN, LAPSES)
    assert 0 < after["judged"] == after["asked"] < len(found)
    assert (after["due_kind"], after["due_on"]) == ("annual", date(2027, 10, 1))
    latest = await owner.fetchval(
        "SELECT inspection_id FROM inspection_publications WHERE id = $1", after["publication_id"]
    )
    assert latest == made.id


async def test_before_listing_only_what_was_inspected_has_an_outcome(
    database: Database, owner: asyncpg.Connection
) -> None:
    (held,) = await record(database, make_provider("Example", make_site(), make_site("Barn")))
    seen, unseen = await sites_of(owner, held)

    await add_published_inspection(owner, {seen: await every_criterion(owner)}, clock.today())
    await settle(database, held.id)

    told = await outcome_of(owner, seen)
    assert told is not None
    assert (told["outcome"], told["due_on"]) == ("meets-standards", None)
    assert await outcome_of(owner, unseen) is None


async def test_a_themed_look_moves_no_due_day_and_the_newest_publication_is_told(
    database: Database, owner: asyncpg.Connection
) -> None:
    held = await on_register(database)
    (site,) = await sites_of(owner, held)
    today = clock.today()
    await add_published_inspection(owner, {site: await every_criterion(owner)}, SEEN)
    themed = await add_published_inspection(
        owner,
        {site: {"1.1a": Found(Judgement.PARTLY_MET)}},
        today,
        kind="themed",
        criteria=["1.1a"],
        published_at=clock.now() + timedelta(seconds=1),
    )
    await settle(database, held.id)

    told = await outcome_of(owner, site)
    assert told is not None
    assert (told["outcome"], told["due_on"]) == ("does-not-yet-meet", date(2027, 10, 1))
    assert (told["seen_from"], told["seen_to"]) == (SEEN, today)
    reference = await owner.fetchval(
        "SELECT reference FROM inspections i JOIN inspection_publications p "
        "ON p.inspection_id = i.id WHERE p.id = $1",
        told["publication_id"],
    )
    assert reference == themed.reference


async def test_what_is_asked_otherwise_from_a_day_on_changes_nothing_that_was_told_before(
    database: Database, owner: asyncpg.Connection
) -> None:
    rows = await owner.fetch(
        "SELECT number FROM criteria WHERE site_kinds = '{}' OR 'online' = ANY (site_kinds)"
    )
    found = dict.fromkeys((row["number"] for row in rows), Judgement.MET)
    online = make_site(kind="online")
    with clock.at(NOON):
        (held,) = await put_on_register(database, make_provider("Example", online))
        (site,) = await sites_of(owner, held)
        await add_published_inspection(owner, {site: found}, SEEN)
        await settle(database, held.id)
    before = await outcome_of(owner, site)
    assert before is not None
    assert before["outcome"] == "meets-standards"

    await owner.execute("UPDATE sites SET kind = 'workshop' WHERE id = $1", site)
    with clock.at(NOON + timedelta(days=5)):
        await settle(database, held.id)
    with clock.at(NOON + timedelta(days=9)):
        await settle(database, held.id)

    after = await outcome_of(owner, site)
    assert after is not None
    assert (after["outcome"], after["since"]) == (
        "not-yet-assessed",
        NOON.date() + timedelta(days=5),
    )


async def test_what_is_corrected_later_changes_nothing_that_was_told_before(
    database: Database, owner: asyncpg.Connection
) -> None:
    found = await every_criterion(owner) | {"3.4a": Judgement.NOT_MET}
    with clock.at(NOON):
        held = await on_register(database)
        (site,) = await sites_of(owner, held)
        await add_published_inspection(owner, {site: found}, SEEN)
        await settle(database, held.id)

    await owner.execute("SET session_replication_role = replica")  # as a correction may, past it
    await owner.execute("UPDATE inspection_judgements SET judgement = 'met'")
    corrected = NOON + timedelta(days=5)
    for moment in (corrected, corrected + timedelta(days=3)):
        with clock.at(moment):
            await settle(database, held.id)

    told = await outcome_of(owner, site)
    assert (told["outcome"], told["since"]) == ("meets-standards", corrected.date())


async def test_a_version_to_come_is_foretold(database: Database, owner: asyncpg.Connection) -> None:
    await follow(owner)  # from a day on, 1.1c is widened: nobody has looked yet
    held = await on_register(database)
    (site,) = await sites_of(owner, held)
    await add_published_inspection(owner, {site: await every_criterion(owner)}, clock.today())
    await settle(database, held.id)

    first = await owner.fetchval(
        "SELECT lower(in_force) FROM standards_versions WHERE code = 'working-set-2'"
    )
    told = await outcome_of(owner, site)
    assert told is not None
    assert told["outcome"] == "meets-standards"
    assert told["changes_on"] == first


@pytest.mark.parametrize(
    "who", [OPERATOR, WORKER, Actor("somebody", DbRole.APP), Actor("anybody", DbRole.SIGN_IN)]
)
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO site_outcomes SELECT (o).* FROM site_outcomes o",
        "UPDATE site_outcomes SET outcome = 'meets-standards'",
        "DELETE FROM site_outcomes",
    ],
)
async def test_nobody_but_the_publisher_writes_an_outcome(
    database: Database, who: Actor, statement: str
) -> None:
    with pytest.raises(ProgrammingError, match="permission denied for table site_outcomes"):
        async with transaction(database, who) as session:
            await session.execute(text(statement))
