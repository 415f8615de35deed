import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import asyncpg
import orjson
import pytest

from app.config import Settings
from app.db.transactions import Database
from app.interchange.terms import Outcome
from app.places import facts
from app.providers.schemas.recording import NewProvider
from app.values.national_grid import to_wgs84
from tests.demo.running import environment
from tests.factories.providers import make_known_by, record
from tests.heavy.memory import output_and_megabytes
from tests.interchange.running import bring_postcodes, bring_providers, everything
from tests.interchange.tables import provider_list
from tests.places.published import needs_published_data, published

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
MOST_MEGABYTES = 300
SOON = 0.02
LONGEST_WAIT = 3_000
"""Looks at the server before a wait is given up: a minute."""
INWARD = "ABDEFGHJLNPQRSTUWXYZ"
COPYING, INSERTING = "COPY", "INSERT INTO postcodes"
RECORDING = "INSERT INTO providers"


@contextmanager
def importing(settings: Settings, folder: Path, *words: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command in a process of its own; whatever happens, it does not outlive the block."""
    process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
        [sys.executable, "-m", "app.cli", "import", *words, "--json"],
        cwd=folder,
        env=environment(settings) | {"PYTHONPATH": str(REPOSITORY)},
        stdout=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def result_of(settings: Settings, folder: Path, *words: str) -> tuple[dict[str, Any], int]:
    """Run the command to its end; return its report and the most memory it held, megabytes."""
    with importing(settings, folder, *words) as process:
        said, megabytes = output_and_megabytes(process)
    assert process.returncode == 0
    return orjson.loads(said), megabytes


def many_postcodes(folder: Path, districts: int, *, shift: int = 0) -> Path:
    """Write 4,000 postcodes for each district, every one at a point of its own."""
    path = folder / f"many-{districts}-{shift}.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("postcode,la_code,lat,lon\n")
        for district in range(districts):
            for number in range(4_000):
                first, second = divmod(number % 400, len(INWARD))
                lat, lon = to_wgs84(430_000 + number + shift, 280_000 + district)
                postcode = f"CV{district} {number // 400}{INWARD[first]}{INWARD[second]}"
                file.write(f"{postcode},331,{lat},{lon}\n")
    return path


async def until(owner: asyncpg.Connection, question: str, *values: str) -> None:
    """Wait until the server answers a question with yes."""
    for _ in range(LONGEST_WAIT):
        if await owner.fetchval(question, *values):
            return
        await asyncio.sleep(SOON)
    pytest.fail(f"It never came about that {question} with {values}")


async def until_the_server_runs(owner: asyncpg.Connection, statement: str) -> None:
    """Wait for another connection to this database to be in the midst of a statement."""
    running = (
        "SELECT count(*) > 0 FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND state = 'active' AND ltrim(query, E' \\n') LIKE $1"
    )
    await until(owner, running, f"{statement}%")


async def until_nobody_is_left(owner: asyncpg.Connection) -> None:
    """Wait for the server to notice that the command is gone, and to undo its work."""
    alone = (
        "SELECT count(*) = 0 FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    await until(owner, alone)


class TestPostcodes:
    @needs_published_data
    async def test_all_of_england_fits_into_little_memory_and_lands_once(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = str(published("geo/england_postcodes.csv.gz"))

        first, megabytes = await asyncio.to_thread(result_of, settings, tmp_path, "postcodes", path)
        second, _ = await asyncio.to_thread(result_of, settings, tmp_path, "postcodes", path)
        third, _ = await asyncio.to_thread(
            result_of, settings, tmp_path, "postcodes", path, "--again"
        )

        assert (first["outcome"], first["counts"]["added"]) == ("landed", 1_491_107)
        assert megabytes <= MOST_MEGABYTES
        assert second["outcome"] == "already-landed"
        assert third["unchanged"] == 1_491_107
        assert await owner.fetchval("SELECT count(*) FROM postcodes") == 1_491_107
        assert await owner.fetchval("SELECT count(DISTINCT la_code) FROM postcodes") == 153

    @pytest.mark.parametrize("statement", [COPYING, INSERTING])
    async def test_one_that_is_killed_in_the_middle_leaves_what_was_there(
        self,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        statement: str,
    ) -> None:
        await bring_postcodes(database, many_postcodes(tmp_path, 1))
        await database.engine.dispose()
        before = await everything(owner)
        larger = many_postcodes(tmp_path, 60, shift=5)

        with importing(settings, tmp_path, "postcodes", str(larger)) as process:
            await until_the_server_runs(owner, statement)
            process.kill()
            process.wait()
        await until_nobody_is_left(owner)

        assert await everything(owner) == before
        report = await bring_postcodes(database, larger)
        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 236_000)
        assert (report.counts.changed, report.counts.removed) == (4_000, 0)


def invented(count: int, word: str) -> list[str]:
    """Names of which no two are alike, but for the same number under another word."""
    firsts = ("Oak", "Kiln", "Moor", "Forge", "Brook", "Heron", "Otter", "Cedar", "Anvil", "Wharf")
    return [
        f"{firsts[n % 10]}{firsts[n // 10 % 10].lower()}{n // 100:03}x{word} Training"
        for n in range(count)
    ]


class TestProviders:
    async def test_a_thousand_lines_are_compared_with_ten_thousand_providers(
        self, database: Database, tmp_path: Path
    ) -> None:
        areas = [la.la_code for la in facts.local_authorities()]
        names = invented(10_000, "held")
        for start in range(0, len(names), 1_000):
            await record(
                database,
                *(
                    NewProvider(name=name, known_by=(make_known_by(areas[number % len(areas)]),))
                    for number, name in enumerate(names[start : start + 1_000], start)
                ),
            )
        known = {number: names[number] for number in range(0, 10_000, 100)}
        lines = [
            {"name": f"The {name} Ltd", "la": areas[number % len(areas)], "list": "Another list"}
            for number, name in known.items()
        ] + [{"name": name, "la": "331", "list": "Another list"} for name in invented(900, "new")]

        report = await bring_providers(database, provider_list(tmp_path, *lines))

        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 1_000)
        told = {(each.line, each.other_name) for each in report.duplicates}
        assert {(line, name) for line, name in enumerate(known.values(), start=2)} <= told

    async def test_one_that_is_killed_in_the_middle_leaves_nothing(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = await everything(owner)
        lines = [
            {"name": name, "la": "331", "list": "AP list", "offers": "music|radio", "ages": "11-16"}
            for name in invented(3_000, "new")
        ]
        path = str(provider_list(tmp_path, *lines))

        with importing(settings, tmp_path, "providers", path) as process:
            await until_the_server_runs(owner, RECORDING)
            process.kill()
            process.wait()
        await until_nobody_is_left(owner)

        assert await everything(owner) == before
        report, _ = await asyncio.to_thread(result_of, settings, tmp_path, "providers", path)
        assert (report["outcome"], report["counts"]["added"]) == ("landed", 3_000)
        assert await owner.fetchval("SELECT count(*) FROM providers") == 3_000
