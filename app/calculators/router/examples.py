"""Questions and their answers for the OpenAPI document: asked of the rules when it is written."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, TypeAdapter

from app.calculators.answers.attendance import answer_attendance_code
from app.calculators.answers.clocks import answer_clock
from app.calculators.answers.paying import answer_who_pays
from app.calculators.answers.registration import answer_registration
from app.calculators.answers.safeguarding import answer_safeguarding
from app.calculators.schemas.attendance import AttendanceCodeAsked
from app.calculators.schemas.clocks import ClockAsked
from app.calculators.schemas.paying import WhoPaysAsked
from app.calculators.schemas.registration import RegistrationTestAsked
from app.calculators.schemas.safeguarding import SafeguardingAsked

_DAY = "2026-11-30"
_FROM_HOME = {"declared_on": "2026-11-02", "under_15_hours": {"children": 2}}
_SCHOOLS_TERM = {"first": "2026-11-02", "last": "2026-12-18"}

QUESTIONS: Mapping[str, dict[str, Any]] = {
    "testRegistration": {
        "on": _DAY,
        "children": [
            {"minutes_a_week": 1200, "born_on": "2012-05-01", "educated_elsewhere": True},
            {"minutes_a_week": 600, "born_on": "2021-12-05", "educated_elsewhere": False},
        ],
        "declaration": _FROM_HOME,
        "look_ahead_until": "2027-06-30",
    },
    "findWhoPays": {
        "on": _DAY,
        "situation": {
            "on_roll": True,
            "school_kind": "maintained",
            "exclusion": "permanent",
            "exclusion_day": 6,
        },
        "exclusion_money": {"year_pence": 538896, "weeks_left": 17},
    },
    "judgeAttendanceCode": {
        "on": _DAY,
        "where": "elsewhere",
        "arranged_by": "school",
        "supervised": True,
        "given": "D",
    },
    "judgeSafeguarding": {
        "on": _DAY,
        "route": "off-site-direction",
        "items": [
            {"number": "SG2", "done_on": "2026-09-01", "next_due": "2027-08-31"},
            {"number": "SG5", "done_on": "2026-10-19", "next_due": "2026-12-04"},
        ],
    },
    "runClock": {
        "clock": "suspension-education",
        "since": _DAY,
        "calendar": {"terms": [_SCHOOLS_TERM]},
    },
}
"""By operation."""


def shown_question(operation_id: str) -> dict[str, Any]:
    """Return what is added to an operation to show a question."""
    example = {"example": QUESTIONS[operation_id]}
    return {"requestBody": {"content": {"application/json": example}}}


def shown_answer(operation_id: str) -> dict[int | str, dict[str, Any]]:
    """Return the answer to that question, to stand among the responses.

    It is written out: FastAPI would leave members out that are null.
    """
    example = answer_to(operation_id).model_dump_json(by_alias=True)
    return {200: {"content": {"application/json": {"example": example}}}}


def answer_to(operation_id: str) -> BaseModel:
    """Return what the rules answer to an operation's question."""
    asked, today = QUESTIONS[operation_id], date.fromisoformat(_DAY)
    match operation_id:
        case "testRegistration":
            return answer_registration(RegistrationTestAsked.model_validate(asked), today)
        case "findWhoPays":
            return answer_who_pays(WhoPaysAsked.model_validate(asked), today)
        case "judgeAttendanceCode":
            return answer_attendance_code(AttendanceCodeAsked.model_validate(asked), today)
        case "judgeSafeguarding":
            return answer_safeguarding(SafeguardingAsked.model_validate(asked), today)
        case _:
            clock: TypeAdapter[ClockAsked] = TypeAdapter(ClockAsked)
            return answer_clock(clock.validate_python(asked), today)
