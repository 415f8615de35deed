"""How long exact counts take, in memory and in SQL; and how long a worker takes to hold them.

Totals and facets are counted in process over packed columns. Beside them the same counts in SQL,
one statement for each facet, over the same read model. In memory each set is counted twice: first
after other work, and at once again, when what it reads and runs still lies near the processor.
"""

import argparse
import time
from collections.abc import Awaitable

import asyncpg
import uvloop

from app import log
from app.cli.output import say
from app.db.read_pool import open_read_pool
from app.providers.terms import CURRENT_STATUSES
from app.register.queries.criteria import Criteria
from app.register.searching.facets import count_facets
from app.register.searching.memory import Memory
from app.register.searching.packed_filters import Words
from tests.benchmarks import measuring
from tests.benchmarks.multiplying import multiply

FIRST, ROUNDS = 2_000, 5
SIZES = (5, 50)
"""How many times as large as the demonstration."""
STATUSES = [str(status) for status in CURRENT_STATUSES]
SETS = {
    "whole register": Criteria(statuses=STATUSES),
    "one authority": Criteria(statuses=STATUSES, la_code="330"),
    "key stage 4": Criteria(statuses=STATUSES, stages=[4]),
    "25 miles of a place": Criteria(
        statuses=STATUSES, place=(407_000, 287_000), radius_metres=40_234
    ),
}
_STANDING = "s.status = ANY($1) AND s.provider_status = ANY($1)"
_CONDITIONS = {
    "whole register": "true",
    "one authority": "s.la_code = '330'",
    "key stage 4": "s.stage_bits & 16 <> 0",
    "25 miles of a place": "s.place <@ circle(point(407000, 287000), 40234)",
}
_VALUES = {
    "status": "s.status",
    "la": "s.la_code",
    "evidence": "s.evidence",
    "key_stage": "unnest(ARRAY(SELECT t FROM unnest(s.tags) t WHERE t LIKE 'stage:%'))",
    "need": "unnest(ARRAY(SELECT t FROM unnest(s.tags) t WHERE t LIKE 'need:%'))",
    "places": "unnest(ARRAY(SELECT t FROM unnest(s.tags) t WHERE t LIKE 'places:%'))",
}

Taken = dict[tuple[int, str], tuple[list[float], list[float], list[float]]]
"""By size and set: seconds of the first count, of the same again, and in SQL; a value a round."""


def main() -> None:
    """Measure, and print the tables."""
    told = measuring.options(__doc__, ROUNDS).parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Count in both ways once a round, at each size, and print how they compare."""
    conditions = await measuring.surroundings(bench)
    taken: Taken = {}
    loads: list[list[str]] = []
    async with measuring.demonstration(bench.server, FIRST) as settings:
        owner = await asyncpg.connect(measuring.owner_url(settings))
        grown = 1
        assert settings.database_read_url is not None
        url = settings.database_read_url.get_secret_value()
        for times in SIZES:
            size = await multiply(owner, times // grown)
            grown = times
            async with (
                await open_read_pool(url, size=1, timeout_ms=120_000) as pool,
                pool.acquire() as connection,
            ):
                memory = Memory()
                seconds = await _seconds(memory.bring_up_to_date(connection))
                held = memory.columns.sites.size + memory.columns.providers.size
                loads.append([f"{size:,}", f"{seconds:.2f}", f"{held / 1e6:.1f}"])
                for number in range(told.rounds):
                    say(f"{size:,} providers, round {number + 1} of {told.rounds} …")
                    for name in measuring.turn_about(list(SETS), number):
                        found = taken.setdefault((size, name), ([], [], []))
                        found[0].append(_in_memory(memory, SETS[name]))
                        found[1].append(_in_memory(memory, SETS[name]))
                        found[2].append(await _seconds(_in_sql(connection, name)))
        await owner.close()
    _show(conditions, taken, loads)


def _in_memory(memory: Memory, criteria: Criteria) -> float:
    began = time.perf_counter()
    count_facets(memory.columns, criteria, Words())
    return time.perf_counter() - began


async def _in_sql(connection: asyncpg.Connection, name: str) -> None:
    where = f"{_STANDING} AND {_CONDITIONS[name]}"
    for value in _VALUES.values():
        rows = f"SELECT s.provider_id, {value} AS value FROM register_sites s WHERE {where}"
        counted = f"SELECT value, count(DISTINCT provider_id) FROM ({rows}) v GROUP BY value"
        await connection.fetch(counted, STATUSES)


async def _seconds(act: Awaitable[None]) -> float:
    began = time.perf_counter()
    await act
    return time.perf_counter() - began


def _show(conditions: list[str], taken: Taken, loads: list[list[str]]) -> None:
    rows = [
        [
            f"{size:,}",
            name,
            *(
                measuring.milliseconds(sorted(times)[len(times) // 2])
                for times in (first, again, sql)
            ),
            measuring.ratio(measuring.median_ratio(sql, first)),
        ]
        for (size, name), (first, again, sql) in taken.items()
    ]
    headings = ["providers", "set", "six facets in memory, ms", "again", "in SQL, ms", "SQL takes"]
    measuring.show("## counting", conditions, headings, rows)
    print()
    headings = ["providers", "read into memory, s", "columns hold, MB"]
    measuring.show("### memory of a worker", [], headings, loads)


if __name__ == "__main__":
    main()
