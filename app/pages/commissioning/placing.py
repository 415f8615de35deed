"""The pages on which a placement is recorded: as it was assessed, as it runs, or as it must be."""

import uuid
from typing import Any

from app.assessments.errors import AssessmentNotFoundError
from app.assessments.queries import options as option_queries
from app.assessments.service import assessing
from app.children.queries.children import find_by_reference
from app.children.service import keeping
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, FieldFault, InvalidRequestError, NotFoundError
from app.occupancy.schemas import TimetabledSession
from app.pages.commissioning import placing_view as view
from app.pages.commissioning.forms import PLACEMENTS, RECORDS, AnySession, At, add_form
from app.pages.commissioning.week import at_cells, read_week
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.plain_codes import plain
from app.pages.signed_in import acted_for, own_router, understood
from app.placements.errors import AssessmentNeededError, LimitReachedError
from app.placements.queries.placements import list_sites
from app.placements.schemas import NewPlacement
from app.placements.service import recording
from app.providers.errors import ProviderNotFoundError

router = own_router()


async def _adding(session: ReadSession, at: At) -> FormAsked:
    basis = await _basis(session, at)
    if basis is not None:
        return view.place_form(basis)
    child_id = _asked_id(at, "child")
    child = None if child_id is None else await keeping.look_at(session, child_id)
    return view.begin_form(child, at.query.get("provider", "")[:20])


async def _add(session: WriteSession, at: At, answers: Answers) -> str:
    basis = await _basis(session, at)
    if basis is None:
        return await _begin(session, at, answers)
    sessions, cells = read_week(answers)
    reasons = answers.get("urgent_reasons")
    given = {name: answers[name] for name in view.PLAIN if answers.get(name) is not None}
    given |= {"child": basis.child_id, "provider": basis.number, "sessions": sessions}
    given |= {"assessment": basis.assessment_id} if basis.assessment_id else {}
    given |= {"urgent": {"reasons": reasons}} if reasons is not None else {}
    try:
        new = understood(NewPlacement, given)
        placement_id, _ = await recording.record_placement(session, at.actor, at.ring, new)
    except AppError as refused:
        raise _at_fields(refused, cells) from None
    return f"{PLACEMENTS}/{placement_id}?done=recorded"


async def _begin(session: WriteSession, at: At, answers: Answers) -> str:
    """See which child and which provider is meant, and lead on to the rest."""
    child_id, faults = _asked_id(at, "child"), []
    if child_id is None:
        mine = acted_for(at.actor)
        child_id = await find_by_reference(session, mine, str(answers["child_reference"]))
        if child_id is None:
            words = "You hold no child under this reference. Add the child's record first"
            faults.append(FieldFault(words, "/child_reference"))
    number = str(answers["provider"])
    if not await list_sites(session, number):
        words = "No provider has this number, or it has no site. Check it against its page"
        faults.append(FieldFault(words, "/provider"))
    if faults:
        raise InvalidRequestError("Look at these answers again.", errors=tuple(faults))
    return f"{PLACEMENTS}/add?child={child_id}&provider={number}"


def _at_fields(refused: AppError, cells: list[str]) -> AppError:
    """Let a refusal be told in words, and at the fields it is about."""
    if isinstance(refused, LimitReachedError):
        refused.detail = plain(refused.detail)
    elif isinstance(refused, AssessmentNeededError):
        refused.errors = (FieldFault(view.WHY_NOT_ASSESSED, "/urgent_reasons"),)
    refused.errors = tuple(
        FieldFault(one.detail, "/urgent_reasons") if _of_urgency(one) else one
        for one in refused.errors
    )
    return at_cells(refused, cells)


def _of_urgency(fault: FieldFault) -> bool:
    return (fault.pointer or "").startswith("/urgent/")


async def _basis(session: AnySession, at: At) -> view.Basis | None:
    """Return what is known of the placement that is to be recorded; nothing, if too little is."""
    assessment_id = _asked_id(at, "assessment")
    if assessment_id is not None:
        return await _assessed(session, assessment_id)
    child_id, number = _asked_id(at, "child"), at.query.get("provider", "")
    if child_id is None or not number:
        return None
    child = await keeping.look_at(session, child_id)
    sites = await list_sites(session, _number(number))
    if not sites:
        raise ProviderNotFoundError("No provider has this number, or it has no site to place at.")
    site = at.query.get("site", "")
    known = {"site": int(site)} if site.isdecimal() and len(site) < len("32767") else {}
    return view.Basis(child_id, child.reference, _number(number), sites, None, known)


async def _assessed(session: AnySession, assessment_id: uuid.UUID) -> view.Basis:
    assessment = await assessing.look_at(session, assessment_id)
    decision = await option_queries.get_decision(session, assessment_id)
    chosen = None
    if decision is not None and decision.option_id is not None:
        chosen = await option_queries.get_option(session, decision.option_id)
    if chosen is None:
        raise AssessmentNotFoundError(
            "No place was approved by this assessment. Go back to it to see where it stands."
        )
    child = await keeping.look_at(session, assessment.child_id)
    known: dict[str, Any] = {
        "route": assessment.route,
        "delivery": chosen.delivery,
        "site": chosen.site,
        "starts_on": assessment.starts_on,
        "planned_end_on": assessment.ends_on,
        "minutes_elsewhere": chosen.minutes_elsewhere,
        "sessions": [TimetabledSession.model_validate(one) for one in chosen.sessions or ()],
    }
    return view.Basis(
        assessment.child_id,
        child.reference,
        chosen.provider,
        await list_sites(session, chosen.provider),
        assessment_id,
        known,
    )


def _asked_id(at: At, name: str) -> uuid.UUID | None:
    """Return an id that the address says, if it does."""
    try:
        return uuid.UUID(at.query[name]) if at.query.get(name) else None
    except ValueError:
        raise NotFoundError("Nothing has this address. Follow the link again.") from None


def _number(text: str) -> str:
    return text.strip().upper()[:20]


add_form(router, f"{PLACEMENTS}/add", RECORDS, _adding, _add, mendable=(ProviderNotFoundError,))
