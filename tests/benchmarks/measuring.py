"""What every benchmark shares: a durable server of its own, rounds, medians, and a small table."""

import argparse
import asyncio
import os
import platform
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import asyncpg

from app import clock
from app.cli.output import say
from app.cli.surroundings import bring_up_to_date
from app.config import Settings
from app.db.embedded.supervisor import server
from app.demo.plan import plan
from app.demo.writing import write_in_bulk
from app.keyring.ring import new_keyring
from app.keyring.ring import save as save_keyring
from tests.databases import TEMPLATE, TestServer, copied_database, execute, opened_database

LIBRARIES = ("asyncpg", "SQLAlchemy", "fastapi")
SEED = 1
MOST_ROUNDS = 1_000
_FSYNCS, _PAGE_BYTES = 51, 8_192

Item = TypeVar("Item")
Rows = Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Bench:
    """A server that waits for the disk at every commit, and a folder beside its data.

    Attributes:
        server: PostgreSQL with the migrated template in it.
        folder: on the same disk, for files of the benchmark; gone in the end.
    """

    server: TestServer
    folder: Path


@contextmanager
def bench() -> Iterator[Bench]:
    """Start a server as a first run would, and stop and remove it in the end."""
    with tempfile.TemporaryDirectory(prefix="ap-register-benchmark-") as name:
        folder = Path(name)
        folder.chmod(0o711)  # run as root, the server is another user and must get through
        with server(Settings(data_dir=folder / "data")) as connection:
            save_keyring(new_keyring(clock.now()), folder / "keyring.json")
            made = TestServer(connection, folder / "keyring.json")
            asyncio.run(execute(made, "postgres", f"CREATE DATABASE {TEMPLATE}"))
            asyncio.run(bring_up_to_date(made.settings(TEMPLATE)))
            yield Bench(made, folder)


@asynccontextmanager
async def demonstration(on: TestServer, providers: int) -> AsyncIterator[Settings]:
    """Write a demonstration into a database of its own, and vacuum it as a day's running would."""
    say(f"Writing a demonstration of {providers:,} providers …")
    async with copied_database(on) as settings:
        async with opened_database(settings) as database:
            await write_in_bulk(database, plan(providers, SEED), lambda *_: None)
        await execute(on, database_name(settings), "VACUUM (ANALYZE)")
        yield settings


def owner_url(settings: Settings) -> str:
    """Return the superuser's address of a benchmark's database."""
    assert settings.database_owner_url is not None
    return settings.database_owner_url.get_secret_value()


def database_name(settings: Settings) -> str:
    """Return the name of a benchmark's database."""
    return urlsplit(owner_url(settings)).path.removeprefix("/")


def options(description: str | None, rounds: int) -> argparse.ArgumentParser:
    """Return a parser with what every benchmark can be told."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.ArgumentDefaultsHelpFormatter
    )
    parser.add_argument(
        "--rounds", type=up_to(MOST_ROUNDS), default=rounds, help="the median is shown"
    )
    return parser


def up_to(most: int) -> Callable[[str], int]:
    """Return a reader of options that count something, from one to `most`."""

    def read(text: str) -> int:
        given = int(text)
        if not 1 <= given <= most:
            message = f"{given:,} is not between 1 and {most:,}"
            raise argparse.ArgumentTypeError(message)
        return given

    return read


def turn_about(items: Sequence[Item], round_number: int) -> list[Item]:
    """Return what is compared, in the opposite order every second round."""
    return list(items) if round_number % 2 == 0 else list(reversed(items))


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which a share (0 to 1) of the values lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def median_ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the ratios of each round, so that a slow minute falls on both sides."""
    return statistics.median(a / b for a, b in zip(values, others, strict=True))


def spread(values: Sequence[float]) -> str:
    """Write the median of the rounds, and the least and the most, which tell how noisy it was."""
    between = f" ({min(values):.2f} to {max(values):.2f})" if len(values) > 1 else ""
    return f"{statistics.median(values):.2f}{between}"


def number(value: float) -> str:
    """Write a count or rate."""
    return f"{value:,.0f}"


def milliseconds(seconds: float) -> str:
    """Write a short time."""
    return f"{seconds * 1_000:,.1f}"


def ratio(value: float) -> str:
    """Write how many times one thing is another."""
    return f"{value:.2f}x"


async def surroundings(on: Bench) -> list[str]:
    """Say what it ran on: machine, versions, and how long the disk keeps a commit waiting."""
    connection = await asyncpg.connect(on.server.connection.url("postgres"))
    try:
        shown = [
            await connection.fetchval("SELECT current_setting($1)", name)
            for name in ("server_version", "fsync", "synchronous_commit")
        ]
    finally:
        await connection.close()
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    wait = statistics.median(_one_fsync(on.folder / "fsync") for _ in range(_FSYNCS))
    system = f"{platform.system()} {platform.machine()}"
    load = f"load average {os.getloadavg()[0]:.1f} at the start"
    durability = f"fsync {shown[1]}, synchronous_commit {shown[2]}"
    return [
        f"machine: {os.cpu_count()} cores, {system}, {load}",
        f"versions: Python {platform.python_version()}, PostgreSQL {shown[0]}, {libraries}",
        f"disk: {durability}; writing one page through takes {milliseconds(wait)} ms",
    ]


def show(title: str, conditions: Sequence[str], headings: Sequence[str], rows: Rows) -> None:
    """Print a table that can be pasted into docs/performance.md."""
    texts = [list(headings), *[list(row) for row in rows]]
    widths = [max(len(row[column]) for row in texts) for column in range(len(headings))]
    lines = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in texts]
    rule = "|" + "|".join("-" * (width + 2) for width in widths) + "|"
    print(f"{title}\n")
    for condition in conditions:
        print(f"* {condition}")
    print("\n".join(["", lines[0], rule, *lines[1:]]))


def _one_fsync(path: Path) -> float:
    with path.open("wb") as file:
        file.write(bytes(_PAGE_BYTES))
        file.flush()
        began = time.perf_counter()
        os.fdatasync(file.fileno())
        return time.perf_counter() - began
