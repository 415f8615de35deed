"""Holds the notices of a placement to the situations of `notices.md`."""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from app.rules.funding.rows import Route
from app.rules.notices.kinds import NoticeKind, Recipient
from app.rules.notices.needing import Needed, NoticeFacts, needed
from app.rules.notices.standing import (
    HeldNotice,
    NoticeLight,
    SendingWay,
    given_at,
    late_by,
    overdue_reasons,
    stands_at,
)
from tests.rules.situations.reading import Row, situations

LONDON = ZoneInfo("Europe/London")
STARTS = datetime(2026, 11, 30, 9, tzinfo=LONDON)
USUAL = NoticeFacts(
    Route.OFF_SITE_DIRECTION, STARTS, date(2026, 11, 2), date(2014, 5, 6), home_la="331"
)


def noon(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), LONDON).replace(hour=12)


def facts_of(said: str) -> NoticeFacts:
    """Read the facts of a row: the route, then words that stand for members."""
    route, *words = said.split()
    told = dict(word.split("=") for word in words if "=" in word)
    return replace(
        USUAL,
        route=Route(route),
        home_la=None if "nowhere" in words else "331",
        commissioner_la=told.get("la"),
        plan_la=told.get("plan"),
        care_la=told.get("care"),
        on_others_roll="roll" in words,
        shorter_agreed="agreed" in words,
        recorded_on=date.fromisoformat(told.get("recorded", "2026-11-02")),
    )


def told_of(one: Needed) -> str:
    day = one.due_at.strftime("%Y-%m-%dT%H:%M") if one.due_at else one.due_on.isoformat()
    return f"{one.kind} {day}"


def direction() -> Needed:
    return needed(USUAL)[0]


@situations("notices.md", "Needed")
def test_needed(row: Row) -> None:
    found = needed(facts_of(row["Facts"]))

    assert ", ".join(told_of(one) for one in found) == row["Notices and the last day"]
    if found:
        cited = {reason.rule.citation.source for one in found for reason in one.why}
        assert row["Citation"] in cited


def held_of(said: str) -> list[HeldNotice]:
    """Read what was composed: `current` or `earlier`, and how and when it was sent."""
    found = []
    for one in filter(None, said.split("; ")):
        state, *sent = one.split()
        given = None
        for way, day in (word.split("=") for word in sent):
            given = given_at(SendingWay(way), noon(day))
        found.append(HeldNotice(NoticeKind.DIRECTION, state == "current", given))
    return found


@situations("notices.md", "Standing")
def test_standing(row: Row) -> None:
    found = stands_at(direction(), held_of(row["Composed"]), noon(row["Now"]))

    assert (found.standing, found.light) == (row["Standing"], row["Light"])
    assert found.late is (row["Late"] == "late")


def test_at_eighteen_the_pupil_is_told_in_the_parents_place() -> None:
    of_age = needed(replace(USUAL, born_on=date(2008, 11, 30)))
    a_day_later = needed(replace(USUAL, born_on=date(2008, 12, 1)))

    assert {of_age[0].to, of_age[1].to} == {Recipient.PUPIL}
    assert {a_day_later[0].to, a_day_later[1].to} == {Recipient.PARENT}


@pytest.mark.parametrize(
    ("given", "by"),
    [("2026-11-26", None), ("2026-11-27", "1 day"), ("2026-11-30", "4 days")],
)
def test_how_late_is_said_in_days(given: str, by: str | None) -> None:
    assert late_by(direction(), noon(given)) == by


def test_a_clock_in_hours_is_late_by_hours() -> None:
    (place, *_) = needed(replace(USUAL, route=Route.SUSPENSION))

    assert late_by(place, datetime(2026, 11, 28, 11, 30, tzinfo=LONDON)) == "2 h 30 min"
    assert late_by(place, datetime(2026, 11, 28, 9, tzinfo=LONDON)) is None


def test_what_is_overdue_is_red_by_statute_and_amber_otherwise() -> None:
    now = noon("2026-12-02")
    found = [stands_at(one, [], now) for one in needed(USUAL)]

    lights = {reason.rule.code: light for light, reason in overdue_reasons(found)}

    assert lights["off-site-notice"] is NoticeLight.RED
    assert lights["parent-informed"] is NoticeLight.AMBER
    sent = [HeldNotice(one.needed.kind, current=True, given_at=now) for one in found]
    assert overdue_reasons(stands_at(one, sent, now) for one in needed(USUAL)) == ()
