"""Who may reach which route: every route there is, in one table; `test_route_access` compares."""

from dataclasses import dataclass
from enum import StrEnum

from app.access import Permission
from tests.contracts.child_routes import CHILD_ROUTES
from tests.contracts.commissioning_pages import COMMISSIONING_PAGES
from tests.contracts.evidence_routes import EVIDENCE_ROUTES
from tests.contracts.inspection_routes import INSPECTION_ROUTES
from tests.contracts.oversight_pages import OVERSIGHT_PAGES
from tests.contracts.oversight_routes import OVERSIGHT_ROUTES
from tests.contracts.placement_routes import PLACEMENT_ROUTES
from tests.contracts.quality_pages import QUALITY_PAGES
from tests.contracts.record_pages import RECORD_PAGES
from tests.contracts.routes import MOUNTED, Route


class Access(StrEnum):
    """Who may reach a route that needs no permission."""

    PUBLIC = "anyone, without credentials"
    SIGNED_IN = "whoever is signed in, for what is their own; machines too"
    OPERATOR = "loopback, or the bearer of the operator's token"


@dataclass(frozen=True)
class Needs:
    """Who may reach a route: people whose roles, and machines whose scopes, permit it.

    Attributes:
        permission: what is needed.
        recently: only people who showed who they are within the last minutes.
    """

    permission: Permission
    recently: bool = False


ORGANISATION = "/v1/organisations/{organisation_id}"
MEMBERS, INVITATIONS, MACHINES = (
    f"{ORGANISATION}/members",
    f"{ORGANISATION}/invitations",
    f"{ORGANISATION}/machines",
)

RECORDS, CLAIM = "/v1/provider-records", "/v1/claims/{claim_id}"
RECORD = f"{RECORDS}/{{number}}"
SITE = f"{RECORD}/sites/{{reference}}"
OFFER = f"{SITE}/offers/{{offer_id}}"
PEOPLE_PAGES, MACHINE_PAGES = "/organisation/people", "/organisation/machines"
MEMBER_PAGE = f"{PEOPLE_PAGES}/{{membership_id}}"
INVITED_PAGE = f"{PEOPLE_PAGES}/invitations/{{invitation_id}}"
MATCHES, MERGE = "/v1/applications/{listing_id}/matches", "/v1/merges/{merge_id}"
CONFIRMS = Needs(Permission.DECISIONS_CONFIRM, recently=True)

MANAGES = Needs(Permission.MEMBERS_MANAGE, recently=True)
DRAFTS, POLICY_DRAFTS = "/v1/standards-drafts", "/v1/policy-drafts"
DRAFTED = Needs(Permission.STANDARDS_DRAFT)
PUBLISHED = Needs(Permission.STANDARDS_PUBLISH, recently=True)
APPLICATION, LISTING = "/v1/applications/{listing_id}", "/v1/listings/{listing_id}"
KEEPS_RECORDS = Needs(Permission.PROVIDER_RECORDS_MANAGE)
SIGNS = Needs(Permission.PROVIDER_RECORDS_SIGN, recently=True)
READS_RECORDS = Needs(Permission.PROVIDER_RECORDS_READ)
PROPOSES = Needs(Permission.DECISIONS_PROPOSE)
PROPOSES_LATELY = Needs(Permission.DECISIONS_PROPOSE, recently=True)
LETS_MACHINES_IN = Needs(Permission.MACHINES_MANAGE, recently=True)


def _form(path: str, needs: Access | Needs) -> dict[Route, Access | Needs]:
    """A page with a form, and what the form is sent to."""
    return {("GET", path): needs, ("POST", path): needs}


