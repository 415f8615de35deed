"""Who is acting, what they may do, and as which database role.

Roles are given to people within an organisation and to nobody else; machines get permissions one
by one, as scopes. The two tables below are the whole of it: what each role permits, and what kind
of act each permission is. A machine's scopes are limited by the second.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class DbRole(StrEnum):
    """The role a transaction takes. The real name carries the database's name before it."""

    APP = "app"
    """Signed-in work, under row security."""
    OPERATOR = "operator"
    """Imports, demonstration data and repairs from the command line."""
    PUBLISHER = "publisher"
    """Reads whole provider records; alone may append to the ledger and write the read model."""
    SIGN_IN = "sign_in"
    """Finds out who is asking; alone may read what credentials are checked against."""
    MATCHER = "matcher"
    """Finds out whether two commissioners hold one child; alone sees what links them."""
    OVERSEER = "overseer"
    """Asks for counts of placements, by authority and by setting, and nothing else."""
    THRESHOLD = "threshold"
    """Asks for the anonymous facts that the registration test is made of, and nothing else."""
    WORKER = "worker"
    """Jobs: what is sent, reminded and cleared away after the fact."""


class ActorKind(StrEnum):
    """What sort of somebody acts."""

    PERSON = "person"
    MACHINE = "machine"
    OPERATOR = "operator"
    SYSTEM = "system"
    """The service itself: a job, a schedule, the doorkeeper at sign-in."""


class Role(StrEnum):
    """What a person is in one organisation."""

    ADMINISTRATOR = "administrator"
    COMMISSIONER = "commissioner"
    APPROVER = "approver"
    FINANCE_SIGNATORY = "finance-signatory"
    SAFEGUARDING_LEAD = "designated-safeguarding-lead"
    INSPECTOR = "inspector"
    SECOND_OFFICER = "second-officer"
    PROVIDER_MANAGER = "provider-manager"
    ASSESSOR = "assessor"
    ANALYST = "analyst"
    STANDARDS_EDITOR = "standards-editor"
    """At the department alone: drafts standards and policies, and publishes a colleague's."""


class Act(StrEnum):
    """The kinds of things that can be done; machines are confined to the first four."""

    QUERY = "query"
    SYNC = "sync"
    SUBMIT = "submit"
    RECORD = "record"
    ADMINISTER = "administer"
    DECIDE = "decide"
    SIGN = "sign"
    PUBLISH = "publish"


MACHINE_ACTS = frozenset({Act.QUERY, Act.SYNC, Act.SUBMIT, Act.RECORD})
"""Deciding, signing and publishing are acts of a named person, and so is letting others in."""


class Permission(StrEnum):
    """One thing that may be done, named `what:how`."""

    ORGANISATIONS_READ = "organisations:read"
    ORGANISATIONS_ADD = "organisations:add"
    MEMBERS_READ = "members:read"
    MEMBERS_MANAGE = "members:manage"
    MACHINES_READ = "machines:read"
    MACHINES_MANAGE = "machines:manage"
    AUDIT_READ = "audit:read"
    STANDARDS_DRAFT = "standards:draft"
    STANDARDS_PUBLISH = "standards:publish"
    PROVIDER_RECORDS_READ = "provider-records:read"
    PROVIDER_RECORDS_MANAGE = "provider-records:manage"
    PROVIDER_RECORDS_SIGN = "provider-records:sign"
    PROVIDERS_INVITE = "providers:invite"
    PROVIDERS_VERIFY = "providers:verify"
    DECISIONS_PROPOSE = "decisions:propose"
    DECISIONS_CONFIRM = "decisions:confirm"
    INSPECTIONS_READ = "inspections:read"
    INSPECTIONS_PLAN = "inspections:plan"
    INSPECTIONS_SUBMIT = "inspections:submit"
    INSPECTIONS_CHECK = "inspections:check"
    CONCERNS_READ = "concerns:read"
    CONCERNS_RAISE = "concerns:raise"
    CONCERNS_CLOSE = "concerns:close"
    CHILDREN_READ = "children:read"
    CHILDREN_RECORD = "children:record"
    CHILDREN_ERASE = "children:erase"
    CHILDREN_MATCH = "children:match"
    PLACEMENTS_READ = "placements:read"
    PLACEMENTS_RECORD = "placements:record"
    FUNDING_READ = "funding:read"
    FUNDING_RECORD = "funding:record"
    FUNDING_SIGN = "funding:sign"
    FUNDING_DECIDE = "funding:decide"
    PLACEMENTS_DECIDE = "placements:decide"
    FOLLOW_UPS_READ = "follow-ups:read"
    FOLLOW_UPS_RECORD = "follow-ups:record"
    FOLLOW_UPS_CLOSE = "follow-ups:close"
    OVERSIGHT_READ = "oversight:read"
    ATTENDANCE_READ = "attendance:read"
    ATTENDANCE_REPORT = "attendance:report"
    ATTENDANCE_CODE = "attendance:code"
    SAFEGUARDING_READ = "safeguarding:read"
    SAFEGUARDING_RECORD = "safeguarding:record"
    SAFEGUARDING_HAND_OVER = "safeguarding:hand-over"
    REGISTRATION_CASES_READ = "registration-cases:read"
    REGISTRATION_CASES_CLOSE = "registration-cases:close"


