"""The words of organisations, people and sign-in, and which roles fit which organisation."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum
from types import MappingProxyType

from app.access import Role


class OrganisationKind(StrEnum):
    """What an organisation is, and so what its people can be."""

    LOCAL_AUTHORITY = "local-authority"
    LOCAL_AUTHORITY_TEAM = "local-authority-team"
    SCHOOL = "school"
    TRUST = "trust"
    FEDERATION = "federation"
    QA_BODY = "qa-body"
    PROVIDER_OWNER = "provider-owner"
    DEPARTMENT = "department"


_EVERYWHERE = frozenset({Role.ADMINISTRATOR, Role.ANALYST})
_COMMISSIONING = _EVERYWHERE | {
    Role.COMMISSIONER,
    Role.APPROVER,
    Role.FINANCE_SIGNATORY,
    Role.SAFEGUARDING_LEAD,
}
_ASSURING = frozenset({Role.INSPECTOR, Role.SECOND_OFFICER, Role.ASSESSOR})

COMMISSIONING_KINDS = frozenset(
    {
        OrganisationKind.LOCAL_AUTHORITY,
        OrganisationKind.LOCAL_AUTHORITY_TEAM,
        OrganisationKind.SCHOOL,
        OrganisationKind.TRUST,
        OrganisationKind.FEDERATION,
        OrganisationKind.DEPARTMENT,
    }
)
"""Who places children with providers, or answers for those who do: `acts_for_commissioner()`."""
PLACING_KINDS = COMMISSIONING_KINDS - {OrganisationKind.DEPARTMENT}
"""The department answers for those who place children and places none itself."""

ROLES_OF: Mapping[OrganisationKind, frozenset[Role]] = MappingProxyType(
    {
        OrganisationKind.LOCAL_AUTHORITY: _COMMISSIONING | _ASSURING,
        OrganisationKind.LOCAL_AUTHORITY_TEAM: _COMMISSIONING | _ASSURING,
        OrganisationKind.SCHOOL: _COMMISSIONING,
        OrganisationKind.TRUST: _COMMISSIONING,
        OrganisationKind.FEDERATION: _COMMISSIONING,
        OrganisationKind.QA_BODY: _EVERYWHERE | _ASSURING,
        OrganisationKind.PROVIDER_OWNER: _EVERYWHERE
        | {Role.PROVIDER_MANAGER, Role.SAFEGUARDING_LEAD},
        OrganisationKind.DEPARTMENT: _EVERYWHERE
        | {Role.SECOND_OFFICER, Role.ASSESSOR, Role.STANDARDS_EDITOR, Role.SAFEGUARDING_LEAD},
    }
)
"""Which roles an organisation of a kind can give."""


class IdentifierScheme(StrEnum):
    """Whose number an organisation's identifier is."""

    URN = "urn"
    """Unique reference number of an establishment (GIAS)."""
    UKPRN = "ukprn"
    UPRN = "uprn"
    DFE_NUMBER = "dfe-number"
    """Local authority code and establishment number: 202/2775."""
    GROUP_UID = "gias-group-uid"
    GROUP_ID = "gias-group-id"
    COMPANIES_HOUSE = "companies-house"
    LA_CODE = "la-code"
    """DfE three-digit code of a local authority."""


UNIQUE_SCHEMES = (IdentifierScheme.URN, IdentifierScheme.GROUP_UID, IdentifierScheme.LA_CODE)
"""Those that name one organisation for ever; the others are shared or passed on."""


class Source(StrEnum):
    """Where an organisation's facts come from, and so who may correct them."""

    FACTS = "facts"
    """Shipped with this release: the local authorities, the department."""
    GIAS = "gias"
    OPERATOR = "operator"
    PEOPLE = "people"
    """Added by another organisation's administrator."""


class InvitationState(StrEnum):
    """Where an invitation stands on a given moment."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class SignInWay(StrEnum):
    """How an organisation's people are expected to sign in."""

    OPENID = "openid"
    """Through the OpenID provider that is configured, DfE Sign-in in production."""
    LINK = "link"
    """By a one-time link and a second factor, where that provider takes no such organisation."""


class Method(StrEnum):
    """How a session came about."""

    OPENID = "openid"
    LINK_AND_PASSKEY = "link+passkey"
    LINK_AND_CODE = "link+code"
    DEMONSTRATION = "demonstration"


class SessionEnd(StrEnum):
    """Why a session ended before its time."""

    SIGNED_OUT = "signed-out"
    SIGNED_OUT_EVERYWHERE = "signed-out-everywhere"
    REPLACED = "replaced"
    """Its holder showed who they are again, and got a new token."""
    BLOCKED = "blocked"


class LinkKind(StrEnum):
    """What an e-mailed link is for."""

    INVITATION = "invitation"
    SIGN_IN = "sign-in"


class StepKind(StrEnum):
    """What stands between a one-time link and a session."""

    SECOND_FACTOR = "second-factor"
    ENROLMENT = "enrolment"
    """The person has no second factor yet and must set one up."""
    AGAIN = "again"
    """Somebody signed in shows the second factor once more."""


class MembershipEnd(StrEnum):
    """Why somebody stops working for an organisation; a closed list, as it stands in an address."""

    LEFT = "left"
    """They no longer work there."""
    OTHER_DUTIES = "other-duties"
    ADDED_BY_MISTAKE = "added-by-mistake"
    ACCESS_WITHDRAWN = "access-withdrawn"
    """They still work there and shall no longer have access."""


class FactorsTaken(StrEnum):
    """Why what somebody shows beside a link is taken away; closed, as it stands in an address."""

    LOST = "lost"
    STOLEN = "stolen"
    """Somebody else may have it."""
    REPLACED = "replaced"
    """They have a new device, and the old one cannot be used any more."""


DEMONSTRATION_ISSUER = "demonstration"
"""Whose `person_identities` the invented people are; real issuers are addresses."""
INVITATION_LASTS = timedelta(days=14)
INVITATION_RESTS = timedelta(minutes=15)
"""How long an invitation must have been under way before it is sent again."""
MOST_OPEN_INVITATIONS = 100
"""Of one organisation at a time; nobody has so many people who have yet to answer."""
MOST_INVITATIONS_AN_HOUR = 200
"""Of one organisation, withdrawn ones too: a stolen session must not become a mail cannon."""
MOST_INVITATIONS_TO_ONE = 5
"""From one organisation to one address within an hour."""
ONE_TIME_LINK_LASTS = timedelta(minutes=15)
STEP_LASTS = timedelta(minutes=10)
ATTEMPT_LASTS = timedelta(minutes=15)
"""How long somebody may take at the OpenID provider."""
MOST_STEP_FAILURES = 5
"""Wrong codes before a step is dead and a new link is needed."""
MOST_LINKS_AN_HOUR = 5
"""One-time links mailed to one person."""
MOST_SECRETS = 2
"""Live secrets of a machine, so that one can be replaced without an outage."""
SECRET_LASTS = timedelta(days=365)
TOKEN_LASTS = timedelta(minutes=10)
"""How long a machine's token is good, unless the machine or secret is revoked before."""
