from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import orjson

from app.db.transactions import Database
from app.interchange.schemas import NewerResult
from app.interchange.terms import Outcome
from tests.interchange.running import bring_providers
from tests.interchange.tables import provider_list, row


def checked(name: str, result: str, day: str, **cells: str) -> dict[str, str]:
    """A row of Coventry's list with what its check found, under headings of the list's own."""
    return row(name, outcome=result, date_checked=day, **cells)


async def held(owner: asyncpg.Connection) -> list[tuple[Any, ...]]:
    rows = await owner.fetch(
        "SELECT p.name, k.local_result, k.local_result_on FROM provider_known_by k "
        "JOIN providers p ON p.id = k.provider_id ORDER BY p.number"
    )
    return [tuple(each) for each in rows]


class TestLocalResults:
    async def test_they_land_with_their_lines_and_a_day_is_no_condition(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        lines = (checked("Forge", "Approved", "31/07/2026"), checked("Kiln", "Not seen", ""))

        report = await bring_providers(database, provider_list(tmp_path, *lines))

        assert (report.outcome, report.counts.changed) == (Outcome.LANDED, 0)
        assert await held(owner) == [
            ("Forge", "Approved", date(2026, 7, 31)),
            ("Kiln", "Not seen", None),
        ]
        assert [(remark.line, remark.name) for remark in report.remarks] == [(3, "Kiln")]

    async def test_a_newer_one_is_taken_over_and_the_old_one_stays_on_record(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        before = checked("Forge", "Approved", "1 June 2026")
        first = await bring_providers(database, provider_list(tmp_path, before))
        after = checked("Forge", "Stopped", "2026-07-31")

        report = await bring_providers(database, provider_list(tmp_path, after))

        assert report.counts.changed == 1
        assert report.newer_results == (
            NewerResult(
                2, first.numbers[0], "Forge", "Approved (2026-06-01)", "Stopped (2026-07-31)"
            ),
        )
        assert await held(owner) == [("Forge", "Stopped", date(2026, 7, 31))]
        act = await owner.fetchrow(
            "SELECT * FROM audit_entries WHERE act = 'provider.local_result_taken'"
        )
        assert (act["subject_kind"], act["subject_label"]) == ("provider", first.numbers[0])
        assert orjson.loads(act["before"]) == {
            "local_result": "Approved",
            "local_result_on": "2026-06-01",
        }
        assert orjson.loads(act["after"]) == {
            "la_code": "331",
            "list_name": "AP list",
            "local_result": "Stopped",
            "local_result_on": "2026-07-31",
        }

    async def test_an_older_or_contradictory_one_is_reported_and_left(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        first = (
            checked("Forge", "Approved", "31/07/2026"),
            checked("Kiln", "Approved", "31/07/2026"),
        )
        await bring_providers(database, provider_list(tmp_path, *first))
        was = await held(owner)
        second = (
            checked("Forge", "Stopped", "01/06/2026"),
            checked("Kiln", "Stopped", "31/07/2026"),
        )

        report = await bring_providers(database, provider_list(tmp_path, *second))

        assert await held(owner) == was
        assert (report.newer_results, report.counts.changed) == ((), 0)
        assert [line.changes[0][0] for line in report.changed_lines] == ["local_result"] * 2

    async def test_a_trial_takes_nothing_over(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_providers(database, provider_list(tmp_path, row("Forge")))
        path = provider_list(tmp_path, checked("Forge", "Approved", "31/07/2026"))

        report = await bring_providers(database, path, dry_run=True)

        assert (report.outcome, len(report.newer_results)) == (Outcome.WOULD_LAND, 1)
        assert await held(owner) == [("Forge", None, None)]

    async def test_a_day_without_a_result_or_yet_to_come_refuses_the_line(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        lines = (checked("Forge", "", "31/07/2026"), checked("Kiln", "Approved", "31/07/2226"))

        report = await bring_providers(database, provider_list(tmp_path, *lines))

        assert report.outcome is Outcome.REFUSED
        assert [(f.line, f.column, f.problem) for f in report.faults.first] == [
            (2, "date_checked", "It is the day of a check of which the line gives no result."),
            (3, "date_checked", "31 July 2226 has yet to come."),
        ]
        assert await held(owner) == []