ACCESS: dict[Route, Access | Needs] = {
    **{
        route: Needs(*needs)
        for table in (
            *(EVIDENCE_ROUTES, INSPECTION_ROUTES, CHILD_ROUTES, PLACEMENT_ROUTES),
            OVERSIGHT_ROUTES,
            *(RECORD_PAGES, QUALITY_PAGES, COMMISSIONING_PAGES, OVERSIGHT_PAGES),
        )
        for route, needs in table.items()
    },
    # The register, for everybody
    ("GET", "/"): Access.PUBLIC,
    ("GET", "/about"): Access.PUBLIC,
    ("GET", "/providers/{number}"): Access.PUBLIC,
    ("GET", "/providers/{number}/history"): Access.PUBLIC,
    ("GET", "/providers/{number}/inspections/{reference}"): Access.PUBLIC,
    ("GET", "/compare"): Access.PUBLIC,
    ("GET", "/data"): Access.PUBLIC,
    ("GET", "/developers"): Access.PUBLIC,
    ("GET", "/developers/api"): Access.PUBLIC,
    ("GET", "/developers/api/{subject}"): Access.PUBLIC,
    ("GET", "/standards"): Access.PUBLIC,
    ("GET", "/standards/{code}"): Access.PUBLIC,
    ("GET", "/standards/{code}/criteria/{number}"): Access.PUBLIC,
    ("GET", "/rules"): Access.PUBLIC,
    **_form("/rules/{calculator}", Access.PUBLIC),
    ("GET", "/v1/providers"): Access.PUBLIC,
    ("GET", "/v1/providers/{number}"): Access.PUBLIC,
    ("GET", "/v1/providers/{number}/history"): Access.PUBLIC,
    ("GET", "/v1/identifiers/{scheme}/{value}"): Access.PUBLIC,
    ("POST", "/v1/providers/lookup"): Access.PUBLIC,
    ("GET", "/v1/register"): Access.PUBLIC,
    ("GET", "/v1/register/download"): Access.PUBLIC,
    ("GET", "/v1/register/download/datapackage.json"): Access.PUBLIC,
    ("GET", "/v1/register/entries"): Access.PUBLIC,
    ("GET", "/v1/register/tombstones"): Access.PUBLIC,
    ("GET", "/v1/standards"): Access.PUBLIC,
    ("GET", "/v1/standards/{code}"): Access.PUBLIC,
    ("GET", "/v1/standards/{code}/crosswalk"): Access.PUBLIC,
    ("GET", "/v1/policies"): Access.PUBLIC,
    ("GET", "/v1/quality-assurance"): Access.PUBLIC,
    ("GET", "/v1/rules"): Access.PUBLIC,
    **{
        ("POST", f"/v1/rules/{calculator}"): Access.PUBLIC
        for calculator in (
            *("registration-test", "who-pays", "attendance-code", "clocks"),
            "safeguarding",
        )
    },
    ("GET", "/v1/providers/{number}/inspections"): Access.PUBLIC,
    ("GET", "/v1/providers/{number}/inspections/{reference}"): Access.PUBLIC,
    ("GET", "/openapi.json"): Access.PUBLIC,
    ("GET", "/healthz"): Access.PUBLIC,
    ("GET", "/readyz"): Access.PUBLIC,
    ("GET", "/metrics"): Access.OPERATOR,
    (MOUNTED, "/static"): Access.PUBLIC,
    # Machines show who they are
    ("POST", "/oauth/token"): Access.PUBLIC,
    ("GET", "/oauth/keys"): Access.PUBLIC,
    ("GET", "/.well-known/oauth-authorization-server"): Access.PUBLIC,
    # People, on the pages
    ("GET", "/sign-in"): Access.PUBLIC,
    ("GET", "/sign-in/openid"): Access.PUBLIC,
    ("GET", "/sign-in/again"): Access.PUBLIC,
    ("GET", "/sign-in/return"): Access.PUBLIC,
    ("POST", "/sign-in/demonstration"): Access.PUBLIC,
    ("POST", "/sign-out"): Access.PUBLIC,
    ("POST", "/sign-out/everywhere"): Access.PUBLIC,
    ("GET", "/signed-out"): Access.PUBLIC,
    ("GET", "/account/organisation"): Access.PUBLIC,
    ("POST", "/account/organisation"): Access.PUBLIC,
    ("POST", "/sign-in/link"): Access.PUBLIC,
    ("GET", "/sign-in/link/{token}"): Access.PUBLIC,
    ("POST", "/sign-in/link/{token}"): Access.PUBLIC,
    ("GET", "/sign-in/second-factor"): Access.PUBLIC,
    ("POST", "/sign-in/second-factor"): Access.PUBLIC,
    ("GET", "/sign-in/second-factor/again"): Access.PUBLIC,
    ("POST", "/sign-in/second-factor/passkey"): Access.PUBLIC,
    ("POST", "/sign-in/second-factor/passkey/options"): Access.PUBLIC,
    ("GET", "/sign-in/set-up"): Access.PUBLIC,
    ("POST", "/sign-in/set-up"): Access.PUBLIC,
    ("GET", "/sign-in/set-up/another"): Access.PUBLIC,
    ("POST", "/sign-in/set-up/passkey"): Access.PUBLIC,
    ("POST", "/sign-in/set-up/passkey/options"): Access.PUBLIC,
    ("GET", "/invitations/{token}"): Access.PUBLIC,
    ("POST", "/invitations/{token}"): Access.PUBLIC,
    # People, about themselves and their organisation, on the pages
    ("GET", "/account"): Access.SIGNED_IN,
    ("GET", "/account/name"): Access.SIGNED_IN,
    ("POST", "/account/name"): Access.SIGNED_IN,
    ("POST", "/account/sessions/{session_id}/end"): Access.SIGNED_IN,
    ("GET", "/organisation"): Needs(Permission.ORGANISATIONS_READ),
    ("GET", "/known-providers"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", PEOPLE_PAGES): Needs(Permission.MEMBERS_READ),
    ("GET", MEMBER_PAGE): Needs(Permission.MEMBERS_READ),
    **_form(f"{MEMBER_PAGE}/contact", Needs(Permission.MEMBERS_READ)),
    **_form(f"{MEMBER_PAGE}/roles", MANAGES),
    **_form(f"{MEMBER_PAGE}/end", MANAGES),
    **_form(f"{MEMBER_PAGE}/second-factors", MANAGES),
    **_form(f"{PEOPLE_PAGES}/invite", MANAGES),
    ("GET", INVITED_PAGE): Needs(Permission.MEMBERS_MANAGE),
    **_form(f"{INVITED_PAGE}/send-again", MANAGES),
    **_form(f"{INVITED_PAGE}/withdraw", MANAGES),
    ("GET", MACHINE_PAGES): Needs(Permission.MACHINES_READ),
    ("GET", f"{MACHINE_PAGES}/{{machine_id}}"): Needs(Permission.MACHINES_READ),
    **_form(f"{MACHINE_PAGES}/add", LETS_MACHINES_IN),
    **_form(f"{MACHINE_PAGES}/{{machine_id}}/secrets/add", LETS_MACHINES_IN),
    **_form(f"{MACHINE_PAGES}/{{machine_id}}/revoke", Needs(Permission.MACHINES_MANAGE)),
    **_form(
        f"{MACHINE_PAGES}/{{machine_id}}/secrets/{{secret_id}}/revoke",
        Needs(Permission.MACHINES_MANAGE),
    ),
    ("GET", "/organisation/acts"): Needs(Permission.AUDIT_READ),
    # Officers, about the providers they answer for, on the pages
    ("GET", "/redactions"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", "/redactions/{redaction_id}"): Needs(Permission.PROVIDER_RECORDS_READ),
    **_form("/redactions/{redaction_id}/confirm", CONFIRMS),
    **_form("/redactions/{redaction_id}/decline", CONFIRMS),
    **_form("/provider-records/{number}/redactions/add", PROPOSES_LATELY),
    ("GET", "/applications"): Needs(Permission.PROVIDER_RECORDS_READ),
    **_form("/applications/transition", PROPOSES_LATELY),
    **_form("/applications/confirm-many", CONFIRMS),
    ("GET", "/applications/{listing_id}"): Needs(Permission.PROVIDER_RECORDS_READ),
    **_form("/applications/{listing_id}/assess", PROPOSES),
    **_form("/applications/{listing_id}/ask", PROPOSES),
    **_form("/applications/{listing_id}/matches/{match_id}/judge", PROPOSES),
    ("GET", "/listings/{listing_id}"): Needs(Permission.PROVIDER_RECORDS_READ),
    **_form("/listings/{listing_id}/propose", PROPOSES_LATELY),
    **_form("/listings/{listing_id}/proposals/{proposal_id}/confirm", CONFIRMS),
    **_form("/listings/{listing_id}/proposals/{proposal_id}/decline", CONFIRMS),
    **_form("/listings/{listing_id}/protect/{how}", PROPOSES),
    ("GET", "/provider-records"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", "/provider-records/{number}"): Needs(Permission.PROVIDER_RECORDS_READ),
    **{
        ("GET", f"/provider-records/{{number}}/{part}"): READS_RECORDS
        for part in (
            *("documents", "people", "self-evaluations", "staff-checks"),
            "self-evaluations/{self_evaluation_id}",
        )
    },
    **_form("/provider-records/{number}/verify", Needs(Permission.PROVIDERS_VERIFY)),
    **_form(
        "/provider-records/{number}/identifiers/{identifier_id}/look-up",
        Needs(Permission.PROVIDERS_VERIFY),
    ),
    **_form("/provider-records/{number}/predecessors/add", Needs(Permission.PROVIDERS_VERIFY)),
    **_form(
        "/provider-records/{number}/predecessors/{link_id}/end",
        Needs(Permission.PROVIDERS_VERIFY),
    ),
    **_form("/provider-records/{number}/invite", Needs(Permission.PROVIDERS_INVITE, recently=True)),
    **_form("/provider-records/{number}/withdraw-claim", Needs(Permission.PROVIDERS_INVITE)),
    **_form(
        "/provider-records/{number}/end-ownership",
        Needs(Permission.PROVIDERS_INVITE, recently=True),
    ),
    ("GET", "/merges"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", "/merges/{merge_id}"): Needs(Permission.PROVIDER_RECORDS_READ),
    **_form("/merges/{merge_id}/part", Needs(Permission.DECISIONS_PROPOSE)),
    **_form("/merges/{merge_id}/settle/{step}", CONFIRMS),
    **_form("/provider-records/{number}/merge", Needs(Permission.DECISIONS_PROPOSE)),
    # Facts that leave the log
    ("POST", "/v1/provider-records/{number}/redactions"): Needs(
        Permission.DECISIONS_PROPOSE, recently=True
    ),
    ("GET", "/v1/redactions"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", "/v1/redactions/{redaction_id}"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("POST", "/v1/redactions/{redaction_id}/confirmation"): Needs(
        Permission.DECISIONS_CONFIRM, recently=True
    ),
    ("POST", "/v1/redactions/{redaction_id}/refusal"): Needs(
        Permission.DECISIONS_CONFIRM, recently=True
    ),
    # Whoever asks, about themselves
    ("GET", "/v1/me"): Access.SIGNED_IN,
    ("PATCH", "/v1/me"): Access.SIGNED_IN,
    ("GET", "/v1/sessions"): Access.SIGNED_IN,
    ("DELETE", "/v1/sessions"): Access.SIGNED_IN,
    ("DELETE", "/v1/sessions/{session_id}"): Access.SIGNED_IN,
    # Organisations
    ("GET", "/v1/organisations"): Needs(Permission.ORGANISATIONS_READ),
    ("POST", "/v1/organisations"): Needs(Permission.ORGANISATIONS_ADD),
    ("GET", ORGANISATION): Needs(Permission.ORGANISATIONS_READ),
    ("PATCH", ORGANISATION): Needs(Permission.ORGANISATIONS_ADD),
    # Their people
    ("GET", MEMBERS): Needs(Permission.MEMBERS_READ),
    ("GET", f"{MEMBERS}/{{membership_id}}"): Needs(Permission.MEMBERS_READ),
    ("GET", f"{MEMBERS}/{{membership_id}}/contact"): Needs(Permission.MEMBERS_READ),
    ("PATCH", f"{MEMBERS}/{{membership_id}}"): Needs(Permission.MEMBERS_MANAGE, recently=True),
    ("DELETE", f"{MEMBERS}/{{membership_id}}"): Needs(Permission.MEMBERS_MANAGE, recently=True),
    ("DELETE", f"{MEMBERS}/{{membership_id}}/second-factors"): Needs(
        Permission.MEMBERS_MANAGE, recently=True
    ),
    ("GET", INVITATIONS): Needs(Permission.MEMBERS_MANAGE),
    ("POST", INVITATIONS): Needs(Permission.MEMBERS_MANAGE, recently=True),
    ("GET", f"{INVITATIONS}/{{invitation_id}}"): Needs(Permission.MEMBERS_MANAGE),
    ("POST", f"{INVITATIONS}/{{invitation_id}}/send-again"): Needs(
        Permission.MEMBERS_MANAGE, recently=True
    ),
    ("DELETE", f"{INVITATIONS}/{{invitation_id}}"): Needs(Permission.MEMBERS_MANAGE, recently=True),
    # Standards and policies, as the department drafts and publishes them
    ("GET", DRAFTS): DRAFTED,
    ("POST", DRAFTS): DRAFTED,
    ("GET", f"{DRAFTS}/{{code}}"): DRAFTED,
    ("PATCH", f"{DRAFTS}/{{code}}"): DRAFTED,
    ("PUT", f"{DRAFTS}/{{code}}/criteria/{{number}}"): DRAFTED,
    ("DELETE", f"{DRAFTS}/{{code}}/criteria/{{number}}"): DRAFTED,
    ("PUT", f"{DRAFTS}/{{code}}/crosswalk"): DRAFTED,
    ("POST", f"{DRAFTS}/{{code}}/publication"): PUBLISHED,
    ("GET", POLICY_DRAFTS): DRAFTED,
    ("POST", POLICY_DRAFTS): DRAFTED,
    ("GET", f"{POLICY_DRAFTS}/{{policy_id}}"): DRAFTED,
    ("PATCH", f"{POLICY_DRAFTS}/{{policy_id}}"): DRAFTED,
    ("POST", f"{POLICY_DRAFTS}/{{policy_id}}/publication"): PUBLISHED,
    # What applications have in common with others; duplicate records
    ("GET", MATCHES): Needs(Permission.PROVIDER_RECORDS_READ),
    ("POST", f"{MATCHES}/{{match_id}}/judgement"): Needs(Permission.DECISIONS_PROPOSE),
    ("GET", "/v1/provider-records/{number}/likely-duplicates"): Needs(
        Permission.PROVIDER_RECORDS_READ
    ),
    ("GET", "/v1/merges"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("POST", "/v1/merges"): Needs(Permission.DECISIONS_PROPOSE),
    ("GET", MERGE): Needs(Permission.PROVIDER_RECORDS_READ),
    ("POST", f"{MERGE}/confirmation"): CONFIRMS,
    ("POST", f"{MERGE}/refusal"): CONFIRMS,
    ("POST", f"{MERGE}/undoing"): Needs(Permission.DECISIONS_PROPOSE),
    ("POST", f"{MERGE}/undoing/confirmation"): CONFIRMS,
    ("POST", f"{MERGE}/undoing/refusal"): CONFIRMS,
    # Private records of providers
    **dict.fromkeys(
        (
            ("GET", RECORDS),
            ("GET", RECORD),
            ("GET", SITE),
            ("GET", OFFER),
            ("GET", f"{RECORD}/people"),
            ("GET", f"{RECORD}/people/{{person_id}}"),
            ("GET", f"{RECORD}/contacts"),
            ("GET", f"{RECORD}/contacts/{{contact_id}}"),
            ("GET", f"{RECORD}/bank-reference"),
            ("GET", f"{RECORD}/verifications"),
            ("GET", f"{RECORD}/verifications/{{verification_id}}"),
            ("GET", f"{RECORD}/consent"),
            ("GET", f"{RECORD}/confirmation"),
            ("GET", "/v1/claims"),
            ("GET", CLAIM),
        ),
        Needs(Permission.PROVIDER_RECORDS_READ),
    ),
    **dict.fromkeys(
        (
            ("POST", RECORDS),
            ("PATCH", RECORD),
            ("POST", f"{RECORD}/names"),
            ("DELETE", f"{RECORD}/names/{{name_id}}"),
            ("POST", f"{RECORD}/identifiers"),
            ("DELETE", f"{RECORD}/identifiers/{{identifier_id}}"),
            ("POST", f"{RECORD}/sites"),
            ("PATCH", SITE),
            ("POST", f"{SITE}/closing"),
            ("POST", f"{SITE}/offers"),
            ("PATCH", OFFER),
            ("POST", f"{OFFER}/ending"),
            ("POST", f"{OFFER}/availability"),
            ("POST", f"{RECORD}/people"),
            ("PATCH", f"{RECORD}/people/{{person_id}}"),
            ("POST", f"{RECORD}/people/{{person_id}}/ending"),
            ("POST", f"{RECORD}/contacts"),
            ("DELETE", f"{RECORD}/contacts/{{contact_id}}"),
            ("PUT", f"{RECORD}/bank-reference"),
        ),
        Needs(Permission.PROVIDER_RECORDS_MANAGE),
    ),
    ("POST", f"{RECORD}/consent"): Needs(Permission.PROVIDER_RECORDS_SIGN),
    ("POST", f"{RECORD}/confirmation"): Needs(Permission.PROVIDER_RECORDS_SIGN, recently=True),
    ("POST", f"{RECORD}/verifications"): Needs(Permission.PROVIDERS_VERIFY),
    ("POST", f"{RECORD}/identifiers/{{identifier_id}}/look-up"): Needs(Permission.PROVIDERS_VERIFY),
    ("POST", f"{RECORD}/predecessors"): Needs(Permission.PROVIDERS_VERIFY),
    ("DELETE", f"{RECORD}/predecessors/{{link_id}}"): Needs(Permission.PROVIDERS_VERIFY),
    ("POST", f"{RECORD}/institution-sites"): Needs(Permission.DECISIONS_PROPOSE),
    ("DELETE", f"{RECORD}/institution-sites/{{grouping_id}}"): Needs(Permission.DECISIONS_PROPOSE),
    ("POST", f"{RECORD}/claims"): Needs(Permission.PROVIDERS_INVITE, recently=True),
    ("DELETE", f"{RECORD}/owner"): Needs(Permission.PROVIDERS_INVITE, recently=True),
    ("DELETE", CLAIM): Needs(Permission.PROVIDERS_INVITE),
    ("POST", f"{CLAIM}/acceptance"): Needs(Permission.PROVIDER_RECORDS_SIGN, recently=True),
    # What was done
    ("GET", "/v1/audit"): Needs(Permission.AUDIT_READ),
    ("GET", "/v1/audit/export"): Needs(Permission.AUDIT_READ),
    # Providers that authorities' own lists name
    ("GET", "/v1/known-providers"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", "/v1/known-providers/{number}"): Needs(Permission.PROVIDER_RECORDS_READ),
    # Their machines
    ("GET", MACHINES): Needs(Permission.MACHINES_READ),
    ("POST", MACHINES): Needs(Permission.MACHINES_MANAGE, recently=True),
    ("GET", f"{MACHINES}/{{machine_id}}"): Needs(Permission.MACHINES_READ),
    ("PATCH", f"{MACHINES}/{{machine_id}}"): Needs(Permission.MACHINES_MANAGE),
    ("DELETE", f"{MACHINES}/{{machine_id}}"): Needs(Permission.MACHINES_MANAGE),
    ("POST", f"{MACHINES}/{{machine_id}}/secrets"): Needs(
        Permission.MACHINES_MANAGE, recently=True
    ),
    ("DELETE", f"{MACHINES}/{{machine_id}}/secrets/{{secret_id}}"): Needs(
        Permission.MACHINES_MANAGE
    ),
    # Applications, listings and decisions on them
    ("GET", "/v1/applications"): READS_RECORDS,
    ("POST", "/v1/applications"): KEEPS_RECORDS,
    ("GET", APPLICATION): READS_RECORDS,
    ("PATCH", APPLICATION): KEEPS_RECORDS,
    ("POST", f"{APPLICATION}/submission"): SIGNS,
    ("POST", f"{APPLICATION}/withdrawal"): SIGNS,
    ("POST", f"{APPLICATION}/assessment"): PROPOSES,
    ("POST", f"{APPLICATION}/questions"): PROPOSES,
    ("POST", f"{APPLICATION}/questions/{{question_id}}/answer"): KEEPS_RECORDS,
    ("POST", "/v1/applications/transition"): PROPOSES_LATELY,
    ("POST", "/v1/proposals/confirmation"): CONFIRMS,
    ("GET", LISTING): READS_RECORDS,
    ("GET", f"{LISTING}/moves"): READS_RECORDS,
    ("GET", f"{LISTING}/proposals"): READS_RECORDS,
    ("POST", f"{LISTING}/proposals"): PROPOSES_LATELY,
    ("GET", f"{LISTING}/proposals/{{proposal_id}}"): READS_RECORDS,
    ("POST", f"{LISTING}/proposals/{{proposal_id}}/confirmation"): CONFIRMS,
    ("POST", f"{LISTING}/proposals/{{proposal_id}}/refusal"): CONFIRMS,
    ("POST", f"{LISTING}/suspension"): PROPOSES,
    ("POST", f"{LISTING}/review"): PROPOSES,
    ("POST", f"{LISTING}/closure"): SIGNS,
}
