from pathlib import Path

import asyncpg

from app.db.transactions import Database
from tests.interchange.extracts import bring_links, extract, link

WIDE = {"LinkName": "Anvil Academy", "LinkEstablishedDate": "01-09-2012"}


async def held(owner: asyncpg.Connection) -> list[tuple[str, ...]]:
    rows = await owner.fetch("SELECT * FROM school_links ORDER BY urn, linked_urn, link_type")
    return [tuple(str(cell) for cell in row) for row in rows]


class TestLinks:
    async def test_they_are_held_though_neither_school_is(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [link(**WIDE), link("100002", "100001", LinkType="Predecessor")]

        report = await bring_links(database, extract(tmp_path, *rows))

        assert await held(owner) == [
            ("100001", "100002", "Successor", "Anvil Academy", "2012-09-01"),
            ("100002", "100001", "Predecessor", "None", "None"),
        ]
        assert report.counts.added == 2

    async def test_two_schools_may_be_linked_in_two_ways(
        self, database: Database, tmp_path: Path
    ) -> None:
        rows = [link(), link(LinkType="Sixth Form Centre Link")]

        assert (await bring_links(database, extract(tmp_path, *rows))).counts.added == 2

    async def test_a_narrow_file_never_empties_what_a_wide_one_gave(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_links(database, extract(tmp_path, link(**WIDE), name="wide.csv"))
        before = await held(owner)

        report = await bring_links(database, extract(tmp_path, link(), name="narrow.csv"))

        assert await held(owner) == before
        assert report.unchanged == 1

    async def test_what_the_file_says_otherwise_is_held_then(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        await bring_links(database, extract(tmp_path, link(**WIDE), name="first.csv"))
        other = link(LinkName="", LinkEstablishedDate="02/09/2012")

        report = await bring_links(database, extract(tmp_path, other, name="second.csv"))

        assert await held(owner) == [("100001", "100002", "Successor", "None", "2012-09-02")]
        assert report.counts.changed == 1

    async def test_one_that_is_gone_from_a_full_extract_is_left_and_named(
        self, database: Database, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        rows = [link(str(100001 + number), "200000") for number in range(20)]
        await bring_links(database, extract(tmp_path, *rows, name="first.csv"))

        report = await bring_links(database, extract(tmp_path, *rows[1:], name="second.csv"))

        assert report.not_in_file_first == ("100001 200000 Successor",)
        assert len(await held(owner)) == 20
