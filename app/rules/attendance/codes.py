"""The codes themselves, and what each stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.rules.stated import Provenance


class Code(StrEnum):
    """What a school enters for a pupil at a session."""

    MORNING = "/"
    AFTERNOON = "\\"
    LATE = "L"
    ARRANGED_BY_AUTHORITY = "K"
    VISIT = "V"
    SPORT = "P"
    WORK_EXPERIENCE = "W"
    ELSEWHERE = "B"
    OTHER_SCHOOL = "D"
    LEAVE = "C"
    PERFORMANCE = "C1"
    PART_TIME_TIMETABLE = "C2"
    SUSPENDED = "E"
    ILL = "I"
    INTERVIEW = "J1"
    APPOINTMENT = "M"
    RELIGIOUS_DAY = "R"
    STUDY_LEAVE = "S"
    TRAVELLING = "T"
    HOLIDAY_NOT_GRANTED = "G"
    REASON_NOT_KNOWN = "N"
    NOT_AUTHORISED = "O"
    LATE_AFTER_CLOSE = "U"
    NOT_REQUIRED = "X"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a code stands for, and whether that was read in a source."""

    says: str
    provenance: Provenance = Provenance.SEEN


_RECALLED = Provenance.RECALLED

MEANINGS: Mapping[Code, Meaning] = {
    Code.MORNING: Meaning("present in the morning"),
    Code.AFTERNOON: Meaning("present in the afternoon"),
    Code.LATE: Meaning("late, before the register closed"),
    Code.ARRANGED_BY_AUTHORITY: Meaning("at education that a local authority arranged"),
    Code.VISIT: Meaning("on a visit or trip with school staff"),
    Code.SPORT: Meaning("at an approved sporting activity"),
    Code.WORK_EXPERIENCE: Meaning("at work experience"),
    Code.ELSEWHERE: Meaning("at another approved educational activity elsewhere"),
    Code.OTHER_SCHOOL: Meaning("at another school where they are registered, too", _RECALLED),
    Code.LEAVE: Meaning("on leave for exceptional circumstances"),
    Code.PERFORMANCE: Meaning("on leave for a regulated performance or employment abroad"),
    Code.PART_TIME_TIMETABLE: Meaning("on leave under a temporary part-time timetable"),
    Code.SUSPENDED: Meaning("suspended or excluded, and no education arranged"),
    Code.ILL: Meaning("ill"),
    Code.INTERVIEW: Meaning("at an interview for employment or another place of education"),
    Code.APPOINTMENT: Meaning("at a medical or dental appointment"),
    Code.RELIGIOUS_DAY: Meaning("at a religious observance"),
    Code.STUDY_LEAVE: Meaning("on study leave for public examinations"),
    Code.TRAVELLING: Meaning("travelling with parents for their occupation"),
    Code.HOLIDAY_NOT_GRANTED: Meaning("on a holiday that was not granted", _RECALLED),
    Code.REASON_NOT_KNOWN: Meaning("absent, the reason not yet known"),
    Code.NOT_AUTHORISED: Meaning("absent without authority", _RECALLED),
    Code.LATE_AFTER_CLOSE: Meaning("late, after the register closed", _RECALLED),
    Code.NOT_REQUIRED: Meaning("not required, being outside compulsory school age", _RECALLED),
}
