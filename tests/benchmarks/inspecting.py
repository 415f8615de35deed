"""What publishing an inspection costs where ten times as many providers are, and what filters cost.

Two registers in one server: a demonstration, and the same with everything ten times over. In both a
second officer checks inspections of single sites one by one: each is a transaction that publishes
the document, settles the outcome, appends to the log and projects. Then the larger one is searched
by outcome and by how old evidence is, beside the same searches without.
"""

import argparse
import statistics
import time
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import product
from random import Random

import asyncpg
import uvloop

from app import clock, log
from app.access import Role
from app.cli.output import say
from app.config import Settings
from app.db.read_pool import open_read_pool
from app.db.transactions import Database, transaction
from app.demo.plan import MOST_PROVIDERS
from app.inspections.schemas.hearing import CheckDecided
from app.inspections.service import checking
from app.inspections.terms import CheckDecision, Judgement
from app.register.searching.memory import Memory
from app.register.searching.present import search
from tests.benchmarks import measuring
from tests.benchmarks.inspected_searches import BASES, say_outcomes, ways, with_way
from tests.benchmarks.multiplying import multiply, multiply_beneath
from tests.benchmarks.two_hundred_searches import query_of
from tests.databases import TestServer, copied_database, opened_database
from tests.factories.inspections import (
    Inspected,
    add_checkable_inspection,
    add_published_inspection,
    every_criterion,
    settle,
)
from tests.factories.people import Member
from tests.factories.records import add_officer

PROVIDERS, TIMES, ROUNDS, EACH = 10_000, 10, 5, 12
INSPECTED, EACH_OF_THEM = 60, 20
"""Sites whose inspection is published before, and how often their judgements are multiplied."""
EXECUTIONS = 7
"""PostgreSQL settles on a plan after the fifth."""
_SITES = """
    SELECT s.id, s.la_code, s.provider_id FROM sites s JOIN listings l ON l.site_id = s.id
    JOIN providers p ON p.id = s.provider_id
    WHERE l.state = 'listed' AND s.closed_on IS NULL AND substr(p.number, 3, 6)::int <= $1
    ORDER BY p.number, s.reference
"""


@dataclass(slots=True)
class Side:
    """One of the two registers.

    Attributes:
        database: as the service opens it.
        owner: a superuser's connection, to prepare what is measured.
        providers: how many it has in public.
        sites: those that can be inspected, as (id, code of the authority), in an order of chance.
        officers: who checks, by authority.
        took: seconds of each publication, by round.
    """

    database: Database
    owner: asyncpg.Connection
    providers: int
    sites: list[tuple[object, str]]
    officers: dict[str, Member] = field(default_factory=dict)
    took: list[list[float]] = field(default_factory=list)


def main() -> None:
    """Measure, and print the tables."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Publish on both sides once a round; then search the larger one."""
    conditions = await measuring.surroundings(bench)
    async with measuring.demonstration(bench.server, told.providers) as settings:
        await _inspect_some(settings)
        async with (
            _side(bench.server, settings, 1) as (small, _),
            _side(bench.server, settings, told.times) as (large, large_settings),
        ):
            for round_number in range(told.rounds):
                say(f"Round {round_number + 1} of {told.rounds} …")
                for side in measuring.turn_about([small, large], round_number):
                    side.took.append(await _publish_some(side, told.each))
            _show_publishing(conditions, [small, large], told)
            await say_outcomes(large.owner)
            await large.owner.execute("VACUUM (ANALYZE) register_sites")
            await _search(conditions, large_settings, large.providers, told.rounds)


async def _inspect_some(settings: Settings) -> None:
    """Let some sites have been inspected, and what was found be held many times over."""
    owner = await asyncpg.connect(measuring.owner_url(settings))
    rows = await owner.fetch(f"{_SITES} LIMIT {INSPECTED}", MOST_PROVIDERS)
    found = await every_criterion(owner)
    for row in rows:
        await add_published_inspection(owner, {row["id"]: found}, clock.today())
    async with opened_database(settings) as database:
        await settle(database, *{row["provider_id"] for row in rows})
    await multiply_beneath(
        owner,
        EACH_OF_THEM,
        *("inspections", "inspection_sites", "inspection_judgements", "inspection_publications"),
    )
    await owner.close()


