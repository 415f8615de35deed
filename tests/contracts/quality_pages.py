"""The pages of quality assurance, and who may reach them."""

from app.access import Permission
from tests.contracts.inspection_routes import CHECKS, PLANS, READS, SUBMITS
from tests.contracts.record_pages import Listed

INSPECTION = "/inspections/{reference}"
OF_PROVIDER = "/provider-records/{number}/inspections"
INTERESTS = "/declared-interests"

SHOWN: dict[str, tuple[Permission, bool]] = {
    "/inspections": PLANS,
    INSPECTION: READS,
    OF_PROVIDER: READS,
    INTERESTS: PLANS,
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
}
"""Pages with forms, and what each form is sent to."""

QUALITY_PAGES: Listed = {
    **{("GET", path): needs for path, needs in SHOWN.items()},
    **{(method, path): needs for path, needs in FORMS.items() for method in ("GET", "POST")},
}
"""What each needs: which permission, and whether only of people who signed in lately."""
