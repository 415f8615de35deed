import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.interchange.errors import (
    ColumnsNotRightError,
    FileNotReadableError,
    ImportRunningError,
    OptionsNotRightError,
)
from app.interchange.schemas import ExtractReport
from app.interchange.service import extracts
from app.interchange.service.runs import begin
from app.interchange.terms import ImportKind, Outcome
from tests.interchange.extracts import (
    bring_groups,
    bring_links,
    bring_schools,
    everything_held,
    extract,
    group,
    link,
    school,
)

Bring = Callable[..., Awaitable[ExtractReport]]
Row = Mapping[str, str]


@dataclass(frozen=True)
class Case:
    """One of the three extracts: two sound rows, a damaged one, and a column that may differ."""

    kind: ImportKind
    bring: Bring
    row: Row
    other: Row
    damaged: Row
    named: str


CASES = (
    Case(
        ImportKind.SCHOOLS,
        bring_schools,
        school(),
        school("100002"),
        school("?"),
        "EstablishmentName",
    ),
    Case(ImportKind.SCHOOL_GROUPS, bring_groups, group(), group("2045"), group("?"), "Group Name"),
    Case(ImportKind.SCHOOL_LINKS, bring_links, link(), link("100003"), link("?"), "LinkName"),
)


@pytest.fixture(params=CASES, ids=lambda case: case.kind)
def case(request: pytest.FixtureRequest) -> Case:
    """Each of the three in turn."""
    made: Case = request.param
    return made


class TestEachExtract:
    async def test_the_very_same_file_changes_nothing_the_second_time(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        case: Case,
    ) -> None:
        path = extract(tmp_path, case.row, case.other)
        first = await case.bring(database, path)
        before = await everything_held(owner)

        second = await case.bring(database, path)
        unmoved = await everything_held(owner)
        third = await case.bring(database, path, again=True)

        assert (first.outcome, first.counts.added) == (Outcome.LANDED, 2)
        assert second.outcome is Outcome.ALREADY_LANDED
        assert second.earlier is not None
        assert unmoved == before
        assert (third.outcome, third.unchanged, third.counts.changed) == (Outcome.LANDED, 2, 0)
        after = await everything_held(owner)
        assert {**after, "import_runs": []} == {**before, "import_runs": []}

    async def test_a_faulty_row_refuses_the_whole_file(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        case: Case,
    ) -> None:
        before = await everything_held(owner)
        path = extract(tmp_path, case.row, case.damaged, case.other)

        report = await case.bring(database, path)

        assert (report.outcome, report.counts.refused) == (Outcome.REFUSED, 1)
        assert report.faults.first[0].line == 3
        assert report.faults.file is not None
        assert report.faults.file.read_text("utf-8-sig").startswith("line,column,value,problem")
        assert await everything_held(owner) == before

    async def test_the_good_rows_land_when_they_are_accepted(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        case: Case,
    ) -> None:
        path = extract(tmp_path, case.row, case.damaged, case.other)

        report = await case.bring(database, path, accept_good=True)

        assert (report.outcome, report.counts.added, report.counts.refused) == (
            Outcome.LANDED,
            2,
            1,
        )
        run = await owner.fetchrow("SELECT * FROM import_runs")
        assert run is not None
        assert (run["kind"], run["rows_added"], run["rows_refused"], run["accepted_good"]) == (
            case.kind.value,
            2,
            1,
            True,
        )

    async def test_a_trial_changes_nothing(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        case: Case,
    ) -> None:
        before = await everything_held(owner)

        report = await case.bring(database, extract(tmp_path, case.row, case.other), dry_run=True)

        assert (report.outcome, report.counts.added) == (Outcome.WOULD_LAND, 2)
        assert await everything_held(owner) == before
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 0

    async def test_a_second_import_is_refused_while_one_runs(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        case: Case,
    ) -> None:
        before = await everything_held(owner)
        async with transaction(database, OPERATOR) as running:
            await begin(running, case.kind)
            with pytest.raises(ImportRunningError):
                await case.bring(database, extract(tmp_path, case.row))

        assert await everything_held(owner) == before
        assert (await case.bring(database, extract(tmp_path, case.row))).outcome is Outcome.LANDED

    async def test_one_act_is_written_down_for_the_whole_file(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        case: Case,
    ) -> None:
        report = await case.bring(
            database, extract(tmp_path, case.row, case.other), source_date="2026-09"
        )

        acts = await owner.fetch("SELECT * FROM audit_entries")
        assert len(acts) == 1
        assert acts[0]["act"] == f"{case.kind.value.replace('-', '_')}.imported"
        assert (acts[0]["subject_id"], acts[0]["subject_label"]) == (report.sha256, "gias.csv")
        assert acts[0]["actor_kind"] == "operator"
        after: dict[str, Any] = json.loads(acts[0]["after"])
        assert (after["read"], after["added"], after["source_date"]) == (2, 2, "2026-09")

    async def test_a_row_that_stands_there_twice_counts_once_and_one_that_differs_is_a_fault(
        self,
        database: Database,
        tmp_path: Path,
        case: Case,
    ) -> None:
        path = extract(
            tmp_path,
            {**case.row, case.named: "Forge"},
            {**case.row, case.named: "Forge"},
            name="same.csv",
        )
        same = await case.bring(database, path)
        path = extract(
            tmp_path,
            {**case.row, case.named: "Forge"},
            {**case.row, case.named: "Kiln"},
            name="two.csv",
        )
        differing = await case.bring(database, path)

        assert (same.outcome, same.repeated, same.counts.read) == (Outcome.LANDED, 1, 2)
        assert differing.outcome is Outcome.REFUSED
        assert differing.faults.first[0].line == 3
        assert "stands on line 2 of the file already" in differing.faults.first[0].problem


