"""The published lists that lie beside the repository, imported as they are."""

import csv
from pathlib import Path

import asyncpg

from app.db.transactions import Database
from app.interchange.terms import Outcome
from tests.interchange.running import bring_providers, everything
from tests.places.published import needs_published_data, published

pytestmark = needs_published_data

LIST = "providers/ap_providers_published_lists.csv"
GIAS = ("gias/gias_england_skeleton.csv.gz", "gias/gias_registered_ap_open.csv")
WITHOUT_LA = {84, 85, 95, 98, 99, 100, 106, 108}
NAMED_LIKE_THEIR_URN = {6, 10, 11, 31, 35, 36, 46, 49, 50, 65, 67, 68, 69, 71, 72, 86, 107}
CALLED_SCHOOLS = {2, 3, 47, 48, 51, 52, 63, 64, 66, 70, 74, 109}
IN_GIAS = {27, 28}


def lines_of(faults: Path) -> set[int]:
    with faults.open(encoding="utf-8-sig", newline="") as file:
        return {int(fault["line"]) for fault in csv.DictReader(file)}


class TestThePublishedLists:
    async def test_schools_and_lines_without_an_area_are_refused(
        self, database: Database, tmp_path: Path
    ) -> None:
        faults = tmp_path / "faults.csv"

        report = await bring_providers(database, published(LIST), faults_path=faults)

        assert report.outcome is Outcome.REFUSED
        assert lines_of(faults) == WITHOUT_LA | NAMED_LIKE_THEIR_URN | CALLED_SCHOOLS
        assert report.faults.count == report.counts.refused == 37

    async def test_the_good_lines_land_and_a_second_run_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path, faults = published(LIST), tmp_path / "faults.csv"

        report = await bring_providers(database, path, faults_path=faults, accept_good=True)

        assert (report.counts.read, report.counts.added) == (108, 71)
        assert await owner.fetchval("SELECT count(*) FROM providers WHERE status = 'known'") == 71
        assert await owner.fetchval("SELECT count(*) FROM register_search") == 0
        assert [(each.line, each.other_name) for each in report.duplicates] == [
            (18, "Vineyard (Leamington)")
        ]
        before = await everything(owner)
        second = await bring_providers(database, path, faults_path=faults, accept_good=True)
        assert second.outcome is Outcome.ALREADY_LANDED
        assert await everything(owner) == before
        third = await bring_providers(
            database, path, faults_path=faults, accept_good=True, again=True
        )
        assert (third.unchanged, third.counts.added, third.changed_lines) == (71, 0, ())

    async def test_gias_finds_two_more_schools(self, database: Database, tmp_path: Path) -> None:
        faults = tmp_path / "faults.csv"
        schools = [published(path) for path in GIAS]

        report = await bring_providers(
            database, published(LIST), faults_path=faults, schools=schools
        )

        assert report.schools == 47_421
        assert lines_of(faults) == (WITHOUT_LA | NAMED_LIKE_THEIR_URN | CALLED_SCHOOLS | IN_GIAS)
