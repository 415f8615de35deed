"""Which notices a placement needs, by when each is given, what it must say, and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.rules.clocks.clock import Clock
from app.rules.clocks.law import OFF_SITE_NOTICE
from app.rules.clocks.starting import off_site_notice, suspension_place_notice
from app.rules.funding.law import (
    ACADEMY_DIRECTION,
    COMMISSIONER_ANSWERS,
    SCHOOL_STAYS_RESPONSIBLE,
)
from app.rules.funding.rows import Route
from app.rules.notices.kinds import NoticeKind, Recipient, recipient_of
from app.rules.notices.law import (
    AGREEMENT,
    BEFORE_THE_START,
    DIRECTION_SAYS,
    PARENT_INFORMED,
    RAN_ALREADY,
    SUSPENSION_PLACE_SAYS,
)
from app.rules.school_age import birthday
from app.rules.school_days import SchoolCalendar
from app.rules.stated import Reason, Rule, RuleBasis
from app.rules.suitability.law import CARE_TOLD, CASEWORKER_TOLD
from app.rules.working_days import after_working_days

OF_AGE = 18
"""From this birthday on the pupil is told in the parent's place (SI 2010/1156, regulation 2)."""
DIRECTED = frozenset({Route.OFF_SITE_DIRECTION, Route.OFF_SITE_ACADEMY})
_NOT_COMMISSIONED = frozenset({Route.PARENT_PAID, Route.FIRST_FIVE_DAYS})


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """What decides which notices a placement needs.

    Attributes:
        route: how the child comes to it.
        starts_at: when the first session begins, with a time zone.
        recorded_on: when the placement was recorded.
        born_on: the child's day of birth; empty once the record is erased.
        commissioner_la: the authority that commissions, by its code, where one does.
        home_la, plan_la, care_la: the authorities where the child lives, that maintains its plan,
            and that looks after it, where there are.
        on_others_roll: the child is on the roll of a school that is not the commissioner.
        shorter_agreed: the parent consents to shorter notice of a place that starts before the
            sixth day of a suspension.
        calendar: the terms by which school days are counted, where they are known.
    """

    route: Route
    starts_at: datetime
    recorded_on: date
    born_on: date | None = None
    commissioner_la: str | None = None
    home_la: str | None = None
    plan_la: str | None = None
    care_la: str | None = None
    on_others_roll: bool = False
    shorter_agreed: bool = False
    calendar: SchoolCalendar | None = None

    @property
    def starts_on(self) -> date:
        """Return the first day."""
        return self.starts_at.date()

    @property
    def of_age(self) -> bool:
        """Say whether the pupil is 18 by the first day."""
        return self.born_on is not None and birthday(self.born_on, OF_AGE) <= self.starts_on

    @property
    def ran_already(self) -> bool:
        """Say whether the placement ran when it was recorded."""
        return self.starts_on < self.recorded_on


@dataclass(frozen=True, slots=True)
class Needed:
    """A notice that a placement needs.

    Attributes:
        kind: which.
        to: to whom it goes.
        due_on: the last day on which it is given in time.
        why: on what authority, the main reason first.
        due_at: the last moment, where the clock counts hours.
        approximate: school days were guessed, for want of dates of terms.
        content: the rule on what it must say, where an enactment has one.
        note: what a careful reader should know besides.
    """

    kind: NoticeKind
    to: Recipient
    due_on: date
    why: Sequence[Reason]
    due_at: datetime | None = None
    approximate: bool = False
    content: Rule | None = None
    note: str | None = None

    @property
    def basis(self) -> RuleBasis:
        """Say what the notice rests on."""
        return self.why[0].rule.basis


def needed(facts: NoticeFacts) -> tuple[Needed, ...]:
    """Return the notices of a placement, those to the parent first.

    Raises:
        NotInForceError: nothing is known of the law, or of bank holidays, on the first day.
    """
    if facts.route in _NOT_COMMISSIONED:
        return ()
    found = (*_to_the_parent(facts), *_to_authorities(facts), *_to_others(facts))
    return tuple(_later(one, facts) for one in found)


