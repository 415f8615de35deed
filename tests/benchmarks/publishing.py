"""How many changes a second become public, and how long writers wait for one another.

Every writer moves random providers of its own share to another status and back, each move in a
transaction of its own, which commits once its record is in the log and the read model. Nobody waits
for a provider's row, so whoever waits for a lock waits for the log's head. The same moves on a copy
of the register where nobody reacts to them tell what publishing costs.
"""

import argparse
import asyncio
import statistics
import time
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from random import Random

import asyncpg
import uvloop

from app import clock
from app.access import OPERATOR
from app.cli.output import say
from app.config import Settings
from app.db.transactions import Database, transaction
from app.demo.plan import MOST_PROVIDERS
from app.providers.events import ProviderChanged
from app.providers.service import recording as service
from app.providers.service.recording import Move
from app.providers.terms import CURRENT_STATUSES, Status
from tests.benchmarks import measuring
from tests.databases import TestServer, copied_database, opened_database

PROVIDERS, ROUNDS, SECONDS = 2_000, 3, 4
MOST_WRITERS, LONGEST_BLOCK = 20, 600
WRITERS = (1, 4, 16)
_LOOKS_EVERY_SECONDS = 0.02
_STANDING = "SELECT id, status FROM providers WHERE status = ANY($1::text[]) ORDER BY number"
_HEAD = "SELECT entry FROM ledger_head"
_IN_TRANSACTIONS = """
    SELECT count(*) AS open, count(*) FILTER (WHERE wait_event_type = 'Lock') AS waiting
    FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL
"""


@dataclass(slots=True)
class Side:
    """One of the two registers that are changed in turn.

    Attributes:
        database: as its writers open it.
        watcher: a superuser's connection, to look on.
        standing: where each provider that is moved stands.
        moved: how many moves were committed.
    """

    database: Database
    watcher: asyncpg.Connection
    standing: dict[uuid.UUID, Status]
    moved: int = 0


@dataclass(slots=True)
class Blocks:
    """What each block of one side and number of writers gave, a value a round."""

    rates: list[float] = field(default_factory=list)
    middles: list[float] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)
    waiting: list[float] = field(default_factory=list)


Results = dict[tuple[str, int], Blocks]


