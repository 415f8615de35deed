"""Facts of attendance: one, many, corrected, by phone; the school decides on codes."""

from datetime import date
from typing import Any

import asyncpg
import pytest

from tests.attendance.asking import (
    ATTENDANCE,
    MONDAY,
    READING,
    attendance,
    batch,
    enter,
    expected,
    report,
)
from tests.placements.asking import PLACEMENTS, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import pointers, problem


async def test_the_latest_fact_stands_and_the_former_stay(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)

    first = await report(people["manager"], placement, kind="absent", absence="ill")
    second = await report(people["manager"], placement, kind="late", minutes_late=25)
    told = await attendance(people["school"], placement)

    assert (first.status_code, second.status_code) == (201, 201), second.text
    assert second.json()["arrived_at"] == "09:25:00"
    (session,) = told["sessions"]
    assert [one["kind"] for one in session["facts"]] == ["late", "absent"]
    assert session["facts"][0]["source"] == "provider"
    assert [one["proposed"] for one in session["halves"]] == ["B"]
    assert told["counts"] == {
        "expected": 1,
        "attended": 1,
        "late": 1,
        "absent": 0,
        "not_reported": 0,
        "attended_percent": 100,
    }


async def test_what_nobody_reported_is_never_an_absence(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)

    told = await attendance(people["school"], placement)

    (session,) = told["sessions"]
    assert session["facts"] == []
    register = session["halves"][0]
    assert register["proposed"] is None
    assert register["why"]["rule"]["code"] == "no-report-is-not-absence"
    assert (told["counts"]["absent"], told["counts"]["not_reported"]) == (0, 1)
    assert told["counts"]["attended_percent"] is None


async def test_a_call_is_noted_with_both_times(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)
    told_at = "2026-11-23T10:15:00Z"

    noted = await report(
        people["school"], placement, kind="absent", told_by="Example Tutor", told_at=told_at
    )

    told = noted.json()
    assert (told["source"], told["told_by"], told["told_at"]) == (
        "commissioner",
        "Example Tutor",
        told_at,
    )
    assert told["recorded_at"] > told_at


@pytest.mark.parametrize(
    ("fact", "refused", "where"),
    [
        ({"on": "2026-11-24"}, (403, "attendance-not-yours"), ["/placement"]),
        ({"on": "2027-02-01"}, (422, "invalid-request"), ["/on"]),
        ({"on": "2026-08-31"}, (403, "attendance-not-yours"), ["/placement"]),
        ({"starts": "10:00"}, (422, "invalid-request"), ["/starts"]),
        ({"kind": "late"}, (422, "invalid-request"), [""]),
        ({"kind": "late", "arrived_at": "08:59"}, (422, "invalid-request"), ["/arrived_at"]),
        ({"kind": "late", "minutes_late": 240}, (422, "invalid-request"), ["/minutes_late"]),
        ({"kind": "left-early", "left_at": "13:00"}, (422, "invalid-request"), ["/left_at"]),
        ({"kind": "absent", "arrived_at": "09:30"}, (422, "invalid-request"), [""]),
        ({"absence": "ill"}, (422, "invalid-request"), [""]),
        ({"told_by": "Somebody"}, (422, "invalid-request"), [""]),
    ],
)
async def test_what_cannot_have_been_is_refused_where_it_stands(
    people: People,
    setting: Setting,
    fact: dict[str, Any],
    refused: tuple[int, str],
    where: list[str],
) -> None:
    placement = await expected(people, setting)

    answer = await report(people["manager"], placement, **fact)

    assert problem(answer) == refused, answer.text
    assert pointers(answer) == where


async def test_of_two_sessions_a_day_one_is_named(people: People, setting: Setting) -> None:
    afternoon = {"weekday": "monday", "starts": "13:30", "ends": "15:00"}
    placement = await expected(people, setting, sessions=[*mornings("monday"), afternoon])

    unnamed = await report(people["manager"], placement)
    named = await report(people["manager"], placement, starts="13:30")

    assert pointers(unnamed) == ["/starts"]
    assert named.json()["starts"] == "13:30:00"


async def test_half_a_batch_may_be_wrong_and_every_row_is_told(
    people: People, setting: Setting
) -> None:
    placement = await expected(people, setting)
    other = await expected(people, setting)
    good: dict[str, Any] = {"placement": placement["id"], "on": str(MONDAY), "kind": "arrived"}
    rows = [
        good | {"reference": "R1"},
        good | {"reference": "R1"},
        good | {"reference": "R1", "kind": "absent"},
        good | {"placement": other["id"], "kind": "late"},
        good | {"placement": "nobody"},
        good | {"placement": other["id"], "reference": "R2", "kind": "absent"},
        good | {"on": "2026-11-24"},
    ]

    first = await batch(people["manager"], *rows)
    again = await batch(people["manager"], *rows)
    elsewhere = await batch(people["other"], good)

    assert [row["outcome"] for row in first["rows"]] == [
        *("recorded", "held-already", "refused", "refused", "refused", "recorded", "refused")
    ]
    told = [[one["pointer"] for one in row["problems"]] for row in first["rows"]]
    assert told == [[], [], ["/reference"], [""], ["/placement"], [], ["/placement"]]
    assert (first["recorded"], first["held_already"], first["refused"]) == (2, 1, 4)
    assert (again["recorded"], again["held_already"], again["refused"]) == (0, 3, 4)
    assert again["rows"][0]["fact"] == first["rows"][0]["fact"]
    assert elsewhere["refused"] == 1


async def test_a_batch_has_a_bound(people: People) -> None:
    answer = await people["manager"].post(f"{ATTENDANCE}/batches", json={"items": [{}] * 501})

    assert problem(answer) == (422, "invalid-request")


