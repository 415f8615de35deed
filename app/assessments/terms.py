"""The words of assessments."""

from enum import StrEnum


class AssessmentState(StrEnum):
    """Where an assessment stands."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


class DecisionOutcome(StrEnum):
    """What was decided."""

    APPROVED = "approved"
    REFUSED = "refused"


class OptionStanding(StrEnum):
    """What becomes of a setting that is looked at."""

    CONSIDERED = "considered"
    TURNED_DOWN = "turned-down"
    CHOSEN = "chosen"


class PriceUnit(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    HALF_DAY = "half-day"
    DAY = "day"
    WEEK = "week"
    TERM = "term"
    PLACE = "place"


class WithdrawalReason(StrEnum):
    """Why an assessment is not gone on with; a closed list, for it says nothing of the child."""

    NOT_NEEDED = "not-needed"
    OTHER_PLACE_FOUND = "other-place-found"
    PARENT_REFUSED = "parent-refused"
    CHILD_LEFT = "child-left"
    RECORDED_BY_MISTAKE = "recorded-by-mistake"
    CHILD_ERASED = "child-erased"
    """The child's record was erased; the service itself says so."""


class AskedAs(StrEnum):
    """On which occasion a setting was tested."""

    WHAT_IF = "what-if"
    OPTION = "option"
    DECISION = "decision"


class RiskAbout(StrEnum):
    """What a risk is about."""

    CHILD = "child"
    GROUP = "group"
    TRANSPORT = "transport"
    ONLINE = "online"
    LEAVING_SITE = "leaving-site"
    OTHER = "other"


class Level(StrEnum):
    """How grave a risk is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


class DistanceFrom(StrEnum):
    """From where a distance is measured, as the crow flies."""

    SCHOOL = "school"
    """On whose roll the child is."""
    HOME_AUTHORITY = "home-authority"
    """The middle of the authority where the child lives: where they live is not held here."""
