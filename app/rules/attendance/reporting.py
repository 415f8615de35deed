"""What follows from what a provider reports: which code is proposed, and when somebody is told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from app.rules.attendance.codes import Code
from app.rules.attendance.facts import Absence, ArrangedBy, Session, Where
from app.rules.attendance.judging import judge
from app.rules.attendance.law import SCHOOL_DECIDES
from app.rules.attendance.proposing import Proposal, propose
from app.rules.stated import Provenance, Reason, Rule, RuleBasis, guide, in_force
from app.rules.working_days import is_working_day

_GUIDE = guide(
    "Arranging alternative provision",
    "attendance",
    "government/publications/alternative-provision",
)
NOT_ARRIVED = (
    Rule(
        code="not-arrived-alert",
        says="Where a child is expected and has not arrived, or nobody has reported, the "
        "commissioner's named contact is told at an agreed interval after the expected time: 30 "
        "minutes unless another is agreed, and at most 240.",
        citation=_GUIDE,
        basis=RuleBasis.POLICY,
        provenance=Provenance.RECALLED,
        since=date(2014, 9, 1),
        figures={"minutes": 30, "most_minutes": 240},
    ),
)
NO_REPORT = Rule(
    code="no-report-is-not-absence",
    says="That nobody has reported says nothing of where the child is: it is never taken as an "
    "absence, and never as attendance.",
    citation=_GUIDE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
)
RULES = (*NOT_ARRIVED, NO_REPORT)

_NOON, _AFTER_LUNCH = time(12), time(13)
_CLAIM_ATTENDANCE = frozenset(
    {Code.MORNING, Code.AFTERNOON, Code.LATE, Code.ARRANGED_BY_AUTHORITY, Code.VISIT, Code.SPORT}
    | {Code.WORK_EXPERIENCE, Code.ELSEWHERE, Code.OTHER_SCHOOL, Code.LATE_AFTER_CLOSE}
)
_DAY = timedelta(days=1)
_SATURDAY = 5


class Half(StrEnum):
    """The two sessions of a school's register."""

    MORNING = "morning"
    AFTERNOON = "afternoon"


class ReportKind(StrEnum):
    """What was seen of a child at an expected session."""

    ARRIVED = "arrived"
    LATE = "late"
    LEFT_EARLY = "left-early"
    ABSENT = "absent"
    NOT_EXPECTED = "not-expected"


@dataclass(frozen=True, slots=True)
class Reported:
    """What is known of one session of a placement.

    Attributes:
        kind: what was reported; `None`: nobody has.
        absence: why they were absent, as far as the provider knows.
        by_authority: whether a local authority commissions the placement, and not a school.
        online: whether they are taught online.
    """

    kind: ReportKind | None
    absence: Absence | None
    by_authority: bool
    online: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What is to be said to a school about a code that it enters.

    Attributes:
        proposed: the code that fits, or what a person must decide.
        warning: why the code does not fit; `None` if nothing speaks against it.
        refused: whether an enactment forbids it: it would claim attendance that there was not.
    """

    proposed: Proposal
    warning: Reason | None
    refused: bool


def alert_rule(day: date) -> Rule:
    """Return the rule of the interval after which a missing child is told of.

    Raises:
        NotInForceError: none holds on the day.
    """
    return in_force(NOT_ARRIVED, day)


def halves_of(starts: time, ends: time) -> tuple[Half, ...]:
    """Return which sessions of a school's register a time at a provider falls into."""
    morning = (Half.MORNING,) if starts < _NOON else ()
    afternoon = (Half.AFTERNOON,) if ends > _AFTER_LUNCH or starts >= _NOON else ()
    return (*morning, *afternoon)


def code_for(reported: Reported, half: Half) -> Proposal:
    """Return the home school's code that what was reported leads to; the school decides."""
    if reported.kind is None:
        because = "No report has been received; that is no absence. Ask the provider."
        return Proposal(None, Reason(because, NO_REPORT))
    if reported.kind is ReportKind.NOT_EXPECTED:
        because = "They were not expected there: the school knows where they were to be."
        return Proposal(None, Reason(because, SCHOOL_DECIDES))
    return propose(_session(reported, half))


def decide(reported: Reported, half: Half, code: Code, on: date) -> Decided:
    """Say what stands against a code that a school enters for a session.

    A wrong code is warned of. It is refused only where an enactment forbids it, which is where it
    claims an attendance that the facts deny; without facts nothing is refused.

    Raises:
        NotInForceError: other codes were in use then.
    """
    proposed = code_for(reported, half)
    if reported.kind in {None, ReportKind.NOT_EXPECTED}:
        return Decided(proposed, None, refused=False)
    judged = judge(_session(reported, half), code, on)
    wrong = [one.reason for one in judged.wrong if one.code is code]
    if not wrong:
        return Decided(proposed, None, refused=False)
    denied = reported.kind is ReportKind.ABSENT and code in _CLAIM_ATTENDANCE
    needs_school = code is Code.OTHER_SCHOOL
    by_statute = wrong[0].rule.basis is RuleBasis.STATUTE
    return Decided(proposed, wrong[0], refused=by_statute and (denied or needs_school))


def bank_holidays_between(first: date, last: date) -> Sequence[date]:
    """Return the weekdays between two days, both included, on which nobody is expected anywhere.

    Raises:
        NotInForceError: a day is in a year of which no bank holidays are known.
    """
    days = (first + n * _DAY for n in range((last - first).days + 1))
    return [day for day in days if day.weekday() < _SATURDAY and not is_working_day(day)]


def _session(reported: Reported, half: Half) -> Session:
    afternoon = half is Half.AFTERNOON
    by = ArrangedBy.LOCAL_AUTHORITY if reported.by_authority else ArrangedBy.SCHOOL
    if reported.kind is ReportKind.ABSENT:
        return Session(
            where=Where.NOT_ATTENDING,
            afternoon=afternoon,
            arranged_by=by,
            absence=reported.absence or Absence.NOT_KNOWN,
        )
    return Session(
        where=Where.AT_HOME if reported.online else Where.ELSEWHERE,
        afternoon=afternoon,
        arranged_by=by,
        supervised=True,
        online=reported.online,
    )
