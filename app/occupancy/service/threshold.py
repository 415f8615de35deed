"""The registration test of a setting, over everybody who places children there.

It is made inside the transaction of each new or changed timetable, while nobody else can test the
same child or the same setting. What it is made of names nobody; the law is in `rules.registration`.
What leaves is a light and a day, never which limb or whose child (design.md §6).
"""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.occupancy import queries
from app.rules.registration.facts import (
    Band,
    ChildFacts,
    Declaration,
    Delivery,
    is_educated_elsewhere,
    is_found_not_full_time,
)
from app.rules.registration.limbs import Light
from app.rules.registration.testing import Outcome, registration_test
from app.rules.school_age import school_age_of

FORESEEN = timedelta(days=366)
"""How far ahead a placement without a last day is tested."""
_CHILD, _INSTITUTION = "child", "institution"
_BANDS = {
    "over-18-hours": "over_18_hours",
    "from-15-to-18-hours": "from_15_to_18_hours",
    "under-15-hours": "under_15_hours",
    "up-to-18-hours-and-little-elsewhere": "up_to_18_hours_and_little_elsewhere",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """A child's timetable that is about to hold.

    Attributes:
        link_id: what links the records of this child.
        minutes: a week, at each institution.
        since: the first day.
        until: the last day, if one is planned.
        delivery: how they are taught there.
        minutes_elsewhere: of other education, as the commissioner says.
        placement_id: of which it is; what holds of it by now is left out.
    """

    link_id: uuid.UUID
    minutes: Mapping[uuid.UUID, int]
    since: date
    until: date | None
    delivery: Delivery
    minutes_elsewhere: int | None
    placement_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Tested:
    """What the test says of all institutions of a timetable, on the worst day.

    Attributes:
        light: the worst.
        institution_id: where it is so.
        on: the first day on which it is.
        counts: what each limb of the test in force counted; for the department, not the asker.
        longer: whether the child would be there for more minutes a week than now.
    """

    light: Light
    institution_id: uuid.UUID
    on: date
    counts: Sequence[str] = field(default=())
    longer: bool = True


async def check(session: WriteSession, asked: Asked) -> Tested:
    """Test the settings of a timetable, and keep everybody else out of them until the commit.

    Locks are taken in one order: the child, then each institution where it has or gets a place by
    id; provider rows and the register's head come later, if at all.
    """
    since = max(asked.since, clock.today())  # what was is not tested, only what is and will be
    until = asked.until or since + FORESEEN
    async with acting_as(session, DbRole.THRESHOLD):
        await queries.lock(session, _CHILD, asked.link_id)
        present = await queries.institutions_of_link(session, asked.link_id, since, until)
        for institution_id in sorted(present | set(asked.minutes)):
            await queries.lock(session, _INSTITUTION, institution_id)
        found = [
            await _worst(session, asked, institution_id, (since, until))
            for institution_id in sorted(asked.minutes)
        ]
    order = tuple(Light)
    return max(found, key=lambda one: (order.index(one.light), one.longer, -one.on.toordinal()))


async def foresee(
    session: WriteSession, institution_id: uuid.UUID, since: date, until: date
) -> Tested | None:
    """Test an institution as it stands, and on each day within a time on which something changes.

    Birthdays, new plans, and places that begin or were recorded late can tip it without anybody
    asking. Nobody is kept out meanwhile: what changes next is tested by whoever changes it.

    Returns:
        The first day on which the limit is reached, or `None`.
    """
    async with acting_as(session, DbRole.THRESHOLD):
        for day in await _days_to_test(session, institution_id, (since, until), (None, None)):
            rows = await queries.threshold_facts(session, institution_id, day, None, None)
            children = [_child(row, None, institution_id) for row in rows]
            said = await declared(session, institution_id, day)
            outcome = registration_test(children, said, day)
            if outcome.light is Light.RED:
                return Tested(outcome.light, institution_id, day, _counts(outcome))
    return None


async def _worst(
    session: WriteSession, asked: Asked, institution_id: uuid.UUID, within: tuple[date, date]
) -> Tested:
    """Test an institution on each day on which something changes; the first worst stands."""
    of = (asked.link_id, asked.placement_id)
    order, worst = tuple(Light), None
    before = await queries.minutes_now(session, institution_id, asked.placement_id, within[0])
    for day in await _days_to_test(session, institution_id, within, of):
        outcome = await _test(session, asked, institution_id, day)
        if worst is None or order.index(outcome.light) > order.index(worst.light):
            longer = asked.minutes[institution_id] > before
            worst = Tested(outcome.light, institution_id, day, _counts(outcome), longer)
    if worst is None:
        message = "no day to test"
        raise LookupError(message)
    return worst


async def _test(
    session: WriteSession, asked: Asked, institution_id: uuid.UUID, day: date
) -> Outcome:
    of = (asked.link_id, asked.placement_id)
    rows = await queries.threshold_facts(session, institution_id, day, *of)
    children = [_child(row, asked, institution_id) for row in rows]
    return registration_test(children, await declared(session, institution_id, day), day)


async def _days_to_test(
    session: WriteSession,
    institution_id: uuid.UUID,
    within: tuple[date, date],
    of: tuple[uuid.UUID | None, uuid.UUID | None],
) -> list[date]:
    """Return the first day, and each day after it on which a place or a duty begins, or an age."""
    since, until = within
    days = {since, *await queries.days_of_change(session, institution_id, since, until)}
    for day in tuple(days):
        rows = await queries.threshold_facts(session, institution_id, day, *of)
        days.update(_days_of_age(rows, day, until))
    return sorted(days)


def _child(row: Any, asked: Asked | None, institution_id: uuid.UUID) -> ChildFacts:
    """Return what counts of one child, the timetable that is asked about included."""
    minutes, said, at_a_setting = row.minutes, row.said_elsewhere, row.at_a_setting
    elsewhere, lone = row.placed_elsewhere, row.lone_tutor
    if asked is not None and row.is_asked:
        minutes += asked.minutes[institution_id]
        elsewhere += sum(asked.minutes.values()) - asked.minutes[institution_id]
        at_a_setting = at_a_setting or asked.delivery is Delivery.AT_A_SETTING
        known = [one for one in (said, asked.minutes_elsewhere) if one is not None]
        said = max(known) if known else None
        lone = lone or asked.delivery is Delivery.LONE_TUTOR
    return ChildFacts(
        minutes_a_week=minutes,
        born_on=row.birth_month,
        has_plan=row.has_plan,
        looked_after=row.is_looked_after,
        has_special_needs=row.has_sen,
        educated_elsewhere=is_educated_elsewhere(elsewhere, said),
        delivery=delivery_of(at_a_setting=at_a_setting, lone=lone),
        found_not_full_time=is_found_not_full_time(minutes, row.found_up_to),
    )


def delivery_of(*, at_a_setting: bool, lone: bool) -> Delivery:
    """Return how a child is taught: at a setting where any place of theirs is so."""
    if at_a_setting:
        return Delivery.AT_A_SETTING
    return Delivery.LONE_TUTOR if lone else Delivery.ONLINE


def _days_of_age(rows: Sequence[Any], since: date, until: date) -> list[date]:
    """Return the days within a time on which one of the children becomes of school age."""
    begins = [school_age_of(row.birth_month).first for row in rows if row.birth_month is not None]
    return [day for day in begins if since < day <= until]


async def declared(
    session: WriteSession, institution_id: uuid.UUID, day: date
) -> Declaration | None:
    """Return what a provider last said of the children whom nobody places with it."""
    latest = await queries.latest_declaration(session, institution_id, day)
    if latest is None:
        return None
    declared_on, rows = latest
    bands = {
        _BANDS[row.band]: Band(row.children, row.with_plan_or_care, row.with_needs) for row in rows
    }
    return Declaration(declared_on, **bands)


def _counts(outcome: Outcome) -> tuple[str, ...]:
    """Return what each limb counted in the tests that are in force."""
    regimes = [regime for regime in outcome.regimes if regime.in_force]
    return tuple(limb.reason.because for regime in regimes for limb in regime.limbs)