async def test_the_school_decides_and_is_warned(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)
    unreported = await enter(people["school"], placement, "I")
    await report(people["manager"], placement, kind="arrived")

    right = await enter(people["school"], placement, "B")
    warned = await enter(people["school"], placement, "K")
    double = await enter(people["school"], placement, "D")
    other_half = await enter(people["school"], placement, "B", half="afternoon")
    others = await enter(people["other"], placement, "B")
    await report(people["manager"], placement, kind="absent")
    denied = await enter(people["school"], placement, "B")
    told = await attendance(people["school"], placement)

    assert (unreported.status_code, unreported.json()["warning"]) == (201, None)
    assert (right.status_code, right.json()["warning"]) == (201, None)
    assert warned.status_code == 201
    assert "did not" in warned.json()["warning"]["because"]
    assert problem(double) == (409, "attendance-code-forbidden")
    assert double.json()["basis"] == "statute"
    assert problem(other_half) == (422, "invalid-request")
    assert problem(others) == (403, "attendance-not-yours")
    assert problem(denied) == (409, "attendance-code-forbidden")
    assert told["sessions"][0]["halves"][0]["decided"]["code"] == "K"


async def test_the_home_school_keeps_the_register_where_an_authority_places(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    school = setting.members["school"].organisation_id
    urn = await owner.fetchval("SELECT urn FROM schools WHERE organisation_id = $1", school)
    placement = await expected(
        people, setting, who="home", route="health-absence", duties={"school": urn}
    )
    await report(people["manager"], placement)

    told = await attendance(people["school"], placement)
    entered = await enter(people["school"], placement, "K")
    authority = await enter(people["home"], placement, "K")
    unseen = await people["other"].get(
        f"{PLACEMENTS}/{placement['id']}/attendance",
        params=READING | {"since": str(MONDAY), "until": str(MONDAY)},
    )

    assert told["sessions"][0]["halves"][0]["proposed"] == "K"
    assert (entered.status_code, entered.json()["warning"]) == (201, None)
    assert problem(authority) == (403, "attendance-not-yours")
    assert problem(unseen) == (404, "placement-not-found")


async def test_the_commissioner_learns_that_an_authority_looked(
    people: People, setting: Setting
) -> None:
    placement = await expected(people, setting)

    await attendance(people["home"], placement)

    asked = {"purpose": "oversight", "act": "attendance.read"}
    told = (await people["school"].get("/v1/audit", params=asked)).json()
    assert [one["actor"]["name"] for one in told["items"]] == ["Example Home"]


async def test_a_provider_sees_whom_it_expects_and_no_number(
    people: People, setting: Setting
) -> None:
    placement = await expected(people, setting)
    await report(people["manager"], placement, kind="left-early", left_at="11:00")
    asked = READING | {"on": str(MONDAY), "days": "7"}

    told = await people["manager"].get(f"{ATTENDANCE}/expected", params=asked)
    others = await people["school"].get(f"{ATTENDANCE}/expected", params=asked)

    assert told.status_code == 200, told.text
    (item,) = told.json()["items"]
    assert item["given_names"] == "Example Alex"
    assert (item["reported"], item["starts"], item["expected"]) == ("left-early", "09:00:00", True)
    assert "upn" not in told.text
    assert others.json()["items"] == []


async def test_days_without_are_said_and_taken_back(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)
    days = {"since": str(MONDAY), "until": str(MONDAY), "reason": "training-day"}
    site = {"scope": "site", "provider": setting.record.number, "site": 1}

    closed = await people["manager"].post(f"{ATTENDANCE}/closures", json=days | site)
    refused = await people["school"].post(f"{ATTENDANCE}/closures", json=days | site)
    without = await attendance(people["school"], placement)
    listed = await people["manager"].get(f"{ATTENDANCE}/closures")
    address = f"{ATTENDANCE}/closures/{closed.json()['id']}/withdrawal"
    others = await people["school"].post(address)
    back = await people["manager"].post(address)
    again = await people["manager"].post(address)
    after = await attendance(people["school"], placement)

    assert closed.status_code == 201, closed.text
    assert problem(refused) == (403, "attendance-not-yours")
    session = without["sessions"][0]
    assert (session["expected"], session["why_not_expected"]) == (False, "training-day")
    assert without["counts"]["expected"] == 0
    assert len(listed.json()["items"]) == 1
    assert problem(others) == (403, "attendance-not-yours")
    assert (back.status_code, problem(again)) == (200, (409, "closure-withdrawn"))
    assert after["sessions"][0]["expected"] is True


@pytest.mark.parametrize("scope", ["placement", "commissioner"])
async def test_a_commissioner_says_when_it_expects_nobody(
    people: People, setting: Setting, scope: str
) -> None:
    placement = await expected(people, setting)
    days: dict[str, Any] = {"since": str(MONDAY), "until": str(MONDAY), "reason": "holiday"}
    of = {"placement": placement["id"]} if scope == "placement" else {}

    closed = await people["school"].post(
        f"{ATTENDANCE}/closures", json=days | {"scope": scope} | of
    )

    assert closed.status_code == 201, closed.text
    told = await attendance(people["school"], placement)
    assert told["sessions"][0]["why_not_expected"] == "holiday"


async def test_nobody_is_expected_on_a_bank_holiday(people: People, setting: Setting) -> None:
    placement = await expected(people, setting)

    told = await attendance(people["school"], placement, date(2026, 12, 28), 1)

    assert told["sessions"][0]["why_not_expected"] == "bank-holiday"
