"""Deciding on an assessment, over HTTP: by whom, on what, once, and frozen for ever."""

import asyncio
from datetime import timedelta

import asyncpg
import pytest

from app import clock
from app.db.transactions import Database
from app.providers.terms import Status
from app.values.uuid7 import uuid7
from tests.assessments.asking import (
    an_option,
    approved,
    begin,
    check_site,
    decide,
    fill,
    found,
    offer,
    read,
    say,
    steps,
)
from tests.assessments.conftest import Browsers, World
from tests.children.asking import CHILDREN, add
from tests.factories.children import circumstances
from tests.factories.people import insert
from tests.factories.providers import COVENTRY, move_to
from tests.providers.router.asking import at_version, pointers, problem


async def test_it_is_led_from_step_to_step_and_decided_by_somebody_else(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])
    first = (held["next"], held["state"], held["steps"][0]["code"], held["steps"][-1]["code"])
    await check_site(members["school"], world)
    held = await fill(members["school"], held, world)

    by_requester = await decide(members["school"], held)
    incomplete = await decide(members["approver"], held)
    done = await decide(members["approver"], held, *found(held), conditions=["Ring every Friday."])

    assert first == ("need", "open", "W1", "W13")
    assert held["next"] == "need"
    assert found(held) == ["need.route-commissioner-answers", "assurance.no-outcome"]
    assert held["who_pays"]["first_payer"] == "school"
    assert held["who_pays"]["estimate_pence"] == 72_000
    assert by_requester.status_code == 403
    assert problem(incomplete) == (409, "assessment-incomplete")
    assert [one["code"] for one in incomplete.json()["found"]] == found(held)
    assert {one["basis"] for one in incomplete.json()["found"]} <= {"policy", "statutory-guidance"}
    assert done.status_code == 201, done.text
    told = done.json()
    assert (told["outcome"], told["decided_by"], told["verified"]) == (
        "approved",
        "Example approver",
        True,
    )
    assert told["register_entry"] == await owner.fetchval("SELECT entry FROM ledger_head")
    assert told["personal"]["conditions"] == ["Ring every Friday."]
    assert [one["code"] for one in told["personal"]["departures"]] == found(held)
    assert told["personal"]["said"]["need"]["why"] == "Needs a small group for a while."
    assert (await read(members["school"], held)).json()["state"] == "approved"


async def test_nobody_decides_on_what_they_asked_for_or_stated(
    members: Browsers, world: World
) -> None:
    asked = await begin(members["both"])
    stated = await begin(members["school"])
    held = (await say(members["both"], stated, "need", steps()["need"])).json()
    again = (await say(members["school"], held, "need", steps()["need"])).json()

    answers = [
        await decide(members["both"], asked, outcome="refused"),
        await decide(members["both"], again, outcome="refused"),
    ]

    assert [problem(one) for one in answers] == [(403, "decision-not-yours")] * 2
    assert answers[0].json()["basis"] == "policy"


async def test_a_statute_stands_and_guidance_can_be_departed_from_with_a_reason(
    members: Browsers, world: World
) -> None:
    duties = circumstances(plan_la=COVENTRY, sen=True)
    child = await add(members["school"], circumstances=duties)
    begun = await begin(members["school"], child=child)
    told = {"told": [{"who": "plan-caseworker", "on": clock.today().isoformat()}]}
    held = await fill(
        members["school"],
        begun,
        world,
        told=told,
        match={"section_f": "not-delivered"},
        plan={"ends_on": None},
    )
    codes = found(held)

    refused = await decide(members["approver"], held, *codes)
    unknown = await decide(members["approver"], held, *codes, "plan.never-heard-of")
    said = {"outcome": "approved", "reasons": "So.", "departures": [{"code": codes[0]}]}
    address = f"/v1/assessments/{held['id']}/decision"
    unreasoned = await members["approver"].post(address, json=said, headers=at_version(99))
    mended = await say(
        members["school"], held, "match", steps()["match"] | {"section_f": "delivered"}
    )
    done = await decide(members["approver"], mended.json(), *found(mended.json()))

    assert "plan.end-date" in codes
    assert problem(refused) == (409, "statute-stands-against-it")
    assert "Children and Families Act 2014, section 42" in refused.text
    assert problem(unknown) == (422, "invalid-request")
    assert pointers(unknown) == [f"/departures/{len(codes)}/code"]
    assert problem(unreasoned) == (422, "invalid-request")
    assert pointers(unreasoned) == ["/departures/0/reason"]
    assert done.status_code == 201, done.text


async def test_without_a_setting_and_a_week_there_is_nothing_to_approve(
    members: Browsers, world: World
) -> None:
    empty = await begin(members["school"])
    weekless = await offer(members["school"], empty, an_option(world, timetable=None))
    told = {one["code"]: one for step in empty["steps"] for one in step["found"]}

    unchosen = await decide(members["approver"], weekless.json(), *found(weekless.json()))

    assert told["shortlist.no-choice"]["may_be_overridden"] is False
    assert problem(unchosen) == (409, "statute-stands-against-it")
    said = steps()["voices"]
    spoken = (await say(members["school"], weekless.json(), "voices", said)).json()
    unchosen = await decide(members["approver"], spoken, *found(spoken))
    assert problem(unchosen) == (409, "assessment-incomplete")
    assert [one["code"] for one in unchosen.json()["found"]] == ["registration.not-tested"]


