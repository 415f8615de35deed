"""The pages on which officers decide on many listings at once, each of them by itself."""

import uuid
from typing import Annotated

from fastapi import Form, Query, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.http.sessions import Reading
from app.pages.officers.desk import (
    APPLICATIONS,
    RecentConfirmer,
    RecentProposer,
    form_page,
    take_form,
    typed_in,
)
from app.pages.officers.many_view import (
    MOST,
    OutcomesView,
    build_outcomes,
    confirming_form,
    transition_form,
)
from app.pages.officers.own_form import OwnForm, all_of
from app.pages.signed_in import SchemaT, SentOnce, own_frame, own_page, own_router, understood
from app.pages.view_models import ActionLink
from app.providers.queries import transitions as queries
from app.providers.schemas.listings import Confirmations, NewTransition
from app.providers.service import transitions as service

router = own_router()

TRANSITION, CONFIRM = "/applications/transition", "/applications/confirm-many"


@router.get(TRANSITION)
async def show_transition(
    request: Request,
    session: Reading,
    actor: RecentProposer,
    after: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Offer the providers that one's authority may list by its recent checks."""
    return await form_page(request, await _eligible(session, actor, after))


@router.post(TRANSITION)
async def propose(
    request: Request,
    actor: RecentProposer,
    sent: Annotated[SentOnce, Form()],
    after: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Propose to list those chosen, and say what became of each."""
    # Made before anything is done, as what became of each is shown once.
    frame, shown = await own_frame(request, APPLICATIONS), list[OutcomesView]()

    async def act(session: WriteSession) -> str:
        chosen = all_of(typed_in(request), "chosen")
        asked = _understood(NewTransition, "provider_numbers", chosen)
        outcomes = await service.propose_by_transition(session, actor, asked.provider_numbers)
        found = await queries.find_checked(session, str(actor.la_code), asked.provider_numbers)
        names = {number: f"{row.name} ({number})" for number, row in found.items()}
        shown.append(build_outcomes(frame, outcomes, names, "proposed"))
        return "/applications?queue=second"

    async def again(session: ReadSession) -> OwnForm:
        return await _eligible(session, actor, after)

    response = await take_form(request, actor, sent, act, again)
    return own_page("outcomes.html", shown[0]) if shown else response


@router.get(CONFIRM)
async def show_confirm(
    request: Request,
    session: Reading,
    actor: RecentConfirmer,
    after: uuid.UUID | None = None,
) -> Response:
    """Offer the proposals of colleagues that wait for a second officer."""
    return await form_page(request, await _waiting(session, actor, after))


@router.post(CONFIRM)
async def confirm(
    request: Request,
    actor: RecentConfirmer,
    sent: Annotated[SentOnce, Form()],
    after: uuid.UUID | None = None,
) -> Response:
    """Confirm those chosen, and say what became of each."""
    frame, shown = await own_frame(request, APPLICATIONS), list[OutcomesView]()

    async def act(session: WriteSession) -> str:
        chosen = all_of(typed_in(request), "chosen")
        wanted = _understood(Confirmations, "proposal_ids", chosen)
        rows = await queries.list_open_proposals(session, actor.la_code, actor.id, None, MOST)
        names = {str(one.id): f"{one.name} ({one.number}), {one.site_name}" for one in rows}
        outcomes = await service.confirm_many(session, actor, wanted.proposal_ids)
        shown.append(build_outcomes(frame, outcomes, names, "confirmed"))
        return "/applications?queue=register"

    async def again(session: ReadSession) -> OwnForm:
        return await _waiting(session, actor, after)

    response = await take_form(request, actor, sent, act, again)
    return own_page("outcomes.html", shown[0]) if shown else response


async def _eligible(session: ReadSession, actor: Actor, after: str | None) -> OwnForm:
    rows = await service.find_eligible(session, actor, after, MOST + 1)
    further = None
    if len(rows) > MOST:
        further = ActionLink("More providers", f"{TRANSITION}?after={rows[MOST - 1].number}")
    return transition_form(rows[:MOST], further)


async def _waiting(session: ReadSession, actor: Actor, after: uuid.UUID | None) -> OwnForm:
    rows = await queries.list_open_proposals(session, actor.la_code, actor.id, after, MOST + 1)
    further = None
    if len(rows) > MOST:
        further = ActionLink("More proposals", f"{CONFIRM}?after={rows[MOST - 1].id}")
    return confirming_form(rows[:MOST], further)


def _understood(schema: type[SchemaT], member: str, chosen: list[str]) -> SchemaT:
    """Read what was chosen; without any, the fault is the form's one field's."""
    if not chosen:
        fault = FieldFault("This is required.", "/chosen")
        raise InvalidRequestError("Choose at least one.", errors=(fault,))
    return understood(schema, {member: chosen})
