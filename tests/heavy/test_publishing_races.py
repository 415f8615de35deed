"""Sixteen writers at once, some of them cut off: the log stays one story without a gap."""

import asyncio
import itertools
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field

import asyncpg
import pytest
from sqlalchemy.exc import DBAPIError

from app import clock
from app.access import OPERATOR, Actor, DbRole
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.ledger.canonical import canonical
from app.ledger.service import broken_entries
from app.providers.errors import MoveNotAllowedError
from app.providers.service import recording as service
from app.providers.service.recording import Move, Recorded, Rename
from app.providers.terms import Status
from app.register.composing import compose
from app.register.queries import records
from app.register.queries.checks import count_words_that_differ
from app.register.verifying import stale_documents
from tests.factories.providers import LISTED_ON, make_provider, make_site, put_on_register

pytestmark = pytest.mark.heavy

WRITERS = 16
TRANSACTIONS = 25
PROVIDERS = 8
"""Few, so that writers meet."""


@dataclass
class Outcome:
    """What writers were told.

    Attributes:
        told_done: entries of transactions that came back well.
        refused: transactions that came back with a refusal.
        cut_off: new names in transactions whose connection was lost, and how many providers had
            each.
    """

    told_done: int = 0
    refused: int = 0
    cut_off: dict[str, int] = field(default_factory=dict)


async def write(database: Database, held: list[Recorded], seed: int, outcome: Outcome) -> None:
    """Work through one writer's transactions; a lost connection ends only the one it was in."""
    chance = random.Random(seed)  # noqa: S311 - nothing here is secret
    for number in range(TRANSACTIONS):
        some = chance.sample(held, chance.randint(1, 3))
        name = f"Writer {seed} number {number}"
        change = chance.choice([_rename, _rename, _add_site, _move, _list])
        try:
            entries = await change(database, some, name, chance)
        except MoveNotAllowedError:
            outcome.refused += 1
        except (DBAPIError, OSError) as lost:
            if not _was_cut_off(lost):
                raise
            if change is _rename:
                outcome.cut_off[name] = len(some)
        else:
            outcome.told_done += entries


def _was_cut_off(error: DBAPIError | OSError) -> bool:
    """A deadlock, a violated constraint or anything else would not pass for a lost connection."""
    return isinstance(error, OSError) or error.connection_invalidated


async def _rename(database: Database, some: list[Recorded], name: str, _: random.Random) -> int:
    async with transaction(database, OPERATOR) as session:
        renames = [Rename(held.id, name, LISTED_ON) for held in some]
        await service.rename_providers(session, OPERATOR, renames)
    return len(some)


async def _add_site(database: Database, some: list[Recorded], name: str, _: random.Random) -> int:
    async with transaction(database, OPERATOR) as session:
        await service.add_site(session, OPERATOR, some[0].id, make_site(name))
        await service.close_site(session, OPERATOR, (some[0].id, 1), on=LISTED_ON)
    return 1


async def _move(database: Database, some: list[Recorded], name: str, chance: random.Random) -> int:
    statuses = [Status.LISTED, Status.SUSPENDED, Status.UNDER_REVIEW]
    async with transaction(database, OPERATOR) as session:
        moves = [Move(held.id, chance.choice(statuses), LISTED_ON, name) for held in some]
        await service.move_providers(session, OPERATOR, moves)
    return len(some)


async def _list(database: Database, _: list[Recorded], name: str, __: random.Random) -> int:
    return len(await put_on_register(database, make_provider(name)))


async def until_done(work: Awaitable[object], meanwhile: Callable[[], Awaitable[None]]) -> int:
    """Do something again and again while work goes on; return how often."""
    working = asyncio.ensure_future(work)
    times = 0
    while not working.done():
        await meanwhile()
        times += 1
    await working
    return times


@pytest.fixture
async def held(database: Database) -> list[Recorded]:
    return await put_on_register(database, *[make_provider("Forest School")] * PROVIDERS)


