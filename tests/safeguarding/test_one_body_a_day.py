"""On every day of a placement exactly one body answers, whatever is offered, accepted or ended."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.safeguarding.policies import (
    HandoverFault,
    Period,
    body_on,
    fault_of,
    first_period,
    handed_over,
)

STARTS = date(2026, 9, 7)
BODIES = tuple(uuid.UUID(int=number) for number in range(3))
ACTS = ("offer", "accept", "decline", "withdraw", "end", "correct", "wait")

Hand: TypeAlias = Callable[[Sequence[Period], uuid.UUID, date], tuple[Period, ...]]
Fault: TypeAlias = Callable[
    [Sequence[Period], uuid.UUID, date, tuple[date, date | None]], HandoverFault | None
]
Act: TypeAlias = tuple[str, int, int]


@dataclass
class Course:
    """A placement while people do things to it.

    Attributes:
        recorded_on: when it was recorded.
        hand: how a duty passes; the product's, or one with a planted fault.
        refuse: what keeps it from passing; likewise.
        accepted: each handover that both agreed: to whom, from which day.
    """

    recorded_on: date
    hand: Hand = handed_over
    refuse: Fault = fault_of
    accepted: list[tuple[uuid.UUID, date]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.today = self.recorded_on
        self.periods: tuple[Period, ...] = (first_period(BODIES[0], STARTS, self.recorded_on),)
        self.offer: tuple[uuid.UUID, date] | None = None
        self.ended_on: date | None = None
        self.told: dict[date, uuid.UUID | None] = {}

    def act(self, act: Act) -> None:
        """Do one thing, if it can be done now."""
        kind, which, days = act
        day = self.today + timedelta(days=days)
        if kind == "wait":
            self._wait(abs(days))
        elif kind == "end" and self.ended_on is None:
            self.ended_on = max(day, STARTS)
        elif kind == "correct" and self.ended_on is not None:
            self.ended_on = max(min(day, max(self.ended_on, self.today)), STARTS)
        elif kind in {"decline", "withdraw"}:
            self.offer = None
        elif self.ended_on is None or self.ended_on >= self.today:
            self._hand(kind, which, day)

    def _hand(self, kind: str, which: int, day: date) -> None:
        if kind == "offer" and self.offer is None:
            if self._fault(BODIES[which], day) is None:
                self.offer = (BODIES[which], day)
        elif kind == "accept" and self.offer is not None:
            if self._fault(*self.offer) is None:
                self.periods = self.hand(self.periods, *self.offer)
                self.accepted.append(self.offer)
            self.offer = None

    def check(self) -> None:
        """Show that each day has one body, that none was rewritten, and that both agreed."""
        begins = min(STARTS, self.recorded_on)
        last = max(self.today, self.ended_on or self.today) + timedelta(days=40)
        expected = BODIES[0]
        agreed = {since: to for to, since in self.accepted}
        for number in range((last - begins).days + 1):
            day = begins + timedelta(days=number)
            expected = agreed.get(day, expected)
            answering = [
                one.organisation_id
                for one in self.periods
                if one.since <= day and (one.until is None or day <= one.until)
            ]
            assert answering == [expected], f"{day}: {answering}"
            assert body_on(self.periods, day) == expected
        for day, body in self.told.items():
            assert body_on(self.periods, day) == body, f"{day} was rewritten"

    def _wait(self, days: int) -> None:
        for number in range(days):
            past = self.today + timedelta(days=number)
            self.told[past] = body_on(self.periods, past)
        self.today += timedelta(days=days)

    def _fault(self, to: uuid.UUID, since: date) -> HandoverFault | None:
        return self.refuse(self.periods, to, since, (self.today, self.ended_on))


ACT = st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.integers(-10, 30))
COURSES = st.lists(ACT, max_size=40)


@settings(max_examples=300, deadline=None)
@given(acts=COURSES, late=st.integers(-20, 40))
def test_each_day_has_exactly_one_body(acts: list[Act], late: int) -> None:
    course = Course(STARTS + timedelta(days=late))
    for act in acts:
        course.act(act)
        course.check()


def _leaving_a_day(periods: Sequence[Period], to: uuid.UUID, since: date) -> tuple[Period, ...]:
    return (*handed_over(periods, to, since)[:-1], Period(to, since + timedelta(days=1)))


def _letting_both(periods: Sequence[Period], to: uuid.UUID, since: date) -> tuple[Period, ...]:
    return (*periods, Period(to, since))


def _ending_the_last(periods: Sequence[Period], to: uuid.UUID, since: date) -> tuple[Period, ...]:
    *earlier, last = handed_over(periods, to, since)
    return (*earlier, Period(last.organisation_id, last.since, since + timedelta(days=5)))


def _refusing_nothing(
    periods: Sequence[Period], to: uuid.UUID, since: date, of: tuple[date, date | None]
) -> HandoverFault | None:
    del periods, to, since, of
    return None


def _forgetting_the_present(
    periods: Sequence[Period], to: uuid.UUID, since: date, of: tuple[date, date | None]
) -> HandoverFault | None:
    """Compare with the last handover alone, so that days gone by can be given away."""
    found = fault_of(periods, to, max(since, of[0]), of)
    return HandoverFault.DAY_PASSED if since <= periods[-1].since else found


_CHANGED: tuple[Act, ...] = (("wait", 0, 9), ("offer", 1, 5), ("accept", 0, 0))
_BACKWARDS: tuple[Act, ...] = (("wait", 0, 9), ("offer", 1, -3), ("accept", 0, 0))


@pytest.mark.parametrize(
    ("planted", "acts"),
    [
        (Course(STARTS, hand=_leaving_a_day), _CHANGED),
        (Course(STARTS, hand=_letting_both), _CHANGED),
        (Course(STARTS, hand=_ending_the_last), _CHANGED),
        (Course(STARTS, refuse=_refusing_nothing), _BACKWARDS),
        (Course(STARTS, refuse=_forgetting_the_present), _BACKWARDS),
    ],
    ids=["a gap", "two at once", "an end", "nothing refused", "the past given away"],
)
def test_a_planted_fault_is_found(planted: Course, acts: tuple[Act, ...]) -> None:
    for act in acts:
        planted.act(act)

    with pytest.raises(AssertionError):
        planted.check()


@pytest.mark.parametrize(
    ("to", "days", "ended", "fault"),
    [
        (1, 0, None, None),
        (1, 3, 3, None),
        (0, 3, None, HandoverFault.TO_ITSELF),
        (1, -1, None, HandoverFault.DAY_PASSED),
        (1, 4, 3, HandoverFault.AFTER_THE_END),
    ],
)
def test_a_handover_is_refused_for_a_reason(
    to: int, days: int, ended: int | None, fault: HandoverFault | None
) -> None:
    today = STARTS + timedelta(days=10)
    ended_on = None if ended is None else today + timedelta(days=ended)
    found = fault_of(
        [Period(BODIES[0], STARTS)],
        BODIES[to],
        today + timedelta(days=days),
        (today, ended_on),
    )
    assert found is fault
