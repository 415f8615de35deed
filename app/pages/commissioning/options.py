"""The pages on the settings of an assessment: side by side, added, changed, and tested."""

from typing import Annotated, Any, TypeVar

from fastapi import Query, Request, Response
from pydantic import BaseModel

from app.assessments.errors import OptionNotFoundError
from app.assessments.queries import options as queries
from app.assessments.schemas.options import OptionStated, WhatIfAsked
from app.assessments.service import assessing, testing
from app.assessments.service import options as service
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Looking, Reading
from app.pages.commissioning import options_forms as forms
from app.pages.commissioning import options_view as view
from app.pages.commissioning.assessments_view import DONE, finding_line
from app.pages.commissioning.finding import show_finding
from app.pages.commissioning.forms import (
    HERE,
    RECORDS,
    WRITTEN_DOWN,
    At,
    Done,
    Reader,
    Recorder,
    add_form,
    at_of,
)
from app.pages.commissioning.read import ASSESSMENT, ASSESSMENTS, Whole, look, read_assessment
from app.pages.commissioning.weeks import sessions_in, timetable_in
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_frame, own_page, own_router, understood
from app.pages.view_models import ActionLink
from app.providers.errors import ProviderNotFoundError
from app.rules.suitability.steps import Step

router = own_router()

SchemaT = TypeVar("SchemaT", bound=BaseModel)
OPTIONS = f"{ASSESSMENT}/options"
MOST_TESTS = 10
_ASKED = "The light stands below, with what was asked before."


@router.get(OPTIONS)
async def show_options(
    request: Request, session: Looking, actor: Reader, done: Done = None
) -> Response:
    """Show settings side by side, and what was asked of the limit."""
    at = at_of(request, actor)
    await look(session, at)
    whole = await read_assessment(session, at)
    tests = await queries.list_tests(session, whole.told.id, MOST_TESTS)
    found = tuple(finding_line(one) for one in whole.step(Step.SHORTLIST).found)
    frame = await own_frame(request, HERE)
    said = _ASKED if done == "asked" else DONE.get(done or "")
    side = view.side_by_side(frame, whole, tests, (WRITTEN_DOWN, *found), said)
    return own_page("side_by_side.html", side)


@router.get(f"{OPTIONS}/find")
async def find_setting(
    request: Request,
    session: Reading,
    actor: Recorder,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Look for a setting on the register."""
    row = await assessing.look_at(session, at_of(request, actor).id("assessment_id"))
    here = f"{ASSESSMENTS}/{row.id}/options"
    back = ActionLink("Settings side by side", here)
    return await show_finding(request, q, f"{here}/add?", back)


async def _adding(session: ReadSession, at: At) -> FormAsked:
    whole = await _open(session, at)
    named = (at.query.get("provider", "")[:20], at.query.get("site", "1")[:5])
    return forms.option_form(whole, named, None)


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("assessment_id")
    of = (which, at.version)
    await service.add(session, at.actor, at.ring, of, _stated(answers))
    return f"{ASSESSMENTS}/{which}/options?done=option"


async def _changing(session: ReadSession, at: At) -> FormAsked:
    whole = await _open(session, at)
    held = whole.option(at.id("option_id"))
    return forms.option_form(whole, (held.provider, str(held.site)), held)


async def _change(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("assessment_id")
    of = (which, at.id("option_id"), at.version)
    await service.change(session, at.actor, at.ring, of, _stated(answers))
    return f"{ASSESSMENTS}/{which}/options?done=option"


async def _asking(session: ReadSession, at: At) -> FormAsked:
    return forms.what_if_form(await _open(session, at))


async def _ask(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("assessment_id")
    names = ("provider", "site", "delivery", "starts_on", "ends_on", "minutes_elsewhere")
    given: dict[str, Any] = {name: answers[name] for name in names if answers[name] is not None}
    given["sessions"] = sessions_in(answers)
    if not given["sessions"]:
        words = "Write down when the child would be there, on one day at least."
        raise InvalidRequestError(words, errors=(FieldFault(words, "/monday"),))
    await testing.what_if(session, at.actor, which, _read(WhatIfAsked, given))
    return f"{ASSESSMENTS}/{which}/options?done=asked"


_MENDABLE = (ProviderNotFoundError,)
# before the form about one, whose address would take theirs for somebody's
add_form(router, f"{OPTIONS}/add", RECORDS, _adding, _add, mendable=_MENDABLE, looks=look)
add_form(
    router,
    f"{OPTIONS}/{{option_id}}",
    RECORDS,
    _changing,
    _change,
    mendable=(*_MENDABLE, OptionNotFoundError),
    looks=look,
)
add_form(router, f"{ASSESSMENT}/what-if", RECORDS, _asking, _ask, mendable=_MENDABLE, looks=look)


async def _open(session: ReadSession, at: At) -> Whole:
    whole = await read_assessment(session, at)
    assessing.check_own(at.actor, whole.row)
    assessing.check_open(whole.row)
    return whole


def _stated(answers: Answers) -> OptionStated:
    names = ("provider", "site", "programme", "delivery", "gaps", "standing", "reasons")
    given: dict[str, Any] = {name: answers[name] for name in names if answers[name] is not None}
    given["timetable"] = timetable_in(answers)
    if answers["pence"] is not None or answers["unit"] is not None:
        if answers["pence"] is None or answers["unit"] is None:
            words = "Enter a price, and say for what it is. Leave both empty if none is known."
            name = "pence" if answers["pence"] is None else "unit"
            raise InvalidRequestError(words, errors=(FieldFault(words, f"/{name}"),))
        given["price"] = {"pence": answers["pence"], "unit": answers["unit"]}
    return _read(OptionStated, given)


def _read(schema: type[SchemaT], given: dict[str, Any]) -> SchemaT:
    """Read answers as the API would; what is wrong with a week is told at its first day."""
    try:
        return understood(schema, given)
    except InvalidRequestError as refused:
        faults = tuple(_at_its_question(one) for one in refused.errors)
        raise InvalidRequestError(refused.detail, errors=faults) from None


def _at_its_question(fault: FieldFault) -> FieldFault:
    parts = (fault.pointer or "").lstrip("/").split("/")
    if parts[0] in {"timetable", "sessions"} and parts[-1] != "minutes_elsewhere":
        return FieldFault(fault.detail, "/monday")
    return FieldFault(fault.detail, f"/{parts[-1]}") if parts[0] else fault
