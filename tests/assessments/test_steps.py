"""What is said step by step, over HTTP: by whom, in order, and what is refused."""

from typing import Any

import asyncpg
import pytest

from app import clock
from tests.assessments.asking import (
    ASSESSMENTS,
    a_request,
    an_option,
    begin,
    check_site,
    fill,
    found,
    offer,
    read,
    say,
    steps,
)
from tests.assessments.conftest import Browsers, World
from tests.children.asking import CHILDREN, COMMISSIONING, add
from tests.factories.children import circumstances
from tests.placements.asking import in_days, mornings
from tests.providers.router.asking import at_version, pointers, problem


async def test_it_is_asked_for_once_and_listed(members: Browsers) -> None:
    child = await add(members["school"])
    sent = a_request(child["id"])

    first = await members["school"].post(ASSESSMENTS, json=sent)
    again = await members["school"].post(ASSESSMENTS, json=sent)
    other = await members["school"].post(ASSESSMENTS, json=sent | {"route": "health-absence"})
    held = first.json()
    listed = {
        state: [
            one["id"]
            for one in (
                await members["school"].get(ASSESSMENTS, params=COMMISSIONING | {"state": state})
            ).json()["items"]
        ]
        for state in ("open", "withdrawn", "approved")
    }
    gone = await members["school"].post(
        f"{ASSESSMENTS}/{held['id']}/withdrawal",
        json={"reason": "other-place-found"},
        headers=at_version(1),
    )
    own = await members["school"].post(
        f"{ASSESSMENTS}/{held['id']}/withdrawal",
        json={"reason": "child-erased"},
        headers=at_version(2),
    )

    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["id"] == held["id"]
    assert problem(other) == (409, "assessment-held-already")
    assert listed == {"open": [held["id"]], "withdrawn": [], "approved": []}
    assert (gone.json()["state"], gone.json()["next"]) == ("withdrawn", None)
    assert problem(own) == (409, "assessment-closed")


async def test_who_is_responsible_reads_it_and_nobody_else_reads_or_changes_it(
    members: Browsers, owner: asyncpg.Connection
) -> None:
    held = (
        await say(members["school"], await begin(members["school"]), "need", steps()["need"])
    ).json()

    seen = {name: await read(client, held) for name, client in members.items()}
    by_home = await say(members["home"], held, "need", steps()["need"])
    read_by = await owner.fetchval(
        "SELECT count(*) FROM audit_entries WHERE act = 'assessment.read' AND purpose IS NOT NULL"
    )

    assert {name for name, one in seen.items() if one.status_code == 200} == {
        *("school", "home", "approver", "second", "both")
    }
    assert seen["home"].json()["steps"][0]["said"]["why"] == "Needs a small group for a while."
    assert {seen[name].status_code for name in ("other", "elsewhere")} == {404}
    assert seen["manager"].status_code == 403
    assert problem(by_home) == (403, "assessment-not-yours")
    assert read_by == 5


async def test_whoever_reads_it_is_told_the_same_of_the_checks(
    members: Browsers, world: World
) -> None:
    await check_site(members["school"], world, "visit")
    await check_site(members["other"], world)
    held = (await offer(members["school"], await begin(members["school"]), an_option(world))).json()

    by_home = (await read(members["home"], held)).json()

    assert "visit.visit" in found(held)
    assert "assurance.own-staff-checks" not in found(held)
    assert found(by_home) == found(held)
    assert len(held["options"][0]["checked"]["own_checks"]) == 3
    assert [one["reason"]["rule"]["code"] for one in held["warnings"]] == ["tell-the-authority"]


async def test_a_childs_record_has_to_be_the_commissioners_own_and_whole(
    members: Browsers,
) -> None:
    child = await add(members["school"])
    open_one = await begin(members["school"], child=child)

    by_other = await members["home"].post(ASSESSMENTS, json=a_request(child["id"]))
    unseen = await members["other"].post(ASSESSMENTS, json=a_request(child["id"]))
    await members["school"].post(
        f"{CHILDREN}/{child['id']}/erasure",
        json={"reason": "retention-over"},
        headers=at_version(child["version"]),
    )
    erased = await members["school"].post(ASSESSMENTS, json=a_request(child["id"]))
    closed = (await read(members["school"], open_one)).json()

    assert problem(by_other) == (403, "assessment-not-yours")
    assert problem(unseen) == (404, "child-not-found")
    assert problem(erased) == (409, "child-erased")
    assert (closed["state"], closed["withdrawn_reason"]) == ("withdrawn", "child-erased")
    assert closed["erased_on"] == clock.today().isoformat()


@pytest.mark.parametrize(
    ("step", "said"),
    [
        ("plan", {"ends_on": in_days(1)}),
        ("plan", {"first_review_on": in_days(1)}),
        ("plan", {"starts_on": "2150-01-01", "ends_on": None, "first_review_on": None}),
        ("voices", {"child": {"view": "Yes."}}),
        ("voices", {"child": {}}),
        ("need", {"why": " "}),
        ("money", {"price_pence": -1}),
        ("need", {"needs": ["SHY"]}),
        ("match", {"full_time": "yes"}),
    ],
)
async def test_what_cannot_be_is_refused(
    members: Browsers, step: str, said: dict[str, Any]
) -> None:
    held = await begin(members["school"])

    answer = await say(members["school"], held, step, steps()[step] | said)

    assert problem(answer) == (422, "invalid-request"), answer.text


