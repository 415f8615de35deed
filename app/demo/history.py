"""What becomes of an invented provider, from the day it is recorded: dates in their order."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from random import Random

from app.clock import LONDON
from app.providers.terms import Status

YEARS = 4
"""How far back the demonstration reaches."""
_KNOWN_SHARE = 0.08
_RENAMED_SHARE = 0.07
_AT_THE_START_SHARE, _START_DAYS = 0.35, 120
_LATE_SHARE, _LATEST = 0.2, 14
_OPENS, _CLOSES = time(9), time(17)
_SATURDAY = 5

_WAITS: dict[Status, tuple[int, int]] = {
    Status.KNOWN: (5, 90),
    Status.LISTED: (80, 700),
    Status.LISTED_WITH_ACTIONS: (20, 150),
    Status.UNDER_REVIEW: (10, 60),
    Status.SUSPENDED: (5, 90),
    Status.REMOVED: (120, 400),
}
"""Working days before the next step, from each status: fewest and most."""

_NEXT: dict[Status, dict[Status, int]] = {
    Status.KNOWN: {Status.LISTED: 80, Status.LISTED_WITH_ACTIONS: 20},
    Status.LISTED: {
        Status.LISTED: 60,
        Status.UNDER_REVIEW: 17,
        Status.LISTED_WITH_ACTIONS: 8,
        Status.SUSPENDED: 4,
        Status.REMOVED: 2,
        Status.CLOSED: 9,
    },
    Status.LISTED_WITH_ACTIONS: {
        Status.LISTED: 70,
        Status.LISTED_WITH_ACTIONS: 10,
        Status.UNDER_REVIEW: 10,
        Status.SUSPENDED: 4,
        Status.REMOVED: 4,
        Status.CLOSED: 2,
    },
    Status.UNDER_REVIEW: {
        Status.LISTED: 56,
        Status.LISTED_WITH_ACTIONS: 22,
        Status.SUSPENDED: 12,
        Status.UNDER_REVIEW: 3,
        Status.REMOVED: 5,
        Status.CLOSED: 2,
    },
    Status.SUSPENDED: {
        Status.LISTED: 40,
        Status.LISTED_WITH_ACTIONS: 30,
        Status.REMOVED: 20,
        Status.SUSPENDED: 5,
        Status.CLOSED: 5,
    },
    Status.REMOVED: {
        Status.REMOVED: 85,
        Status.LISTED: 8,
        Status.LISTED_WITH_ACTIONS: 4,
        Status.CLOSED: 3,
    },
}
"""Of a hundred, where the next step leads; to the same status: nothing more happens."""

REASONS: dict[Status, str] = {
    Status.LISTED: "Invented: the assessment found the standards met.",
    Status.LISTED_WITH_ACTIONS: "Invented: the assessment found actions to complete.",
    Status.UNDER_REVIEW: "Invented: a local authority asked for a review.",
    Status.SUSPENDED: "Invented: suspended while a question is answered.",
    Status.REMOVED: "Invented: the standards were no longer met.",
    Status.CLOSED: "Invented: the provider told the register that it closed.",
}


@dataclass(frozen=True, slots=True)
class Start:
    """When a provider is recorded.

    Attributes:
        place: which working day of the demonstration, counted from the first.
        at: the moment on that day.
    """

    place: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """A provider's move to a status, on a working day of the demonstration.

    Attributes:
        place: which working day the register learns of it on.
        status: where to.
        effective_on: the day from which it holds; that day, or not long before.
    """

    place: int
    status: Status
    effective_on: date


@dataclass(frozen=True, slots=True)
class History:
    """What becomes of one provider; empty while it stays known.

    Attributes:
        steps: its moves, on rising days.
        renamed_on: the place of the working day on which it takes another name, if it does.
    """

    steps: tuple[Step, ...]
    renamed_on: int | None = None


def working_days(until: datetime) -> list[date]:
    """Return Mondays to Fridays of the years before the London day of `until`; no holidays."""
    end = until.astimezone(LONDON).date()
    start = end - timedelta(days=YEARS * 365)
    every = (start + timedelta(days=count) for count in range((end - start).days))
    return [day for day in every if day.weekday() < _SATURDAY]


def draw_moment(random: Random, day: date) -> datetime:
    """Draw a moment in London's office hours, in UTC."""
    opens = datetime.combine(day, _OPENS, LONDON)
    seconds = (_CLOSES.hour - _OPENS.hour) * 3600
    moment = opens + timedelta(
        seconds=random.randrange(seconds), microseconds=random.randrange(900_000)
    )
    return moment.astimezone(UTC)


def draw_starts(random: Random, count: int, days: list[date]) -> list[Start]:
    """Draw when providers are recorded, in order of time; many in the first months."""
    starts: list[Start] = []
    for _ in range(count):
        # The last two days are left out, so that whoever is recorded can still be listed.
        span = _START_DAYS if random.random() < _AT_THE_START_SHARE else len(days) - 2
        place = random.randrange(span)
        starts.append(Start(place, draw_moment(random, days[place])))
    return sorted(starts, key=lambda start: start.at)


def draw_history(random: Random, recorded_on: int, days: list[date]) -> History:
    """Draw what becomes of a provider recorded on a working day."""
    if random.random() < _KNOWN_SHARE:
        return History(())
    steps = [_listing(random, recorded_on, days)]
    while (step := _next_step(random, steps[-1], days)) is not None:
        steps.append(step)
    return History(tuple(steps), _draw_renaming(random, steps, days))


def _listing(random: Random, recorded_on: int, days: list[date]) -> Step:
    fewest, most = _WAITS[Status.KNOWN]
    place = recorded_on + random.randint(fewest, most)
    if place >= len(days):
        place = random.randint(recorded_on + 1, len(days) - 1)
    status = _draw_status(random, Status.KNOWN)
    return Step(place, status, _effective_on(random, days[place], days[recorded_on]))


def _next_step(random: Random, last: Step, days: list[date]) -> Step | None:
    if last.status not in _NEXT:
        return None
    status = _draw_status(random, last.status)
    place = last.place + random.randint(*_WAITS[last.status])
    if status == last.status or place >= len(days):
        return None
    return Step(place, status, _effective_on(random, days[place], last.effective_on))


def _draw_status(random: Random, status: Status) -> Status:
    following = _NEXT[status]
    return random.choices(list(following), list(following.values()))[0]


def _effective_on(random: Random, recorded_on: date, not_before: date) -> date:
    """Mostly the register learns of a step on its day, sometimes up to two weeks later."""
    if random.random() >= _LATE_SHARE:
        return recorded_on
    return max(not_before, recorded_on - timedelta(days=random.randint(1, _LATEST)))


def _draw_renaming(random: Random, steps: list[Step], days: list[date]) -> int | None:
    """Nobody is renamed on the day of another step, nor once removed or closed for good."""
    left = steps[-1].status in {Status.REMOVED, Status.CLOSED}
    end = steps[-1].place if left else len(days)
    first = steps[0].place + 1
    if random.random() >= _RENAMED_SHARE or first >= end:
        return None
    place = random.randrange(first, end)
    return None if place in {step.place for step in steps} else place
