"""What is asked about a child's situation to find the route; facts that name nobody."""

from dataclasses import dataclass
from enum import StrEnum


class SchoolKind(StrEnum):
    """What kind of school the child is registered at."""

    MAINTAINED = "maintained"
    ACADEMY = "academy"
    SPECIAL = "special"
    PUPIL_REFERRAL_UNIT = "pupil-referral-unit"
    INDEPENDENT = "independent"


class Arranger(StrEnum):
    """Who means to arrange the place."""

    SCHOOL = "school"
    LOCAL_AUTHORITY = "local-authority"
    COLLEGE = "college"
    PARENT = "parent"


class Exclusion(StrEnum):
    """Whether the child is suspended or excluded."""

    NONE = "none"
    SUSPENSION = "suspension"
    PERMANENT = "permanent"


class PlacementPurpose(StrEnum):
    """What the place is for."""

    BEHAVIOUR = "behaviour"
    HEALTH = "health"
    SPECIAL_NEEDS = "special-educational-needs"
    ENGAGEMENT = "engagement"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Situation:
    """A child's situation; `None` where nobody has said.

    Attributes:
        on_roll: whether they are on a school's roll.
        school_kind: of which kind that school is.
        arranged_by: who means to arrange the place.
        purpose: what it is for.
        exclusion: whether they are suspended or excluded.
        exclusion_days: how many school days a suspension lasts, consecutive ones in all.
        exclusion_day: on which school day of it the place would begin, the first being one.
        school_days_missed: for health in the school year, or expected to be.
        parent_agrees: to the place.
        has_plan: an education, health and care plan.
        plan_secures: the plan names the place, or the authority secures it under the plan.
        otherwise_than_at_school: the authority has decided so under section 61.
        looked_after: by a local authority.
        registered_at_both: at a main school and at the unit or academy they would attend.
        sent_on: by a registered school for alternative provision, to another.
        part_time_timetable: the school has agreed one.
        of_compulsory_school_age: on the day it would begin.
        leaves_within_six_weeks: they stop being of that age within six weeks.
        examinations_left: they have examinations still to take.
        at_own_school: the place is at the school that suspends them.
        arranged_jointly: with another school.
    """

    on_roll: bool | None = None
    school_kind: SchoolKind | None = None
    arranged_by: Arranger | None = None
    purpose: PlacementPurpose | None = None
    exclusion: Exclusion = Exclusion.NONE
    exclusion_days: int | None = None
    exclusion_day: int | None = None
    school_days_missed: int | None = None
    parent_agrees: bool | None = None
    has_plan: bool = False
    plan_secures: bool = False
    otherwise_than_at_school: bool = False
    looked_after: bool = False
    registered_at_both: bool = False
    sent_on: bool = False
    part_time_timetable: bool = False
    of_compulsory_school_age: bool = True
    leaves_within_six_weeks: bool = False
    examinations_left: bool = True
    at_own_school: bool = False
    arranged_jointly: bool = False