ACT_OF: Mapping[Permission, Act] = MappingProxyType(
    {
        Permission.ORGANISATIONS_READ: Act.QUERY,
        Permission.ORGANISATIONS_ADD: Act.ADMINISTER,
        Permission.MEMBERS_READ: Act.SYNC,
        Permission.MEMBERS_MANAGE: Act.ADMINISTER,
        Permission.MACHINES_READ: Act.ADMINISTER,
        Permission.MACHINES_MANAGE: Act.ADMINISTER,
        Permission.AUDIT_READ: Act.SYNC,
        Permission.STANDARDS_DRAFT: Act.ADMINISTER,
        Permission.STANDARDS_PUBLISH: Act.PUBLISH,
        Permission.PROVIDER_RECORDS_READ: Act.SYNC,
        Permission.PROVIDER_RECORDS_MANAGE: Act.RECORD,
        Permission.PROVIDER_RECORDS_SIGN: Act.SIGN,
        Permission.PROVIDERS_INVITE: Act.ADMINISTER,
        Permission.PROVIDERS_VERIFY: Act.DECIDE,
        Permission.DECISIONS_PROPOSE: Act.DECIDE,
        Permission.DECISIONS_CONFIRM: Act.DECIDE,
        Permission.INSPECTIONS_READ: Act.SYNC,
        Permission.INSPECTIONS_PLAN: Act.RECORD,
        Permission.INSPECTIONS_SUBMIT: Act.SUBMIT,
        Permission.INSPECTIONS_CHECK: Act.PUBLISH,
        Permission.CONCERNS_READ: Act.DECIDE,
        Permission.CONCERNS_RAISE: Act.DECIDE,
        Permission.CONCERNS_CLOSE: Act.DECIDE,
        Permission.CHILDREN_READ: Act.SYNC,
        Permission.CHILDREN_RECORD: Act.RECORD,
        Permission.CHILDREN_ERASE: Act.ADMINISTER,
        Permission.CHILDREN_MATCH: Act.DECIDE,
        Permission.PLACEMENTS_READ: Act.SYNC,
        Permission.PLACEMENTS_RECORD: Act.RECORD,
        Permission.FUNDING_READ: Act.SYNC,
        Permission.FUNDING_RECORD: Act.RECORD,
        Permission.FUNDING_SIGN: Act.SIGN,
        Permission.FUNDING_DECIDE: Act.DECIDE,
        Permission.PLACEMENTS_DECIDE: Act.DECIDE,
        Permission.FOLLOW_UPS_READ: Act.SYNC,
        Permission.FOLLOW_UPS_RECORD: Act.RECORD,
        Permission.FOLLOW_UPS_CLOSE: Act.DECIDE,
        Permission.OVERSIGHT_READ: Act.SYNC,
        Permission.ATTENDANCE_READ: Act.SYNC,
        Permission.ATTENDANCE_REPORT: Act.RECORD,
        Permission.ATTENDANCE_CODE: Act.RECORD,
        Permission.SAFEGUARDING_READ: Act.SYNC,
        Permission.SAFEGUARDING_RECORD: Act.RECORD,
        Permission.SAFEGUARDING_HAND_OVER: Act.DECIDE,
        Permission.REGISTRATION_CASES_READ: Act.DECIDE,
        Permission.REGISTRATION_CASES_CLOSE: Act.DECIDE,
    }
)
"""What kind of act each permission is."""

SCOPES = frozenset(one for one in Permission if ACT_OF[one] in MACHINE_ACTS)
"""The permissions a machine can be given."""

_OF_EVERYBODY = frozenset(
    {
        Permission.ORGANISATIONS_READ,
        Permission.MEMBERS_READ,
        Permission.PROVIDER_RECORDS_READ,
        Permission.INSPECTIONS_READ,
    }
)

_RAISING = frozenset({Permission.CONCERNS_READ, Permission.CONCERNS_RAISE})
"""A concern may be about somebody: people alone read them, and no machine."""

_SEEING = frozenset(
    {Permission.CHILDREN_READ, Permission.PLACEMENTS_READ}
    | {Permission.FUNDING_READ, Permission.FOLLOW_UPS_READ, Permission.SAFEGUARDING_READ}
)
_ATTENDING = frozenset({Permission.ATTENDANCE_READ, Permission.ATTENDANCE_REPORT})
_PLACING = (
    _SEEING
    | _ATTENDING
    | {
        Permission.ATTENDANCE_CODE,
        Permission.SAFEGUARDING_RECORD,
        Permission.SAFEGUARDING_HAND_OVER,
        Permission.CHILDREN_RECORD,
        Permission.PLACEMENTS_RECORD,
        Permission.FOLLOW_UPS_RECORD,
        Permission.FOLLOW_UPS_CLOSE,
        Permission.OVERSIGHT_READ,
    }
)
"""Row security shows each only the children of those they act for."""

