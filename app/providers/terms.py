"""The words a provider's record may use, and which move from which status is allowed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

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


class MatchJudgement(StrEnum):
    """What an assessor makes of something that two records have in common."""

    SAME_PEOPLE = "same-people"
    """Whoever was removed or refused is behind the applicant too."""
    CONNECTED = "connected"
    """They have to do with each other, without being the same."""
    UNRELATED = "unrelated"


class MergeState(StrEnum):
    """Where the making of one record out of two stands."""

    PROPOSED = "proposed"
    REFUSED = "refused"
    MERGED = "merged"
    UNDOING = "undoing"
    """It was proposed to part the two again."""
    UNDONE = "undone"


class Obstacle(StrEnum):
    """What keeps two records from being made one."""

    MERGED = "merged"
    MERGE_OPEN = "merge-open"
    CLAIM_OPEN = "claim-open"
    TWO_OWNERS = "two-owners"
    CLAIMED_WOULD_END = "claimed-would-end"


class ListingState(StrEnum):
    """Where one listing, that of one site, stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_ASSESSMENT = "in-assessment"
    LISTED = "listed"
    LISTED_WITH_ACTIONS = "listed-with-actions"
    UNDER_REVIEW = "under-review"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    CLOSED = "closed"
    REFUSED = "refused"


APPLYING = frozenset({ListingState.DRAFT, ListingState.SUBMITTED, ListingState.IN_ASSESSMENT})
"""On the way to a first decision; never public."""

ON_REGISTER = frozenset(
    {
        ListingState.LISTED,
        ListingState.LISTED_WITH_ACTIONS,
        ListingState.UNDER_REVIEW,
        ListingState.SUSPENDED,
    }
)
"""What a site has one of at most."""

BEST_FIRST = (
    ListingState.LISTED,
    ListingState.LISTED_WITH_ACTIONS,
    ListingState.UNDER_REVIEW,
    ListingState.SUSPENDED,
    ListingState.REMOVED,
    ListingState.CLOSED,
)
"""Public states: a provider stands with the register as the best of its listings does."""


class Mover(StrEnum):
    """Who moves a listing, and how."""

    OWNER = "owner"
    """Somebody of the organisation whose record it is, and nobody besides."""
    OFFICER = "officer"
    """One officer of the deciding authority, at once: a caution does not wait."""
    TWO_OFFICERS = "two-officers"
    """One proposes, another confirms."""
    SYSTEM = "system"
    """The service, when a day comes."""
    OPERATOR = "operator"
    """Imports, repairs and demonstrations, from the command line."""


_TWO = frozenset({Mover.TWO_OFFICERS})
_OWNER = frozenset({Mover.OWNER})
_ONE_OFFICER = frozenset({Mover.OFFICER})
_TWO_OR_OPERATOR = frozenset({Mover.TWO_OFFICERS, Mover.OPERATOR})
_PROTECTING = frozenset({Mover.OFFICER, Mover.SYSTEM, Mover.OPERATOR})
_CLOSING = frozenset({Mover.OWNER, Mover.TWO_OFFICERS, Mover.SYSTEM, Mover.OPERATOR})

