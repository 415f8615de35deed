"""Whether a code that somebody entered is right, and which codes are wrong though they tempt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.attendance.codes import Code
from app.rules.attendance.facts import ArrangedBy, Session, Where
from app.rules.attendance.law import (
    APPROVED_ACTIVITY,
    CODES,
    DUAL_REGISTRATION,
    NATURE,
    NEVER_AT_HOME,
    SCHOOL_DECIDES,
)
from app.rules.attendance.proposing import Proposal, propose
from app.rules.stated import Reason, in_force

_TEMPTING = (Code.ELSEWHERE, Code.ARRANGED_BY_AUTHORITY, Code.OTHER_SCHOOL, Code.SUSPENDED)
_WITH_NATURE = frozenset({Code.ELSEWHERE, Code.ARRANGED_BY_AUTHORITY})
_OF_WHO_ATTENDS = frozenset(
    {Code.MORNING, Code.AFTERNOON, Code.LATE, Code.VISIT, Code.SPORT, Code.WORK_EXPERIENCE}
)
_ATTENDING = frozenset({Where.AT_SCHOOL, Where.ELSEWHERE})


@dataclass(frozen=True, slots=True)
class Wrong:
    """A code that does not fit, and why."""

    code: Code
    reason: Reason


@dataclass(frozen=True, slots=True)
class Judged:
    """What the register should say of a session.

    Attributes:
        proposed: the code that fits, or what a person must decide.
        right: whether the code that was given fits; `None` where none was given, or where a
            person must decide between several.
        wrong: the code that was given, if it does not fit, and those that tempt.
        besides: what else is recorded, and who decides.
    """

    proposed: Proposal
    right: bool | None
    wrong: Sequence[Wrong]
    besides: Sequence[Reason]


def judge(session: Session, given: Code | None, on: date) -> Judged:
    """Say which code is right for a session, and whether one that was given is.

    Args:
        session: what is known of it.
        given: the code somebody entered or means to.
        on: the day of the session.

    Raises:
        NotInForceError: other codes were in use then.
    """
    in_force((CODES,), on)
    proposed = propose(session)
    asked = (*_TEMPTING, given) if given is not None else _TEMPTING
    wrong = [
        Wrong(code, reason)
        for code in dict.fromkeys(asked)
        if (reason := _against(code, session, proposed)) is not None
    ]
    besides = [Reason("A code is proposed here; the school decides.", SCHOOL_DECIDES)]
    if proposed.code in _WITH_NATURE:
        besides.append(Reason("Record the nature of the provision, too.", NATURE))
    return Judged(proposed, _is_right(given, proposed, wrong), wrong, besides)


def _is_right(given: Code | None, proposed: Proposal, wrong: Sequence[Wrong]) -> bool | None:
    if given is None:
        return None
    if given in [one.code for one in wrong]:
        return False
    return True if proposed.code is given else None


def _against(code: Code, session: Session, proposed: Proposal) -> Reason | None:
    """Return why a code does not fit; `None` if it fits, or if it may."""
    if proposed.code is code:
        return None
    if (why := _WHY_NOT.get(code)) is not None and (reason := why(session)) is not None:
        return reason
    if proposed.code is not None:
        return Reason(f"{proposed.code} is the code of these circumstances.", proposed.reason.rule)
    if code in _OF_WHO_ATTENDS:
        return Reason(f"{code} is for who attends; they are absent.", CODES)
    return None


def _not_elsewhere(session: Session) -> Reason | None:
    if session.where is Where.AT_HOME:
        return Reason("B is never for work at home.", NEVER_AT_HOME)
    if session.where is not Where.ELSEWHERE:
        return Reason("B is for who attended elsewhere; they did not.", CODES)
    if session.arranged_by is not ArrangedBy.SCHOOL:
        return Reason("B is for what the school arranged; it did not.", APPROVED_ACTIVITY)
    if not session.supervised:
        rule = NEVER_AT_HOME if session.online else APPROVED_ACTIVITY
        return Reason("B is for what is supervised; this was not.", rule)
    return None


def _not_by_authority(session: Session) -> Reason | None:
    if session.arranged_by is not ArrangedBy.LOCAL_AUTHORITY:
        return Reason("K is for what a local authority arranged; it did not.", CODES)
    if session.where not in {Where.ELSEWHERE, Where.AT_HOME}:
        return Reason("K is for who attended what was arranged; they did not.", CODES)
    return None


def _not_other_school(session: Session) -> Reason | None:
    if session.registered_there:
        return None
    because = "D needs a second school at which they are registered, too."
    return Reason(because, DUAL_REGISTRATION)


def _not_suspended(session: Session) -> Reason | None:
    if session.where in _ATTENDING or session.arranged_by is not ArrangedBy.NEITHER:
        return Reason("E is for who is suspended and has nothing arranged.", CODES)
    return None


_WHY_NOT: Mapping[Code, Callable[[Session], Reason | None]] = {
    Code.ELSEWHERE: _not_elsewhere,
    Code.ARRANGED_BY_AUTHORITY: _not_by_authority,
    Code.OTHER_SCHOOL: _not_other_school,
    Code.SUSPENDED: _not_suspended,
}