ROLE_PERMISSIONS: Mapping[Role, frozenset[Permission]] = MappingProxyType(
    {
        Role.ADMINISTRATOR: _OF_EVERYBODY
        | {
            Permission.ORGANISATIONS_ADD,
            Permission.MEMBERS_MANAGE,
            Permission.MACHINES_READ,
            Permission.MACHINES_MANAGE,
            Permission.AUDIT_READ,
            Permission.PROVIDERS_INVITE,
            Permission.CHILDREN_ERASE,
        },
        Role.COMMISSIONER: _OF_EVERYBODY | _RAISING | _PLACING | {Permission.FUNDING_RECORD},
        Role.APPROVER: _OF_EVERYBODY
        | _RAISING
        | _SEEING
        | {Permission.FUNDING_DECIDE, Permission.PLACEMENTS_DECIDE},
        Role.FINANCE_SIGNATORY: _OF_EVERYBODY
        | {Permission.FUNDING_READ, Permission.FUNDING_SIGN, Permission.FUNDING_DECIDE},
        Role.SAFEGUARDING_LEAD: _OF_EVERYBODY
        | _RAISING
        | _PLACING
        | {Permission.AUDIT_READ, Permission.CHILDREN_MATCH, Permission.REGISTRATION_CASES_READ},
        Role.INSPECTOR: _OF_EVERYBODY
        | _RAISING
        | {
            Permission.PROVIDERS_VERIFY,
            Permission.INSPECTIONS_PLAN,
            Permission.INSPECTIONS_SUBMIT,
        },
        Role.SECOND_OFFICER: _OF_EVERYBODY
        | _RAISING
        | {
            Permission.CONCERNS_CLOSE,
            Permission.FOLLOW_UPS_READ,
            Permission.OVERSIGHT_READ,
            Permission.REGISTRATION_CASES_READ,
            Permission.REGISTRATION_CASES_CLOSE,
            Permission.DECISIONS_CONFIRM,
            Permission.INSPECTIONS_PLAN,
            Permission.INSPECTIONS_CHECK,
        },
        Role.PROVIDER_MANAGER: _OF_EVERYBODY
        | {
            Permission.PROVIDER_RECORDS_MANAGE,
            Permission.PROVIDER_RECORDS_SIGN,
            Permission.FUNDING_READ,
            Permission.SAFEGUARDING_READ,
        }
        | _ATTENDING,
        Role.ASSESSOR: _OF_EVERYBODY
        | _RAISING
        | {
            Permission.CONCERNS_CLOSE,
            Permission.OVERSIGHT_READ,
            Permission.REGISTRATION_CASES_READ,
            Permission.PROVIDERS_INVITE,
            Permission.PROVIDERS_VERIFY,
            Permission.DECISIONS_PROPOSE,
            Permission.INSPECTIONS_PLAN,
        },
        Role.ANALYST: _OF_EVERYBODY,
        Role.STANDARDS_EDITOR: _OF_EVERYBODY
        | {Permission.STANDARDS_DRAFT, Permission.STANDARDS_PUBLISH},
    }
)
"""What each role permits, in the organisation that gave it."""


def permissions_of(roles: Iterable[Role]) -> frozenset[Permission]:
    """Return everything that these roles together permit."""
    return frozenset().union(*(ROLE_PERMISSIONS[role] for role in roles))


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever causes a change, or looks.

    Attributes:
        name: shown beside what was done, for instance `operator`.
        role: the database role its transactions take.
        la_code: the local authority it acts for (DfE three-digit code), if any.
        kind: a person, a machine, the operator or the service itself.
        id: the person's or the machine's.
        organisation_id: the one it acts for now.
        organisation_name: that organisation's name at this moment.
        organisation_kind: what that organisation is: `organisations.terms.OrganisationKind`.
        roles: what a person is in that organisation; a machine has none.
        permissions: what follows from the roles, or a machine's scopes.
        session_id: of a person signed in on the pages.
        authenticated_at: when a person last showed who they are.
        request_id: ties what is done to the request that did it.
    """

    name: str
    role: DbRole
    la_code: str | None = None
    kind: ActorKind = ActorKind.SYSTEM
    id: uuid.UUID | None = None
    organisation_id: uuid.UUID | None = None
    organisation_name: str | None = None
    organisation_kind: str | None = None
    roles: frozenset[Role] = frozenset()
    permissions: frozenset[Permission] = frozenset()
    session_id: uuid.UUID | None = None
    authenticated_at: datetime | None = None
    request_id: str | None = None

    @property
    def caller(self) -> str:
        """What idempotency keys belong to: `person:…` or `machine:…`."""
        return f"{self.kind}:{self.id}"


OPERATOR = Actor(name="operator", role=DbRole.OPERATOR, kind=ActorKind.OPERATOR)
"""Someone with the machine's own command line."""
DOORKEEPER = Actor(name="sign-in", role=DbRole.SIGN_IN)
"""The service while it finds out who is asking."""
WORKER = Actor(name="worker", role=DbRole.WORKER)
"""The service while it does jobs."""
