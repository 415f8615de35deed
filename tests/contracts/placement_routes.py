"""Who may reach the routes of placements."""

from app.access import Permission
from tests.contracts.routes import Route

PLACEMENTS = "/v1/placements"
PLACEMENT = f"{PLACEMENTS}/{{placement_id}}"
CASES = "/v1/registration-cases"
CHECKS = "/v1/site-checks"
CALENDARS = "/v1/organisations/{organisation_id}/calendars"
ASSESSMENTS = "/v1/assessments"
ASSESSMENT = f"{ASSESSMENTS}/{{assessment_id}}"
DECLARATION = "/v1/provider-records/{number}/attendance-declaration"
FUNDING = "/v1/funding"
ARRANGEMENT = f"{FUNDING}/{{arrangement_id}}"
CASE = f"{CASES}/{{case_id}}"

READS = (Permission.PLACEMENTS_READ, False)
RECORDS = (Permission.PLACEMENTS_RECORD, False)
ATTENDANCE = "/v1/attendance"
READS_ATTENDANCE = (Permission.ATTENDANCE_READ, False)
REPORTS = (Permission.ATTENDANCE_REPORT, False)
SAFEGUARDS = (Permission.SAFEGUARDING_RECORD, False)
HANDS_OVER = (Permission.SAFEGUARDING_HAND_OVER, False)
READS_CASES = (Permission.REGISTRATION_CASES_READ, False)

