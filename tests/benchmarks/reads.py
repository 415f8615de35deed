"""How many searches a second the service answers, beside what bounds it and what one writes first.

Each server is one process of uvicorn on 127.0.0.1, asked by sixteen callers and by one; the bare
statements run in this process. All are asked the same two hundred searches turn about, in blocks.
"""

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncpg
import uvloop

from app import log
from app.cli.output import say
from app.config import Settings
from app.db.migrating import role_prefix_of
from app.db.read_pool import open_read_pool
from app.demo.plan import MOST_PROVIDERS
from app.register.answers import PATH
from app.register.searching.memory import Memory
from app.register.searching.present import search
from tests.benchmarks import measuring
from tests.benchmarks.loading import HOST, Load, load, ready, repeated
from tests.benchmarks.multiplying import multiply
from tests.benchmarks.two_hundred_searches import TWO_HUNDRED, query_of
from tests.cli.services import free_port

PROVIDERS, ROUNDS, CALLERS = 10_000, 3, 16
UNLIMITED = "100000000/minute"
REPOSITORY = Path(__file__).parents[2]
ADDRESSES = [f"{PATH}?{query}" for queries in TWO_HUNDRED.values() for query in queries]

Statement = tuple[str, tuple[Any, ...]]


@dataclass(slots=True)
class Way:
    """One way to answer, and what was measured of it.

    Attributes:
        name: as the table calls it.
        run: asks for so many addresses by so many callers.
        cpu: seconds of its own work so far; PostgreSQL's are not in it.
        many: a block a round, by sixteen callers.
        one: a block a round, by a single one.
        spent: CPU milliseconds an answer, a value a round.
    """

    name: str
    run: Callable[[int], Awaitable[Load]]
    cpu: Callable[[], float]
    many: list[Load] = field(default_factory=list)
    one: list[Load] = field(default_factory=list)
    spent: list[float] = field(default_factory=list)


