from datetime import date
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from app.db.transactions import Database
from app.interchange.terms import Outcome
from tests.interchange.extracts import (
    bring_schools,
    everything_held,
    extract,
    held_school,
    school,
)

TRUST = {"Trusts (code)": "2044", "Trusts (name)": "Anvil Trust"}
NO_TRUST = {"Trusts (code)": "", "Trusts (name)": ""}
WIDE = {
    "EstablishmentNumber": "45",
    "TypeOfEstablishment (name)": "Community school",
    "OpenDate": "01-09-1999",
    "CloseDate": "",
    "PhaseOfEducation (name)": "Primary",
    "StatutoryLowAge": "3",
    "StatutoryHighAge": "11",
    "UKPRN": "10012345",
    "UPRN": "200163898",
    "Street": "1 Forge Lane",
    "Locality": "Anvil End",
    "Town": "Coventry",
    "Postcode": "CV1 2WT",
    "Easting": "433000",
    "Northing": "279000",
    "Head": "nobody asked",
} | TRUST


class TestNew:
    async def test_everything_a_wide_file_says_is_held(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        report = await bring_schools(
            database, extract(tmp_path, school(name="Café Anvil School", **WIDE))
        )

        held = await held_school(owner)
        said: dict[str, Any] = {
            "kind": "school",
            "name": "Café Anvil School",
            "sort_name": "cafe anvil school",
            "la_code": "331",
            "parent": "Anvil Trust",
            "parent_kind": "trust",
            "opened_on": date(1999, 9, 1),
            "closed_on": None,
            "source": "gias",
            "version": 1,
            "type_code": "01",
            "type_name": "Community school",
            "status": "Open",
            "phase": "Primary",
            "low_age": 3,
            "high_age": 11,
            "street": "1 Forge Lane",
            "locality": "Anvil End",
            "town": "Coventry",
            "postcode": "CV1 2WT",
            "easting": 433000,
            "northing": 279000,
            "urn": "100001",
            "ukprn": "10012345",
            "uprn": "000200163898",
            "dfe-number": "331/0045",
        }
        assert {key: held[key] for key in said} == said
        assert (report.outcome, report.counts.added, report.groups_named) == (Outcome.LANDED, 1, 1)
        assert (report.columns, report.columns_ignored) == (22, 1)

    async def test_a_closed_school_is_kept_as_closed(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        closed = school(**{"EstablishmentStatus (name)": "Closed", "CloseDate": "31/08/2012"})

        await bring_schools(database, extract(tmp_path, closed))

        held = await held_school(owner)
        assert (held["status"], held["closed_on"]) == ("Closed", date(2012, 8, 31))

    async def test_one_whose_status_is_not_said_is_held_as_such(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        unsaid = school(**{"EstablishmentStatus (name)": ""})

        await bring_schools(database, extract(tmp_path, unsaid))

        assert (await held_school(owner))["status"] == "Not said"

    async def test_wales_and_abroad_are_left_out_and_counted(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [
            school(),
            school("400001", "Ysgol", **{"LA (code)": "660"}),
            school("400002", "Ysgol", **{"LA (code)": "681"}),
            school("132200", "Isle School", **{"LA (code)": "702"}),
            school("132201", "Overseas School", **{"LA (code)": "0"}),
        ]

        report = await bring_schools(database, extract(tmp_path, *rows))

        assert report.skipped == {
            "in Wales": 2,
            "LA code 702, which is none of England": 1,
            "without a local authority": 1,
        }
        assert (report.counts.read, report.counts.added, report.faults.count) == (5, 1, 0)
        assert await owner.fetchval("SELECT array_agg(urn) FROM schools") == ["100001"]

    async def test_one_of_a_divided_authority_is_placed_by_its_postcode(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await owner.execute("INSERT INTO postcodes VALUES ('CA1 1AA', '942', 340000, 555000)")
        cumbria = {"LA (code)": "909", "EstablishmentNumber": "4001"}
        rows = [
            school(Postcode="CA1 1AA", **cumbria),
            school("100002", Postcode="CA9 9ZZ", **cumbria),
        ]

        report = await bring_schools(database, extract(tmp_path, *rows))

        placed, unplaced = await held_school(owner), await held_school(owner, "100002")
        assert (placed["la_code"], placed["dfe-number"]) == ("942", "909/4001")
        assert (unplaced["la_code"], unplaced["dfe-number"]) == (None, "909/4001")
        assert (report.notices[0].count, report.notices[0].column) == (2, "LA (code)")


class TestHeld:
    async def test_a_narrow_file_never_empties_what_a_wide_one_gave(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**WIDE), name="wide.csv"))
        before = await everything_held(owner)

        report = await bring_schools(database, extract(tmp_path, school(), name="narrow.csv"))

        after = await everything_held(owner)
        assert (report.outcome, report.unchanged, report.counts.changed) == (Outcome.LANDED, 1, 0)
        assert {**after, "import_runs": []} == {**before, "import_runs": []}

    async def test_an_empty_cell_of_a_column_that_is_there_empties(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**WIDE), name="wide.csv"))
        empty = school(Town="", UKPRN="", StatutoryLowAge="", OpenDate="", **NO_TRUST)

        report = await bring_schools(database, extract(tmp_path, empty, name="narrow.csv"))

        held = await held_school(owner)
        emptied = ("town", "low_age", "opened_on", "parent")
        assert [held[field] for field in emptied] == [None] * 4
        assert "ukprn" not in held
        assert (held["uprn"], held["street"]) == ("000200163898", "1 Forge Lane")
        assert (held["version"], report.counts.changed) == (2, 1)

    async def test_an_empty_cell_of_a_needed_column_says_nothing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**WIDE), name="wide.csv"))
        gaps = school(**{"EstablishmentStatus (name)": "", "TypeOfEstablishment (code)": ""})

        report = await bring_schools(database, extract(tmp_path, gaps, name="gaps.csv"))

        held = await held_school(owner)
        assert (held["status"], held["type_code"], report.unchanged) == ("Open", "01", 1)

    async def test_what_is_damaged_leaves_what_is_held(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**WIDE), name="wide.csv"))
        before = await held_school(owner)
        damaged = {
            "UKPRN": "123",
            "UPRN": "x",
            "OpenDate": "31-02-1999",
            "CloseDate": "99-99-9999",
            "StatutoryLowAge": "x",
            "Postcode": "CV1",
            "Easting": "x",
            "EstablishmentNumber": "forty",
            "Trusts (code)": "TR2044",
        }

        report = await bring_schools(
            database, extract(tmp_path, school(**(WIDE | damaged)), name="damaged.csv")
        )

        assert await held_school(owner) == before
        assert report.unchanged == 1
        assert {notice.column for notice in report.notices} == {*damaged}

    async def test_version_and_moment_move_only_when_something_changed(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [school(UKPRN="10012345"), school("100002", "Kiln School", UKPRN="10012346")]
        await bring_schools(database, extract(tmp_path, *rows, name="first.csv"))
        kept = await held_school(owner)
        rows[1]["UKPRN"] = "10012347"

        report = await bring_schools(database, extract(tmp_path, *rows, name="second.csv"))

        moved = await held_school(owner, "100002")
        assert await held_school(owner) == kept
        assert (moved["version"], moved["ukprn"]) == (2, "10012347")
        assert moved["changed_at"] > moved["recorded_at"]
        assert (report.counts.changed, report.unchanged) == (1, 1)

    @pytest.mark.parametrize(
        ("cells", "field", "value"),
        [
            ({"EstablishmentName": "Anvil Academy"}, "name", "Anvil Academy"),
            ({"LA (code)": "937"}, "la_code", "937"),
            ({"EstablishmentStatus (name)": "Closed"}, "status", "Closed"),
            ({"CloseDate": "31-08-2024"}, "closed_on", date(2024, 8, 31)),
            ({"Postcode": "CV2 1AA"}, "postcode", "CV2 1AA"),
            ({"EstablishmentNumber": "46"}, "dfe-number", "331/0046"),
            ({"Trusts (code)": "2045", "Trusts (name)": "Kiln Trust"}, "parent", "Kiln Trust"),
        ],
    )
    async def test_what_the_file_says_otherwise_is_held_then(
        self,
        database: Database,
        owner: asyncpg.Connection,
        tmp_path: Path,
        cells: dict[str, str],
        field: str,
        value: object,
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**WIDE), name="first.csv"))

        await bring_schools(database, extract(tmp_path, school() | WIDE | cells, name="second.csv"))

        held = await held_school(owner)
        assert (held[field], held["version"]) == (value, 2)

    async def test_a_type_said_by_its_name_alone_takes_the_old_code_with_it(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**WIDE), name="first.csv"))
        only_name = school(**{"TypeOfEstablishment (name)": "Academy converter"})
        del only_name["TypeOfEstablishment (code)"]

        await bring_schools(database, extract(tmp_path, only_name, name="second.csv"))

        held = await held_school(owner)
        assert (held["type_code"], held["type_name"]) == (None, "Academy converter")

    async def test_days_that_contradict_each_other_across_files_leave_the_closing(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(
            database, extract(tmp_path, school(OpenDate="01-09-2012"), name="opens.csv")
        )

        report = await bring_schools(
            database, extract(tmp_path, school(CloseDate="31-08-2012"), name="closes.csv")
        )

        held = await held_school(owner)
        assert (report.outcome, held["opened_on"]) == (Outcome.LANDED, None)
        assert held["closed_on"] == date(2012, 8, 31)

    async def test_one_that_an_operator_added_by_its_urn_is_the_same(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        added = await owner.fetchval(
            "INSERT INTO organisations (id, kind, name, sort_name, source, recorded_at, "
            "changed_at, version) VALUES (gen_random_uuid(), 'school', 'Anvil', 'anvil', "
            "'operator', now(), now(), 1) RETURNING id"
        )
        await owner.execute(
            "INSERT INTO organisation_identifiers VALUES ($1, 'urn', '100001')", added
        )

        report = await bring_schools(database, extract(tmp_path, school()))

        held = await held_school(owner)
        assert (held["id"], held["name"], held["source"]) == (added, "Anvil School", "gias")
        assert (report.counts.added, report.counts.changed) == (0, 1)


class TestGone:
    async def test_one_that_is_gone_from_a_full_extract_is_left_and_named(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [school(str(100001 + number), f"School {number}") for number in range(20)]
        await bring_schools(database, extract(tmp_path, *rows, name="first.csv"))
        gone = await held_school(owner, "100020")

        report = await bring_schools(database, extract(tmp_path, *rows[:-1], name="second.csv"))

        assert await held_school(owner, "100020") == gone
        assert (report.not_in_file, report.not_in_file_first) == (1, ("100020 School 19",))
        assert report.counts.removed == 0

    async def test_a_part_of_the_schools_is_not_taken_for_a_full_extract(
        self, database: Database, tmp_path: Path
    ) -> None:
        rows = [school(str(100001 + number)) for number in range(20)]
        await bring_schools(database, extract(tmp_path, *rows, name="all.csv"))

        report = await bring_schools(database, extract(tmp_path, *rows[:3], name="part.csv"))

        assert (report.not_in_file, report.not_in_file_first) == (17, ())
