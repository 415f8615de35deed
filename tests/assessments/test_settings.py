"""What the register finds of a setting by itself, and what is told of the limit before a place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import asyncpg
import httpx
import orjson
import pytest

from app import clock
from app.values.uuid7 import uuid7
from tests.assessments.asking import (
    ASSESSMENTS,
    an_option,
    begin,
    decide,
    found,
    offer,
    place,
    read,
    say,
    steps,
)
from tests.assessments.conftest import Browsers, World
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.factories.people import insert
from tests.placements.asking import in_days, mornings
from tests.providers.router.asking import at_version, pointers, problem

Site = dict[str, Any]
YESTERDAY_OF_THE_START = (clock.today() + timedelta(days=6)).isoformat()


def a_week(world: World, *days: str, **members: Any) -> dict[str, Any]:
    """Return a timetable at the setting as it is asked about."""
    asked = {"provider": world.number, "site": 1, "sessions": mornings(*days)}
    return asked | {"minutes_elsewhere": 300} | members


async def what_if(
    client: httpx.AsyncClient, held: dict[str, Any], asked: dict[str, Any]
) -> httpx.Response:
    """Ask what a week would mean."""
    return await client.post(f"{ASSESSMENTS}/{held['id']}/what-if", json=asked)


def ahead(record: dict[str, Any], **site: Any) -> None:
    """Let a record say what its site will be on the day of the start."""
    told = {"reference": 1, "status": "listed", "evidence": None, "outcome": None}
    record["next"] = {"on": in_days(7), "sites": [told | site]}


def inspected(site: Site, outcome: str, until: str | None = None, then: str | None = None) -> None:
    """Let a site have an outcome."""
    site["inspection"] = {"outcome": outcome, "valid_until": until, "next": then}


def scoped(site: Site, **scope: Any) -> None:
    """Let a site's listing cover something."""
    site["listing"]["scope"] |= scope


CHANGES: list[tuple[str, Callable[[dict[str, Any], Site], Any], dict[str, Any]]] = [
    ("as-it-is", lambda _, __: None, {"listed": "listed", "outcome": "not-current"}),
    (
        "meets",
        lambda _, site: inspected(site, "meets-with-actions"),
        {"outcome": "meets"},
    ),
    (
        "does-not",
        lambda _, site: inspected(site, "does-not-yet-meet"),
        {"outcome": "does-not-meet"},
    ),
    (
        "lapses-on-the-day-before",
        lambda _, site: inspected(
            site, "meets-standards", YESTERDAY_OF_THE_START, "not-yet-assessed"
        ),
        {"outcome": "not-current"},
    ),
    (
        "lasts-over-the-first-day",
        lambda _, site: inspected(site, "meets-standards", in_days(7), "not-yet-assessed"),
        {"outcome": "meets"},
    ),
    (
        "suspended-from-the-first-day",
        lambda _, site: site["listing"].update(
            announced={"status": "suspended", "from": in_days(7), "reason": None}
        ),
        {"listed": "suspended"},
    ),
    (
        "suspended-from-the-day-after",
        lambda _, site: site["listing"].update(
            announced={"status": "suspended", "from": in_days(8), "reason": None}
        ),
        {"listed": "listed"},
    ),
    (
        "looked-into-by-then",
        lambda record, _: ahead(record, status="under-review"),
        {"listed": "under-review"},
    ),
    (
        "never-listed",
        lambda _, site: site.update(listing=None),
        {"listed": "not-listed", "covers_age": None, "covers_needs": None},
    ),
    (
        "for-others",
        lambda _, site: scoped(site, ages={"from": 13, "to": 16}),
        {"covers_age": False},
    ),
    ("for-all-ages", lambda _, site: scoped(site, ages=None), {"covers_age": True}),
    ("for-other-needs", lambda _, site: scoped(site, needs=["ASD"]), {"covers_needs": False}),
    ("for-any-needs", lambda _, site: scoped(site, needs=[]), {"covers_needs": True}),
    (
        "evidence-out-of-date-by-then",
        lambda record, _: ahead(record, evidence="out-of-date"),
        {"evidence_current": False},
    ),
    (
        "evidence-current",
        lambda _, site: site.update(evidence={"status": "current"}),
        {"evidence_current": True},
    ),
]