def main() -> None:
    """Measure, and print the table."""
    told = _options().parse_args()
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Run every number of writers on both sides once a round, and print medians."""
    conditions = await measuring.surroundings(bench)
    async with (
        measuring.demonstration(bench.server, told.providers) as settings,
        _side(bench.server, settings, publishing=True) as publishing,
        _side(bench.server, settings, publishing=False) as silent,
    ):
        if len(publishing.standing) < max(told.writers):
            raise SystemExit("There are more writers than providers: raise --providers.")
        sides = {"publishing": publishing, "silent": silent}
        before = await publishing.watcher.fetchval(_HEAD)
        results: Results = {(name, w): Blocks() for w in told.writers for name in sides}
        for round_number in range(told.rounds):
            say(f"Round {round_number + 1} of {told.rounds} …")
            for name, writers in measuring.turn_about(list(results), round_number):
                await _block(sides[name], writers, told.seconds, results[name, writers])
        appended = await publishing.watcher.fetchval(_HEAD) - before
        if appended != publishing.moved or await silent.watcher.fetchval(_HEAD) != before:
            raise SystemExit(f"{publishing.moved} moves made {appended} entries: a measuring error")
    conditions.append(
        f"sizes: demonstration of {told.providers:,}, {appended:,} entries published meanwhile; "
        "all writers in one process on uvloop, a connection each"
    )
    conditions.append(f"rounds: {told.rounds}, each block {told.seconds} s; medians of rounds")
    _show(conditions, results, told.writers)


def _show(conditions: list[str], results: Results, all_writers: list[int]) -> None:
    headings = ["writers", "published/s", "p50 ms", "p95 ms", "waiting for the head"]
    headings += ["unpublished/s", "p50 ms", "p95 ms", "publishing takes"]
    rows = []
    for writers in all_writers:
        with_it, without = results["publishing", writers], results["silent", writers]
        waiting = statistics.median(with_it.waiting)
        slower = measuring.median_ratio(without.rates, with_it.rates)
        told, untold = _in_words(with_it), _in_words(without)
        rows.append([str(writers), *told, f"{waiting:.0%}", *untold, measuring.ratio(slower)])
    measuring.show("## publishing", conditions, headings, rows)


def _in_words(blocks: Blocks) -> list[str]:
    return [
        measuring.number(statistics.median(blocks.rates)),
        measuring.milliseconds(statistics.median(blocks.middles)),
        measuring.milliseconds(statistics.median(blocks.slow)),
    ]


@asynccontextmanager
async def _side(on: TestServer, written: Settings, *, publishing: bool) -> AsyncIterator[Side]:
    """Open a copy of the demonstration; on the silent side nobody reacts to a change."""
    template = measuring.database_name(written)
    async with (
        copied_database(on, template) as settings,
        opened_database(settings) as opened,
    ):
        deaf = replace(opened, handlers={ProviderChanged: ()})
        watcher = await asyncpg.connect(measuring.owner_url(settings))
        try:
            rows = await watcher.fetch(_STANDING, [str(status) for status in CURRENT_STATUSES])
            standing = {row["id"]: Status(row["status"]) for row in rows}
            yield Side(opened if publishing else deaf, watcher, standing)
        finally:
            await watcher.close()


async def _block(side: Side, writers: int, seconds: float, into: Blocks) -> None:
    """Let some writers work for a while, and add what came of it."""
    chosen = list(side.standing)
    shares = [chosen[writer::writers] for writer in range(writers)]
    await asyncio.gather(*(_move(side, share[0]) for share in shares))  # opens the connections
    over = asyncio.Event()
    watching = asyncio.create_task(_watch(side.watcher, over))
    began = time.perf_counter()
    try:
        times = await asyncio.gather(
            *(_write(side, share, began + seconds, Random(n)) for n, share in enumerate(shares))
        )
        took = time.perf_counter() - began
    finally:
        over.set()
        waiting = await watching
    every = [one for of_writer in times for one in of_writer]
    into.rates.append(len(every) / took)
    into.middles.append(measuring.percentile(every, 0.5))
    into.slow.append(measuring.percentile(every, 0.95))
    into.waiting.append(waiting)


async def _write(side: Side, share: list[uuid.UUID], until: float, random: Random) -> list[float]:
    times: list[float] = []
    while (began := time.perf_counter()) < until:
        await _move(side, random.choice(share))
        times.append(time.perf_counter() - began)
    return times


async def _move(side: Side, provider: uuid.UUID) -> None:
    listed = side.standing[provider] is Status.LISTED
    status = Status.UNDER_REVIEW if listed else Status.LISTED
    async with transaction(side.database, OPERATOR) as session:
        move = Move(provider, status, clock.today(), "for a benchmark")
        await service.move_providers(session, OPERATOR, [move])
    side.standing[provider] = status
    side.moved += 1


async def _watch(connection: asyncpg.Connection, over: asyncio.Event) -> float:
    """Look again and again how many open transactions wait for a lock; return the share."""
    seen = waiting = 0
    while not over.is_set():
        row = await connection.fetchrow(_IN_TRANSACTIONS)
        seen, waiting = seen + row["open"], waiting + row["waiting"]
        await asyncio.sleep(_LOOKS_EVERY_SECONDS)
    return waiting / max(1, seen)


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    count, writers = measuring.up_to(MOST_PROVIDERS), measuring.up_to(MOST_WRITERS)
    many = "how many at once"
    parser.add_argument("--providers", type=count, default=PROVIDERS, help="in the demonstration")
    parser.add_argument("--writers", type=writers, nargs="+", default=list(WRITERS), help=many)
    seconds, length = measuring.up_to(LONGEST_BLOCK), "how long each block is"
    parser.add_argument("--seconds", type=seconds, default=SECONDS, help=length)
    return parser


if __name__ == "__main__":
    main()
