from datetime import date
from pathlib import Path

import asyncpg

from app.db.transactions import Database
from tests.interchange.extracts import bring_groups, extract, group, held_group

WIDE = {
    "Group ID": "TR02044",
    "Companies House Number": "07654321",
    "UKPRN": "10058001",
    "Incorporated on (open date)": "01/09/2012",
    "Closed Date": "",
}


class TestGroups:
    async def test_everything_a_wide_file_says_is_held(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_groups(database, extract(tmp_path, group(**WIDE)))

        held = await held_group(owner)
        said = {
            "kind": "trust",
            "name": "Anvil Trust",
            "sort_name": "anvil trust",
            "la_code": None,
            "source": "gias",
            "opened_on": date(2012, 9, 1),
            "closed_on": None,
            "version": 1,
            "gias-group-uid": "2044",
            "gias-group-id": "TR02044",
            "companies-house": "07654321",
            "ukprn": "10058001",
        }
        assert {key: held[key] for key in said} == said

    async def test_others_are_left_out_and_counted(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        sponsor = {"Group Type (code)": "05", "Group Type": "School sponsor"}
        centres = {"Group Type (code)": "08", "Group Type": "Children's Centres Group"}
        rows = [group(), group("2045", **sponsor), group("2046", **sponsor), group("9", **centres)]

        report = await bring_groups(database, extract(tmp_path, *rows))

        assert report.skipped == {"School sponsor": 2, "Children's Centres Group": 1}
        assert report.counts.added == 1
        held = "SELECT count(*) FROM organisation_identifiers WHERE scheme = 'gias-group-uid'"
        assert await owner.fetchval(held) == 1

    async def test_a_narrow_file_changes_only_what_it_speaks_of(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_groups(database, extract(tmp_path, group(**WIDE), name="wide.csv"))

        await bring_groups(
            database,
            extract(
                tmp_path,
                group(name="Forge Trust", **{"Closed Date": "31/08/2026"}),
                name="narrow.csv",
            ),
        )

        held = await held_group(owner)
        assert (held["name"], held["closed_on"], held["version"]) == (
            "Forge Trust",
            date(2026, 8, 31),
            2,
        )
        assert (held["companies-house"], held["opened_on"]) == ("07654321", date(2012, 9, 1))

    async def test_a_new_number_takes_the_place_of_the_old(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_groups(database, extract(tmp_path, group(**WIDE), name="first.csv"))
        other = WIDE | {"Group ID": "TR02044_old", "UKPRN": ""}

        report = await bring_groups(database, extract(tmp_path, group(**other), name="second.csv"))

        held = await held_group(owner)
        assert (held["gias-group-id"], held["companies-house"]) == ("TR02044_old", "07654321")
        assert "ukprn" not in held
        assert report.counts.changed == 1

    async def test_one_uid_written_in_two_ways_is_one_group(
        self, database: Database, tmp_path: Path
    ) -> None:
        report = await bring_groups(database, extract(tmp_path, group(), group("02044")))

        assert "stands on line 2 of the file already" in report.faults.first[0].problem

    async def test_one_that_is_gone_from_a_full_extract_is_named(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [group(str(2000 + number), f"Trust {number}") for number in range(20)]
        await bring_groups(database, extract(tmp_path, *rows, name="first.csv"))

        report = await bring_groups(database, extract(tmp_path, *rows[1:], name="second.csv"))

        assert (report.not_in_file, report.not_in_file_first) == (1, ("2000 Trust 0",))
        assert await held_group(owner, "2000")