LISTING_MOVES: Mapping[ListingState, Mapping[ListingState, frozenset[Mover]]] = MappingProxyType(
    {
        ListingState.DRAFT: {
            ListingState.SUBMITTED: _OWNER,
            ListingState.CLOSED: _OWNER,
        },
        ListingState.SUBMITTED: {
            ListingState.DRAFT: _OWNER,
            ListingState.IN_ASSESSMENT: _ONE_OFFICER,
            ListingState.CLOSED: _OWNER,
        },
        ListingState.IN_ASSESSMENT: {
            ListingState.DRAFT: _OWNER,
            ListingState.LISTED: _TWO,
            ListingState.LISTED_WITH_ACTIONS: _TWO,
            ListingState.REFUSED: _TWO,
            ListingState.CLOSED: _OWNER,
        },
        ListingState.LISTED: {
            ListingState.LISTED_WITH_ACTIONS: _TWO_OR_OPERATOR,
            ListingState.UNDER_REVIEW: _PROTECTING,
            ListingState.SUSPENDED: _TWO_OR_OPERATOR,
            ListingState.REMOVED: _TWO_OR_OPERATOR,
            ListingState.CLOSED: _CLOSING,
        },
        ListingState.LISTED_WITH_ACTIONS: {
            ListingState.LISTED: _TWO_OR_OPERATOR,
            ListingState.UNDER_REVIEW: _PROTECTING,
            ListingState.SUSPENDED: _TWO_OR_OPERATOR,
            ListingState.REMOVED: _TWO_OR_OPERATOR,
            ListingState.CLOSED: _CLOSING,
        },
        ListingState.UNDER_REVIEW: {
            ListingState.LISTED: _TWO_OR_OPERATOR,
            ListingState.LISTED_WITH_ACTIONS: _TWO_OR_OPERATOR,
            ListingState.SUSPENDED: _TWO_OR_OPERATOR,
            ListingState.REMOVED: _TWO_OR_OPERATOR,
            ListingState.CLOSED: _CLOSING,
        },
        ListingState.SUSPENDED: {
            ListingState.LISTED: _TWO_OR_OPERATOR,
            ListingState.LISTED_WITH_ACTIONS: _TWO_OR_OPERATOR,
            ListingState.UNDER_REVIEW: _TWO_OR_OPERATOR,
            ListingState.REMOVED: _TWO_OR_OPERATOR,
            ListingState.CLOSED: _TWO_OR_OPERATOR,
        },
        ListingState.REMOVED: {
            ListingState.LISTED: _TWO_OR_OPERATOR,
            ListingState.LISTED_WITH_ACTIONS: _TWO_OR_OPERATOR,
            ListingState.CLOSED: frozenset({Mover.OPERATOR}),
        },
        ListingState.CLOSED: {},
        ListingState.REFUSED: {
            ListingState.IN_ASSESSMENT: _TWO,
        },
    }
)
"""Every allowed move, from each state, and who may make it.

An owner cannot close what is suspended, and so leave before a decision; nobody leaves `closed`: who
reopens applies anew. From `removed` and `refused` an appeal leads back. A decision for a later day
is the same move; the service brings it about when the day comes, unless something stricter came
between.
"""


class Basis(StrEnum):
    """Whence a listing came."""

    APPLICATION = "application"
    TRANSITION = "transition"
    """From a recent check by a local authority, under the published policy."""
    CONVERSION = "conversion"
    """From the time when providers were listed as a whole."""
    OPERATOR = "operator"


class SeenHow(StrEnum):
    """How somebody looked at what a listing covers."""

    VISIT = "visit"
    REMOTE = "remote"
    PAPERS = "papers"


SUSPENDS_FOR = frozenset({"being-looked-into", "standards-not-met"})
"""Public reasons for which a listing is suspended: a risk of harm, and never paperwork."""


class PublicReason(StrEnum):
    """Why a listing moved, as far as everybody may know: nothing here is about a person."""

    ASSESSMENT = "assessment"
    RECENT_LOCAL_CHECK = "recent-local-check"
    ACTIONS_AGREED = "actions-agreed"
    ACTIONS_COMPLETED = "actions-completed"
    EVIDENCE_OUT_OF_DATE = "evidence-out-of-date"
    BEING_LOOKED_INTO = "being-looked-into"
    STANDARDS_NOT_MET = "standards-not-met"
    PROVIDER_ASKED = "provider-asked"
    NO_LONGER_OPERATING = "no-longer-operating"
    REPLACED_BY_LATER_LISTING = "replaced-by-later-listing"
    DECISION_REVIEWED = "decision-reviewed"
    ADMINISTRATIVE = "administrative"
