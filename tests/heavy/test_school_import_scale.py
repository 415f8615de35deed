import asyncio
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from app.db.transactions import Database
from app.interchange.terms import Outcome
from tests.heavy.test_import_scale import (
    MOST_MEGABYTES,
    importing,
    result_of,
    until_nobody_is_left,
    until_the_server_runs,
)
from tests.interchange.extracts import bring_schools, everything_held
from tests.places.published import needs_published_data, published

pytestmark = pytest.mark.heavy

SKELETON = "gias/gias_england_skeleton.csv.gz"
COPYING, COMPARING, ADDING = "COPY", "CREATE TEMPORARY TABLE changed", "INSERT INTO organisations"
HEADINGS = (
    "URN,EstablishmentName,LA (code),EstablishmentNumber,TypeOfEstablishment (code),"
    "EstablishmentStatus (name),UKPRN,Trusts (code),Trusts (name)"
)


def many_schools(folder: Path, count: int, word: str = "Forge") -> Path:
    """Write so many schools, ten to a trust."""
    path = folder / f"schools-{count}-{word}.csv"
    with path.open("w", encoding="cp1252", newline="") as file:
        file.write(f"{HEADINGS}\r\n")
        for number in range(count):
            trust = 1 + number // 10
            file.write(
                f"{100_000 + number},{word} School {number},331,{number % 10_000},1,Open,"
                f"{10_000_000 + number},{trust},{word} Trust {trust}\r\n"
            )
    return path


class TestSchools:
    @needs_published_data
    async def test_all_of_england_fits_into_little_memory_and_lands_once(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = str(published(SKELETON))

        first, megabytes = await asyncio.to_thread(result_of, settings, tmp_path, "schools", path)
        second, _ = await asyncio.to_thread(result_of, settings, tmp_path, "schools", path)
        third, _ = await asyncio.to_thread(
            result_of, settings, tmp_path, "schools", path, "--again"
        )

        assert (first["outcome"], first["counts"]["added"]) == ("landed", 47_421)
        assert megabytes <= MOST_MEGABYTES
        assert second["outcome"] == "already-landed"
        assert (third["unchanged"], third["counts"]["changed"]) == (47_421, 0)
        assert await owner.fetchval("SELECT count(*) FROM schools") == 47_421
        areas = "SELECT count(DISTINCT la_code) FROM organisations WHERE kind = 'school'"
        assert await owner.fetchval(areas) == 153
        assert await owner.fetchval("SELECT max(version) FROM organisations") == 1
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 2

    async def test_three_times_as_many_take_hardly_more_memory(
        self, settings: Settings, tmp_path: Path
    ) -> None:
        path = str(many_schools(tmp_path, 150_000))

        report, megabytes = await asyncio.to_thread(result_of, settings, tmp_path, "schools", path)

        assert (report["counts"]["added"], report["groups_named"]) == (150_000, 15_000)
        assert megabytes <= MOST_MEGABYTES

    @pytest.mark.parametrize("statement", [COPYING, COMPARING, ADDING])
    async def test_one_that_is_killed_in_the_middle_leaves_what_was_there(
        self,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        statement: str,
    ) -> None:
        await bring_schools(database, many_schools(tmp_path, 500))
        await database.engine.dispose()
        before = await everything_held(owner)
        larger = many_schools(tmp_path, 100_000, "Kiln")

        with importing(settings, tmp_path, "schools", str(larger)) as process:
            await until_the_server_runs(owner, statement)
            process.kill()
            process.wait()
        await until_nobody_is_left(owner)

        assert await everything_held(owner) == before
        report = await bring_schools(database, larger)
        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 99_500)
        assert (report.counts.changed, report.groups_named) == (500, 9_950)

    async def test_a_second_one_is_refused_while_the_first_copies(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        large, small = many_schools(tmp_path, 60_000), many_schools(tmp_path, 10, "Kiln")

        with importing(settings, tmp_path, "schools", str(large)) as first:
            await until_the_server_runs(owner, COPYING)
            with importing(settings, tmp_path, "schools", str(small)) as second:
                await asyncio.to_thread(second.wait)
            assert first.stdout is not None
            await asyncio.to_thread(first.stdout.read)
            await asyncio.to_thread(first.wait)

        assert (first.returncode, second.returncode) == (0, 1)
        assert await owner.fetchval("SELECT count(*) FROM schools") == 60_000
        kilns = "SELECT count(*) FROM organisations WHERE name ~ 'Kiln'"
        assert await owner.fetchval(kilns) == 0