def main() -> None:
    """Measure, and print the tables."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Ask every server for the two hundred searches once a round, and print how they compare."""
    conditions = await measuring.surroundings(bench)
    async with measuring.demonstration(bench.server, told.providers // told.times) as made:
        if told.times > 1:
            owner = await asyncpg.connect(measuring.owner_url(made))
            say(f"Making it {told.times} times as large …")
            await multiply(owner, told.times)
            await owner.close()
        settings = made.model_copy(update={"read_timeout_ms": 60_000})
        url = _url(settings)
        async with await open_read_pool(url, size=CALLERS, timeout_ms=60_000) as pool:
            statements, size = await _statements(pool)
            with ExitStack() as running:
                ways = await _ways(running, settings, size, pool, statements)
                for number in range(told.rounds):
                    say(f"Round {number + 1} of {told.rounds} …")
                    for way in measuring.turn_about(ways, number):
                        await _measure(way)
    grown = (
        f"a demonstration made {told.times} times as large" if told.times > 1 else "all invented"
    )
    conditions.append(f"sizes: {told.providers:,} providers, {grown}; {size:,} bytes a page")
    conditions.append(f"rounds: {told.rounds}; 200 searches by {CALLERS} callers, then by one")
    _show(conditions, ways)


async def _measure(way: Way) -> None:
    before = way.cpu()
    way.many.append(await way.run(CALLERS))
    way.spent.append((way.cpu() - before) * 1_000 / len(way.many[-1].took))
    way.one.append(await way.run(1))


async def _ways(
    running: ExitStack,
    settings: Settings,
    size: int,
    pool: asyncpg.Pool,
    statements: Sequence[Statement],
) -> list[Way]:
    service = {
        "ROLE_PREFIX": role_prefix_of(settings),
        "RATE_LIMIT": UNLIMITED,
        "LOG_LEVEL": "WARNING",
        "READ_TIMEOUT_MS": "60000",
    }
    servers = {
        "ours": ("tests.benchmarks.served:ours", service | {"ANSWER_CACHE_BYTES": "0"}),
        "ours, from memory": ("tests.benchmarks.served:ours", service),
        "ORM and response_model": ("tests.benchmarks.served:by_orm", {}),
        "bare uvicorn, as many bytes": (
            "tests.benchmarks.served:bare",
            {"ANSWER_BYTES": str(size)},
        ),
    }
    ways = [
        Way("the statements alone, as bytes", _bare_statements(pool, statements), time.process_time)
    ]
    for name, (factory, environment) in servers.items():
        port = int(free_port())
        process = running.enter_context(served(factory, port, settings, environment))
        await ready(port, ADDRESSES[0])
        times = 1 if name in {"ours", "ORM and response_model"} else 5
        ways.append(Way(name, _asking(port, times), _cpu_of(process.pid)))
        await load(port, ADDRESSES, callers=1)  # each worker reads what it holds in memory first
    return ways


@contextmanager
def served(
    factory: str, port: int, settings: Settings, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """Serve an application in a process of its own, which does not outlive the block."""
    urls = {
        name.upper(): getattr(settings, name).get_secret_value()
        for name in ("database_url", "database_read_url", "database_owner_url")
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port)]
    process = subprocess.Popen(
        [*command, "--host", HOST, "--log-level", "warning", "--no-access-log"],
        cwd=REPOSITORY,
        env=os.environ | urls | {"KEYRING_FILE": str(settings.keyring_path)} | environment,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


def _asking(port: int, times: int) -> Callable[[int], Awaitable[Load]]:
    async def ask(callers: int) -> Load:
        return await load(port, repeated(ADDRESSES, times), callers=callers)

    return ask


def _bare_statements(
    pool: asyncpg.Pool, statements: Sequence[Statement]
) -> Callable[[int], Awaitable[Load]]:
    """Run the statements and join the bytes they bring, as little as can be done."""

    async def run(callers: int) -> Load:
        done = Load()
        loop = asyncio.get_running_loop()

        async def caller(mine: Sequence[Statement]) -> None:
            async with pool.acquire() as connection:
                for statement, values in mine:
                    began = loop.time()
                    rows = await connection.fetch(statement, *values)
                    parts = (row[name] or b"" for row in rows for name in ("summary", "site"))
                    done.size += len(b",".join(parts))
                    done.took.append(loop.time() - began)

        began = loop.time()
        await asyncio.gather(*(caller(statements[share::callers]) for share in range(callers)))
        done.seconds = loop.time() - began
        return done

    return run


async def _statements(pool: asyncpg.Pool) -> tuple[list[Statement], int]:
    """Return the statement of each search, and the bytes of a page in the middle."""
    noted: list[Statement] = []
    sizes: list[int] = []
    memory = Memory()
    async with pool.acquire() as connection:
        for queries in TWO_HUNDRED.values():
            for query in queries:
                sent: list[Any] = []
                with connection.query_logger(sent.append):
                    found = await search(connection, query_of(query), memory)
                    await asyncio.sleep(0)
                statement = next(one for one in reversed(sent) if "ledger_head" in one.query)
                noted.append((statement.query, statement.args))
                parts = [hit[name] or b"" for hit in found.hits for name in ("summary", "site")]
                sizes.append(len(b",".join(parts)))
    return noted, round(statistics.mean(sizes))


def _show(conditions: list[str], ways: Sequence[Way]) -> None:
    ours = next(way for way in ways if way.name == "ours")
    rows = [
        [
            way.name,
            measuring.number(statistics.median(block.rate for block in way.many)),
            measuring.ratio(_times(ours.many, way.many)),
            *_percentiles([took for block in way.many for took in block.took]),
            measuring.number(statistics.median(block.rate for block in way.one)),
            measuring.ratio(_times(ours.one, way.one)),
            f"{statistics.median(way.spent):.2f}",
        ]
        for way in ways
    ]
    headings = [f"answers/s, {CALLERS} callers", "ours is", "p50 ms", "p95", "p99"]
    headings += ["answers/s, one", "ours is", "own CPU ms"]
    measuring.show("## reads", conditions, ["way", *headings], rows)
    print()
    measuring.show("### by kind", [], *_by_kind(ours))


def _by_kind(ours: Way) -> tuple[list[str], list[list[str]]]:
    """Return a table of what a single caller waits for each kind of search."""
    rows, start = [], 0
    for kind, queries in TWO_HUNDRED.items():
        took = [one for block in ours.one for one in block.took[start : start + len(queries)]]
        rows.append([kind, str(len(queries)), *_percentiles(took)])
        start += len(queries)
    return ["kind", "searches", "p50 ms", "p95", "p99"], rows


def _percentiles(took: Sequence[float]) -> list[str]:
    shares = (0.5, 0.95, 0.99)
    return [measuring.milliseconds(measuring.percentile(took, share)) for share in shares]


def _times(ours: Sequence[Load], others: Sequence[Load]) -> float:
    return measuring.median_ratio([one.rate for one in ours], [one.rate for one in others])


def _url(settings: Settings) -> str:
    assert settings.database_read_url is not None
    return settings.database_read_url.get_secret_value()


def _cpu_of(pid: int) -> Callable[[], float]:
    """Tell what the threads of a process spent so far, to the nanosecond."""

    def spent() -> float:
        told = Path(f"/proc/{pid}/task").glob("*/schedstat")
        return sum(int(one.read_text(encoding="ascii").split()[0]) for one in told) / 1e9

    return spent


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    many = measuring.up_to(1_000_000)
    parser.add_argument("--providers", type=many, default=PROVIDERS, help="in the register")
    parser.add_argument(
        "--times",
        type=measuring.up_to(1_000),
        default=1,
        help=f"how many copies that is of a demonstration (of at most {MOST_PROVIDERS:,})",
    )
    return parser


if __name__ == "__main__":
    main()