class TestWholeFile:
    async def test_a_missing_column_is_named(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = await everything_held(owner)

        with pytest.raises(ColumnsNotRightError, match="EstablishmentName; LA"):
            await bring_schools(database, extract(tmp_path, {"URN": "100001"}))

        assert await everything_held(owner) == before

    @pytest.mark.parametrize(
        ("rows", "counted"),
        [
            ([school(**{"LA (code)": "660"})], "in Wales: 1"),
            ([], "it has no rows"),
        ],
    )
    async def test_a_file_without_a_school_of_england_is_refused(
        self, database: Database, tmp_path: Path, rows: list[Row], counted: str
    ) -> None:
        path = extract(tmp_path, *rows) if rows else extract(tmp_path, school())
        if not rows:
            path.write_text(path.read_text().splitlines()[0])

        with pytest.raises(OptionsNotRightError, match=counted):
            await bring_schools(database, path)

    async def test_a_row_of_another_width_is_a_fault_with_its_line(
        self, database: Database, tmp_path: Path
    ) -> None:
        path = extract(tmp_path, school(), school("100002"))
        path.write_bytes(path.read_bytes() + b"100003,331\r\n")

        report = await bring_schools(database, path)

        assert (report.outcome, report.faults.first[0].line) == (Outcome.REFUSED, 4)
        assert report.faults.first[0].column == "row"

    async def test_a_file_that_is_no_longer_csv_is_refused_and_leaves_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = await everything_held(owner)
        path = extract(tmp_path, school())
        path.write_bytes(path.read_bytes() + b'"never closed\r\n')

        with pytest.raises(FileNotReadableError, match="no longer CSV"):
            await bring_schools(database, path)

        assert await everything_held(owner) == before

    async def test_schools_and_groups_keep_each_other_out(
        self, database: Database, tmp_path: Path
    ) -> None:
        async with transaction(database, OPERATOR) as running:
            await begin(running, ImportKind.SCHOOL_GROUPS)
            with pytest.raises(ImportRunningError):
                await bring_schools(database, extract(tmp_path, school()))
            links = await bring_links(database, extract(tmp_path, link(), name="links.csv"))

        assert links.outcome is Outcome.LANDED

    async def test_it_says_who_published_it_unless_the_operator_does(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school()))
        await bring_schools(database, extract(tmp_path, school()), again=True, source="A friend")

        runs = await owner.fetch("SELECT source, licence FROM import_runs ORDER BY recorded_at")
        assert [tuple(run) for run in runs] == [
            (extracts.SOURCE, extracts.LICENCE),
            ("A friend", extracts.LICENCE),
        ]
