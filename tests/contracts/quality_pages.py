"""The pages of quality assurance, and who may reach them."""

from app.access import Permission
from tests.contracts.inspection_routes import CHECKS, PLANS, READS, SUBMITS
from tests.contracts.record_pages import Listed

INSPECTION = "/inspections/{reference}"
OF_PROVIDER = "/provider-records/{number}/inspections"
INTERESTS, CONCERNS, RELIANCES = "/declared-interests", "/concerns", "/reliances"
RESULT = "/inspection-results/of/{organisation_id}/{reference}"
READS_CONCERNS = (Permission.CONCERNS_READ, False)

SHOWN: dict[str, tuple[Permission, bool]] = {
    "/inspections": PLANS,
    INSPECTION: READS,
    OF_PROVIDER: READS,
    INTERESTS: PLANS,
    f"{INSPECTION}/correct": PLANS,
    "/inspection-results": READS,
    RESULT: READS,
    CONCERNS: READS_CONCERNS,
    f"{CONCERNS}/{{concern_id}}": READS_CONCERNS,
    "/interim-suspensions": PLANS,
    RELIANCES: PLANS,
}
"""Pages without a form that acts."""

FORMS: dict[str, tuple[Permission, bool]] = {
    f"{OF_PROVIDER}/plan": PLANS,
    f"{INSPECTION}/plan/{{step}}": PLANS,
    f"{INTERESTS}/add": PLANS,
    f"{INTERESTS}/{{interest_id}}/end": PLANS,
    f"{INSPECTION}/sites/{{site}}/standards/{{standard}}": SUBMITS,
    f"{INSPECTION}/draft/{{step}}": SUBMITS,
    f"{INSPECTION}/comments/{{comment_id}}/answer": SUBMITS,
    f"{INSPECTION}/check": CHECKS,
    f"{INSPECTION}/files/add": SUBMITS,
    f"{INSPECTION}/sites/{{site}}/standards/{{standard}}/correct": PLANS,
    f"{INSPECTION}/redact": PLANS,
    f"{INSPECTION}/amendments/{{amendment_id}}/decide": CHECKS,
    f"{INSPECTION}/amendments/{{amendment_id}}/withdraw": PLANS,
    f"{INSPECTION}/actions/{{action_id}}/verify": SUBMITS,
    f"{INSPECTION}/appeals/{{appeal_id}}/ask": PLANS,
    f"{INSPECTION}/appeals/{{appeal_id}}/decide": CHECKS,
    f"{INSPECTION}/revisits/{{revisit_id}}/answer": PLANS,
    "/inspection-results/add": SUBMITS,
    f"{RESULT}/decide": PLANS,
    f"{CONCERNS}/add": (Permission.CONCERNS_RAISE, False),
    f"{CONCERNS}/{{concern_id}}/close": (Permission.CONCERNS_CLOSE, False),
    "/interim-suspensions/{suspension_id}/review": (Permission.DECISIONS_PROPOSE, False),
    f"{RELIANCES}/add": PLANS,
    f"{RELIANCES}/{{reliance_id}}/end": PLANS,
}
"""Pages with forms, and what each form is sent to."""

QUALITY_PAGES: Listed = {
    **{("GET", path): needs for path, needs in SHOWN.items()},
    **{(method, path): needs for path, needs in FORMS.items() for method in ("GET", "POST")},
}
"""What each needs: which permission, and whether only of people who signed in lately."""
