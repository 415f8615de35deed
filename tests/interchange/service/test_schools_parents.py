from pathlib import Path

import asyncpg

from app.db.transactions import Database
from tests.interchange.extracts import (
    bring_groups,
    bring_schools,
    extract,
    group,
    held_group,
    held_school,
    school,
)

TRUST = {"Trusts (code)": "2044", "Trusts (name)": "Anvil Trust"}
FEDERATION = {"Federations (code)": "1001", "Federations (name)": "Kiln Federation"}
NO_TRUST = {"Trusts (code)": "", "Trusts (name)": ""}


class TestParents:
    async def test_a_trust_named_by_many_is_made_once(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [school(**TRUST), school("100002", **(TRUST | {"Trusts (name)": ""}))]

        report = await bring_schools(database, extract(tmp_path, *rows))

        trust = await held_group(owner)
        assert (trust["kind"], trust["name"], trust["source"]) == ("trust", "Anvil Trust", "gias")
        assert (await held_school(owner))["parent_id"] == trust["id"]
        assert (await held_school(owner, "100002"))["parent_id"] == trust["id"]
        assert report.groups_named == 1

    async def test_the_order_of_schools_and_groups_does_not_matter(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        groups = extract(tmp_path, group(**{"Closed Date": "01/01/2020"}), name="groups.csv")
        schools = extract(tmp_path, school(**(TRUST | {"Trusts (name)": "ANVIL TRUST"})))

        await bring_schools(database, schools)
        await bring_groups(database, groups)
        schools_first = await held_group(owner)
        await owner.execute("DELETE FROM organisation_identifiers WHERE scheme <> 'la-code'")
        await owner.execute("DELETE FROM schools")
        await owner.execute("DELETE FROM organisations WHERE source = 'gias'")
        await bring_groups(database, groups, again=True)
        await bring_schools(database, schools, again=True)
        groups_first = await held_group(owner)

        facts = ("kind", "name", "sort_name", "closed_on", "gias-group-uid", "source")
        assert [schools_first[fact] for fact in facts] == [groups_first[fact] for fact in facts]
        assert groups_first["name"] == "Anvil Trust"
        assert (await held_school(owner))["parent_id"] == groups_first["id"]

    async def test_a_group_that_is_held_is_not_renamed_by_a_school(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_groups(database, extract(tmp_path, group(), name="groups.csv"))
        before = await held_group(owner)
        other = TRUST | {"Trusts (name)": "ANOTHER NAME"}

        report = await bring_schools(database, extract(tmp_path, school(**other)))

        assert await held_group(owner) == before
        assert report.groups_named == 0

    async def test_a_group_known_by_its_uid_alone_is_reported_and_not_made(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        report = await bring_schools(
            database, extract(tmp_path, school(**{"Trusts (code)": "2044"}))
        )

        assert (report.groups_unknown, report.groups_named) == (1, 0)
        assert (await held_school(owner))["parent_id"] is None

    async def test_a_trust_comes_before_a_federation(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [school(**TRUST, **FEDERATION), school("100002", **NO_TRUST, **FEDERATION)]

        await bring_schools(database, extract(tmp_path, *rows))

        assert (await held_school(owner))["parent_kind"] == "trust"
        assert (await held_school(owner, "100002"))["parent"] == "Kiln Federation"

    async def test_a_file_that_speaks_of_trusts_alone_leaves_a_federation(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**FEDERATION), name="first.csv"))

        await bring_schools(database, extract(tmp_path, school(**NO_TRUST), name="second.csv"))

        assert (await held_school(owner))["parent"] == "Kiln Federation"

    async def test_a_file_that_speaks_of_federations_alone_leaves_a_trust(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_schools(database, extract(tmp_path, school(**TRUST), name="first.csv"))

        await bring_schools(database, extract(tmp_path, school(**FEDERATION), name="second.csv"))

        assert (await held_school(owner))["parent"] == "Anvil Trust"
