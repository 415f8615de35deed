"""The pages on the law: the list, and a calculator asked, answered and refused."""

from datetime import date

from app.calculators.answers.listing import list_rules
from app.errors import FieldFault, InvalidRequestError
from app.pages.form_page_view import build_form_page
from app.pages.public.calculator_view import (
    AnswerPart,
    AnswerView,
    AuthorityLine,
    CalculatorView,
    build_rules,
)
from app.pages.view_models import Frame
from tests.pages.answers import HOSTILE
from tests.pages.made_examples import form_page

_LINES = (
    AuthorityLine(HOSTILE, HOSTILE, HOSTILE, "/account", HOSTILE),
    AuthorityLine(HOSTILE, HOSTILE, HOSTILE, "/account", None),
    AuthorityLine(HOSTILE, "", None, "", None),
)
_ANSWER = AnswerView(HOSTILE, HOSTILE, "grey", HOSTILE, (AnswerPart(HOSTILE, _LINES),))


def rules_pages() -> dict[str, tuple[str, object]]:
    """Return each page: its template and its view."""
    form = form_page()
    frame = Frame(demonstration=True)
    fault = FieldFault("Say where", pointer="/list")
    refused = InvalidRequestError("Look again.", errors=(fault,))
    again = build_form_page(frame, form.asked, {}, None, refused)
    return {
        "rules": (
            "rules.html",
            build_rules(list_rules(date(2026, 11, 30)), demonstration=False),
        ),
        "calculator-asked": ("calculator.html", CalculatorView(frame, HOSTILE, form, None)),
        "calculator-answered": ("calculator.html", CalculatorView(frame, HOSTILE, form, _ANSWER)),
        "calculator-refused": ("calculator.html", CalculatorView(frame, again.title, again, None)),
    }