async def test_a_refusal_needs_no_more_than_its_reasons(members: Browsers, world: World) -> None:
    held = await begin(members["school"])

    done = await decide(members["approver"], held, outcome="refused")
    afterwards = await say(members["school"], held, "need", steps()["need"])
    second = await decide(members["second"], held, outcome="refused")

    assert done.json()["outcome"] == "refused"
    assert problem(afterwards) == (409, "assessment-closed")
    assert problem(second) == (409, "assessment-closed")


async def test_of_two_who_decide_at_once_exactly_one_does(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])

    answers = await asyncio.gather(
        decide(members["approver"], held, outcome="refused"),
        decide(members["second"], held, outcome="refused"),
    )

    assert sorted(one.status_code for one in answers) == [201, 409]
    [late] = [one for one in answers if one.status_code != 201]
    assert problem(late) == (409, "assessment-closed")
    assert await owner.fetchval("SELECT count(*) FROM assessment_decisions") == 1


async def test_a_suspension_since_it_was_stated_is_found_at_the_decision(
    members: Browsers, world: World, database: Database
) -> None:
    held = await fill(members["school"], await begin(members["school"]), world)
    before = found(held)
    await move_to(database, world.recorded, Status.SUSPENDED)

    answer = await decide(members["approver"], held, *before)

    assert "shortlist.suspended" not in before
    assert problem(answer) == (409, "assessment-incomplete")
    assert [one["code"] for one in answer.json()["found"]] == ["shortlist.suspended"]


async def test_an_insurance_that_expires_before_the_start_is_found(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    until = clock.today() + timedelta(days=6)
    paper = {"id": uuid7(), "provider_id": world.recorded.id, "title": "Example paper"}
    paper |= {"kind": "public-liability-insurance", "expires_on": until, "current_until": until}
    added = {"added_by": world.members["manager"].person_id, "added_at": clock.now()}
    await insert(owner, "documents", paper | added | {"version": 1})

    held = await fill(members["school"], await begin(members["school"]), world)
    [option] = held["options"]
    later = {"id": uuid7(), "expires_on": None, "current_until": None}
    await insert(owner, "documents", paper | added | later | {"version": 1})
    renewed = (await read(members["school"], held)).json()

    assert option["checked"]["insured"] is False
    assert option["checked"]["evidence"] == [
        {"kind": "public-liability-insurance", "current": False, "until": until.isoformat()}
    ]
    assert "assurance.insurance-expired" in found(held)
    assert renewed["options"][0]["checked"]["insured"] is True
    assert "assurance.insurance-expired" not in found(renewed)


async def test_what_was_decided_reads_the_same_for_ever_and_without_the_child_once_erased(
    members: Browsers, world: World, owner: asyncpg.Connection, database: Database
) -> None:
    child = await add(members["school"])
    held = await approved(members, world, child=child)
    first = (await read(members["school"], held, "/decision")).json()
    await move_to(database, world.recorded, Status.SUSPENDED)
    await owner.execute("UPDATE providers SET name = 'Another name'")

    later = (await read(members["home"], held, "/decision")).json()
    erased = await members["school"].post(
        f"{CHILDREN}/{child['id']}/erasure",
        json={"reason": "retention-over"},
        headers=at_version(child["version"]),
    )
    gone = (await read(members["school"], held, "/decision")).json()

    assert later == first
    assert first["facts"]["options"][0]["provider_name"] == "Example Forge"
    assert "covers_age" not in first["facts"]["options"][0]["checked"]
    assert erased.status_code in {200, 204}, erased.text
    assert (gone["sha256"], gone["verified"]) == (first["sha256"], True)
    assert gone["facts"] == first["facts"]
    assert (gone["personal"], gone["erased_on"]) == (None, clock.today().isoformat())
    assert gone["notice"] == f"erased on {clock.today()}"


async def test_the_database_changes_no_decision_and_a_changed_one_would_be_seen(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])
    await decide(members["approver"], held, outcome="refused")

    for statement in (
        "UPDATE assessment_decisions SET outcome = 'approved'",
        "DELETE FROM assessment_decisions",
        "TRUNCATE assessment_tests",
    ):
        with pytest.raises(asyncpg.PostgresError):
            await owner.execute(statement)
    async with owner.transaction():
        await owner.execute("ALTER TABLE assessment_decisions DISABLE TRIGGER append_only")
        await owner.execute(
            "UPDATE assessment_decisions SET frozen = "
            "convert_to(replace(convert_from(frozen, 'UTF8'), 'refused', 'retused'), 'UTF8')"
        )
        await owner.execute("ALTER TABLE assessment_decisions ENABLE ALWAYS TRIGGER append_only")

    assert (await read(members["school"], held, "/decision")).json()["verified"] is False


async def test_less_is_asked_where_little_is_at_stake_and_the_site_is_known(
    members: Browsers, world: World
) -> None:
    await approved(members, world)
    short = {"ends_on": (clock.today() + timedelta(days=40)).isoformat()}
    held = await fill(
        members["school"],
        await begin(members["school"]),
        world,
        plan=short,
        leave_out=("shortlist",),
        alternatives={"considered": None},
        money={"value": None},
    )

    assert held["eased"]["rule"]["code"] == "little-at-stake"
    assert not {"shortlist.second-option", "alternatives.other-ways", "money.value"} & set(
        found(held)
    )


async def test_what_is_not_decided_has_no_decision(members: Browsers) -> None:
    held = await begin(members["school"])

    assert problem(await read(members["school"], held, "/decision")) == (
        404,
        "assessment-not-decided",
    )
