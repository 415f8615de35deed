"""Who may reach the routes of quality assurance."""

from app.access import Permission
from tests.contracts.routes import Route

INSPECTIONS = "/v1/inspections"
INSPECTION = f"{INSPECTIONS}/{{reference}}"
INTERESTS = "/v1/declared-interests"
SUSPENSIONS = "/v1/interim-suspensions"
RESULTS = "/v1/inspection-results"
RESULT = f"{RESULTS}/{{reference}}"
RELIANCES = "/v1/reliances"
CONCERNS = "/v1/concerns"
IMPACT = "/v1/standards-impact"

READS = (Permission.INSPECTIONS_READ, False)
SIGNS = (Permission.PROVIDER_RECORDS_SIGN, False)
OWNS = (Permission.PROVIDER_RECORDS_MANAGE, False)
PLANS = (Permission.INSPECTIONS_PLAN, False)
SUBMITS = (Permission.INSPECTIONS_SUBMIT, False)
CHECKS = (Permission.INSPECTIONS_CHECK, True)

INSPECTION_ROUTES: dict[Route, tuple[Permission, bool]] = {
    ("GET", INSPECTIONS): READS,
    ("POST", INSPECTIONS): PLANS,
    ("GET", INSPECTION): READS,
    ("PATCH", INSPECTION): PLANS,
    ("POST", f"{INSPECTION}/cancellation"): PLANS,
    ("POST", f"{INSPECTION}/inspectors"): PLANS,
    ("DELETE", f"{INSPECTION}/inspectors/{{person_id}}"): PLANS,
    ("GET", f"{INSPECTION}/judgements"): READS,
    ("PATCH", f"{INSPECTION}/judgements"): SUBMITS,
    ("GET", IMPACT): READS,
    ("GET", SUSPENSIONS): READS,
    ("GET", f"{SUSPENSIONS}/{{suspension_id}}"): READS,
    ("POST", f"{SUSPENSIONS}/{{suspension_id}}/reviews"): (Permission.DECISIONS_PROPOSE, False),
    ("POST", RESULTS): SUBMITS,
    ("GET", RESULTS): READS,
    ("GET", RESULT): READS,
    ("GET", f"{RESULT}/document"): READS,
    ("POST", f"{RESULT}/decision"): PLANS,
    ("POST", f"{INSPECTION}/draft"): SUBMITS,
    ("GET", f"{INSPECTION}/hearing"): READS,
    ("GET", f"{INSPECTION}/comments"): READS,
    ("POST", f"{INSPECTION}/comments"): OWNS,
    ("POST", f"{INSPECTION}/comments/close"): OWNS,
    ("POST", f"{INSPECTION}/comments/{{comment_id}}/answer"): SUBMITS,
    ("POST", f"{INSPECTION}/letters"): SUBMITS,
    ("POST", f"{INSPECTION}/check-request"): SUBMITS,
    ("GET", "/v1/inspection-checks"): (Permission.INSPECTIONS_CHECK, False),
    ("POST", f"{INSPECTION}/check"): CHECKS,
    ("GET", f"{INSPECTION}/amendments"): READS,
    ("POST", f"{INSPECTION}/amendments"): PLANS,
    ("POST", f"{INSPECTION}/amendments/{{amendment_id}}/confirmation"): CHECKS,
    ("POST", f"{INSPECTION}/amendments/{{amendment_id}}/refusal"): CHECKS,
    ("POST", f"{INSPECTION}/amendments/{{amendment_id}}/withdrawal"): PLANS,
    ("GET", f"{INSPECTION}/form"): READS,
    ("POST", f"{INSPECTION}/files"): SUBMITS,
    ("GET", f"{INSPECTION}/files"): READS,
    ("GET", f"{INSPECTION}/files/{{file_id}}"): READS,
    ("GET", f"{INSPECTION}/files/{{file_id}}/file"): READS,
    ("POST", f"{INSPECTION}/reliances"): PLANS,
    ("POST", f"{INSPECTION}/replies/withholding"): CHECKS,
    ("GET", RELIANCES): READS,
    ("GET", f"{RELIANCES}/{{reliance_id}}"): READS,
    ("POST", f"{RELIANCES}/{{reliance_id}}/withdrawal"): PLANS,
    ("GET", CONCERNS): (Permission.CONCERNS_READ, False),
    ("GET", f"{CONCERNS}/{{concern_id}}"): (Permission.CONCERNS_READ, False),
    ("POST", CONCERNS): (Permission.CONCERNS_RAISE, False),
    ("POST", f"{CONCERNS}/{{concern_id}}/closure"): (Permission.CONCERNS_CLOSE, False),
    ("GET", "/v1/inspection-queue"): PLANS,
    ("GET", f"{INSPECTION}/follow-up"): READS,
    ("POST", f"{INSPECTION}/replies"): SIGNS,
    ("POST", f"{INSPECTION}/replies/withdrawal"): SIGNS,
    ("POST", f"{INSPECTION}/actions"): OWNS,
    ("POST", f"{INSPECTION}/actions/{{action_id}}/evidence"): OWNS,
    ("POST", f"{INSPECTION}/actions/{{action_id}}/verification"): SUBMITS,
    ("POST", f"{INSPECTION}/appeals"): SIGNS,
    ("POST", f"{INSPECTION}/appeals/{{appeal_id}}/withdrawal"): SIGNS,
    ("POST", f"{INSPECTION}/appeals/{{appeal_id}}/body"): PLANS,
    ("POST", f"{INSPECTION}/appeals/{{appeal_id}}/decision"): CHECKS,
    ("GET", "/v1/inspection-appeals"): (Permission.INSPECTIONS_CHECK, False),
    ("POST", f"{INSPECTION}/revisits"): OWNS,
    ("POST", f"{INSPECTION}/revisits/{{revisit_id}}/withdrawal"): OWNS,
    ("POST", f"{INSPECTION}/revisits/{{revisit_id}}/answer"): PLANS,
    ("GET", "/v1/revisit-requests"): READS,
    ("GET", INTERESTS): READS,
    ("POST", INTERESTS): PLANS,
    ("PATCH", f"{INTERESTS}/{{interest_id}}"): PLANS,
}
