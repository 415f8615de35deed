"""Who may reach the routes on what a provider shows, shares and says of itself."""

from app.access import Permission
from tests.contracts.routes import Route

RECORD = "/v1/provider-records/{number}"
DOCUMENT = f"{RECORD}/documents/{{document_id}}"
MEMBER = f"{RECORD}/staff/{{staff_member_id}}"
SAID = f"{RECORD}/self-evaluations/{{self_evaluation_id}}"

READS = (Permission.PROVIDER_RECORDS_READ, False)
KEEPS = (Permission.PROVIDER_RECORDS_MANAGE, False)
SIGNS = (Permission.PROVIDER_RECORDS_SIGN, False)

EVIDENCE_ROUTES: dict[Route, tuple[Permission, bool]] = {
    ("POST", f"{RECORD}/documents"): KEEPS,
    ("GET", f"{RECORD}/documents"): READS,
    ("GET", DOCUMENT): READS,
    ("GET", f"{DOCUMENT}/file"): READS,
    ("POST", f"{DOCUMENT}/withdrawal"): KEEPS,
    ("POST", f"{RECORD}/shares"): (Permission.PROVIDER_RECORDS_SIGN, True),
    ("GET", f"{RECORD}/shares"): READS,
    ("GET", f"{RECORD}/shares/{{share_id}}"): READS,
    ("DELETE", f"{RECORD}/shares/{{share_id}}"): SIGNS,
    ("GET", "/v1/shared-evidence"): READS,
    ("GET", f"{RECORD}/staff-checks"): READS,
    ("POST", f"{RECORD}/staff"): KEEPS,
    ("GET", MEMBER): READS,
    ("PATCH", MEMBER): KEEPS,
    ("POST", f"{MEMBER}/ending"): KEEPS,
    ("POST", f"{MEMBER}/checks"): KEEPS,
    ("POST", f"{RECORD}/self-evaluations"): KEEPS,
    ("GET", f"{RECORD}/self-evaluations"): READS,
    ("GET", SAID): READS,
    ("PUT", f"{SAID}/answers/{{criterion_number}}"): KEEPS,
    ("POST", f"{SAID}/completion"): SIGNS,
    ("POST", f"{SAID}/carry-over"): KEEPS,
    ("GET", f"{RECORD}/impact"): READS,
}
"""The permission that is needed, and whether people must have signed in just now."""