async def test_a_stale_version_and_another_step_are_refused(members: Browsers) -> None:
    held = await begin(members["school"])
    await say(members["school"], held, "need", steps()["need"])

    stale = await say(members["school"], held, "need", steps()["need"])
    crossed = await members["school"].put(
        f"{ASSESSMENTS}/{held['id']}/steps/plan",
        json=steps()["need"] | {"step": "need"},
        headers=at_version(2),
    )
    nowhere = await members["school"].put(
        f"{ASSESSMENTS}/{held['id']}/steps/visit",
        json={"step": "visit"},
        headers=at_version(2),
    )

    assert problem(stale) == (412, "changed-meanwhile")
    assert (problem(crossed), pointers(crossed)) == ((422, "invalid-request"), ["/step"])
    assert problem(nowhere) == (422, "invalid-request")


async def test_what_is_missing_says_on_what_authority(members: Browsers, world: World) -> None:
    child = await add(
        members["school"],
        circumstances=circumstances(school=world.urn, care_la="937"),
    )
    begun = await begin(members["school"], child=child)
    empty = {one["code"]: one for step in begun["steps"] for one in step["found"]}
    held = await fill(members["school"], begun, world, plan={"ends_on": None})
    left = found(held)

    assert empty["need.need"]["kind"] == "missing"
    assert empty["need.need"]["rule"]["basis"] == "statutory-guidance"
    assert empty["voices.consent"]["may_be_overridden"] is False
    assert empty["voices.consent"]["rule"]["basis"] == "statute"
    assert {"told.social-worker", "told.virtual-school-head", "plan.end-date"} <= set(left)
    assert "need.route-commissioner-answers" not in left
    assert held["options"][0]["distance"]["from"] == "home-authority"


async def test_settings_stand_side_by_side_and_one_is_chosen(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])
    first = (await offer(members["school"], held, an_option(world))).json()
    bare = an_option(world, standing="turned-down", timetable=None, price=None)
    second = (await offer(members["school"], first, bare)).json()
    third = (await offer(members["school"], second, an_option(world))).json()
    [one, two, three] = third["options"]
    address = f"{ASSESSMENTS}/{held['id']}/options"
    reasoned = await members["school"].put(
        f"{address}/{two['id']}",
        json=bare | {"reasons": "Too far.", "gaps": "No English."},
        headers=at_version(third["version"]),
    )
    nowhere = await members["school"].put(
        f"{address}/{held['id']}", json=bare, headers=at_version(reasoned.json()["version"])
    )
    tested = await owner.fetchval("SELECT count(*) FROM assessment_tests")

    assert (one["standing"], two["standing"], three["standing"]) == (
        *("considered", "turned-down"),
        "chosen",
    )
    assert "shortlist.turned-down" in found(third)
    assert "shortlist.turned-down" not in found(reasoned.json())
    assert reasoned.json()["options"][1]["gaps"] == "No English."
    assert problem(nowhere) == (404, "assessment-option-not-found")
    assert tested == 2
    assert one["price"] == {"pence": 9_000, "unit": "half-day"}


async def test_the_same_week_is_not_tested_twice(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = (await offer(members["school"], await begin(members["school"]), an_option(world))).json()
    address = f"{ASSESSMENTS}/{held['id']}/options/{held['options'][0]['id']}"

    same = await members["school"].put(
        address, json=an_option(world, reasons="Near."), headers=at_version(held["version"])
    )
    longer = {"sessions": mornings("monday", "friday"), "minutes_elsewhere": 1_200}
    other = await members["school"].put(
        address,
        json=an_option(world, timetable=longer),
        headers=at_version(same.json()["version"]),
    )

    assert same.json()["options"][0]["registration_test"] is not None
    assert other.json()["options"][0]["weekly_minutes"] == 480
    assert await owner.fetchval("SELECT count(*) FROM assessment_tests") == 2


@pytest.mark.parametrize(
    ("members_", "refused", "where"),
    [
        ({"provider": "AP999999X"}, (404, "provider-not-found"), "/provider"),
        ({"site": 9}, (422, "invalid-request"), "/site"),
        ({}, (422, "invalid-request"), "/site"),
    ],
)
async def test_an_unknown_or_closed_site_is_refused(
    members: Browsers,
    world: World,
    owner: asyncpg.Connection,
    members_: dict[str, Any],
    refused: tuple[int, str],
    where: str,
) -> None:
    if not members_:
        await owner.execute("UPDATE sites SET closed_on = current_date")
    held = await begin(members["school"])

    answer = await offer(members["school"], held, an_option(world, **members_))

    assert (problem(answer), pointers(answer)) == (refused, [where])
