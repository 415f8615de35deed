"""The pages of providers' owners, and who may reach them."""

from typing import TypeAlias

from app.access import Permission
from tests.contracts.routes import Route

Listed: TypeAlias = dict[Route, tuple[Permission, bool]]

RECORD = "/records/{number}"
DETAILS, PEOPLE = f"{RECORD}/details", f"{RECORD}/people"
SITES = f"{RECORD}/sites"
SITE = f"{SITES}/{{reference}}"
OFFER = f"{SITE}/offers/{{offer_id}}"
CLAIM = "/claims/{claim_id}"
STAFF_MEMBER = f"{RECORD}/staff/{{staff_member_id}}"
SAID = f"{RECORD}/self-evaluations/{{self_evaluation_id}}"
INSPECTION = f"{RECORD}/inspections/{{reference}}"
APPLICATIONS = f"{RECORD}/applications"
APPLICATION = f"{APPLICATIONS}/{{listing_id}}"

READ = (
    "/records",
    RECORD,
    DETAILS,
    PEOPLE,
    SITES,
    SITE,
    f"{RECORD}/consent",
    f"{RECORD}/inspections",
    INSPECTION,
    f"{RECORD}/confirmation",
    CLAIM,
    f"{RECORD}/documents",
    f"{RECORD}/shares",
    f"{RECORD}/staff",
    STAFF_MEMBER,
    f"{RECORD}/self-evaluations",
    SAID,
    APPLICATIONS,
    APPLICATION,
    f"{RECORD}/standards/{{version}}",
    f"{RECORD}/declaration",
)
"""For whoever may read the records of their organisation."""

KEPT = (
    "/records/add",
    f"{DETAILS}/change",
    f"{DETAILS}/names/add",
    f"{DETAILS}/names/{{name_id}}/withdraw",
    f"{DETAILS}/numbers/add",
    f"{DETAILS}/numbers/{{identifier_id}}/withdraw",
    f"{PEOPLE}/add",
    f"{PEOPLE}/{{person_id}}/change",
    f"{PEOPLE}/{{person_id}}/end",
    f"{PEOPLE}/contacts/add",
    f"{PEOPLE}/contacts/{{contact_id}}/end",
    f"{PEOPLE}/bank",
    f"{SITES}/add",
    f"{SITE}/change",
    f"{SITE}/close",
    f"{SITE}/offers/add",
    f"{OFFER}/change",
    f"{OFFER}/places",
    f"{OFFER}/end",
    f"{RECORD}/documents/add",
    f"{RECORD}/documents/{{document_id}}/withdraw",
    f"{RECORD}/staff/add",
    f"{STAFF_MEMBER}/change",
    f"{STAFF_MEMBER}/end",
    f"{STAFF_MEMBER}/checks/add",
    f"{RECORD}/self-evaluations/add",
    f"{SAID}/standards/{{standard}}",
    f"{SAID}/carry-over",
    f"{SITE}/apply",
    f"{APPLICATION}/change",
    f"{APPLICATION}/questions/{{question_id}}/answer",
    f"{RECORD}/declaration/renew",
    f"{RECORD}/placements/{{placement_id}}/review",
)
"""Forms for whoever keeps them."""

SIGNED = (
    f"{INSPECTION}/{{step}}",
    f"{INSPECTION}/sites/{{site}}/criteria/{{criterion}}/{{step}}",
    f"{RECORD}/consent/give",
    f"{RECORD}/consent/take-back",
    f"{CLAIM}/decline",
    f"{RECORD}/shares/{{share_id}}/end",
    f"{SAID}/complete",
)
"""Forms for whoever speaks for the owner."""

EXPECTED = (
    f"{RECORD}/attendance",
    f"{RECORD}/placements",
    f"{RECORD}/placements/{{placement_id}}",
    f"{RECORD}/closures",
)
"""For whoever may read whom their organisation expects."""

REPORTED = (
    f"{RECORD}/attendance/{{day}}/report",
    f"{RECORD}/closures/add",
    f"{RECORD}/closures/{{closure_id}}/withdraw",
)
"""Forms for whoever reports who came."""

SIGNED_RECENTLY = (
    f"{RECORD}/confirmation/confirm",
    f"{RECORD}/shares/add",
    f"{APPLICATION}/submit",
    f"{APPLICATION}/withdraw",
    f"{APPLICATION}/close",
)
"""Likewise, and who showed who they are a moment ago."""


def _forms(paths: tuple[str, ...], permission: Permission, *, recently: bool = False) -> Listed:
    """Pages with forms, and what each form is sent to."""
    return {(method, path): (permission, recently) for path in paths for method in ("GET", "POST")}


RECORD_PAGES: Listed = {
    **{("GET", path): (Permission.PROVIDER_RECORDS_READ, False) for path in READ},
    **_forms(KEPT, Permission.PROVIDER_RECORDS_MANAGE),
    **_forms(SIGNED, Permission.PROVIDER_RECORDS_SIGN),
    **_forms(SIGNED_RECENTLY, Permission.PROVIDER_RECORDS_SIGN, recently=True),
    **{("GET", path): (Permission.ATTENDANCE_READ, False) for path in EXPECTED},
    **_forms(REPORTED, Permission.ATTENDANCE_REPORT),
    ("GET", f"{RECORD}/funding"): (Permission.FUNDING_READ, False),
    ("GET", f"{RECORD}/shares/find"): (Permission.PROVIDER_RECORDS_SIGN, False),
    ("POST", f"{CLAIM}/accept"): (Permission.PROVIDER_RECORDS_SIGN, True),
}
"""What each needs: which permission, and whether only of people who signed in lately."""
