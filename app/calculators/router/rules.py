"""The law listed, and the five calculators."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from app import clock
from app.calculators.answers.attendance import answer_attendance_code
from app.calculators.answers.clocks import answer_clock
from app.calculators.answers.listing import list_rules
from app.calculators.answers.paying import answer_who_pays
from app.calculators.answers.registration import answer_registration
from app.calculators.answers.safeguarding import answer_safeguarding
from app.calculators.errors import DayNotHeldError
from app.calculators.router.examples import shown_answer, shown_question
from app.calculators.schemas.attendance import AttendanceCodeAnswer, AttendanceCodeAsked
from app.calculators.schemas.clocks import ClockAnswer, ClockAsked
from app.calculators.schemas.paying import WhoPaysAnswer, WhoPaysAsked
from app.calculators.schemas.registration import RegistrationTestAnswer, RegistrationTestAsked
from app.calculators.schemas.safeguarding import SafeguardingAnswer, SafeguardingAsked
from app.calculators.schemas.stated import RulesList, RulesQuery
from app.errors import InvalidRequestError
from app.http.etag import not_modified, strong_etag
from app.http.problems import problems

router = APIRouter(prefix="/v1/rules", tags=["rules"])

_NOT_MODIFIED: dict[int | str, dict[str, Any]] = {304: {"description": "You already have it"}}
_REFUSED = problems(InvalidRequestError, DayNotHeldError)


@router.get(
    "",
    operation_id="listRules",
    response_model=RulesList,
    responses=_NOT_MODIFIED | problems(InvalidRequestError),
)
async def get_rules(request: Request, query: Annotated[RulesQuery, Query()]) -> Response:
    """List the law that is in force on a day and what is to come, each with its source."""
    found = list_rules(query.in_force_on or clock.today(), query.subject)
    body = found.model_dump_json().encode()
    etag = strong_etag(body)
    headers = {"ETag": etag, "Cache-Control": "public, no-cache"}
    if unchanged := not_modified(request, etag, headers):
        return unchanged
    return Response(body, media_type="application/json", headers=headers)


@router.post(
    "/registration-test",
    operation_id="testRegistration",
    responses=shown_answer("testRegistration") | _REFUSED,
    openapi_extra=shown_question("testRegistration"),
)
async def run_registration_test(
    response: Response, asked: RegistrationTestAsked
) -> RegistrationTestAnswer:
    """Say how near a setting is to having to register as an independent school.

    Asked of the institution over all who place children with it. Keeps nothing.
    """
    response.headers["Cache-Control"] = "no-store"
    return answer_registration(asked, clock.today())


@router.post(
    "/who-pays",
    operation_id="findWhoPays",
    responses=shown_answer("findWhoPays") | _REFUSED,
    openapi_extra=shown_question("findWhoPays"),
)
async def find_who_pays(response: Response, asked: WhoPaysAsked) -> WhoPaysAnswer:
    """Say who commissions a place and who pays first, with what goes with it.

    Facts choose the route, or the caller does; where none fits, a person must decide. Keeps
    nothing.
    """
    response.headers["Cache-Control"] = "no-store"
    return answer_who_pays(asked, clock.today())


@router.post(
    "/attendance-code",
    operation_id="judgeAttendanceCode",
    responses=shown_answer("judgeAttendanceCode") | _REFUSED,
    openapi_extra=shown_question("judgeAttendanceCode"),
)
async def judge_attendance_code(
    response: Response, asked: AttendanceCodeAsked
) -> AttendanceCodeAnswer:
    """Say which code of the attendance register fits a session, and which are wrong and why.

    Keeps nothing.
    """
    response.headers["Cache-Control"] = "no-store"
    return answer_attendance_code(asked, clock.today())


@router.post(
    "/safeguarding",
    operation_id="judgeSafeguarding",
    responses=shown_answer("judgeSafeguarding") | problems(InvalidRequestError),
    openapi_extra=shown_question("judgeSafeguarding"),
)
async def judge_safeguarding(response: Response, asked: SafeguardingAsked) -> SafeguardingAnswer:
    """Say what keeps a placed child safe, whose each duty is, what is lacking, and how it stands.

    Keeps nothing.
    """
    response.headers["Cache-Control"] = "no-store"
    return answer_safeguarding(asked, clock.today())


@router.post(
    "/clocks",
    operation_id="runClock",
    responses=shown_answer("runClock") | _REFUSED,
    openapi_extra=shown_question("runClock"),
)
async def run_clock(response: Response, asked: ClockAsked) -> ClockAnswer:
    """Say by when, or from when, something must be done, counted as its law counts.

    Keeps nothing.
    """
    response.headers["Cache-Control"] = "no-store"
    return answer_clock(asked, clock.today())
