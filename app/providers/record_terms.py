"""The words of a private record: what a provider is, who is behind it, who vouches, who claims."""

from enum import StrEnum

from app.values.site_kind import SiteKind


class LegalForm(StrEnum):
    """What a provider is in law."""

    COMPANY = "company"
    COMMUNITY_INTEREST_COMPANY = "community-interest-company"
    CHARITY = "charity"
    CHARITABLE_COMPANY = "charitable-company"
    PARTNERSHIP = "partnership"
    SOLE_TRADER = "sole-trader"
    PUBLIC_BODY = "public-body"
    OTHER = "other"


class Availability(StrEnum):
    """Whether a programme has places: the provider's word, never counted from placements."""

    PLACES_NOW = "places-now"
    SOON = "soon"
    FULL = "full"


class PersonKind(StrEnum):
    """What somebody behind a provider is there."""

    PROPRIETOR = "proprietor"
    DIRECTOR = "director"
    TRUSTEE = "trustee"
    PARTNER = "partner"
    MANAGER = "manager"
    SAFEGUARDING_LEAD = "designated-safeguarding-lead"
    DEPUTY_SAFEGUARDING_LEAD = "deputy-safeguarding-lead"


RESPONSIBLE_KINDS = frozenset(
    {PersonKind.PROPRIETOR, PersonKind.DIRECTOR, PersonKind.TRUSTEE, PersonKind.PARTNER}
)
"""Those who answer for a provider in law, whichever its form."""


class PersonSource(StrEnum):
    """Who says that somebody is behind a provider."""

    OWNER = "owner"
    AUTHORITY = "authority"
    COMPANIES_HOUSE = "companies-house"
    CHARITY_COMMISSION = "charity-commission"


class ContactKind(StrEnum):
    """How the people behind a provider can be reached."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"


class VerifiedSubject(StrEnum):
    """Which part of a record somebody made sure of."""

    PROVIDER = "provider"
    IDENTIFIER = "identifier"
    SITE = "site"
    DOCUMENT = "document"
    PERSON = "person"


class VerifiedHow(StrEnum):
    """How somebody made sure of a part of a record."""

    SEEN = "seen"
    OFFICIAL_REGISTER = "official-register"
    COMPANIES_HOUSE = "companies-house"
    CHARITY_COMMISSION = "charity-commission"
    TELEPHONE = "telephone"
    OTHER = "other"


class ClaimantKnown(StrEnum):
    """How an officer made sure that whoever is invited is the provider."""

    KNOWN_PHONE = "known-phone"
    KNOWN_ADDRESS = "known-address"
    IN_PERSON = "in-person"
    OFFICIAL_REGISTER = "official-register"
    OTHER = "other"


class ClaimState(StrEnum):
    """Where an invitation to claim a record stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


AT_NO_ADDRESS = frozenset({SiteKind.HOME_VISITS, SiteKind.ONLINE})
"""Kinds of site that need no street address of their own."""
LONGEST_GROUP = 200
DEAREST_PENCE = 10_000_000
MOST_SESSIONS = 50
"""Of one offer; a week has no more half hours in which anybody would begin another."""
