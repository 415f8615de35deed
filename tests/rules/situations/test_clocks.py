"""Holds the clocks to the situations of `clocks.md`."""

from datetime import date, datetime

import pytest

from app.rules.clocks import reviewing, starting
from app.rules.clocks.clock import Clock
from app.rules.dated import NotInForceError
from app.rules.school_days import GUESSED_DAYS, Period, SchoolCalendar, is_school_day
from tests.rules.situations.reading import Row, situations

TABLES = "clocks.md"


def period(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


EXAMPLE_COUNTY = SchoolCalendar(
    terms=(
        period("2026-09-03", "2026-10-23"),
        period("2026-11-02", "2026-12-18"),
        period("2027-01-04", "2027-02-12"),
        period("2027-02-22", "2027-03-25"),
        period("2027-04-12", "2027-05-28"),
        period("2027-06-07", "2027-07-22"),
    ),
    closures=(period("2026-09-04", "2026-09-04"), period("2026-11-27", "2026-11-27")),
)
CALENDARS = {"given": EXAMPLE_COUNTY, "not given": None, "": None}


def run(row: Row) -> Clock:
    """Run the clock of a row."""
    told, terms = row["With"], CALENDARS[row["Terms"]]
    if row["Clock"] == "suspension-place-notice":
        return starting.suspension_place_notice(
            datetime.fromisoformat(row["From"]),
            before_day_six="before day six" in told,
            parent_consents="consent" in told,
        )
    day = date.fromisoformat(row["From"])
    number = int(told.split()[0]) if told[:1].isdigit() else 0
    return {
        "suspension-education": lambda: starting.suspension_education(day, terms),
        "permanent-exclusion-education": lambda: starting.permanent_exclusion_education(
            day, terms, looked_after="looked after" in told
        ),
        "off-site-notice": lambda: starting.off_site_notice(day, terms),
        "health-absence": lambda: starting.health_absence(day, number, terms),
        "other-absence": lambda: starting.other_absence(day, terms),
        "half-term-review": lambda: reviewing.half_term_review(day, terms),
        "review-request": lambda: reviewing.review_request(day),
        "plan-annual-review": lambda: reviewing.plan_annual_review(day),
        "school-days": lambda: reviewing.school_days(day, number, terms),
        "working-days": lambda: reviewing.working_days(day, number),
    }[row["Clock"]]()


@situations(TABLES, "Clocks")
def test_clocks(row: Row) -> None:
    if row["Due"] == "not known":
        with pytest.raises(NotInForceError):
            run(row)
        return
    clock = run(row)

    if "T" in row["Due"]:
        assert clock.due_at == datetime.fromisoformat(row["Due"])
        assert clock.due_on.isoformat() == row["Due"][:10]
    else:
        assert (clock.due_on.isoformat(), clock.due_at) == (row["Due"], None)
    assert clock.approximate is (row["Approximate"] == "yes")
    assert row["Citation"] == str(clock.reasons[0].rule.citation)
    assert (GUESSED_DAYS in [reason.rule for reason in clock.reasons]) is clock.approximate


@situations(TABLES, "School days")
def test_school_days(row: Row) -> None:
    meets = is_school_day(date.fromisoformat(row["Day"]), CALENDARS[row["Terms"]])

    assert meets is (row["Meets"] == "yes")


def test_a_review_is_never_later_than_eight_school_weeks() -> None:
    clock = reviewing.half_term_review(date(2026, 9, 7), EXAMPLE_COUNTY)

    assert "2026-11-09" in clock.reasons[1].because
    assert clock.reasons[1].rule.basis == "policy"


def test_notice_in_clear_days_is_told_beside() -> None:
    clock = starting.off_site_notice(date(2026, 9, 17), EXAMPLE_COUNTY)

    assert clock.note is not None
    assert "2026-09-14" in clock.note


def test_guidance_on_health_is_not_where_the_duty_begins() -> None:
    clock = starting.health_absence(date(2026, 9, 7), 0, EXAMPLE_COUNTY)

    assert [reason.rule.basis for reason in clock.reasons[:2]] == ["statutory-guidance", "statute"]


def test_the_sixth_day_of_another_absence_is_said_to_be_local_practice() -> None:
    clock = starting.other_absence(date(2026, 9, 7), EXAMPLE_COUNTY)

    assert clock.reasons[0].rule.basis == "policy"
