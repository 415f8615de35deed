"""The law in force, and the calculators over it, as pages: nothing that is entered is kept.

Forms are sent by POST although nothing changes: what is entered is about a child, however little it
names, and no such thing stands in an address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, Response

from app import clock
from app.calculators.answers.listing import list_rules
from app.calculators.errors import DayNotHeldError
from app.errors import InvalidRequestError, NotFoundError
from app.pages.form_page_view import FormAsked, Part, build_form_page
from app.pages.public import calculator_questions as questions
from app.pages.public.calculator_asking import (
    Answers,
    ask_attendance,
    ask_clock,
    ask_registration,
    ask_who_pays,
)
from app.pages.public.calculator_view import (
    CALCULATORS,
    RULES,
    AnswerView,
    CalculatorView,
    build_rules,
)
from app.pages.public.session_questions import ATTENDANCE, CLOCKS
from app.pages.questions import read_typed, stated
from app.pages.rendering import render
from app.pages.situation_questions import WHO_PAYS
from app.pages.view_models import ActionLink, Frame
from app.register.queries.documents import get_head

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@dataclass(frozen=True, slots=True)
class Calculator:
    """One calculator as a page.

    Attributes:
        words: what to know before answering.
        parts: the questions.
        ask: turns answers into what the law says of them, given today.
    """

    words: str
    parts: tuple[Part, ...]
    ask: Callable[[Answers, date], AnswerView]


@router.get(RULES)
async def show_rules(request: Request) -> HTMLResponse:
    """List the law in force today and what is to come, and lead to the calculators."""
    found = list_rules(clock.today())
    return render("rules.html", build_rules(found, demonstration=await _demonstration(request)))


@router.get(RULES + "/{calculator}")
async def show_calculator(request: Request, calculator: str) -> Response:
    """Show the questions of a calculator."""
    asked = _asked(calculator)
    frame = Frame(demonstration=await _demonstration(request), json_url="/v1/rules")
    form = build_form_page(frame, asked, {}, None)
    return render("calculator.html", CalculatorView(frame, form.title, form, None))


@router.post(RULES + "/{calculator}")
async def calculate(request: Request, calculator: str) -> Response:
    """Answer what was entered on the same page, or say what to mend; keep nothing of it."""
    asked = _asked(calculator)
    frame = Frame(demonstration=await _demonstration(request), json_url="/v1/rules")
    typed, answer, refused = await read_typed(request), None, None
    try:
        answer = _CALCULATORS[calculator].ask(stated(asked.questions, typed), clock.today())
    except (InvalidRequestError, DayNotHeldError) as fault:
        refused = fault
    form = build_form_page(frame, asked, typed, None, refused)
    view = CalculatorView(frame, form.title, form, answer)
    page = render("calculator.html", view, status_code=refused.status if refused else 200)
    page.headers["Cache-Control"] = "no-store"
    return page


def _asked(calculator: str) -> FormAsked:
    """Return what a calculator asks.

    Raises:
        NotFoundError: there is none of that name.
    """
    found = _CALCULATORS.get(calculator)
    if found is None:
        raise NotFoundError("There is no such calculator. All of them are listed at /rules.")
    here = f"{RULES}/{calculator}"
    heading = next(link.text for link in CALCULATORS if link.href == here)
    back = ActionLink("The law on placements", RULES)
    return FormAsked(heading, "Answer", back, found.parts, paragraphs=(found.words,))


async def _demonstration(request: Request) -> bool:
    async with request.app.state.read_pool.acquire() as connection:
        head = await get_head(connection)
    request.state.demonstration = head["demonstration"]
    return bool(head["demonstration"])


_CALCULATORS: Mapping[str, Calculator] = {
    "who-pays": Calculator(
        "Answer what you know and leave the rest. Do not enter a name.",
        WHO_PAYS,
        ask_who_pays,
    ),
    "registration-test": Calculator(
        "Count each child of compulsory school age once, over everybody who places or pays for "
        "children there. Hours include breaks. Leave out tutors in the child's home and lessons "
        "online: for these a person must decide.",
        questions.REGISTRATION,
        ask_registration,
    ),
    "attendance-code": Calculator(
        "The register is the home school's, and it decides. Do not enter a name.",
        ATTENDANCE,
        ask_attendance,
    ),
    "clocks": Calculator(
        "Dates of terms are not known here, so school days are guessed, and the answer says so. "
        "With dates of terms, ask POST /v1/rules/clocks.",
        CLOCKS,
        ask_clock,
    ),
}
