"""How long two hundred fixed searches take, beside their bare statements, and what they visit.

The whole application answers in this process, without a socket between. Beside it the statements it
sent run by themselves on the public's read role, so the ratio tells what everything else costs.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import orjson
import uvloop
from fastapi import FastAPI

from app import log
from app.cli.output import say
from app.config import Settings
from app.db.read_pool import open_read_pool
from app.demo.plan import MOST_PROVIDERS
from app.main import create_app
from app.register.answers import PATH
from app.register.searching.memory import Memory
from app.register.searching.present import search
from tests.benchmarks import measuring, plans
from tests.benchmarks.asking import read
from tests.benchmarks.two_hundred_searches import TWO_HUNDRED, query_of

PROVIDERS, ROUNDS, SLOWEST = 5_000, 5, 5
PATIENCE_MS = 60_000
"""A large demonstration may take the first cut's statement longer than the public would wait."""

Statement = tuple[str, tuple[Any, ...]]


@dataclass(slots=True)
class Asked:
    """One page of one search, and what was measured of it.

    Attributes:
        kind: what sort of search it is.
        page: 1 or 3.
        address: as it was asked for, cursor and all.
        statements: what the application sends for it, in order, with their parameters.
        visited: rows of tables that PostgreSQL looks at for it, by the plans it has settled on.
        whole: seconds through the application, a value a round.
        bare: seconds for the statements alone, a value a round.
    """

    kind: str
    page: int
    address: str
    statements: list[Statement] = field(default_factory=list)
    visited: float = 0.0
    whole: list[float] = field(default_factory=list)
    bare: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, and print the tables."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Ask for every page in both ways once a round, and print percentiles by kind."""
    conditions = await measuring.surroundings(bench)
    async with measuring.demonstration(bench.server, told.providers) as made:
        settings = made.model_copy(update={"read_timeout_ms": PATIENCE_MS})
        app = create_app(settings)
        async with app.router.lifespan_context(app), await _read_pool(settings) as pool:
            asked = [page for kind in TWO_HUNDRED for page in await _pages(app, kind)]
            async with pool.acquire() as connection:
                memory = Memory()
                await memory.bring_up_to_date(connection)
                for one in asked:
                    await _note_statements(connection, one, memory)
                for round_number in range(told.rounds):
                    say(f"Round {round_number + 1} of {told.rounds} …")
                    for one in measuring.turn_about(asked, round_number):
                        await _time(app, connection, one, whole_first=round_number % 2 == 0)
                for one in asked:
                    await _count_rows(connection, one)
            head = orjson.loads(await read(app, PATH))["register"]["entry"]
    conditions.append(f"sizes: demonstration of {told.providers:,}, {head:,} entries, vacuumed")
    conditions.append(f"rounds: {told.rounds}; each page's median, then percentiles over pages")
    _show(conditions, asked)


def _show(conditions: list[str], asked: list[Asked]) -> None:
    headings = ["kind", "page", "pages", "HTTP p50 ms", "p95", "statements p50 ms", "p95"]
    headings += ["HTTP takes", "rows visited p50", "most"]
    kinds: dict[tuple[str, int], list[Asked]] = {}
    for one in asked:
        kinds.setdefault((one.kind, one.page), []).append(one)
    measuring.show("## search", conditions, headings, [_row(*kind, kinds[kind]) for kind in kinds])
    slow = sorted(kinds, key=lambda kind: _percentile(kinds[kind], _whole, 0.5), reverse=True)
    named = (f"{kind} (page {page})" for kind, page in slow[:SLOWEST])
    print(f"\nSlowest kinds, by p50: {', '.join(named)}.\n\nSlowest pages:\n")
    for one in sorted(asked, key=_whole, reverse=True)[:SLOWEST]:
        query = one.address.split("?")[1].split("&cursor=")[0]
        times = f"{measuring.milliseconds(_whole(one))} ms, {one.visited:,.0f} rows visited"
        print(f"* `{query}`, page {one.page}: {times}")


def _row(kind: str, page: int, asked: list[Asked]) -> list[str]:
    return [
        kind,
        str(page),
        str(len(asked)),
        *(measuring.milliseconds(_percentile(asked, _whole, share)) for share in (0.5, 0.95)),
        *(measuring.milliseconds(_percentile(asked, _bare, share)) for share in (0.5, 0.95)),
        measuring.ratio(statistics.median(_whole(one) / _bare(one) for one in asked)),
        measuring.number(_percentile(asked, _visited, 0.5)),
        measuring.number(max(one.visited for one in asked)),
    ]


def _percentile(asked: list[Asked], measured: Callable[[Asked], float], share: float) -> float:
    return measuring.percentile([measured(one) for one in asked], share)


def _whole(one: Asked) -> float:
    return statistics.median(one.whole)


def _bare(one: Asked) -> float:
    return statistics.median(one.bare)


def _visited(one: Asked) -> float:
    return one.visited


async def _read_pool(settings: Settings) -> asyncpg.Pool:
    assert settings.database_read_url is not None
    url = settings.database_read_url.get_secret_value()
    return await open_read_pool(url, size=1, timeout_ms=PATIENCE_MS)


async def _pages(app: FastAPI, kind: str) -> list[Asked]:
    """Return the first page of each search of a kind, and the third of those that have one."""
    pages: list[Asked] = []
    for query in TWO_HUNDRED[kind]:
        address: str | None = f"{PATH}?{query}"
        for page in (1, 2, 3):
            if address is None:
                break
            if page != 2:
                pages.append(Asked(kind, page, address))
            address = orjson.loads(await read(app, address))["links"]["next"]
    return pages


async def _note_statements(connection: asyncpg.Connection, one: Asked, memory: Memory) -> None:
    def note(sent: Any) -> None:
        one.statements.append((sent.query, sent.args))

    with connection.query_logger(note):
        await search(connection, query_of(one.address.split("?")[1]), memory)
        await asyncio.sleep(0)  # the driver notes a statement when the loop next comes round


async def _count_rows(connection: asyncpg.Connection, one: Asked) -> None:
    """Count the rows visited by the plans that PostgreSQL has settled on for these statements."""
    for statement, values in one.statements:
        one.visited += plans.rows_visited(await plans.explain(connection, statement, values))


async def _time(
    app: FastAPI, connection: asyncpg.Connection, one: Asked, *, whole_first: bool
) -> None:
    for whole in (whole_first, not whole_first):
        began = time.perf_counter()
        if whole:
            await read(app, one.address)
            one.whole.append(time.perf_counter() - began)
        else:
            for statement, values in one.statements:
                await connection.fetch(statement, *values)
            one.bare.append(time.perf_counter() - began)


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    many = measuring.up_to(MOST_PROVIDERS)
    parser.add_argument("--providers", type=many, default=PROVIDERS, help="in the demonstration")
    return parser


if __name__ == "__main__":
    main()
