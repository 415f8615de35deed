"""Extracts of GIAS as they were published, brought in whole."""

from pathlib import Path

import asyncpg

from app.db.transactions import Database
from app.interchange.terms import Outcome
from tests.interchange.extracts import bring_groups, bring_links, bring_schools, held_school
from tests.places.published import needs_published_data, published

SAMPLE, FULL_WIDTH = "gias/gias_establishments_sample.csv", "gias/gias_fullwidth_2024_sample.csv"
GROUPS, LINKS = "gias/gias_groups.csv.gz", "gias/gias_links.csv.gz"


def faults(folder: Path) -> dict[str, Path]:
    """Where faults would go: the published folder is not ours to write to."""
    return {"faults_path": folder / "faults.csv"}


@needs_published_data
class TestPublished:
    async def test_schools_in_windows_1252_with_49_columns_land_and_land_again(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        path = published(SAMPLE)

        first = await bring_schools(database, path, **faults(tmp_path))
        again = await bring_schools(database, path, again=True, **faults(tmp_path))

        assert (first.outcome, first.counts.added, first.notices) == (Outcome.LANDED, 2_948, ())
        assert (again.unchanged, again.counts.changed, again.counts.added) == (2_948, 0, 0)
        held = await held_school(owner, "100049")
        assert (held["name"], held["dfe-number"], held["type_code"]) == (
            "Haverstock School",
            "202/4104",
            "01",
        )
        statuses = await owner.fetch("SELECT status, count(*) FROM schools GROUP BY 1 ORDER BY 1")
        assert [tuple(status) for status in statuses] == [
            ("Closed", 40),
            ("Not said", 39),
            ("Open", 2_866),
            ("Open, but proposed to close", 3),
        ]
        accented = "SELECT count(*) FROM organisations WHERE name ~ '[àÉ]'"
        assert await owner.fetchval(accented) > 0

    async def test_the_full_width_of_140_columns_lands_with_its_zeros_restored(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        report = await bring_schools(database, published(FULL_WIDTH), **faults(tmp_path))

        assert (report.columns, report.columns_ignored) == (26, 114)
        assert (report.counts.read, report.counts.added) == (8, 7)
        assert report.skipped == {"without a local authority": 1}
        closed, academy = await held_school(owner, "100004"), await held_school(owner, "137666")
        assert (str(closed["closed_on"]), closed["uprn"]) == ("1992-08-31", "000200163898")
        assert (academy["type_code"], academy["parent"]) == ("34", "THE FIRST FEDERATION TRUST")

    async def test_groups_take_over_the_trusts_that_schools_named(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        schools = await bring_schools(database, published(SAMPLE), **faults(tmp_path))
        groups = await bring_groups(database, published(GROUPS), **faults(tmp_path))

        assert schools.groups_named == 974
        assert groups.counts.added + groups.counts.changed + groups.unchanged == 4_792
        assert groups.counts.changed + groups.unchanged == 974
        assert sum(groups.skipped.values()) == 7_176 - 4_792
        assert {notice.column for notice in groups.notices} == {"Group Name", "Open date"}
        companies = "SELECT count(*) FROM organisation_identifiers WHERE scheme = 'companies-house'"
        assert await owner.fetchval(companies) > 3_000

    async def test_links_land(self, database: Database, tmp_path: Path) -> None:
        report = await bring_links(database, published(LINKS), **faults(tmp_path))

        assert (report.outcome, report.counts.added) == (Outcome.LANDED, 34_044)
