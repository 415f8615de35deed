"""What the census asks of a place, as far as its codes are known."""

import pytest

from app.rules.census import (
    CensusReason,
    Identified,
    Pattern,
    SettingType,
    identified,
    pattern_of,
    reason_of,
    to_be_said,
)
from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery


@pytest.mark.parametrize(
    ("route", "reason"),
    [
        (Route.PLAN_AUTHORITY, CensusReason.PLAN_NAMED),
        (Route.EXCLUSION, CensusReason.EXCLUSION),
        (Route.SUSPENSION, CensusReason.SUSPENSION),
        (Route.OFF_SITE_DIRECTION, CensusReason.BEHAVIOUR),
        (Route.HEALTH, CensusReason.HEALTH),
        (Route.NEW_ARRIVAL, CensusReason.NEW_ARRIVAL),
        (Route.SCHOOL_ARRANGED, CensusReason.OTHER),
    ],
)
def test_a_route_says_the_reason_or_that_it_is_another(route: Route, reason: CensusReason) -> None:
    assert reason_of(route) is reason


@pytest.mark.parametrize("urn", [None, "123456"])
@pytest.mark.parametrize("ukprn", [None, "10000001"])
@pytest.mark.parametrize("delivery", list(Delivery))
def test_a_place_is_identified_by_exactly_one(
    urn: str | None, ukprn: str | None, delivery: Delivery
) -> None:
    place = identified(urn, ukprn, delivery)

    assert [place.urn, place.ukprn, place.setting_type].count(None) == 2


def test_lone_tuition_is_told_from_other_settings() -> None:
    assert identified(None, None, Delivery.LONE_TUTOR).setting_type is SettingType.LONE_TUITION
    assert identified(None, None, Delivery.ONLINE).setting_type is SettingType.OTHER


def test_ten_half_days_are_a_whole_week() -> None:
    assert (pattern_of(9), pattern_of(10)) == (Pattern.PART_TIME, Pattern.FULL_TIME)


def test_what_a_person_has_to_look_at_is_said() -> None:
    known = to_be_said(CensusReason.EXCLUSION, Identified(urn="123456"), 10)
    health = to_be_said(CensusReason.HEALTH, Identified(setting_type=SettingType.OTHER), 11)
    other = to_be_said(CensusReason.OTHER, Identified(ukprn="10000001"), 1)

    assert (len(known), len(health), len(other)) == (1, 4, 2)