PLACEMENT_ROUTES: dict[Route, tuple[Permission, bool]] = {
    ("GET", PLACEMENTS): READS,
    ("POST", PLACEMENTS): RECORDS,
    ("POST", f"{PLACEMENTS}/batch"): RECORDS,
    ("POST", f"{PLACEMENTS}/file"): RECORDS,
    ("GET", f"{PLACEMENTS}/file-template"): RECORDS,
    ("GET", PLACEMENT): READS,
    ("POST", f"{PLACEMENT}/timetables"): RECORDS,
    ("POST", f"{PLACEMENT}/end"): RECORDS,
    ("POST", f"{PLACEMENT}/assessment"): RECORDS,
    ("POST", f"{PLACEMENT}/end/correction"): RECORDS,
    ("PUT", DECLARATION): (Permission.PROVIDER_RECORDS_MANAGE, False),
    ("GET", DECLARATION): (Permission.PROVIDER_RECORDS_READ, False),
    ("POST", CHECKS): RECORDS,
    ("GET", CHECKS): READS,
    ("GET", f"{CHECKS}/{{check_id}}"): READS,
    ("POST", f"{CHECKS}/{{check_id}}/withdrawal"): RECORDS,
    ("POST", f"{PLACEMENT}/funding"): (Permission.FUNDING_RECORD, False),
    ("GET", f"{PLACEMENT}/funding"): (Permission.FUNDING_READ, False),
    ("GET", FUNDING): (Permission.FUNDING_READ, False),
    ("GET", f"{FUNDING}/gaps"): (Permission.FUNDING_READ, False),
    ("GET", ARRANGEMENT): (Permission.FUNDING_READ, False),
    ("POST", f"{ARRANGEMENT}/amendments"): (Permission.FUNDING_RECORD, False),
    ("POST", f"{ARRANGEMENT}/signatures"): (Permission.FUNDING_SIGN, False),
    ("POST", f"{ARRANGEMENT}/payer-confirmation"): (Permission.FUNDING_DECIDE, False),
    ("POST", f"{ARRANGEMENT}/disputes"): (Permission.FUNDING_SIGN, False),
    ("POST", f"{ARRANGEMENT}/disputes/{{dispute_id}}/settlement"): (Permission.FUNDING_SIGN, False),
    ("GET", "/v1/provider-records/{number}/funding"): (Permission.FUNDING_READ, False),
    ("POST", ASSESSMENTS): RECORDS,
    ("GET", ASSESSMENTS): READS,
    ("GET", ASSESSMENT): READS,
    ("PUT", f"{ASSESSMENT}/steps/{{step}}"): RECORDS,
    ("POST", f"{ASSESSMENT}/options"): RECORDS,
    ("PUT", f"{ASSESSMENT}/options/{{option_id}}"): RECORDS,
    ("POST", f"{ASSESSMENT}/what-if"): RECORDS,
    ("POST", f"{ASSESSMENT}/withdrawal"): RECORDS,
    ("POST", f"{ASSESSMENT}/decision"): (Permission.PLACEMENTS_DECIDE, True),
    ("GET", f"{ASSESSMENT}/decision"): READS,
    ("POST", f"{PLACEMENT}/attendance"): REPORTS,
    ("GET", f"{PLACEMENT}/attendance"): READS_ATTENDANCE,
    ("POST", f"{PLACEMENT}/attendance/codes"): (Permission.ATTENDANCE_CODE, False),
    ("POST", f"{PLACEMENT}/attendance/contact"): RECORDS,
    ("POST", f"{ATTENDANCE}/batches"): REPORTS,
    ("GET", f"{ATTENDANCE}/expected"): READS_ATTENDANCE,
    ("GET", f"{ATTENDANCE}/alerts"): READS_ATTENDANCE,
    ("GET", f"{ATTENDANCE}/alerts/{{alert_id}}"): READS_ATTENDANCE,
    ("POST", f"{ATTENDANCE}/alerts/{{alert_id}}/acknowledgement"): RECORDS,
    ("POST", f"{ATTENDANCE}/closures"): REPORTS,
    ("GET", f"{ATTENDANCE}/closures"): READS_ATTENDANCE,
    ("POST", f"{ATTENDANCE}/closures/{{closure_id}}/withdrawal"): REPORTS,
    ("GET", "/v1/reviews"): READS,
    ("GET", f"{PLACEMENT}/reviews"): READS,
    ("POST", f"{PLACEMENT}/reviews"): RECORDS,
    ("POST", f"{PLACEMENT}/reviews/acknowledgement"): RECORDS,
    ("POST", f"{PLACEMENT}/reviews/contributions"): (Permission.PROVIDER_RECORDS_MANAGE, False),
    ("POST", f"{PLACEMENT}/extension"): RECORDS,
    ("GET", f"{PLACEMENT}/lead-contact"): (Permission.SAFEGUARDING_READ, False),
    ("GET", "/v1/lead-contact-offers"): (Permission.SAFEGUARDING_READ, False),
    ("GET", f"{PLACEMENT}/safeguarding"): (Permission.SAFEGUARDING_READ, False),
    ("PUT", f"{PLACEMENT}/safeguarding/items/{{number}}"): SAFEGUARDS,
    ("POST", f"{PLACEMENT}/safeguarding/urgent-start"): SAFEGUARDS,
    ("GET", "/v1/safeguarding"): READS,
    ("GET", f"{PLACEMENT}/safeguarding/provider-part"): (Permission.SAFEGUARDING_READ, False),
    ("PUT", f"{PLACEMENT}/safeguarding/provider-part/{{number}}"): (
        *(Permission.PROVIDER_RECORDS_MANAGE, False),
    ),
    ("POST", f"{PLACEMENT}/lead-contact/people"): HANDS_OVER,
    ("POST", f"{PLACEMENT}/lead-contact/offers"): HANDS_OVER,
    ("POST", f"{PLACEMENT}/lead-contact/offers/{{offer_id}}/acceptance"): HANDS_OVER,
    ("POST", f"{PLACEMENT}/lead-contact/offers/{{offer_id}}/refusal"): HANDS_OVER,
    ("POST", f"{PLACEMENT}/lead-contact/offers/{{offer_id}}/withdrawal"): HANDS_OVER,
    ("GET", f"{PLACEMENT}/notices"): READS,
    ("POST", f"{PLACEMENT}/notices"): RECORDS,
    ("GET", f"{PLACEMENT}/notices/{{notice_id}}"): READS,
    ("POST", f"{PLACEMENT}/notices/{{notice_id}}/sendings"): RECORDS,
    ("GET", CALENDARS): (Permission.ORGANISATIONS_READ, False),
    ("PUT", f"{CALENDARS}/{{year}}"): RECORDS,
    ("GET", CASES): READS_CASES,
    ("GET", CASE): READS_CASES,
    ("GET", f"{CASE}/children"): READS_CASES,
    ("POST", f"{CASE}/findings"): (Permission.REGISTRATION_CASES_CLOSE, False),
    ("POST", f"{CASE}/closure"): (Permission.REGISTRATION_CASES_CLOSE, False),
}
