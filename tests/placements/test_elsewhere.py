"""Nobody is in two places at once: one's own weeks are refused, others' are asked of a person."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import asyncpg
import pytest

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.placements.service import elsewhere
from app.placements.service.standing import warnings_of
from app.rules.suitability.law import AS_OFFERED
from tests.children.asking import QUESTIONS, add, open_questions
from tests.factories.children import identity_of
from tests.placements.asking import PLACEMENTS, in_days, mornings, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem

MONDAY = mornings("monday")


async def test_ones_own_weeks_must_leave_a_child_in_one_place(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"])
    first = await place(people["school"], setting, child=child, sessions=MONDAY, reference="A-1")
    both = [*mornings("friday"), {"weekday": "monday", "starts": "12:59", "ends": "15:00"}]

    refused = await place(people["school"], setting, child=child, sessions=both)

    assert first.status_code == 201, first.text
    assert problem(refused) == (409, "elsewhere-at-once")
    assert pointers(refused) == ["/sessions/1"]
    assert "A-1" in refused.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "other",
    [
        {"sessions": mornings("tuesday")},
        {"sessions": [{"weekday": "monday", "starts": "13:00", "ends": "15:00"}]},
        {"sessions": MONDAY, "starts_on": in_days(91), "planned_end_on": in_days(120)},
    ],
    ids=["another day", "afterwards", "once the first is over"],
)
async def test_weeks_that_follow_each_other_stand(
    people: People, setting: Setting, other: dict[str, Any]
) -> None:
    child = await add(people["school"])
    await place(people["school"], setting, child=child, sessions=MONDAY)

    recorded = await place(people["school"], setting, child=child, **other)

    assert recorded.status_code == 201, recorded.text


async def test_another_week_and_a_later_end_are_looked_at_as_well(
    people: People, setting: Setting
) -> None:
    school, child = people["school"], await add(people["school"])
    held = (await place(school, setting, child=child, sessions=MONDAY)).json()
    later = {"starts_on": in_days(100), "planned_end_on": in_days(120)}
    await place(school, setting, child=child, sessions=MONDAY, **later)
    await place(school, setting, child=child, sessions=mornings("tuesday"))
    here, first = f"{PLACEMENTS}/{held['id']}", at_version(1)

    week = {"since": in_days(14), "sessions": mornings("tuesday"), "minutes_elsewhere": 300}
    changed = await school.post(f"{here}/timetables", json=week, headers=first)
    until = {"planned_end_on": in_days(110), "reason": "examinations"}
    extended = await school.post(f"{here}/extension", json=until, headers=first)

    assert problem(changed) == (409, "elsewhere-at-once")
    assert pointers(changed) == ["/sessions/0"]
    assert problem(extended) == (409, "elsewhere-at-once")
    assert pointers(extended) == ["/planned_end_on"]


async def compare(database: Database, owner: asyncpg.Connection) -> int:
    """Do what was asked for; return how often it was."""
    asked = await owner.fetch(
        "SELECT payload->>'child_id' AS child FROM jobs WHERE kind = $1", elsewhere.COMPARE
    )
    for job in asked:
        async with transaction(database, WORKER) as session:
            await elsewhere.compare_weeks(session, {"child_id": job["child"]})
    return len(asked)


async def _two_weeks(
    people: People, setting: Setting, sessions: list[dict[str, str]]
) -> list[dict[str, Any]]:
    """Let two schools place one child, one on Mondays; return what each was told."""
    first = await add(people["school"])
    second = await add(people["other"], **identity_of(first))
    told = []
    for name, child, week in (("school", first, MONDAY), ("other", second, sessions)):
        answer = await place(people[name], setting, child=child, sessions=week)
        assert answer.status_code == 201, answer.text
        told.append(answer.json())
    return told


async def test_another_commissioners_week_is_a_question_for_who_may_see_both(
    people: People, setting: Setting, database: Database, owner: asyncpg.Connection
) -> None:
    _, told = await _two_weeks(people, setting, MONDAY)

    assert await compare(database, owner) == 2
    await compare(database, owner)

    [question] = await open_questions(people["home"])
    assert question["method"] == "two-places-at-once"
    assert await open_questions(people["elsewhere"]) == []
    # The answer to the second school is that of any first place: nothing in it tells of the other.
    assert [one["code"] for one in told["warnings"]] == []
    assert told["timetables"][0]["registration_test"] == "incomplete"


async def test_weeks_that_fit_ask_nobody(
    people: People, setting: Setting, database: Database, owner: asyncpg.Connection
) -> None:
    await _two_weeks(people, setting, mornings("thursday"))
    await compare(database, owner)

    assert await open_questions(people["home"]) == []


async def test_an_ended_place_is_no_week(
    people: People, setting: Setting, database: Database, owner: asyncpg.Connection
) -> None:
    await _two_weeks(people, setting, MONDAY)
    await owner.execute(
        "UPDATE placements SET starts_on = $1, ended_on = $1, end_reason = 'moved', "
        "destination = 'home-school'",
        clock.today() - timedelta(days=1),
    )
    await compare(database, owner)

    assert await open_questions(people["home"]) == []


@pytest.mark.parametrize(("answer", "links"), [("different", 2), ("same", 1)])
async def test_two_children_are_parted_and_one_stays_one(
    people: People,
    setting: Setting,
    database: Database,
    owner: asyncpg.Connection,
    answer: str,
    links: int,
) -> None:
    await _two_weeks(people, setting, MONDAY)
    await compare(database, owner)
    [question] = await open_questions(people["home"])
    said = {"answer": answer, "reason": "Both schools were asked who came on Monday."}

    answered = await people["home"].post(
        f"{QUESTIONS}/{question['id']}/answer", json=said, headers=at_version(1)
    )

    assert answered.status_code == 200, answered.text
    counted = "SELECT count(DISTINCT {0}) FROM {1}"
    assert await owner.fetchval(counted.format("link_id", "child_links")) == links
    assert await owner.fetchval(counted.format("child_link", "commitments")) == links
    await compare(database, owner)
    assert await open_questions(people["home"]) == []


def of_hours(hours: float | None, band: str | None = None) -> dict[str, Any]:
    """Return an offer as a public record has it."""
    return {"hours_per_week": hours, "availability": {"band": band} if band else None}


def full(hours: float | None = None) -> dict[str, Any]:
    """Return an offer that has no places."""
    return of_hours(hours, "full")


@pytest.mark.parametrize(
    ("offers", "minutes", "codes"),
    [
        ((), 4_000, []),
        ((of_hours(10), of_hours(20)), 1_200, []),
        ((of_hours(10), of_hours(20)), 1_201, [AS_OFFERED.code]),
        ((of_hours(10), of_hours(None)), 4_000, []),
        ((full(), of_hours(None)), 60, []),
        ((full(), full()), 60, [AS_OFFERED.code]),
        ((full(2), full(2)), 121, [AS_OFFERED.code, AS_OFFERED.code]),
    ],
)
def test_what_a_provider_says_it_has_room_for_is_told(
    offers: Sequence[dict[str, Any]], minutes: int, codes: list[str]
) -> None:
    told = warnings_of("listed", offers, minutes)

    assert [one.rule.code for one in told] == codes