@pytest.fixture
async def watcher(settings: Settings) -> AsyncIterator[asyncpg.Connection]:
    assert settings.database_owner_url is not None
    connection = await asyncpg.connect(settings.database_owner_url.get_secret_value())
    yield connection
    await connection.close()


async def check_everything(
    database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
) -> int:
    """Check the log and the read model to the last byte; return how many entries there are."""
    rows = await owner.fetch("SELECT entry, recorded_at FROM ledger_entries ORDER BY entry")
    assert [row["entry"] for row in rows] == list(range(1, len(rows) + 1))
    times = [row["recorded_at"] for row in rows]
    assert all(before < after for before, after in itertools.pairwise(times))
    head = await owner.fetchrow("SELECT entry, recorded_at FROM ledger_head")
    assert tuple(head) == (len(rows), times[-1])
    async with reading(database, OPERATOR) as session:
        assert await broken_entries(session) == []
        assert await stale_documents(session) == []
    assert await count_words_that_differ(public) == 0
    async with transaction(database, Actor("publisher", DbRole.PUBLISHER)) as publisher:
        ids = [row["id"] for row in await owner.fetch("SELECT id FROM providers")]
        locked = await records.lock_public_providers(publisher, ids)
        for whole in await records.read_whole(publisher, locked):
            assert canonical(compose(whole, clock.today())) == whole.published
    return len(rows)


async def test_entries_are_numbered_in_the_order_in_which_they_are_committed(
    database: Database,
    owner: asyncpg.Connection,
    public: asyncpg.Connection,
    watcher: asyncpg.Connection,
    held: list[Recorded],
) -> None:
    """At every moment what is committed is the entries from one to the head, and no others."""
    outcome = Outcome()
    seen = [0]

    async def look() -> None:
        head, entries, last, shown = await watcher.fetchrow(
            "SELECT (SELECT entry FROM ledger_head), count(*), max(entry), "
            "(SELECT max(entry) FROM register_documents) FROM ledger_entries"
        )
        assert head == entries == last == shown
        assert head >= seen[-1]
        seen.append(head)

    writers = [write(database, held, seed, outcome) for seed in range(WRITERS)]
    await until_done(asyncio.gather(*writers), look)

    assert await check_everything(database, owner, public) == PROVIDERS + outcome.told_done
    assert not outcome.cut_off
    assert outcome.told_done > WRITERS * TRANSACTIONS / 2
    assert outcome.refused > 0
    assert len(set(seen)) > 20


async def test_a_writer_cut_off_in_the_middle_leaves_all_or_nothing(
    database: Database,
    owner: asyncpg.Connection,
    public: asyncpg.Connection,
    watcher: asyncpg.Connection,
    held: list[Recorded],
) -> None:
    outcome = Outcome()
    chance = random.Random(1)  # noqa: S311 - nothing here is secret

    async def cut_one_off() -> None:
        rows = await watcher.fetch(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() "
            "AND usename = 'ap_login' AND xact_start IS NOT NULL"
        )
        if rows:
            pid = chance.choice(rows)["pid"]
            await watcher.execute("SELECT pg_terminate_backend($1)", pid)
        await asyncio.sleep(0.02)

    writers = [write(database, held, seed, outcome) for seed in range(WRITERS)]
    await until_done(asyncio.gather(*writers), cut_one_off)

    entries = await check_everything(database, owner, public)
    # A connection may be lost after the commit and before the answer; half a change may not be.
    for name, providers in outcome.cut_off.items():
        changed = await owner.fetchval(
            "SELECT count(DISTINCT number) FROM ledger_entries JOIN ledger_bodies USING (entry) "
            "WHERE record LIKE $1",
            f'%"name":"{name}"%'.encode(),
        )
        assert changed in {0, providers}, name
    assert len(outcome.cut_off) >= 5
    assert entries >= PROVIDERS + outcome.told_done
