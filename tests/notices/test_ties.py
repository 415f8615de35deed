"""What notices say is used elsewhere, and typed by nobody: the checklist, and who was told."""

from datetime import date, timedelta
from typing import Any

import asyncpg

from app import clock
from app.rules.school_days import school_year_of
from tests.assessments.asking import begin
from tests.assessments.asking import read as read_assessment
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.factories.providers import COVENTRY
from tests.notices.asking import composed, notices, placed, send
from tests.placements.asking import in_days, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version
from tests.safeguarding.test_checklist import read


async def directed(people: People, setting: Setting, **of: Any) -> dict[str, Any]:
    """Let a school direct a child off site."""
    route = {"route": "off-site-direction", "sessions": mornings("monday")}
    return await placed(people, setting, **(route | of))


async def test_that_the_parent_was_told_is_read_from_the_copy_that_was_sent(
    people: People, setting: Setting
) -> None:
    placement = await directed(people, setting)
    before = (await read(people["school"], placement))["by"]["SG17"]
    notice = await composed(people["school"], placement)
    await send(people["school"], placement, notice)

    told = (await read(people["school"], placement))["by"]["SG17"]

    assert (before["standing"], before["read_from"]) == ("due-soon", "notices")
    assert (told["standing"], told["done_on"]) == ("current", in_days(0))


async def test_overdue_notices_are_red_by_statute_and_amber_otherwise(
    people: People, setting: Setting
) -> None:
    placement = await directed(people, setting, starts_on=in_days(0), sessions=mornings())

    told = await read(people["school"], placement)
    notice = await composed(people["school"], placement, "direction")
    await send(people["school"], placement, notice)
    sent = await read(people["school"], placement)

    def codes(told: dict[str, Any]) -> set[str]:
        return {one["rule"]["code"] for one in told["reasons"] if "notice" in one["because"]}

    assert {"off-site-notice", "parent-informed", "service-agreement"} <= codes(told)
    assert "off-site-notice" not in codes(sent)
    assert "parent-informed" in codes(sent)
    first, *_, last = [one["rule"]["code"] for one in told["reasons"]]
    assert last in {"service-agreement", "commissioner-answers"}
    assert first not in {"service-agreement", "parent-informed"}


async def test_whom_a_notice_told_is_not_typed_again_in_an_assessment(
    people: People, setting: Setting
) -> None:
    duties = circumstances(plan_la=COVENTRY, sen=True)
    child = await add(people["school"], circumstances=duties)
    placement = await placed(people, setting, child=child, starts_on="2026-09-07")
    assessment = await begin(people["school"], child=child)
    before = await told_step(people, assessment)
    for kind in ("home-authority", "plan-authority"):
        notice = await composed(people["school"], placement, kind)
        await send(people["school"], placement, notice)

    after = await told_step(people, assessment)

    assert {one["code"] for one in before["found"]} == {
        f"told.{one}" for one in ("local-authority", "plan-caseworker")
    }
    assert (after["done"], after["found"], after["said"]) == (True, [], None)
    assert after["told_by_notice"] == dict.fromkeys(
        ("local-authority", "plan-caseworker"), in_days(0)
    )


async def told_step(people: People, assessment: dict[str, Any]) -> dict[str, Any]:
    """Return step W4."""
    told = await read_assessment(people["school"], assessment)
    steps = told.json()["steps"]
    found: dict[str, Any] = next(one for one in steps if one["code"] == "W4")
    return found


async def test_terms_that_are_stated_count_and_are_looked_at_anew(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    ahead = clock.today() + timedelta(days=8)
    friday = ahead + timedelta(days=(4 - ahead.weekday()) % 7)
    placement = await directed(
        people, setting, starts_on=friday.isoformat(), sessions=mornings("friday")
    )
    guessed = (await notices(people["school"], placement))["by"]["direction"]
    touched = "SELECT touched FROM safeguarding_statuses"
    before = await owner.fetchval(touched)
    term = {"first": friday - timedelta(days=20), "last": friday + timedelta(days=5)}
    closed = {"first": friday - timedelta(days=2), "last": friday - timedelta(days=1)}
    stated = await people["school"].put(
        f"/v1/organisations/{setting.members['school'].organisation_id}"
        f"/calendars/{school_year_of(friday)}",
        json={"terms": [days(term)], "closures": [days(closed)]},
        headers=at_version(1),
    )
    assert stated.status_code == 200, stated.text

    known = (await notices(people["school"], placement))["by"]["direction"]

    assert (guessed["due_by"], guessed["approximate"]) == (days(closed)["first"], True)
    monday = friday - timedelta(days=4)
    assert (known["due_by"], known["approximate"]) == (monday.isoformat(), False)
    assert await owner.fetchval(touched) > before


def days(of: dict[str, date]) -> dict[str, str]:
    """Return days as they are sent."""
    return {name: day.isoformat() for name, day in of.items()}
