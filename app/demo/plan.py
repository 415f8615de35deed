"""Everything that is to be in a demonstration, decided before anything is written.

The same number, seed and end give the same plan on every machine: one source of chance is drawn
from in one order (local results and inspections have some of their own), and nothing else is asked,
neither the time nor the database.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TypeAlias

from app.clock import LONDON
from app.demo import history, names, offers, visits
from app.demo.history import History
from app.demo.kinds import KINDS, Kind
from app.demo.local_results import give_local_result
from app.demo.names import Namer
from app.demo.visits import Appealing, Inspecting, Lapsing, Looked
from app.providers.schemas.recording import KnownBy, NewName, NewProvider
from app.providers.terms import Status

EDITION = 3
"""Raised when the same number and seed give another plan than before; a test notices."""
UNTIL = datetime(2026, 9, 30, tzinfo=LONDON).astimezone(UTC)
"""Where every demonstration's past ends: fixed, so that its times never depend on today."""
MOST_PROVIDERS = 999_999
"""As many as there are numbers of six digits. Planning each holds some ten kilobytes."""

LIST_PREFIX = "Demonstration (invented)"
"""How the invented list's name begins, whatever the number, seed and edition."""

_TRADING_SHARE = 0.25
_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Recording:
    """A provider becomes known to the register.

    Attributes:
        provider: its place in the plan, from 0; providers are recorded in this order.
        at: when.
        stated: what is recorded.
    """

    provider: int
    at: datetime
    stated: NewProvider


@dataclass(frozen=True, slots=True)
class Moving:
    """A provider moves to another status."""

    provider: int
    at: datetime
    status: Status
    effective_on: date


@dataclass(frozen=True, slots=True)
class Renaming:
    """A provider takes another name."""

    provider: int
    at: datetime
    name: str
    effective_on: date


Change: TypeAlias = Moving | Renaming | Inspecting | Appealing | Lapsing
Happening: TypeAlias = Recording | Change


@dataclass(frozen=True, slots=True)
class Plan:
    """A whole demonstration.

    Attributes:
        size: how many providers.
        seed: what chance began with.
        until: every moment lies before it.
        recordings: one for each provider, in order of time.
        changes: what becomes of them, in order of time; each changes a public record. No two
            happenings have the same moment.
    """

    size: int
    seed: int
    until: datetime
    recordings: tuple[Recording, ...]
    changes: tuple[Change, ...]

    @property
    def list_name(self) -> str:
        """The invented list on which its providers stand; tells one demonstration from another."""
        return list_name(self.size, self.seed, self.until)

    @property
    def happenings(self) -> tuple[Happening, ...]:
        """Recordings and changes in order of time."""
        return tuple(sorted((*self.recordings, *self.changes), key=_moment))


def list_name(size: int, seed: int, until: datetime) -> str:
    """Name the invented list of a demonstration's providers."""
    return (
        f"{LIST_PREFIX}, {size} providers, seed {seed}, "
        f"until {until.astimezone(LONDON).date()}, edition {EDITION}"
    )


def plan(
    providers: int,
    seed: int,
    *,
    until: datetime = UNTIL,
    seen_elsewhere: float = visits.SEEN_ELSEWHERE,
) -> Plan:
    """Invent a demonstration.

    Args:
        providers: how many, 1 to 100,000.
        seed: another seed, another demonstration; not negative.
        until: everything happens before this moment's London day, in the four years up to it.
        seen_elsewhere: which share was inspected where an authority has hardly begun.

    Raises:
        ValueError: that many providers cannot be told apart by invented names, or the seed is
            negative: chance would begin as with the positive one.
    """
    if not 1 <= providers <= MOST_PROVIDERS:
        message = f"A demonstration has 1 to {MOST_PROVIDERS} providers, not {providers}."
        raise ValueError(message)
    if seed < 0:
        message = f"A seed is 0 or more, not {seed}."
        raise ValueError(message)
    random = Random(seed)  # noqa: S311 - a demonstration must be repeatable, not unguessable
    tools = _Tools(random, Namer(random), history.working_days(until))
    label = list_name(providers, seed, until)
    recordings: list[Recording] = []
    changes: list[Change] = []
    for number, start in enumerate(history.draw_starts(random, providers, tools.days)):
        kind = random.choices(KINDS, [kind.weight for kind in KINDS])[0]
        stated = _draw_provider(tools, kind, _Line(number, label, tools.days[start.place]))
        became = history.draw_history(random, start.place, tools.days)
        happened = _draw_changes(tools, kind, number, became)
        if not any(isinstance(change, Moving) for change in happened):
            stated = give_local_result(stated, seed, number, tools.days[-1])
        recordings.append(Recording(number, start.at, stated))
        looked = Looked(number, stated.sites, became.steps, tools.days)
        changes += [*happened, *visits.draw_inspections(looked, seed, seen_elsewhere)]
    return Plan(providers, seed, until, *_in_order(recordings, changes))


@dataclass(frozen=True, slots=True)
class _Tools:
    random: Random
    namer: Namer
    days: list[date]


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the invented list: its place, the list's name, the day the provider is recorded."""

    number: int
    list_name: str
    day: date


def _draw_provider(tools: _Tools, kind: Kind, line: _Line) -> NewProvider:
    random = tools.random
    name = tools.namer.name(kind)
    trading = tools.namer.trading_name(name)
    sites = offers.draw_sites(random, kind, line.day)
    return NewProvider(
        name=name,
        other_names=(NewName(name=trading),) if random.random() < _TRADING_SHARE else (),
        identifiers=names.identifiers(random, line.number),
        known_by=(
            KnownBy(
                la_code=sites[0].la_code,
                list_name=line.list_name,
                list_date=line.day.isoformat(),
                list_reference=str(line.number),
                listed_as=kind.listed_as,
            ),
        ),
        sites=sites,
    )


def _draw_changes(tools: _Tools, kind: Kind, number: int, became: History) -> list[Change]:
    random, days = tools.random, tools.days
    changes: list[Change] = [
        Moving(
            number, history.draw_moment(random, days[step.place]), step.status, step.effective_on
        )
        for step in became.steps
    ]
    if became.renamed_on is not None:
        day = days[became.renamed_on]
        at = history.draw_moment(random, day)
        changes.append(Renaming(number, at, tools.namer.name(kind), day))
    return changes


def _in_order(
    recordings: Sequence[Recording], changes: Sequence[Change]
) -> tuple[tuple[Recording, ...], tuple[Change, ...]]:
    """Put happenings in order of time, a microsecond apart where chance gave two the same moment.

    The log would do the same to its entries; done here, the plan says the times it will have.
    """
    in_order: list[Happening] = []
    earliest, inspections = datetime.min.replace(tzinfo=UTC), 0
    for happening in sorted((*recordings, *changes), key=_moment):
        apart = happening if happening.at >= earliest else replace(happening, at=earliest)
        if isinstance(apart, Inspecting):
            inspections += 1
            apart = replace(apart, number=inspections)
        in_order.append(apart)
        earliest = apart.at + _TICK
    return (
        tuple(one for one in in_order if isinstance(one, Recording)),
        tuple(one for one in in_order if not isinstance(one, Recording)),
    )


def _moment(happening: Happening) -> datetime:
    return happening.at
