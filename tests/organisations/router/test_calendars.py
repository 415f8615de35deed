"""The dates of terms over HTTP: stated by whose they are, and counted by."""

import uuid
from datetime import date
from typing import Any

import asyncpg
import httpx
import pytest

from app.access import WORKER
from app.db.transactions import Database, reading
from app.organisations.service.calendars import calendar_for
from app.rules.school_days import Period
from tests.placements.conftest import People, Setting, people, setting
from tests.providers.router.asking import at_version, pointers, problem

__all__ = ["people", "setting"]

AUTUMN = {"first": "2026-09-02", "last": "2026-12-18"}
SPRING = {"first": "2027-01-05", "last": "2027-03-25"}
HALF_TERM = {"first": "2026-10-26", "last": "2026-10-30"}
STATED: dict[str, Any] = {"terms": [AUTUMN, SPRING], "closures": [HALF_TERM]}


def _address(of: uuid.UUID, year: int | str = 2026) -> str:
    return f"/v1/organisations/{of}/calendars/{year}"


async def _state(
    client: httpx.AsyncClient, of: uuid.UUID, version: int = 1, year: int = 2026, **changed: Any
) -> httpx.Response:
    return await client.put(_address(of, year), json=STATED | changed, headers=at_version(version))


async def test_terms_are_stated_whole_and_read_by_everybody(
    people: People, setting: Setting
) -> None:
    school = setting.members["school"].organisation_id
    first = await _state(people["school"], school)
    changed = await _state(people["school"], school, 2, closures=[])
    stale = await _state(people["school"], school, 2)
    read = await people["elsewhere"].get(f"/v1/organisations/{school}/calendars")

    assert (first.status_code, first.headers["ETag"]) == (200, '"2"'), first.text
    assert first.json()["closures"] == [HALF_TERM]
    assert changed.json()["version"] == 3
    assert problem(stale) == (412, "changed-meanwhile")
    [year] = read.json()["items"]
    assert (year["school_year"], year["terms"]) == (2026, [AUTUMN, SPRING])
    assert (year["closures"], year["stated_by"]) == ([], "Example Placer")


async def test_terms_are_nobody_elses_to_state(people: People, setting: Setting) -> None:
    school = setting.members["school"].organisation_id
    refused = await _state(people["other"], school)
    missing = await _state(people["other"], uuid.uuid4())

    assert problem(refused) == (403, "organisation-not-yours")
    assert problem(missing) == (404, "organisation-not-found")


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"terms": []}, "/terms"),
        ({"terms": [AUTUMN, {"first": "2026-12-18", "last": "2027-02-01"}]}, ""),
        ({"terms": [{"first": "2026-12-18", "last": "2026-09-02"}]}, "/terms/0"),
        ({"closures": [{"first": "2026-12-18", "last": "2026-12-19"}]}, ""),
        ({"terms": [{"first": "2026-07-31", "last": "2026-12-18"}]}, "/terms/0"),
        ({"terms": [AUTUMN, {"first": "2027-04-12", "last": "2027-08-01"}]}, "/terms/1"),
    ],
    ids=["none", "shared day", "backwards", "outside", "too early", "too late"],
)
async def test_terms_that_cannot_be_are_told_where(
    people: People, setting: Setting, changed: dict[str, Any], where: str
) -> None:
    school = setting.members["school"].organisation_id
    refused = await _state(people["school"], school, **({"closures": []} | changed))

    assert problem(refused)[0] == 422
    assert pointers(refused) == [where]


@pytest.fixture
async def lying(owner: asyncpg.Connection, setting: Setting) -> uuid.UUID:
    """The school, which lies in Coventry."""
    school = setting.members["school"].organisation_id
    await owner.execute("UPDATE organisations SET la_code = '331' WHERE id = $1", school)
    return school


async def test_a_school_that_states_none_has_those_of_its_authority(
    people: People, setting: Setting, database: Database, lying: uuid.UUID
) -> None:
    authority = setting.members["home"].organisation_id
    day = date(2026, 11, 2)

    async def holding(since: date = day) -> tuple[Period, ...] | None:
        async with reading(database, WORKER) as session:
            found = await calendar_for(session, lying, since)
        return found.terms if found else None

    assert await holding() is None
    await _state(people["home"], authority, terms=[AUTUMN], closures=[])
    assert await holding() == (Period(date(2026, 9, 2), date(2026, 12, 18)),)
    await _state(people["school"], lying, terms=[SPRING], closures=[])
    assert await holding() == (Period(date(2027, 1, 5), date(2027, 3, 25)),)
    assert await holding(date(2026, 7, 31)) is None
    # A year that does not follow is no holiday of a year; one that goes before is counted back to.
    later = [{"first": "2028-09-04", "last": "2028-12-15"}]
    await _state(people["school"], lying, year=2028, terms=later, closures=[])
    assert await holding() == (Period(date(2027, 1, 5), date(2027, 3, 25)),)
    summer = [{"first": "2026-06-01", "last": "2026-07-22"}]
    await _state(people["school"], lying, year=2025, terms=summer, closures=[])
    assert await holding() == (
        Period(date(2026, 6, 1), date(2026, 7, 22)),
        Period(date(2027, 1, 5), date(2027, 3, 25)),
    )
