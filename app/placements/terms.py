"""The words of placements."""

from enum import StrEnum

MOST_ROWS = 200
"""Placements in one request: each is tested and committed by itself while somebody waits."""


class PlacementState(StrEnum):
    """Where a placement stands on a day; it follows from its days."""

    UPCOMING = "upcoming"
    LIVE = "live"
    ENDED = "ended"


class PlacementEnd(StrEnum):
    """Why a placement ended."""

    OBJECTIVES_MET = "objectives-met"
    REINTEGRATED = "reintegrated"
    MOVED = "moved"
    """To other alternative provision."""
    PLAN_NAMED = "plan-named"
    """An EHC plan names another place."""
    LEFT_AREA = "left-area"
    SAFEGUARDING = "safeguarding"
    PROVIDER_ENDED = "provider-ended"
    PARENT_WITHDREW = "parent-withdrew"
    SCHOOL_ENDED = "school-ended"
    EXCLUDED = "excluded"
    SCHOOL_AGE_OVER = "school-age-over"
    RECORDED_BY_MISTAKE = "recorded-by-mistake"
    OTHER = "other"


class Destination(StrEnum):
    """Where a child went from a placement."""

    HOME_SCHOOL = "home-school"
    OTHER_MAINSTREAM = "other-mainstream"
    SPECIAL_SCHOOL = "special-school"
    REGISTERED_PROVISION = "registered-provision"
    """A pupil referral unit or alternative provision academy."""
    OTHER_NON_SCHOOL_PROVISION = "other-non-school-provision"
    FURTHER_EDUCATION = "further-education"
    HOME_EDUCATION = "home-education"
    CUSTODY = "custody"
    MOVED_ABROAD = "moved-abroad"
    OTHER_KNOWN = "other-known"
    UNKNOWN = "unknown"
    """Somebody owns the search until it ends with an outcome."""


class KnownBy(StrEnum):
    """How it is known where a child is; a closed list, so that it names nobody."""

    SEEN_ON_A_ROLL = "seen-on-a-roll"
    """A school or college says in writing that it has them on its register."""
    SEEN_IN_PERSON = "seen-in-person"
    TOLD_BY_AUTHORITY = "told-by-authority"
    TOLD_BY_AGENCY = "told-by-agency"
    """The police, the border, a court, health or a coroner, in writing."""
    TOLD_BY_FAMILY = "told-by-family"
    """And checked as far as it can be."""
    OWN_RECORD = "own-record"
    """It was known all along, and recorded wrongly."""


class CaseEnd(StrEnum):
    """What the department found of a setting that may have to register as a school."""

    BELOW_THE_LIMIT = "below-the-limit"
    HOURS_REDUCED = "hours-reduced"
    REGISTERED = "registered"
    REFERRED = "referred"
    """To Ofsted; that is a person's decision."""


class FullTime(StrEnum):
    """What the department found of one child's hours at a setting."""

    NOT_FULL_TIME = "not-full-time"
    """Whatever the timetable says, up to the hours it saw."""
    BY_THE_HOURS = "by-the-hours"
    """Counted by the timetable again; what was found before no longer holds."""


class LoadOutcome(StrEnum):
    """What became of one row of a batch of placements."""

    RECORDED = "recorded"
    HELD_ALREADY = "held-already"
    REFUSED = "refused"
