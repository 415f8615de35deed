import csv
from pathlib import Path

import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.errors import AppError
from app.interchange.errors import (
    ColumnsNotRightError,
    FileNotReadableError,
    ImportRunningError,
    OptionsNotRightError,
)
from app.interchange.service import runs
from app.interchange.terms import ImportKind, Outcome
from tests.interchange.damage import damaged
from tests.interchange.running import bring_providers, everything
from tests.interchange.tables import provider_list, row, schools_file


async def names(owner: asyncpg.Connection) -> list[str]:
    return [each[0] for each in await owner.fetch("SELECT name FROM providers ORDER BY number")]


class TestSchools:
    async def test_they_are_refused_with_their_urn_and_the_rest_may_land(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(
            tmp_path,
            row("The Anvil"),
            row("Secret Garden", possible_urn="148243", possible_urn_name="The Secret Garden"),
            row("Rivers", listed_as="PRU"),
            row("Lantern", possible_urn="100009", possible_urn_name="Beacon School"),
            row("Checked", listed_as="AP academy", urn="none"),
        )
        gias = schools_file(tmp_path, ("100001", "331", "The Anvil Free School", "Open", ""))

        refused = await bring_providers(database, path, schools=[gias])
        landed = await bring_providers(database, path, schools=[gias], accept_good=True)

        assert refused.outcome is Outcome.REFUSED
        assert [fault.line for fault in refused.faults.first] == [2, 3, 4]
        assert "URN 100001" in refused.faults.first[0].problem
        assert "URN 148243" in refused.faults.first[1].problem
        assert "Find its URN in GIAS" in refused.faults.first[2].cure
        assert refused.schools == 1
        assert [remark.line for remark in landed.remarks] == [5]
        assert await names(owner) == ["Lantern", "Checked"]


class TestRefusing:
    async def test_one_bad_line_keeps_everything_out_and_is_written_down(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = await everything(owner)
        path = provider_list(
            tmp_path, row("Forge"), row("Kiln", **{"Age range": "teens"}), row("Lathe", la_code="")
        )

        report = await bring_providers(database, path)

        assert (report.outcome, report.counts.refused, report.counts.added) == (
            Outcome.REFUSED,
            2,
            1,
        )
        with path.with_suffix(".faults.csv").open(encoding="utf-8-sig", newline="") as file:
            faults = list(csv.DictReader(file))
        assert [(fault["line"], fault["column"], fault["value"]) for fault in faults] == [
            ("3", "Age range", "teens"),
            ("4", "la_code", ""),
        ]
        assert await everything(owner) == before

    async def test_good_lines_land_when_that_is_accepted(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Forge"), row("Kiln", age="teens"))

        report = await bring_providers(database, path, accept_good=True)
        again = await bring_providers(database, path, accept_good=True)

        assert (report.outcome, report.counts.added, report.counts.refused) == (
            Outcome.LANDED,
            1,
            1,
        )
        assert await names(owner) == ["Forge"]
        assert await owner.fetchval("SELECT accepted_good FROM import_runs")
        assert again.earlier is not None
        assert again.earlier.rows_refused == 1

    async def test_a_list_of_which_nothing_is_good_is_refused_all_the_same(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Kiln", age="teens"))

        with pytest.raises(OptionsNotRightError, match="Not one of the 1 lines"):
            await bring_providers(database, path, accept_good=True)

        assert await owner.fetchval("SELECT count(*) FROM import_runs") == 0

    async def test_a_list_of_headings_alone_is_refused(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = tmp_path / "list.csv"
        path.write_text("provider_name,la_code,list_name\n")

        with pytest.raises(OptionsNotRightError, match="no lines below its headings"):
            await bring_providers(database, path)

    async def test_a_reference_that_stands_twice_on_a_list_is_refused(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = provider_list(
            tmp_path,
            row("Forge", ref="1"),
            row("Kiln", ref="1"),
            row("Lathe", ref="1", list_name="Other list"),
        )

        report = await bring_providers(database, path)

        assert [(fault.line, fault.column) for fault in report.faults.first] == [(3, "ref")]
        assert "line 2" in report.faults.first[0].problem

    @pytest.mark.parametrize("cells", ["Forge,331", "Forge,331,L,too much"])
    async def test_a_row_of_another_width_is_refused(
        self, database: Database, tmp_path: Path, cells: str
    ) -> None:
        path = tmp_path / "list.csv"
        path.write_text(f"name,la,list\nKiln,331,L,,\n{cells}\n")

        report = await bring_providers(database, path)

        assert [(fault.line, fault.column) for fault in report.faults.first] == [(3, "row")]

    async def test_a_missing_column_is_named(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, {"la_code": "331", "list_name": "L", "town": "Rugby"})

        with pytest.raises(ColumnsNotRightError, match="provider_name"):
            await bring_providers(database, path)

        assert await owner.fetchval("SELECT count(*) FROM import_runs") == 0

    async def test_an_unclosed_quotation_mark_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = tmp_path / "list.csv"
        path.write_text('name,la,list\nForge,331,L\n"Kiln,331,L\nLathe,331,L\n')
        before = await everything(owner)

        with pytest.raises(FileNotReadableError, match="from line 3 on"):
            await bring_providers(database, path, accept_good=True)

        assert await everything(owner) == before

    async def test_a_trial_reports_and_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = await everything(owner)

        report = await bring_providers(
            database, provider_list(tmp_path, row("Forge")), dry_run=True
        )

        assert (report.outcome, report.counts.added, report.numbers) == (Outcome.WOULD_LAND, 1, ())
        assert await everything(owner) == before
        assert await owner.fetchval("SELECT is_called FROM provider_numbers") is False

    async def test_a_second_import_at_the_same_time_is_told_to_wait(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Forge"))
        async with transaction(database, OPERATOR) as session:
            await runs.begin(session, ImportKind.PROVIDERS)

            with pytest.raises(ImportRunningError, match="Wait until it has ended"):
                await bring_providers(database, path)

    async def test_postcodes_may_be_imported_at_the_same_time(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = provider_list(tmp_path, row("Forge"))
        async with transaction(database, OPERATOR) as session:
            await runs.begin(session, ImportKind.POSTCODES)

            assert (await bring_providers(database, path)).outcome is Outcome.LANDED


class TestDamage:
    async def test_whatever_happens_to_a_file_it_lands_whole_or_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        sound = provider_list(
            tmp_path,
            *(row(f"Forge {n}", ref=str(n), age="11-16", offer="music") for n in range(12)),
        ).read_bytes()
        ways: dict[str, int] = {}

        for seed in range(60):
            before = await everything(owner)
            path = tmp_path / f"spoilt{seed}.csv"
            written(path, damaged(sound, seed))
            how, added = await landed_or_not(database, path)
            after = await everything(owner)

            ways[how] = ways.get(how, 0) + 1
            assert len(after["providers"]) - len(before["providers"]) == added
            assert len(after["import_runs"]) - len(before["import_runs"]) == (how == "landed")
            assert how == "landed" or after == before

        assert ways.keys() >= {"landed", "refused", "not read"}


def written(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def landed_or_not(database: Database, path: Path) -> tuple[str, int]:
    try:
        report = await bring_providers(database, path)
    except AppError:
        return "not read", 0
    landed = report.outcome is Outcome.LANDED
    return report.outcome.value, report.counts.added if landed else 0
