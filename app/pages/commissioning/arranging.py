"""The pages on which it is arranged who pays for a placement, and agreed on other terms."""

import uuid
from collections.abc import Mapping
from typing import Annotated

from fastapi import Depends, Query, Request
from starlette.responses import Response

from app import clock
from app.access import Actor, Permission
from app.audit.service import record_read
from app.db.events import ReadSession, WriteSession
from app.errors import AppError, NotFoundError
from app.funding.errors import FundingNotYoursError, PayerNotAllowedError
from app.funding.queries.parties import list_organisations
from app.funding.schemas.asked import FundingAmendment, NewArrangement
from app.funding.service import arranging as service
from app.funding.service import parties
from app.http.security import Requires
from app.http.sessions import Reading
from app.organisations.queries import organisations
from app.pages.commissioning import payer_cells as cells
from app.pages.commissioning import terms_form as asked
from app.pages.commissioning.forms import PLACEMENTS, AnySession, At, add_form
from app.pages.commissioning.funding import ARRANGEMENT, FUNDING, OF_PLACEMENT, PURPOSE
from app.pages.commissioning.payer_finding import show_finding
from app.pages.commissioning.signing import look, read_arrangement
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked
from app.pages.signed_in import own_router, understood
from app.placements.errors import PlacementNotYoursError
from app.placements.service import recording
from app.rules.funding.agreeing import Capacity
from app.values.words import search_words

router = own_router()

ARRANGES = Requires(Permission.FUNDING_RECORD)
Arranger = Annotated[Actor, Depends(ARRANGES)]
MOST_FOUND = 20


@router.get(f"{OF_PLACEMENT}/find")
async def find_payer(
    request: Request,
    session: Reading,
    _: Arranger,
    placement_id: uuid.UUID,
    q: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """Look for an organisation that pays, beside those that have a duty to the child."""
    found, words = [], tuple(search_words(q))
    if words:
        wanted = organisations.Wanted(words=words, open_on=clock.today())
        rows = await organisations.list_organisations(session, wanted, None, MOST_FOUND + 1)
        found = list(rows)
    here = f"{PLACEMENTS}/{placement_id}/funding"
    return await show_finding(request, here, q, found, MOST_FOUND)


async def _looks(session: WriteSession, at: At) -> None:
    placement = await recording.look_at(session, at.id("placement_id"))
    subject = recording.subject_of(placement.id, placement.commissioner_id)
    await record_read(session, at.actor, "placement.funding_read", subject, PURPOSE)


async def _basis(session: AnySession, at: At, placement_id: uuid.UUID) -> cells.Basis:
    """Return who can pay for a placement: those with a duty to the child, and who was chosen."""
    placement = await recording.look_at(session, placement_id)
    if placement.commissioner_id != at.actor.organisation_id:
        raise PlacementNotYoursError(
            "Only the commissioner whose placement it is arranges who pays."
        )
    law = await parties.by_law(session, placement, max(placement.starts_on, clock.today()))
    known: dict[tuple[Capacity, uuid.UUID], None] = dict.fromkeys(law.bearers.items())
    chosen = _chosen(at)
    rows = await list_organisations(
        session, {*law.bearers.values(), *((chosen,) if chosen else ())}
    )
    if chosen is not None and chosen in rows:
        capacities = parties.pays_as(rows[chosen].kind)
        known |= dict.fromkeys((capacity, chosen) for capacity in capacities)
    names = {one: row.name for one, row in rows.items()}
    return cells.Basis(placement, law, known, names, chosen)


def _chosen(at: At) -> uuid.UUID | None:
    """Return the organisation that was looked for and chosen, if one was."""
    try:
        return uuid.UUID(at.query["payer"]) if at.query.get("payer") else None
    except ValueError:
        raise NotFoundError("Nobody has this address. Look for the payer again.") from None


async def _arranging(session: ReadSession, at: At) -> FormAsked:
    basis = await _basis(session, at, at.id("placement_id"))
    return asked.arrange_form(basis, gets_back=bool(at.query.get("got-back")))


async def _arrange(session: WriteSession, at: At, answers: Answers) -> str:
    placement_id = at.id("placement_id")
    basis = await _basis(session, at, placement_id)
    given, places = asked.read_terms(answers)
    try:
        new = understood(NewArrangement, given | {"kind": answers["kind"]})
        arrangement_id = await service.arrange(session, at.actor, at.ring, placement_id, new)
    except AppError as refused:
        raise _at_fields(refused, basis, places) from None
    return f"{FUNDING}/{arrangement_id}?done=arranged"


async def _amending(session: ReadSession, at: At) -> FormAsked:
    read = await read_arrangement(session, at)
    if not read.own:
        raise FundingNotYoursError(
            "Only the commissioner whose placement it is agrees on other terms. A payer signs or "
            "disputes."
        )
    basis = await _basis(session, at, read.told.placement.id)
    return asked.amend_form(basis, read.told)


async def _amend(session: WriteSession, at: At, answers: Answers) -> str:
    arrangement_id = at.id("arrangement_id")
    held = await service.look_at(session, arrangement_id)
    basis = await _basis(session, at, held.placement_id)
    given, places = asked.read_terms(answers)
    try:
        amendment = understood(FundingAmendment, given | {"why": answers["why"]})
        of = (arrangement_id, at.version)
        await service.amend(session, at.actor, at.ring, of, amendment)
    except AppError as refused:
        raise _at_fields(refused, basis, places) from None
    return f"{FUNDING}/{arrangement_id}?done=amended"


def _at_fields(refused: AppError, basis: cells.Basis, places: Mapping[str, list[int]]) -> AppError:
    """Let a refusal be told in words, at the fields it is about."""
    if isinstance(refused, PayerNotAllowedError):
        asked.ask_for_reason(refused, basis)
    else:
        refused.errors = tuple(cells.at_field(one, places) for one in refused.errors)
    return refused


add_form(router, f"{OF_PLACEMENT}/arrange", ARRANGES, _arranging, _arrange, looks=_looks)
add_form(router, f"{ARRANGEMENT}/amend", ARRANGES, _amending, _amend, looks=look)
