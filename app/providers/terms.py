"""The words a provider's record may use, and which move from which status is allowed."""

from enum import StrEnum

from app.values.site_kind import SiteKind


class Status(StrEnum):
    """Where a provider stands with the register."""

    KNOWN = "known"
    """On a local authority's list; not assessed, not public."""
    LISTED = "listed"
    LISTED_WITH_ACTIONS = "listed-with-actions"
    UNDER_REVIEW = "under-review"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    CLOSED = "closed"


PUBLIC_STATUSES = frozenset(Status) - {Status.KNOWN}
"""A provider that has once been listed stays public, whatever becomes of it."""

CURRENT_STATUSES = (
    Status.LISTED,
    Status.LISTED_WITH_ACTIONS,
    Status.UNDER_REVIEW,
    Status.SUSPENDED,
)
"""What a search shows unless it asks for removed or closed providers too."""

_ON_THE_REGISTER = frozenset(CURRENT_STATUSES)
_LEAVING = frozenset({Status.REMOVED, Status.CLOSED})

MOVES: dict[Status, frozenset[Status]] = {
    Status.KNOWN: frozenset({Status.LISTED, Status.LISTED_WITH_ACTIONS}),
    Status.LISTED: (_ON_THE_REGISTER | _LEAVING) - {Status.LISTED},
    Status.LISTED_WITH_ACTIONS: (_ON_THE_REGISTER | _LEAVING) - {Status.LISTED_WITH_ACTIONS},
    Status.UNDER_REVIEW: (_ON_THE_REGISTER | _LEAVING) - {Status.UNDER_REVIEW},
    Status.SUSPENDED: (_ON_THE_REGISTER | _LEAVING) - {Status.SUSPENDED},
    Status.REMOVED: frozenset({Status.LISTED, Status.LISTED_WITH_ACTIONS, Status.CLOSED}),
    Status.CLOSED: frozenset(),
}
"""Allowed moves, from each status. `closed` is the end: who reopens applies anew."""


class NameKind(StrEnum):
    """What a name beside the present one is."""

    TRADING = "trading"
    FORMER = "former"


class Scheme(StrEnum):
    """Whose identifier it is."""

    COMPANIES_HOUSE = "companies-house"
    CHARITY_COMMISSION = "charity-commission"
    UKPRN = "ukprn"


ADDRESS_NOT_PUBLIC = frozenset({SiteKind.HOME_VISITS, SiteKind.ONLINE})
"""Kinds whose address is, or may be, somebody's home: only the town and the area are public."""


class Need(StrEnum):
    """Types of special educational need, as the school census codes them (DfE)."""

    SPLD = "SPLD"
    MLD = "MLD"
    SLD = "SLD"
    PMLD = "PMLD"
    SEMH = "SEMH"
    SLCN = "SLCN"
    HI = "HI"
    VI = "VI"
    MSI = "MSI"
    PD = "PD"
    ASD = "ASD"
    OTH = "OTH"


YOUNGEST, OLDEST = 2, 25
"""Ages for which places are commissioned: the AP census starts at 2, plans for SEN end at 25."""

KEY_STAGES = (1, 2, 3, 4, 5)


class Ground(StrEnum):
    """What a new record has in common with one that was removed or refused."""

    DECLARED = "declared"
    """The applicant itself says that it continues the other."""
    COMPANY = "company"
    CHARITY = "charity"
    BANK_ACCOUNT = "bank-account"
    PERSON = "person"
    ADDRESS = "address"
    PHONE = "phone"
    MAILBOX = "mailbox"
    DOMAIN = "domain"
    NAME = "name"
