"""The pages of oversight, and who may reach them."""

from app.access import Permission
from tests.contracts.record_pages import Listed

OVERSEES = (Permission.OVERSIGHT_READ, False)
SEES_SOUGHT = (Permission.FOLLOW_UPS_READ, False)
ENDS_SEARCH = (Permission.FOLLOW_UPS_CLOSE, False)
SEES_CASES = (Permission.REGISTRATION_CASES_READ, False)
CLOSES_CASES = (Permission.REGISTRATION_CASES_CLOSE, False)
MATCHES = (Permission.CHILDREN_MATCH, False)
FOLLOW_UP = "/oversight/follow-ups/{follow_up_id}"
CASE = "/oversight/cases/{case_id}"
QUESTION = "/oversight/match-questions/{question_id}"

SHOWN: dict[str, tuple[Permission, bool]] = {
    "/oversight": OVERSEES,
    "/oversight/settings": OVERSEES,
    "/oversight/follow-ups": SEES_SOUGHT,
    FOLLOW_UP: SEES_SOUGHT,
    "/oversight/cases": SEES_CASES,
    CASE: SEES_CASES,
    f"{CASE}/children": SEES_CASES,
    "/oversight/match-questions": MATCHES,
    QUESTION: MATCHES,
}
"""Pages without a form that acts."""

FORMS: dict[str, tuple[Permission, bool]] = {
    f"{FOLLOW_UP}/step": (Permission.FOLLOW_UPS_RECORD, False),
    f"{FOLLOW_UP}/handover": ENDS_SEARCH,
    f"{FOLLOW_UP}/handover/answer": ENDS_SEARCH,
    f"{FOLLOW_UP}/outcome": ENDS_SEARCH,
    f"{CASE}/close": CLOSES_CASES,
    f"{CASE}/children/{{child_id}}/find": CLOSES_CASES,
    f"{QUESTION}/answer": MATCHES,
}
"""Pages with forms, and what each form is sent to."""

OVERSIGHT_PAGES: Listed = {
    **{("GET", path): needs for path, needs in SHOWN.items()},
    **{(method, path): needs for path, needs in FORMS.items() for method in ("GET", "POST")},
}
"""What each needs: which permission, and whether only of people who signed in lately."""
