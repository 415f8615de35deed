"""The pages of commissioning, and who may reach them."""

from app.access import Permission
from tests.contracts.record_pages import Listed

PLACEMENTS = "/commissioning/placements"
PLACEMENT = f"{PLACEMENTS}/{{placement_id}}"

READS = (Permission.PLACEMENTS_READ, False)
RECORDS = (Permission.PLACEMENTS_RECORD, False)

SHOWN: dict[str, tuple[Permission, bool]] = {
    "/commissioning": READS,
    PLACEMENTS: READS,
    PLACEMENT: READS,
}
"""Pages without a form that acts."""

FORMS: dict[str, tuple[Permission, bool]] = {
    f"{PLACEMENTS}/add": RECORDS,
    f"{PLACEMENT}/timetable": RECORDS,
    f"{PLACEMENT}/end": RECORDS,
    f"{PLACEMENT}/end/correct": RECORDS,
    f"{PLACEMENT}/assessment": RECORDS,
    f"{PLACEMENT}/extension": RECORDS,
}
"""Pages with forms, and what each form is sent to."""

COMMISSIONING_PAGES: Listed = {
    **{("GET", path): needs for path, needs in SHOWN.items()},
    **{(method, path): needs for path, needs in FORMS.items() for method in ("GET", "POST")},
}
"""What each needs: which permission, and whether only of people who signed in lately."""
