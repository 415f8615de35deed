"""The pages of commissioning, and who may reach them."""

from app.access import Permission
from tests.contracts.record_pages import Listed

PLACEMENTS = "/commissioning/placements"
PLACEMENT = f"{PLACEMENTS}/{{placement_id}}"

CHILDREN, SITE_CHECKS = "/commissioning/children", "/commissioning/site-checks"
ASSESSMENTS = "/commissioning/assessments"
ASSESSMENT = f"{ASSESSMENTS}/{{assessment_id}}"
READS = (Permission.PLACEMENTS_READ, False)
RECORDS = (Permission.PLACEMENTS_RECORD, False)
DECIDES = (Permission.PLACEMENTS_DECIDE, True)
ATTENDS = (Permission.ATTENDANCE_READ, False)
REPORTS = (Permission.ATTENDANCE_REPORT, False)
READS_CHILDREN = (Permission.CHILDREN_READ, False)
RECORDS_CHILDREN = (Permission.CHILDREN_RECORD, False)
ERASES = (Permission.CHILDREN_ERASE, True)
FUNDING = "/commissioning/funding"
PAYER = f"{FUNDING}/{{arrangement_id}}/payers/{{number}}"
READS_FUNDING = (Permission.FUNDING_READ, False)
ARRANGES = (Permission.FUNDING_RECORD, False)
SIGNS = (Permission.FUNDING_SIGN, False)
SAFETY = f"{PLACEMENT}/safeguarding"
READS_SAFETY = (Permission.SAFEGUARDING_READ, False)
RECORDS_SAFETY = (Permission.SAFEGUARDING_RECORD, False)
HANDS_OVER = (Permission.SAFEGUARDING_HAND_OVER, False)

SHOWN: dict[str, tuple[Permission, bool]] = {
    "/commissioning": READS,
    PLACEMENTS: READS,
    PLACEMENT: READS,
    f"{PLACEMENT}/notices": READS,
    f"{PLACEMENT}/notices/{{notice_id}}": READS,
    CHILDREN: READS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/safe-contacts": READS_CHILDREN,
    f"{CHILDREN}/{{child_id}}": READS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/everything": READS_CHILDREN,
    ASSESSMENTS: READS,
    ASSESSMENT: READS,
    f"{ASSESSMENT}/everything": READS,
    f"{ASSESSMENT}/decision": READS,
    f"{ASSESSMENT}/options": READS,
    f"{ASSESSMENT}/options/find": RECORDS,
    f"{PLACEMENT}/attendance": ATTENDS,
    "/commissioning/alerts": ATTENDS,
    "/commissioning/alerts/{alert_id}": ATTENDS,
    "/commissioning/closures": ATTENDS,
    SITE_CHECKS: READS,
    "/commissioning/terms": READS,
    f"{SITE_CHECKS}/find": RECORDS,
    f"{SITE_CHECKS}/{{check_id}}": READS,
    f"{PLACEMENTS}/file-template": RECORDS,
    "/commissioning/exports/file": READS,
    "/commissioning/reviews": READS,
    f"{PLACEMENT}/reviews": READS,
    FUNDING: READS_FUNDING,
    f"{FUNDING}/gaps": READS_FUNDING,
    f"{FUNDING}/{{arrangement_id}}": READS_FUNDING,
    f"{PLACEMENT}/funding": READS_FUNDING,
    f"{PLACEMENT}/funding/find": ARRANGES,
    SAFETY: READS_SAFETY,
    "/commissioning/lead-contact-offers": READS_SAFETY,
}
"""Pages without a form that acts."""

FORMS: dict[str, tuple[Permission, bool]] = {
    f"{PLACEMENTS}/add": RECORDS,
    f"{PLACEMENTS}/file": RECORDS,
    "/commissioning/exports": READS,
    f"{PLACEMENT}/timetable": RECORDS,
    f"{PLACEMENT}/end": RECORDS,
    f"{PLACEMENT}/end/correct": RECORDS,
    f"{PLACEMENT}/assessment": RECORDS,
    f"{PLACEMENT}/extension": RECORDS,
    f"{PLACEMENT}/notices/compose/{{kind}}": RECORDS,
    f"{PLACEMENT}/notices/{{notice_id}}/sent": RECORDS,
    f"{CHILDREN}/add": RECORDS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/safe-contacts/add": RECORDS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/safe-contacts/{{number}}": RECORDS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/identity": RECORDS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/duties": RECORDS_CHILDREN,
    f"{CHILDREN}/{{child_id}}/hold": ERASES,
    f"{CHILDREN}/{{child_id}}/erase": ERASES,
    f"{PLACEMENT}/attendance/contact": RECORDS,
    f"{PLACEMENT}/attendance/{{day}}/codes": (Permission.ATTENDANCE_CODE, False),
    f"{PLACEMENT}/attendance/{{day}}/call": REPORTS,
    "/commissioning/alerts/{alert_id}/take": RECORDS,
    "/commissioning/closures/add": REPORTS,
    "/commissioning/closures/{closure_id}/withdraw": REPORTS,
    f"{ASSESSMENTS}/add": RECORDS,
    f"{ASSESSMENT}/withdraw": RECORDS,
    f"{ASSESSMENT}/decide": DECIDES,
    f"{ASSESSMENT}/steps/{{step}}": RECORDS,
    f"{ASSESSMENT}/options/add": RECORDS,
    f"{ASSESSMENT}/options/{{option_id}}": RECORDS,
    f"{ASSESSMENT}/what-if": RECORDS,
    f"{SITE_CHECKS}/add": RECORDS,
    "/commissioning/terms/{year}": RECORDS,
    f"{SITE_CHECKS}/{{check_id}}/withdraw": RECORDS,
    f"{PLACEMENT}/reviews/hold": RECORDS,
    f"{PLACEMENT}/reviews/acknowledge": RECORDS,
    f"{SAFETY}/items/{{number}}": RECORDS_SAFETY,
    f"{SAFETY}/urgent-start": RECORDS_SAFETY,
    f"{PLACEMENT}/funding/arrange": ARRANGES,
    f"{FUNDING}/{{arrangement_id}}/amend": ARRANGES,
    f"{FUNDING}/{{arrangement_id}}/confirm": (Permission.FUNDING_DECIDE, False),
    f"{FUNDING}/{{arrangement_id}}/disputes/{{dispute_id}}/settle": SIGNS,
    f"{PAYER}/sign": SIGNS,
    f"{PAYER}/dispute": SIGNS,
    f"{SAFETY}/duties/{{duty}}/person": HANDS_OVER,
    f"{SAFETY}/duties/{{duty}}/offer": HANDS_OVER,
    f"{SAFETY}/offers/{{offer_id}}/{{answer}}": HANDS_OVER,
}
"""Pages with forms, and what each form is sent to."""

COMMISSIONING_PAGES: Listed = {
    **{("GET", path): needs for path, needs in SHOWN.items()},
    **{(method, path): needs for path, needs in FORMS.items() for method in ("GET", "POST")},
}
"""What each needs: which permission, and whether only of people who signed in lately."""
