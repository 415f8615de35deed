from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from tests.cli.running import Here, addresses
from tests.interchange.extracts import everything_held, extract, group, link, school


class TestSchools:
    async def test_they_land_with_a_report_in_words(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path, here: Here
    ) -> None:
        trust = {"Trusts (code)": "2044", "Trusts (name)": "Anvil Trust", "Head": ""}
        path = extract(
            tmp_path,
            school(**trust, UKPRN="12"),
            school("100002", UKPRN="10012345"),
            school("400001", **{"LA (code)": "660"}),
        )

        ended = await here("import", "schools", path, **addresses(settings))

        assert (ended.code, ended.err) == (Exit.DONE, "")
        assert ended.out.startswith("gias.csv has landed.")
        for told in (
            "source: Department for Education, Get Information about Schools",
            "columns: 8 understood, 1 ignored",
            "rows read: 3",
            "left out: in Wales: 1",
            "added: 2",
            "trusts and federations made from UID and name: 1",
            "Odd, but taken",
            "line 2 Anvil School: 12",
        ):
            assert told in ended.out
        assert await owner.fetchval("SELECT count(*) FROM schools") == 2

    async def test_the_very_same_file_is_recognised(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path, here: Here
    ) -> None:
        path = extract(tmp_path, school())
        await here("import", "schools", path, **addresses(settings))
        before = await everything_held(owner)

        ended = await here("import", "schools", path, **addresses(settings))

        assert ended.code == Exit.DONE
        assert "This very file landed on" in ended.out
        assert await everything_held(owner) == before

    async def test_faults_end_in_refusal_and_a_file_where_they_are_wanted(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path, here: Here
    ) -> None:
        path = extract(tmp_path, school(), school("?"))
        before = await everything_held(owner)

        ended = await here(
            *("import", "schools", path, "--json", "--faults", "wrong.csv"), **addresses(settings)
        )

        report = orjson.loads(ended.out)
        assert (ended.code, report["outcome"]) == (Exit.REFUSED, "refused")
        assert report["faults"]["first"][0]["column"] == "URN"
        assert (tmp_path / "wrong.csv").exists()
        assert await everything_held(owner) == before

    async def test_a_missing_column_is_named(
        self, settings: Settings, tmp_path: Path, here: Here
    ) -> None:
        path = extract(tmp_path, {"URN": "100001", "EstablishmentName": "Anvil"})

        ended = await here("import", "schools", path, **addresses(settings))

        assert (ended.code, ended.out) == (Exit.REFUSED, "")
        assert "lacks needed columns: LA (code); TypeOfEstablishment (code) or" in ended.err

    async def test_a_trial_changes_nothing_and_good_rows_land_when_accepted(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path, here: Here
    ) -> None:
        path = extract(tmp_path, school(), school("?"))
        before = await everything_held(owner)

        words = ("import", "schools", path, "--accept-good")
        trial = await here(*words, "--dry-run", **addresses(settings))
        untouched = await everything_held(owner)
        landed = await here(*words, "--source-date", "2026-09", **addresses(settings))

        assert "this was a trial, and nothing was changed" in trial.out
        assert untouched == before
        assert "without the rows that have faults" in landed.out
        assert await owner.fetchval("SELECT source_date FROM import_runs") == "2026-09"

    async def test_a_source_date_that_is_none_is_refused(
        self, settings: Settings, tmp_path: Path, here: Here
    ) -> None:
        path = extract(tmp_path, school())

        ended = await here(
            "import", "schools", path, "--source-date", "soon", **addresses(settings)
        )

        assert ended.code == Exit.USAGE
        assert "no day, month or year" in " ".join(ended.err.replace("│", " ").split())


class TestGroupsAndLinks:
    @pytest.mark.parametrize("what", ["school-groups", "school-links"])
    async def test_they_land_and_are_recognised(
        self,
        settings: Settings,
        owner: asyncpg.Connection,
        tmp_path: Path,
        here: Here,
        what: str,
    ) -> None:
        path = extract(tmp_path, group() if what == "school-groups" else link())

        landed = await here("import", what, path, **addresses(settings))
        again = await here("import", what, path, **addresses(settings))

        assert (landed.code, landed.err) == (Exit.DONE, "")
        assert "added: 1" in landed.out
        assert "This very file landed on" in again.out
        held = {
            "school-groups": "SELECT name FROM organisations WHERE source = 'gias'",
            "school-links": "SELECT linked_urn FROM school_links",
        }
        assert len(await owner.fetch(held[what])) == 1
