"""What is asked about a session: where the pupil was, who arranged it, and why they were away."""

from dataclasses import dataclass
from enum import StrEnum


class Where(StrEnum):
    """Where a pupil was."""

    AT_SCHOOL = "at-school"
    ELSEWHERE = "elsewhere"
    AT_HOME = "at-home"
    NOT_ATTENDING = "not-attending"


class ArrangedBy(StrEnum):
    """Who arranged what a pupil did elsewhere."""

    SCHOOL = "school"
    LOCAL_AUTHORITY = "local-authority"
    NEITHER = "neither"


class Activity(StrEnum):
    """What a pupil did elsewhere."""

    EDUCATION = "education"
    VISIT = "visit"
    SPORT = "sport"
    WORK_EXPERIENCE = "work-experience"


class Arrival(StrEnum):
    """When a pupil came to school."""

    IN_TIME = "in-time"
    BEFORE_CLOSE = "late-before-close"
    AFTER_CLOSE = "late-after-close"


class Absence(StrEnum):
    """Why a pupil attended nothing."""

    ILL = "ill"
    APPOINTMENT = "medical-appointment"
    SUSPENDED_NOTHING_ARRANGED = "suspended-or-excluded-nothing-arranged"
    PART_TIME_TIMETABLE = "part-time-timetable"
    LEAVE = "leave"
    PERFORMANCE = "performance"
    INTERVIEW = "interview"
    STUDY_LEAVE = "study-leave"
    RELIGIOUS_DAY = "religious-observance"
    TRAVELLING = "travelling"
    HOLIDAY_NOT_GRANTED = "holiday-not-granted"
    NOT_AUTHORISED = "not-authorised"
    NOT_REQUIRED = "outside-compulsory-school-age"
    NOT_KNOWN = "not-known"


@dataclass(frozen=True, slots=True)
class Session:
    """A pupil at a session, morning or afternoon.

    Attributes:
        where: the pupil was.
        afternoon: otherwise it was the morning.
        arrival: at school.
        arranged_by: who arranged what they attended.
        activity: what that was.
        supervised: whether somebody was with them, or, online, saw to them.
        by_school_staff: whether that was the school's own staff.
        online: whether they were taught online.
        registered_there: whether the place is a school where they are registered, too.
        absence: why they attended nothing, or were at home.
    """

    where: Where
    afternoon: bool = False
    arrival: Arrival = Arrival.IN_TIME
    arranged_by: ArrangedBy = ArrangedBy.NEITHER
    activity: Activity = Activity.EDUCATION
    supervised: bool = False
    by_school_staff: bool = False
    online: bool = False
    registered_there: bool = False
    absence: Absence | None = None
