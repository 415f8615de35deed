"""The words of attendance."""

from enum import StrEnum


class FactSource(StrEnum):
    """Who a fact comes from."""

    PROVIDER = "provider"
    COMMISSIONER = "commissioner"


class ClosureScope(StrEnum):
    """For whom nobody is expected on some days."""

    SITE = "site"
    """Said by the provider: everybody at the site."""
    PLACEMENT = "placement"
    """Said by the commissioner or the provider: one child."""
    COMMISSIONER = "commissioner"
    """Said by the commissioner, such as its holidays: every child it places."""


class ClosureReason(StrEnum):
    """Why nobody is expected; a closed list, for it may be of one child."""

    HOLIDAY = "holiday"
    TRAINING_DAY = "training-day"
    CLOSED = "closed"
    OTHER_ARRANGEMENT = "other-arrangement"


class AlertReason(StrEnum):
    """Why somebody was told."""

    NOT_REPORTED = "not-reported"
    ABSENT = "absent"


class AlertAnswer(StrEnum):
    """What came of an alert; a closed list, for it is of one child."""

    SAFE = "safe"
    BEING_LOOKED_FOR = "being-looked-for"
    NOT_EXPECTED = "not-expected"
    ATTENDED = "attended"


class RowOutcome(StrEnum):
    """What became of one row of a batch."""

    RECORDED = "recorded"
    HELD_ALREADY = "held-already"
    REFUSED = "refused"
