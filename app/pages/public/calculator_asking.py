"""From the answers on a calculator's page to the law's own, in the words of a page."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import NoReturn, TypeAlias

from app.calculators.answers.attendance import answer_attendance_code
from app.calculators.answers.clocks import answer_clock
from app.calculators.answers.paying import answer_who_pays
from app.calculators.answers.registration import answer_registration, declaration_of
from app.calculators.schemas.attendance import AttendanceCodeAsked
from app.calculators.schemas.clocks import (
    CalendarClock,
    ClockAsked,
    ExclusionClock,
    HealthClock,
    SchoolDayClock,
)
from app.calculators.schemas.paying import SituationAsked, WhoPaysAsked
from app.calculators.schemas.registration import (
    ChildAsked,
    DeclarationAsked,
    RegistrationTestAsked,
)
from app.errors import FieldFault, InvalidRequestError
from app.pages.public import calculator_questions as questions
from app.pages.public.calculator_answers import (
    show_attendance,
    show_clock,
    show_registration,
    show_who_pays,
)
from app.pages.public.calculator_view import AnswerView
from app.pages.signed_in import understood
from app.pages.situation_questions import answered, situation_in, ticked
from app.rules.registration.facts import declared_children

Answers: TypeAlias = Mapping[str, object]
"""What was answered, by the names of the questions."""
MOST_IN_A_BAND = 100
"""Children; a setting with more of them in one band has long crossed the limit."""

_CLOCKS: Mapping[str, type[SchoolDayClock | ExclusionClock | HealthClock | CalendarClock]] = {
    "permanent-exclusion-education": ExclusionClock,
    "health-absence": HealthClock,
    "review-request": CalendarClock,
    "plan-annual-review": CalendarClock,
}
"""Clocks of another kind than those that count school days from one day."""


def ask_who_pays(answers: Answers, today: date) -> AnswerView:
    """Ask who commissions and who pays first.

    Raises:
        InvalidRequestError: a number is too large.
    """
    asked = understood(SituationAsked, situation_in(answers))
    return show_who_pays(answer_who_pays(WhoPaysAsked(situation=asked), today))


def ask_registration(answers: Answers, today: date) -> AnswerView:
    """Ask how near a setting is to having to register.

    Raises:
        InvalidRequestError: numbers do not go together.
    """
    bands = questions.banded(answers)
    for band, numbers in bands.items():
        _see_that_they_fit(band, numbers)
    declared = DeclarationAsked.model_validate({"declared_on": today} | bands)
    if answers["declared"]:
        asked = RegistrationTestAsked(declaration=declared)
    else:
        placed = map(asdict, declared_children(declaration_of(declared)))
        asked = RegistrationTestAsked(children=tuple(map(ChildAsked.model_validate, placed)))
    return show_registration(answer_registration(asked, today))


def _see_that_they_fit(band: str, numbers: Mapping[str, int]) -> None:
    children = numbers["children"]
    if children > MOST_IN_A_BAND:
        _refuse(f"{band}-children", f"Enter at most {MOST_IN_A_BAND}")
    for part in ("with_a_plan_or_looked_after", "with_special_needs"):
        if numbers[part] > children:
            _refuse(f"{band}-{part}", "There cannot be more of them than children")


def _refuse(name: str, words: str) -> NoReturn:
    fault = FieldFault(words, pointer=f"/{name}")
    raise InvalidRequestError("Look at these answers again.", errors=(fault,))


def ask_attendance(answers: Answers, today: date) -> AnswerView:
    """Ask which code fits a session of today."""
    told = answered(answers, "facts")
    told |= dict.fromkeys(ticked(answers, "facts"), True)
    return show_attendance(answer_attendance_code(understood(AttendanceCodeAsked, told), today))


def ask_clock(answers: Answers, today: date) -> AnswerView:
    """Ask by when something must be done.

    Raises:
        DayNotHeldError: the law of that day is not held here.
        InvalidRequestError: the day is too long ago or too far ahead.
    """
    kind = _CLOCKS.get(str(answers["clock"]), SchoolDayClock)
    asked: ClockAsked = understood(kind, dict(answers))
    return show_clock(answer_clock(asked, today))
