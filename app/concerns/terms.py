"""The words of concerns."""

from enum import StrEnum


class ConcernKind(StrEnum):
    """What a concern is about."""

    SAFEGUARDING = "safeguarding"
    ALLEGATION = "allegation"
    """About an adult there; the local authority's designated officer is told first (LADO)."""
    QUALITY = "quality"
    ILLEGAL_SCHOOL = "illegal-school"
    """It may be a school that ought to be registered; Ofsted is told, too."""
    PREMISES = "premises"
    ATTENDANCE = "attendance"
    DATA = "data"
    FINANCE = "finance"


class Severity(StrEnum):
    """How grave it is, as whoever raised it sees it."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    IMMEDIATE = "immediate"
    """A child may be in danger now: the police and children's social care come first."""


GRAVEST_FIRST = (Severity.IMMEDIATE, Severity.HIGH, Severity.MEDIUM, Severity.LOW)


class ConcernEnd(StrEnum):
    """What came of looking into a concern."""

    RESOLVED = "resolved"
    """Something was wrong, and is mended."""
    UNFOUNDED = "unfounded"
    PASSED_ON = "passed-on"
    """Somebody else has it: the police, social care, Ofsted."""
    ACTED_ON = "acted-on"
    """It led to an inspection or a decision on the listing."""
