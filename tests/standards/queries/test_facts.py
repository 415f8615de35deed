"""What ships is held, whole, and never touched again."""

from typing import Any

import asyncpg

from app.standards.facts import shipped_versions
from app.standards.queries.facts import load_facts, version_fact_id
from tests.standards.rows import add_version

(WORKING_SET,) = shipped_versions()


async def held(owner: asyncpg.Connection) -> list[dict[str, Any]]:
    rows = await owner.fetch("SELECT * FROM criteria ORDER BY position")
    return [dict(row) for row in rows]


async def test_the_shipped_file_and_the_table_agree(owner: asyncpg.Connection) -> None:
    found = await held(owner)

    assert [
        {name: row[name] for name in WORKING_SET.criteria[0].__dataclass_fields__} for row in found
    ] == [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name in one.__dataclass_fields__
            for value in [getattr(one, name)]
        }
        for one in WORKING_SET.criteria
    ]
    assert [(row["standard"], row["part"]) for row in found] == [
        (one.standard, one.part) for one in WORKING_SET.criteria
    ]


async def test_exactly_69_criteria_of_21_standards_are_in_force(owner: asyncpg.Connection) -> None:
    row = await owner.fetchrow(
        "SELECT v.*, count(DISTINCT c.standard) AS standards, count(c.id) AS asked, "
        "(SELECT count(*) FROM jsonb_object_keys(v.standard_titles)) AS titles "
        "FROM standards_versions v JOIN criteria c ON c.version_id = v.id GROUP BY v.id"
    )

    assert row is not None
    assert (row["standards"], row["titles"], row["asked"]) == (21, 21, 69)
    assert (row["id"], row["state"]) == (version_fact_id("working-set-1"), "published")
    assert (row["in_force"].lower, row["in_force"].upper) == (WORKING_SET.in_force_from, None)
    assert (row["drafted_by"], row["published_by"]) == (None, None)


async def test_a_second_time_touches_no_row(owner: asyncpg.Connection) -> None:
    touched = "SELECT sum(xmin::text::bigint) FROM criteria"
    before = await owner.fetchval(touched)

    async with owner.transaction():
        await load_facts(owner)

    assert await owner.fetchval(touched) == before
    assert await owner.fetchval("SELECT count(*) FROM standards_versions") == 1


async def test_a_draft_of_the_departments_is_left_alone(owner: asyncpg.Connection) -> None:
    await add_version(owner, "working-set-2", title="Being drafted")

    async with owner.transaction():
        await load_facts(owner)

    titles = await owner.fetch("SELECT title FROM standards_versions ORDER BY code")
    assert [row["title"] for row in titles] == [WORKING_SET.title, "Being drafted"]