def _to_the_parent(facts: NoticeFacts) -> Iterator[Needed]:
    if facts.route in DIRECTED:
        clock = off_site_notice(facts.starts_on, facts.calendar)
        yield _by_clock(NoticeKind.DIRECTION, facts, clock, _directing(facts, clock))
    elif facts.route is Route.SUSPENSION:
        agreed = facts.shorter_agreed
        clock = suspension_place_notice(
            facts.starts_at, before_day_six=agreed, parent_consents=agreed
        )
        yield _by_clock(NoticeKind.SUSPENSION_PLACE, facts, clock, clock.reasons)
    who = "The pupil, who is 18," if facts.of_age else "The parent"
    because = f"{who} learns in plain language where, when and why, and whom to call."
    yield _before_start(NoticeKind.PARENT_COPY, facts, Reason(because, PARENT_INFORMED))


def _to_authorities(facts: NoticeFacts) -> Iterator[Needed]:
    if facts.home_la is not None and facts.home_la != facts.commissioner_la:
        because = "The authority where the child lives is told of each placement."
        reason = Reason(because, COMMISSIONER_ANSWERS)
        yield _before_start(NoticeKind.HOME_AUTHORITY, facts, reason)
    if facts.plan_la is not None and facts.plan_la != facts.commissioner_la:
        if facts.route is Route.OFF_SITE_DIRECTION:
            clock = off_site_notice(facts.starts_on, facts.calendar)
            because = "There is a plan: the authority that maintains it has the notice as well."
            why = (Reason(because, OFF_SITE_NOTICE), *clock.reasons)
            yield _by_clock(NoticeKind.PLAN_AUTHORITY, facts, clock, why)
        else:
            because = "The caseworker of the plan is told before a place is arranged."
            reason = Reason(because, CASEWORKER_TOLD)
            yield _before_start(NoticeKind.PLAN_AUTHORITY, facts, reason)
    if facts.care_la is not None:
        for kind, who in (
            (NoticeKind.SOCIAL_WORKER, "social worker"),
            (NoticeKind.VIRTUAL_SCHOOL_HEAD, "virtual school head"),
        ):
            because = f"The child is looked after: the {who} is told."
            yield _before_start(kind, facts, Reason(because, CARE_TOLD))


def _to_others(facts: NoticeFacts) -> Iterator[Needed]:
    if facts.on_others_roll:
        because = "The school on whose roll the child is stays responsible for its safety."
        reason = Reason(because, SCHOOL_STAYS_RESPONSIBLE)
        yield _before_start(NoticeKind.HOME_SCHOOL, facts, reason)
    because = "Commissioner and provider sign what they agreed for this child."
    yield _before_start(NoticeKind.SERVICE_AGREEMENT, facts, Reason(because, AGREEMENT))


def _directing(facts: NoticeFacts, clock: Clock) -> Sequence[Reason]:
    if facts.route is Route.OFF_SITE_DIRECTION:
        return clock.reasons
    because = "An academy follows what binds maintained schools, as guidance asks."
    return (Reason(because, ACADEMY_DIRECTION), *clock.reasons)


def _by_clock(kind: NoticeKind, facts: NoticeFacts, clock: Clock, why: Sequence[Reason]) -> Needed:
    content = {
        NoticeKind.DIRECTION: DIRECTION_SAYS,
        NoticeKind.SUSPENSION_PLACE: SUSPENSION_PLACE_SAYS,
    }
    return Needed(
        kind=kind,
        to=recipient_of(kind, of_age=facts.of_age),
        due_on=clock.due_on,
        why=why,
        due_at=clock.due_at,
        approximate=clock.approximate,
        content=content.get(kind),
        note=clock.note,
    )


def _before_start(kind: NoticeKind, facts: NoticeFacts, reason: Reason) -> Needed:
    day = facts.starts_on - timedelta(days=1)
    return Needed(
        kind=kind,
        to=recipient_of(kind, of_age=facts.of_age),
        due_on=day,
        why=(reason, Reason("Before the first day.", BEFORE_THE_START)),
    )


def _later(one: Needed, facts: NoticeFacts) -> Needed:
    """Give what ran when it was recorded the time that is needed to catch up."""
    if not facts.ran_already:
        return one
    day = after_working_days(facts.recorded_on, RAN_ALREADY.figures["working_days"])
    because = f"It ran already when it was recorded; the usual day was {one.due_on}."
    return Needed(
        kind=one.kind,
        to=one.to,
        due_on=max(day, one.due_on),
        why=(*one.why, Reason(because, RAN_ALREADY)),
        approximate=one.approximate,
        content=one.content,
        note=one.note,
    )
