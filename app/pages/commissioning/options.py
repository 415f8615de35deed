"""The pages on the settings of an assessment: side by side, added, changed, and tested."""

import re
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query, Request, Response

from app.assessments.errors import OptionNotFoundError
from app.assessments.queries import options as queries
from app.assessments.schemas.options import OptionStated, WhatIfAsked
from app.assessments.service import assessing, testing
from app.assessments.service import options as service
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault, InvalidRequestError
from app.http.sessions import Looking, Reading
from app.pages.commissioning import options_forms as forms
from app.pages.commissioning import options_view as view
from app.pages.commissioning.assessments_view import DONE, finding_line
from app.pages.commissioning.finding import show_finding
from app.pages.commissioning.forms import (
    HERE,
    RECORDS,
    WRITTEN_DOWN,
    AnySession,
    At,
    Done,
    Reader,
    Recorder,
    add_form,
    at_of,
)
from app.pages.commissioning.read import ASSESSMENT, ASSESSMENTS, Whole, look, read_assessment
from app.pages.commissioning.week import at_cells, read_week
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_frame, own_page, own_router, understood
from app.pages.view_models import ActionLink
from app.placements.queries.placements import list_sites
from app.providers.errors import ProviderNotFoundError
from app.rules.suitability.steps import Step

router = own_router()

OPTIONS = f"{ASSESSMENT}/options"
MOST_TESTS = 10
_TIME = re.compile("[a-z]+-[0-9]+-(from|until)")
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
    whole, number = await _open(session, at), _provider(at)
    sites = await _sites(session, number)
    return forms.option_form(whole, (number, at.query.get("site", "")[:5]), sites, None)


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    which, (stated, cells) = at.id("assessment_id"), _stated(_provider(at), answers)
    try:
        await service.add(session, at.actor, at.ring, (which, at.version), stated)
    except InvalidRequestError as refused:
        raise _at_week(refused, cells) from refused
    return f"{ASSESSMENTS}/{which}/options?done=option"


async def _changing(session: ReadSession, at: At) -> FormAsked:
    whole = await _open(session, at)
    held = whole.option(at.id("option_id"))
    sites = await _sites(session, held.provider)
    return forms.option_form(whole, (held.provider, str(held.site)), sites, held)


async def _change(session: WriteSession, at: At, answers: Answers) -> str:
    whole = await _open(session, at)
    held = whole.option(at.id("option_id"))
    stated, cells = _stated(held.provider, answers)
    of = (whole.told.id, held.id, at.version)
    try:
        await service.change(session, at.actor, at.ring, of, stated)
    except InvalidRequestError as refused:
        raise _at_week(refused, cells) from refused
    return f"{ASSESSMENTS}/{whole.told.id}/options?done=option"


async def _asking(session: ReadSession, at: At) -> FormAsked:
    return forms.what_if_form(await _open(session, at))


async def _ask(session: WriteSession, at: At, answers: Answers) -> str:
    which = at.id("assessment_id")
    names = ("provider", "site", "delivery", "starts_on", "ends_on", "minutes_elsewhere")
    given: dict[str, Any] = {name: answers[name] for name in names if answers[name] is not None}
    given["sessions"], cells = read_week(answers)
    try:
        await testing.what_if(session, at.actor, which, understood(WhatIfAsked, given))
    except InvalidRequestError as refused:
        raise at_cells(refused, cells) from refused
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


async def _open(session: AnySession, at: At) -> Whole:
    whole = await read_assessment(session, at)
    assessing.check_own(at.actor, whole.row)
    assessing.check_open(whole.row)
    return whole


async def _sites(session: ReadSession, number: str) -> Sequence[Any]:
    """Return the sites of a provider.

    Raises:
        ProviderNotFoundError: no provider has this number.
    """
    sites = await list_sites(session, number)
    if not sites:
        raise ProviderNotFoundError("No provider has this number. Look for the setting again.")
    return sites


def _provider(at: At) -> str:
    """Return the number of the provider that the address says."""
    return at.query.get("provider", "").strip().upper()[:20]


def _stated(number: str, answers: Answers) -> tuple[OptionStated, list[str]]:
    """Return a setting as the API takes it, and in which cell each of its sessions stands."""
    names = ("site", "programme", "delivery", "gaps", "standing", "reasons")
    given: dict[str, Any] = {name: answers[name] for name in names if answers[name] is not None}
    cells: list[str] = []
    if any(held is not None for name, held in answers.items() if _TIME.fullmatch(name)):
        sessions, cells = read_week(answers)
        elsewhere = answers["minutes_elsewhere"]
        given["timetable"] = {"sessions": sessions, "minutes_elsewhere": elsewhere}
    if answers["pence"] is not None or answers["unit"] is not None:
        if answers["pence"] is None or answers["unit"] is None:
            words = "Enter a price, and say for what it is. Leave both empty if none is known."
            name = "pence" if answers["pence"] is None else "unit"
            raise InvalidRequestError(words, errors=(FieldFault(words, f"/{name}"),))
        given["price"] = {"pence": answers["pence"], "unit": answers["unit"]}
    try:
        return understood(OptionStated, given | {"provider": number}), cells
    except InvalidRequestError as refused:
        raise _at_week(refused, cells) from None


def _at_week(refused: AppError, cells: list[str]) -> AppError:
    """Let what is wrong with a week or a price be told at its own questions."""
    refused.errors = tuple(
        FieldFault(
            one.detail, (one.pointer or "").removeprefix("/timetable").removeprefix("/price")
        )
        for one in refused.errors
    )
    return at_cells(refused, cells) if cells else refused
