"""The words of taking a wrongly published fact out of the log."""

from enum import StrEnum


class RedactionGrounds(StrEnum):
    """Why a fact that was published must not have been; public beside the reason."""

    HOME_ADDRESS = "home-address"
    PERSONAL_DATA = "personal-data"
    PUBLISHED_IN_ERROR = "published-in-error"
    COURT_ORDER = "court-order"
    OTHER = "other"


class RedactionState(StrEnum):
    """Where a redaction stands."""

    PROPOSED = "proposed"
    DECLINED = "declined"
    DONE = "done"
