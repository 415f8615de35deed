"""The words of the register: taking a fact out of its log, and handing it out whole."""

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


class DownloadFormat(StrEnum):
    """As what the whole register is written."""

    JSONL = "jsonl"
    CSV = "csv"


class Table(StrEnum):
    """What a row of a CSV file is."""

    PROVIDERS = "providers"
    SITES = "sites"
    OFFERS = "offers"


class Shape(StrEnum):
    """Files of the whole register that can be kept ready."""

    JSONL = "jsonl"
    CSV_PROVIDERS = "csv-providers"
    CSV_SITES = "csv-sites"
    CSV_OFFERS = "csv-offers"
