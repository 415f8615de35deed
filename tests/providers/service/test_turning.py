"""Midnight in London: what time alone changes of listings is done once, from its own day."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import asyncpg
import orjson
import pytest

from app import clock
from app.access import OPERATOR, WORKER
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.outbox.schedules import daily
from app.providers.events import ProviderChanged
from app.providers.service import turning
from app.providers.service.turning import TURN, turn_day
from tests.factories.listings import (
    Applied,
    Cast,
    add_cast,
    add_document,
    add_listing,
    add_listing_of,
)
from tests.providers.rows import everything_of

TODAY = date(2027, 2, 1)
LAPSES = TODAY + timedelta(days=10)
"""The first day on which a document that is good for nine more days counts no more."""
GRACE_OVER = LAPSES + timedelta(days=28)


def midnight(day: date) -> datetime:
    return datetime.combine(day, time(0, 0, 5), clock.LONDON)


@pytest.fixture
async def cast(owner: asyncpg.Connection) -> Cast:
    return await add_cast(owner)


async def settled(database: Database, applied: Applied, day: date = TODAY) -> None:
    with clock.at(midnight(day)):
        async with transaction(database, OPERATOR) as session:
            announce(session, ProviderChanged(applied.provider_id))


async def turned(database: Database, day: date) -> None:
    """What the schedule does at midnight, and every job that follows from it."""
    with clock.at(midnight(day)):
        async with transaction(database, WORKER) as session:
            await turn_day(session, {"due_at": midnight(day).isoformat()})


async def state_of(owner: asyncpg.Connection, applied: Applied) -> tuple[Any, ...]:
    row = await owner.fetchrow("SELECT state, state_since FROM listings WHERE id = $1", applied.id)
    assert row is not None
    return tuple(row)


async def provider_of(owner: asyncpg.Connection, applied: Applied) -> Any:
    return await owner.fetchrow("SELECT * FROM providers WHERE id = $1", applied.provider_id)


async def moves_of(owner: asyncpg.Connection, applied: Applied) -> Sequence[dict[str, Any]]:
    moves = await everything_of(owner, "listing_moves")
    return [one for one in moves if one["listing_id"] == applied.id]


async def with_a_document(owner: asyncpg.Connection, cast: Cast, database: Database) -> Applied:
    applied = await add_listing(owner, cast, "listed")
    await add_document(owner, cast, applied, until=LAPSES - timedelta(days=1))
    await settled(database, applied)
    return applied


class TestLapses:
    async def test_nothing_moves_when_a_document_lapses_and_it_is_looked_at_again_after_the_grace(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        assert (await provider_of(owner, applied))["changes_on"] == LAPSES

        await turned(database, LAPSES)

        assert (await state_of(owner, applied))[0] == "listed"
        assert (await provider_of(owner, applied))["changes_on"] == GRACE_OVER

    async def test_when_the_grace_is_over_it_is_put_under_review(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await turned(database, LAPSES)
        await turned(database, GRACE_OVER - timedelta(days=1))
        assert (await state_of(owner, applied))[0] == "listed"

        await turned(database, GRACE_OVER)

        assert await state_of(owner, applied) == ("under-review", GRACE_OVER)
        newest = (await moves_of(owner, applied))[-1]
        assert newest["public_reason"] == "evidence-out-of-date"
        assert newest["actor_kind"] == "system"
        assert "evidence-grace" in newest["reason"]
        assert str(GRACE_OVER) in newest["reason"]
        provider = await provider_of(owner, applied)
        assert (provider["status"], provider["status_since"]) == ("under-review", GRACE_OVER)

    async def test_a_renewed_document_spares_it(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await add_document(owner, cast, applied, until=GRACE_OVER + timedelta(days=300))
        await settled(database, applied, LAPSES)

        await turned(database, GRACE_OVER)

        assert (await state_of(owner, applied))[0] == "listed"

    async def test_after_three_days_down_it_holds_from_the_day_it_fell_on(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)

        await turned(database, GRACE_OVER + timedelta(days=3))

        assert await state_of(owner, applied) == ("under-review", GRACE_OVER)
        newest = (await moves_of(owner, applied))[-1]
        assert newest["effective_on"] == GRACE_OVER
        assert newest["recorded_at"].astimezone(clock.LONDON).date() == GRACE_OVER + timedelta(3)

    async def test_doing_it_twice_is_doing_it_once(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await turned(database, GRACE_OVER)
        before = await everything_of(owner, "listing_moves"), await head(owner)

        await turned(database, GRACE_OVER)
        await turned(database, GRACE_OVER + timedelta(days=1))

        assert (await everything_of(owner, "listing_moves"), await head(owner)) == before
        assert (await provider_of(owner, applied))["changes_on"] is None

    async def test_whoever_lists_it_again_knowing_is_not_overruled_the_next_night(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await owner.execute("SET session_replication_role = replica")
        await owner.execute("UPDATE listings SET state_since = $1", GRACE_OVER)

        await turned(database, GRACE_OVER + timedelta(days=1))

        assert (await state_of(owner, applied))[0] == "listed"

    async def test_a_policy_switched_off_lets_it_be(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await owner.execute("ALTER TABLE published_policies DISABLE TRIGGER ALL")
        await owner.execute("UPDATE published_policies SET parameters = NULL")

        await turned(database, GRACE_OVER)

        assert (await state_of(owner, applied))[0] == "listed"


class TestAnnounced:
    async def announced(
        self, owner: asyncpg.Connection, cast: Cast, state: str, next_state: str, **changes: Any
    ) -> Applied:
        ahead = {"next_state": next_state, "next_on": LAPSES}
        return await add_listing(owner, cast, state, **ahead | changes)

    async def test_a_first_listing_comes_onto_the_register_on_its_day(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await self.announced(owner, cast, "in-assessment", "listed", listed_on=LAPSES)
        await settled(database, applied)
        assert (await provider_of(owner, applied))["status"] == "known"

        await turned(database, LAPSES)

        assert await state_of(owner, applied) == ("listed", LAPSES)
        provider = await provider_of(owner, applied)
        assert (provider["status"], provider["status_since"]) == ("listed", LAPSES)
        assert len(await moves_of(owner, applied)) == 1, "it was moved when it was decided"

    async def test_a_removal_is_published_from_its_day(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await self.announced(owner, cast, "listed", "removed")
        await settled(database, applied)

        await turned(database, LAPSES + timedelta(days=2))

        newest = await owner.fetchrow(
            "SELECT e.effective_on, b.record FROM ledger_entries e JOIN ledger_bodies b "
            "USING (entry) ORDER BY entry DESC LIMIT 1"
        )
        assert newest is not None
        assert newest["effective_on"] == LAPSES
        status = orjson.loads(newest["record"])["status"]
        assert (status["code"], status["since"]) == ("removed", LAPSES.isoformat())

    async def test_an_announced_closure_outlasts_a_review_in_between(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        closes = {"next_state": "closed", "next_on": GRACE_OVER + timedelta(days=5)}
        applied = await add_listing(owner, cast, "listed", **closes)
        await add_document(owner, cast, applied, until=LAPSES - timedelta(days=1))
        await settled(database, applied)

        await turned(database, GRACE_OVER)
        assert (await state_of(owner, applied))[0] == "under-review"
        await turned(database, GRACE_OVER + timedelta(days=5))

        assert await state_of(owner, applied) == ("closed", GRACE_OVER + timedelta(days=5))
        states = [one["to_state"] for one in await moves_of(owner, applied)]
        assert states == ["closed", "under-review", "closed"]

    async def test_what_is_replaced_leaves_on_the_same_day(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        earlier = await add_listing(owner, cast, "listed")
        later = Applied(earlier.site_id, earlier.provider_id, earlier.number, earlier.site_id)
        ahead = {"next_state": "listed", "next_on": LAPSES, "listed_on": LAPSES}
        await add_listing_of(owner, later, "in-assessment", **ahead)
        await settled(database, later)

        await turned(database, LAPSES)

        assert await state_of(owner, earlier) == ("closed", LAPSES)
        assert await state_of(owner, later) == ("listed", LAPSES)
        reason = (await moves_of(owner, earlier))[-1]["public_reason"]
        assert reason == "replaced-by-later-listing"


class TestClosing:
    @pytest.mark.parametrize(("state", "then"), [("listed", "closed"), ("suspended", "suspended")])
    async def test_a_site_that_shuts_leaves_the_register_unless_it_is_suspended(
        self,
        database: Database,
        owner: asyncpg.Connection,
        cast: Cast,
        state: str,
        then: str,
    ) -> None:
        applied = await add_listing(owner, cast, state)
        await owner.execute("UPDATE sites SET closed_on = $1", LAPSES)
        await settled(database, applied)

        await turned(database, LAPSES)

        assert (await state_of(owner, applied))[0] == then


class TestBatches:
    async def test_each_asks_for_the_next_until_all_are_turned(
        self,
        database: Database,
        owner: asyncpg.Connection,
        cast: Cast,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.setattr(turning, "BATCH", 2)
        closes = {"next_state": "closed", "next_on": LAPSES}
        held = [await add_listing(owner, cast, "listed", **closes) for _ in range(5)]
        for one in held:
            await settled(database, one)

        await turned(database, LAPSES)
        for _ in range(2):
            payload = await owner.fetchval(
                "DELETE FROM jobs WHERE kind = $1 RETURNING payload", TURN
            )
            with clock.at(midnight(LAPSES)):
                async with transaction(database, WORKER) as session:
                    await turn_day(session, orjson.loads(payload))

        assert {(await state_of(owner, one))[0] for one in held} == {"closed"}
        assert await owner.fetchval("SELECT count(*) FROM jobs WHERE kind = $1", TURN) == 0

    async def test_new_rules_are_applied_to_everybody_that_night(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await owner.execute("ALTER TABLE published_policies DISABLE TRIGGER ALL")
        await owner.execute(
            "UPDATE published_policies SET in_force = daterange($1, NULL), "
            "parameters = '{\"days\": 3}' WHERE code = 'evidence-grace'",
            LAPSES + timedelta(days=5),
        )
        await owner.execute("UPDATE providers SET changes_on = NULL")

        await turned(database, LAPSES + timedelta(days=5))

        assert await state_of(owner, applied) == ("under-review", LAPSES + timedelta(days=3))

    async def test_two_at_once_do_it_once(
        self, database: Database, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await with_a_document(owner, cast, database)
        await asyncio.gather(turned(database, GRACE_OVER), turned(database, GRACE_OVER))

        assert len(await moves_of(owner, applied)) == 2


def test_it_is_due_at_midnight_in_london_in_summer_and_on_the_days_the_clocks_change() -> None:
    due = daily(TURN, "00:00").latest_due
    assert due(datetime(2027, 7, 1, 12, tzinfo=UTC)) == datetime(2027, 6, 30, 23, tzinfo=UTC)
    assert due(datetime(2027, 3, 28, 12, tzinfo=UTC)) == datetime(2027, 3, 28, 0, tzinfo=UTC)
    assert due(datetime(2027, 3, 29, 12, tzinfo=UTC)) == datetime(2027, 3, 28, 23, tzinfo=UTC)


async def head(owner: asyncpg.Connection) -> Any:
    return await owner.fetchval("SELECT max(entry) FROM ledger_entries")
