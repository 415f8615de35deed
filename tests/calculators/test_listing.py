"""The law listed: what is in force on a day, and what is to come."""

from datetime import UTC, datetime

import httpx
import pytest

from app import clock
from app.calculators.schemas.stated import RulesList
from app.rules.catalogue import Subject

RULES = "/v1/rules"


async def told(asking: httpx.AsyncClient, **query: str) -> RulesList:
    answer = await asking.get(RULES, params=query)
    assert answer.status_code == 200, answer.text
    return RulesList.model_validate_json(answer.content)


async def test_every_rule_says_where_it_stands_and_whether_it_holds(
    asking: httpx.AsyncClient,
) -> None:
    with clock.at(datetime(2026, 11, 30, 12, tzinfo=UTC)):
        found = await told(asking)

    assert found.in_force_on.isoformat() == "2026-11-30"
    assert {rule.subject for rule in found.items} == set(Subject)
    (test,) = [rule for rule in found.items if rule.code == "registration-test"]
    assert (test.in_force, test.citation.provision) == (True, "section 463")
    assert test.figures["full_time_children"] == 5
    (wider,) = [rule for rule in found.items if rule.code == "registration-test-2026"]
    assert (wider.in_force, wider.since) == (False, None)


async def test_today_ends_at_midnight_in_london(asking: httpx.AsyncClient) -> None:
    with clock.at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        found = await told(asking)

    assert found.in_force_on.isoformat() == "2026-07-02"


@pytest.mark.parametrize(
    ("day", "figures"),
    [
        ("2012-12-31", [("off-site-reviews", True, {"days": 30}), ("weeks", False, {"weeks": 10})]),
        ("2013-01-01", [("weeks", True, {"weeks": 10})]),
    ],
)
async def test_the_version_of_a_day_is_told_and_what_is_over_is_not(
    asking: httpx.AsyncClient, day: str, figures: list[tuple[str, bool, dict[str, int]]]
) -> None:
    found = await told(asking, in_force_on=day, subject="clocks")

    reviews = [rule for rule in found.items if rule.code == "off-site-reviews"]
    assert [(rule.in_force, rule.figures) for rule in reviews] == [one[1:] for one in figures]
    assert {rule.subject for rule in found.items} == {Subject.CLOCKS}


async def test_who_has_it_already_is_told_so(asking: httpx.AsyncClient) -> None:
    answer = await asking.get(RULES, params={"in_force_on": "2026-11-30"})
    known = {"If-None-Match": answer.headers["ETag"]}

    again = await asking.get(RULES, params={"in_force_on": "2026-11-30"}, headers=known)
    other = await asking.get(RULES, params={"in_force_on": "2026-12-01"}, headers=known)

    assert (again.status_code, other.status_code) == (304, 200)
    assert answer.headers["Cache-Control"] == "public, no-cache"


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({"in_force_on": "yesterday"}, "in_force_on"),
        ({"subject": "tax"}, "subject"),
        ({"as_off": "2026-11-30"}, "as_off"),
    ],
)
async def test_what_cannot_be_read_is_told_with_its_parameter(
    asking: httpx.AsyncClient, query: dict[str, str], parameter: str
) -> None:
    answer = await asking.get(RULES, params=query)

    assert answer.status_code == 422
    assert [fault["parameter"] for fault in answer.json()["errors"]] == [parameter]