async def test_it_is_read_as_it_will_be_on_the_first_day(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    begun = await begin(members["school"])
    needy = (await say(members["school"], begun, "need", steps()["need"])).json()
    held = (await offer(members["school"], needy, an_option(world, timetable=None))).json()
    record = await owner.fetchval("SELECT document FROM register_documents")

    wrong = []
    for name, change, expected in CHANGES:
        changed = orjson.loads(record)
        change(changed, changed["sites"][0])
        await owner.execute("UPDATE register_documents SET document = $1", orjson.dumps(changed))
        told = (await read(members["school"], held)).json()["options"][0]["checked"]
        if {key: told[key] for key in expected} != expected:
            wrong.append((name, told))

    assert wrong == []


async def test_an_unlisted_provider_and_a_closed_site_are_told(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    begun = await begin(members["school"])
    held = (await offer(members["school"], begun, an_option(world))).json()
    await owner.execute("DELETE FROM register_documents")
    unlisted = (await read(members["school"], held)).json()
    await owner.execute("UPDATE sites SET closed_on = current_date")
    closed = (await read(members["school"], held)).json()

    assert "shortlist.not-listed" in found(unlisted)
    assert unlisted["options"][0]["distance"] is None
    assert "shortlist.gone" in found(closed)


async def test_the_distance_is_from_the_school_where_it_is_known(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    await owner.execute("UPDATE schools SET easting = 433000, northing = 278600")
    child = await add(members["school"], circumstances=circumstances(school=world.urn))
    held = await begin(members["school"], child=child)

    told = (await offer(members["school"], held, an_option(world))).json()

    assert told["options"][0]["distance"] == {"metres": 400, "from": "school"}


async def test_a_concern_is_told_to_whoever_may_know_of_it(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    raised = {"id": uuid7(), "provider_id": world.recorded.id, "kind": "safeguarding"}
    raised |= {"severity": "high", "what": "Left alone.", "noticed_on": clock.today()}
    by = world.members["other"]
    raised |= {"raised_by": by.person_id, "raised_by_name": "x", "version": 1}
    raised |= {"organisation_id": by.organisation_id, "raised_at": clock.now()}
    await insert(owner, "concerns", raised)
    told = {}
    for name in ("school", "other"):
        held = (await offer(members[name], await begin(members[name]), an_option(world))).json()
        told[name] = "assurance.concern" in found(held)

    assert told == {"school": False, "other": True}


async def test_what_if_tells_a_light_and_the_day_and_nothing_else(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])
    plan = circumstances(plan_la="331", sen=True)
    needy = await begin(members["school"], child=await add(members["school"], circumstances=plan))

    few = await what_if(members["school"], held, a_week(world, "monday"))
    many = await what_if(members["school"], needy, a_week(world))
    acts = await owner.fetch("SELECT after FROM audit_entries WHERE act LIKE '%setting_tested'")

    assert few.json() == {"light": "incomplete", "on": in_days(7), "left_this_hour": 19}
    assert many.json() == {"light": "red", "on": in_days(7), "left_this_hour": 18}
    assert await owner.fetchval("SELECT count(*) FROM registration_cases") == 0
    assert len(acts) == 2
    assert (await owner.fetchval("SELECT count(*) FROM placements")) == 0


async def test_what_if_needs_an_open_assessment_of_ones_own(
    members: Browsers, world: World
) -> None:
    held = await begin(members["school"])
    asked = a_week(world, "monday")

    by_home = await what_if(members["home"], held, asked)
    unseen = await what_if(members["other"], held, asked)
    backwards = await what_if(members["school"], held, asked | {"ends_on": in_days(1)})
    nowhere = await what_if(members["school"], held, asked | {"site": 9})
    await decide(members["approver"], held, outcome="refused")
    closed = await what_if(members["school"], held, asked)

    assert problem(by_home) == (403, "assessment-not-yours")
    assert problem(unseen) == (404, "assessment-not-found")
    assert (problem(backwards), pointers(backwards)) == ((422, "invalid-request"), ["/ends_on"])
    assert (problem(nowhere), pointers(nowhere)) == ((422, "invalid-request"), ["/site"])
    assert problem(closed) == (409, "assessment-closed")


async def test_settings_are_tested_so_often_in_an_hour_and_no_more(
    members: Browsers, world: World, owner: asyncpg.Connection
) -> None:
    held = await begin(members["school"])
    await what_if(members["school"], held, a_week(world, "monday"))
    asked = dict(await owner.fetchrow("SELECT * FROM assessment_tests"))
    for number in range(19):
        earlier = clock.now() - timedelta(minutes=59 - number)
        await insert(owner, "assessment_tests", asked | {"id": uuid7(), "asked_at": earlier})

    over = await what_if(members["school"], held, a_week(world, "monday"))
    by_option = await offer(members["school"], held, an_option(world))
    untimed = await offer(members["school"], held, an_option(world, timetable=None))
    another = await what_if(
        members["other"], await begin(members["other"]), a_week(world, "monday")
    )

    assert problem(over) == problem(by_option) == (429, "what-if-limit")
    assert 0 < int(over.headers["Retry-After"]) <= 61
    assert untimed.status_code == 201
    assert another.json()["left_this_hour"] == 19


async def test_over_the_limit_it_can_be_approved_with_reasons_and_still_not_placed(
    members: Browsers, world: World
) -> None:
    plan = circumstances(plan_la="331", sen=True)
    child = await add(members["school"], circumstances=plan)
    held = await begin(members["school"], child=child)
    week = {"sessions": mornings(), "minutes_elsewhere": 300}
    held = (await offer(members["school"], held, an_option(world, timetable=week))).json()
    said = steps()["match"] | {"section_f": "delivered"}
    held = (await say(members["school"], held, "match", said)).json()
    held = (await say(members["school"], held, "voices", steps()["voices"])).json()

    done = await decide(members["approver"], held, *found(held))
    placed = await place(members["school"], world, held, sessions=mornings())

    assert "registration.limit" in found(held)
    assert done.status_code == 201, done.text
    assert problem(placed) == (409, "registration-limit-reached")


@pytest.mark.parametrize("part", ["options", "what-if", "decision", "withdrawal"])
async def test_there_is_nothing_under_an_unknown_assessment(
    members: Browsers, world: World, part: str
) -> None:
    bodies = {
        "options": an_option(world),
        "what-if": a_week(world, "monday"),
        "decision": {"outcome": "refused", "reasons": "So."},
        "withdrawal": {"reason": "not-needed"},
    }
    client = members["approver" if part == "decision" else "school"]

    answer = await client.post(
        f"{ASSESSMENTS}/{uuid7()}/{part}", json=bodies[part], headers=at_version(1)
    )

    assert problem(answer) == (404, "assessment-not-found")
