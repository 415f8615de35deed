"""The pages of commissioning, and who may reach them."""

from app.access import Permission
from tests.contracts.record_pages import Listed

READS = (Permission.PLACEMENTS_READ, False)

SHOWN: dict[str, tuple[Permission, bool]] = {
    "/commissioning": READS,
}
"""Pages without a form that acts."""

FORMS: dict[str, tuple[Permission, bool]] = {}
"""Pages with forms, and what each form is sent to."""

COMMISSIONING_PAGES: Listed = {
    **{("GET", path): needs for path, needs in SHOWN.items()},
    **{(method, path): needs for path, needs in FORMS.items() for method in ("GET", "POST")},
}
"""What each needs: which permission, and whether only of people who signed in lately."""
