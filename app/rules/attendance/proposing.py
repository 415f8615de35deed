"""Which code fits a session; none where a person must decide."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from app.rules.attendance.codes import MEANINGS, Code
from app.rules.attendance.facts import Absence, Activity, ArrangedBy, Arrival, Session, Where
from app.rules.attendance.law import (
    APPROVED_ACTIVITY,
    CODES,
    DUAL_REGISTRATION,
    NEVER_AT_HOME,
    REASON_TO_FOLLOW,
    TUITION_AT_HOME,
)
from app.rules.stated import Reason, Rule

OF_ABSENCE: Mapping[Absence, Code] = {
    Absence.ILL: Code.ILL,
    Absence.APPOINTMENT: Code.APPOINTMENT,
    Absence.SUSPENDED_NOTHING_ARRANGED: Code.SUSPENDED,
    Absence.PART_TIME_TIMETABLE: Code.PART_TIME_TIMETABLE,
    Absence.LEAVE: Code.LEAVE,
    Absence.PERFORMANCE: Code.PERFORMANCE,
    Absence.INTERVIEW: Code.INTERVIEW,
    Absence.STUDY_LEAVE: Code.STUDY_LEAVE,
    Absence.RELIGIOUS_DAY: Code.RELIGIOUS_DAY,
    Absence.TRAVELLING: Code.TRAVELLING,
    Absence.HOLIDAY_NOT_GRANTED: Code.HOLIDAY_NOT_GRANTED,
    Absence.NOT_AUTHORISED: Code.NOT_AUTHORISED,
    Absence.NOT_REQUIRED: Code.NOT_REQUIRED,
    Absence.NOT_KNOWN: Code.REASON_NOT_KNOWN,
}
_OF_ACTIVITY: Mapping[Activity, Code] = {
    Activity.EDUCATION: Code.ELSEWHERE,
    Activity.VISIT: Code.ELSEWHERE,
    Activity.SPORT: Code.SPORT,
    Activity.WORK_EXPERIENCE: Code.WORK_EXPERIENCE,
}
_OF_ARRIVAL: Mapping[Arrival, Code] = {
    Arrival.BEFORE_CLOSE: Code.LATE,
    Arrival.AFTER_CLOSE: Code.LATE_AFTER_CLOSE,
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """The code that fits; `None` where a person must decide.

    Attributes:
        code: the code.
        reason: why, or what the person must decide.
    """

    code: Code | None
    reason: Reason


def propose(session: Session) -> Proposal:
    """Return the code that fits a session, by what is known of it."""
    return _BY_PLACE[session.where](session)


def _at_school(session: Session) -> Proposal:
    present = Code.AFTERNOON if session.afternoon else Code.MORNING
    code = _OF_ARRIVAL.get(session.arrival, present)
    return _fits(code, f"They were at the school: {MEANINGS[code].says}.", CODES)


def _elsewhere(session: Session) -> Proposal:
    if session.registered_there:
        because = "They attend another school where they are registered, too."
        return _fits(Code.OTHER_SCHOOL, because, DUAL_REGISTRATION)
    if session.arranged_by is ArrangedBy.LOCAL_AUTHORITY:
        because = "They attend a place for education that a local authority arranged."
        return _fits(Code.ARRANGED_BY_AUTHORITY, because, CODES)
    if session.arranged_by is ArrangedBy.NEITHER:
        because = (
            "Neither the school nor a local authority arranged it: they are absent, and the "
            "school decides whether with authority (C) or without (O)."
        )
        return _fits(None, because, CODES)
    if not session.supervised:
        because = "Nobody supervised it, so it is no approved activity: they are absent."
        return _fits(None, because, APPROVED_ACTIVITY)
    if session.activity is Activity.VISIT and session.by_school_staff:
        return _fits(Code.VISIT, "A visit with the school's own staff.", CODES)
    code = _OF_ACTIVITY[session.activity]
    because = f"The school arranged it and it was supervised: {MEANINGS[code].says}."
    return _fits(code, because, APPROVED_ACTIVITY)


def _at_home(session: Session) -> Proposal:
    if session.arranged_by is ArrangedBy.LOCAL_AUTHORITY and not session.online:
        because = "A local authority arranged that they are taught at home."
        return _fits(Code.ARRANGED_BY_AUTHORITY, because, TUITION_AT_HOME)
    if session.absence is not None:
        return _absent(session)
    if session.arranged_by is ArrangedBy.LOCAL_AUTHORITY:
        because = "Whether learning online at home is a place that they attend, a person decides."
        return _fits(None, because, TUITION_AT_HOME)
    because = "They are absent, whatever was set for them at home: the school decides why."
    return _fits(None, because, NEVER_AT_HOME)


def _absent(session: Session) -> Proposal:
    absence = session.absence or Absence.NOT_KNOWN
    code = OF_ABSENCE[absence]
    rule = REASON_TO_FOLLOW if absence is Absence.NOT_KNOWN else CODES
    return _fits(code, f"They attended nothing: {MEANINGS[code].says}.", rule)


_BY_PLACE: Mapping[Where, Callable[[Session], Proposal]] = {
    Where.AT_SCHOOL: _at_school,
    Where.ELSEWHERE: _elsewhere,
    Where.AT_HOME: _at_home,
    Where.NOT_ATTENDING: _absent,
}


def _fits(code: Code | None, because: str, rule: Rule) -> Proposal:
    return Proposal(code, Reason(because, rule))
