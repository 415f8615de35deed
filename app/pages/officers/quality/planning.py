"""The pages on which inspections are planned, changed and given up, and inspectors are named."""

from enum import StrEnum
from typing import Any

from fastapi import Request
from starlette.responses import Response

from app.access import Actor, Role
from app.db.events import ReadSession, WriteSession
from app.errors import NotFoundError
from app.http.sessions import Reading
from app.inspections.errors import InspectorNotFoundError, NotIndependentError
from app.inspections.queries import inspections as queries
from app.inspections.queries.inspections import Wanted
from app.inspections.schemas.inspections import (
    Cancellation,
    InspectionChange,
    NewInspection,
    NewInspector,
)
from app.inspections.service import inspectors, planning
from app.inspections.service.plan_faults import QA_KINDS
from app.inspections.terms import InspectorPart
from app.organisations.queries import members, organisations
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.officers.answered_records import RECORD, answered_record
from app.pages.officers.desk import RECORDS as OF_RECORDS
from app.pages.officers.quality import planning_view as view
from app.pages.officers.quality.forms import (
    INSPECTION,
    INSPECTIONS,
    PLANS,
    AnySession,
    At,
    Done,
    Reader,
    add_form,
    show_page,
)
from app.pages.officers.quality.read import read_inspection
from app.pages.questions import Offered
from app.pages.signed_in import acted_for, own_router, understood

router = own_router()

MOST = 200
_LIST = f"{RECORD}/inspections"


class Step(StrEnum):
    """What is done to a plan; each is the last part of an address."""

    CHANGE = "change"
    CANCEL = "give-up"
    NAME = "name-inspector"
    TAKE_OFF = "take-inspector-off"


@router.get(_LIST)
async def show_inspections(
    request: Request, session: Reading, actor: Reader, number: str, done: Done = None
) -> Response:
    """List every inspection of a provider one answers for that one may see."""
    record = await answered_record(session, actor, number)
    wanted = Wanted(provider_number=record.held.number)
    found = await queries.list_inspections(session, wanted, None, MOST)
    return await show_page(request, view.record_part(actor, record, found), done, OF_RECORDS)


async def _planning(session: ReadSession, at: At) -> FormAsked:
    record = await answered_record(session, at.actor, at.number)
    kinds = organisations.Wanted(kinds=tuple(sorted(QA_KINDS)))
    bodies = await organisations.list_organisations(session, kinds, None, 1_000)
    others = [(str(one.id), one.name) for one in bodies if one.id != at.actor.organisation_id]
    people = await _inspectors(session, at.actor)
    return view.plan_form(record, people, others, at.query.get("site", ""))


async def _plan(session: WriteSession, at: At, answers: Answers) -> str:
    given: dict[str, Any] = {name: one for name, one in answers.items() if one is not None}
    lead, people = given.pop("lead", None), given.pop("inspectors")
    named = [lead, *(one for one in people if one != lead)] if lead else people
    given["provider"] = at.number
    given["inspectors"] = [
        {"person": one, "part": InspectorPart.INSPECTOR if place else InspectorPart.LEAD}
        for place, one in enumerate(named)
    ]
    reference = await planning.plan(session, at.actor, understood(NewInspection, given))
    return f"{INSPECTIONS}/{reference}?done=planned"


async def _changing(session: ReadSession, at: At) -> FormAsked:
    read = await read_inspection(session, at.actor, at.reference)
    step = _step(at)
    if step is Step.CHANGE:
        return view.change_form(read)
    if step is Step.CANCEL:
        return view.cancel_form(read)
    if step is Step.NAME:
        return view.name_form(read, await _inspectors(session, at.actor))
    return view.take_off_form(read)


async def _change(session: WriteSession, at: At, answers: Answers) -> str:
    step, reference = _step(at), at.reference
    if step is Step.CHANGE:
        given = {name: one for name, one in answers.items() if one is not None}
        change = understood(InspectionChange, given)
        await planning.change(session, at.actor, reference, change, at.version)
        return f"{INSPECTIONS}/{reference}?done=changed"
    if step is Step.CANCEL:
        said = understood(Cancellation, answers)
        await planning.cancel(session, at.actor, reference, said.reason, at.version)
        return f"{INSPECTIONS}/{reference}?done=cancelled"
    named = understood(NewInspector, answers)
    if step is Step.NAME:
        await inspectors.name_inspector(session, at.actor, reference, named)
        return f"{INSPECTIONS}/{reference}?done=named"
    await inspectors.take_off(session, at.actor, reference, named.person)
    return f"{INSPECTIONS}/{reference}?done=taken-off"


def _step(at: At) -> Step:
    try:
        return Step(at.text("step", "[a-z-]{1,40}"))
    except ValueError:
        raise NotFoundError("There is no such step. Go back, and follow the link again.") from None


async def _inspectors(session: AnySession, actor: Actor) -> list[Offered]:
    """Return who of one's own organisation may inspect."""
    found = await members.list_members(session, acted_for(actor), None, 1_000)
    return [(str(one.person_id), one.name) for one in found if Role.INSPECTOR in one.roles]


_MENDABLE = (NotIndependentError, InspectorNotFoundError)
add_form(router, f"{_LIST}/plan", PLANS, _planning, _plan, mendable=_MENDABLE)
add_form(router, f"{INSPECTION}/plan/{{step}}", PLANS, _changing, _change, mendable=_MENDABLE)