@asynccontextmanager
async def _side(
    on: TestServer, written: Settings, times: int
) -> AsyncIterator[tuple[Side, Settings]]:
    """Open a copy of the demonstration, so many times as large."""
    template = measuring.database_name(written)
    async with copied_database(on, template) as settings, opened_database(settings) as opened:
        owner = await asyncpg.connect(measuring.owner_url(settings))
        last = await owner.fetchval("SELECT max(substr(number, 3, 6)::int) FROM providers")
        if times > 1:
            say(f"Making it {times} times as large …")
            await multiply_beneath(owner, times)
            await multiply(owner, times)
        await owner.execute("VACUUM (ANALYZE)")
        rows = await owner.fetch(_SITES, last)
        sites = [(row["id"], row["la_code"]) for row in rows]
        Random(1).shuffle(sites)
        providers = await owner.fetchval("SELECT count(*) FROM register_search")
        try:
            yield Side(opened, owner, providers, sites), settings
        finally:
            await owner.close()


async def _publish_some(side: Side, count: int) -> list[float]:
    """Let inspections be ready to be checked, and time how each is published."""
    found = await every_criterion(side.owner) | {"3.6a": Judgement.PARTLY_MET}
    ready: list[tuple[Inspected, Member]] = []
    for _ in range(count + 1):
        site, la_code = side.sites.pop()
        if la_code not in side.officers:
            officer = await add_officer(side.owner, Role.SECOND_OFFICER, la_code=la_code)
            side.officers[la_code] = officer
        made = await add_checkable_inspection(side.owner, {site: found}, clock.today())  # type: ignore[dict-item]
        ready.append((made, side.officers[la_code]))
    times = []
    stated = CheckDecided(decision=CheckDecision.PUBLISHED, reason=None)
    for made, officer in ready:
        began = time.perf_counter()
        async with transaction(side.database, officer.actor) as session:
            await checking.check(session, officer.actor, made.reference, stated, 1)
        times.append(time.perf_counter() - began)
    return times[1:]  # the first one also opens a connection


def _show_publishing(conditions: list[str], sides: list[Side], told: argparse.Namespace) -> None:
    small, _ = sides
    middles = [[statistics.median(took) for took in side.took] for side in sides]
    rows = []
    for side, middle in zip(sides, middles, strict=True):
        every = [one for took in side.took for one in took]
        ratio = measuring.median_ratio(middle, middles[0])
        rows.append(
            [
                measuring.number(side.providers),
                measuring.number(len(every)),
                measuring.milliseconds(statistics.median(every)),
                measuring.milliseconds(measuring.percentile(every, 0.95)),
                "1.00x" if side is small else measuring.ratio(ratio),
            ]
        )
    paced = f"rounds: {told.rounds} of {told.each} publications a side, one after the other"
    said = [*conditions, f"{paced}; the ratio is the median of the rounds'"]
    headings = ["public providers", "published", "p50 ms", "p95 ms", "publishing takes"]
    measuring.show("## inspecting", said, headings, rows)


async def _search(conditions: list[str], settings: Settings, providers: int, rounds: int) -> None:
    """Ask each search with and without, turn about, on the public's read role."""
    assert settings.database_read_url is not None
    url = settings.database_read_url.get_secret_value()
    every = {"nothing": "", **ways()}
    took: dict[str, dict[str, list[float]]] = {name: defaultdict(list) for name in every}
    async with (
        await open_read_pool(url, size=1, timeout_ms=60_000) as pool,
        pool.acquire() as connection,
    ):
        memory = Memory()
        await memory.bring_up_to_date(connection)
        for round_number, base in product(range(EXECUTIONS + rounds), BASES):
            for name in measuring.turn_about(list(every), round_number):
                query = query_of(with_way(base, every[name]))
                began = time.perf_counter()
                await search(connection, query, memory)
                if round_number >= EXECUTIONS:
                    took[name][base].append(time.perf_counter() - began)
    rows = []
    for name, by_base in took.items():
        middles = {base: statistics.median(times) for base, times in by_base.items()}
        without = {base: statistics.median(took["nothing"][base]) for base in middles}
        ratio = statistics.median(middles[base] / without[base] for base in middles)
        rows.append(
            [
                name,
                measuring.milliseconds(statistics.median(middles.values())),
                measuring.milliseconds(max(middles.values())),
                measuring.ratio(ratio),
            ]
        )
    said = [*conditions, f"{len(BASES)} searches of {providers:,} providers, {rounds} rounds"]
    headings = ["filtered by", "p50 ms", "slowest ms", "than without"]
    measuring.show("\n## searching by outcome and age of evidence", said, headings, rows)


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    count = measuring.up_to(MOST_PROVIDERS)
    parser.add_argument("--providers", type=count, default=PROVIDERS, help="in the demonstration")
    times = "how many times as large the other register is"
    parser.add_argument("--times", type=measuring.up_to(50), default=TIMES, help=times)
    each = "publications a round on each side"
    parser.add_argument("--each", type=measuring.up_to(200), default=EACH, help=each)
    return parser


if __name__ == "__main__":
    main()
