"""The pages on which officers decide on many listings at once, each of them by itself."""

import uuid
from http import HTTPStatus
from typing import Annotated

from fastapi import Form, Query, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.desk import (
    APPLICATIONS,
    RecentConfirmer,
    RecentProposer,
)
from app.pages.officers.many_view import (
    MOST,
    OutcomesView,
    build_outcomes,
    confirming_form,
    transition_form,
)
from app.pages.signed_in import SentOnce, own_frame, own_page, own_router, understood
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
    return await show_form(request, await _eligible(session, actor, after))


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

    async def ask(session: ReadSession) -> FormAsked:
        return await _eligible(session, actor, after)

    async def act(session: WriteSession, answers: Answers) -> str:
        asked = understood(NewTransition, {"provider_numbers": answers["chosen"]})
        outcomes = await service.propose_by_transition(session, actor, asked.provider_numbers)
        found = await queries.find_checked(session, str(actor.la_code), asked.provider_numbers)
        names = {number: f"{row.name} ({number})" for number, row in found.items()}
        shown.append(build_outcomes(frame, outcomes, names, "proposed"))
        return "/applications?queue=second"

    response = await take_form(request, actor, sent, ask, act)
    done = bool(shown) and response.status_code == HTTPStatus.SEE_OTHER
    return own_page("outcomes.html", shown[0]) if done else response


@router.get(CONFIRM)
async def show_confirm(
    request: Request,
    session: Reading,
    actor: RecentConfirmer,
    after: uuid.UUID | None = None,
) -> Response:
    """Offer the proposals of colleagues that wait for a second officer."""
    return await show_form(request, await _waiting(session, actor, after))


@router.post(CONFIRM)
async def confirm(
    request: Request,
    actor: RecentConfirmer,
    sent: Annotated[SentOnce, Form()],
    after: uuid.UUID | None = None,
) -> Response:
    """Confirm those chosen, and say what became of each."""
    frame, shown = await own_frame(request, APPLICATIONS), list[OutcomesView]()

    async def ask(session: ReadSession) -> FormAsked:
        return await _waiting(session, actor, after)

    async def act(session: WriteSession, answers: Answers) -> str:
        wanted = understood(Confirmations, {"proposal_ids": answers["chosen"]})
        rows = await queries.list_open_proposals(session, actor.la_code, actor.id, None, MOST)
        names = {str(one.id): f"{one.name} ({one.number}), {one.site_name}" for one in rows}
        outcomes = await service.confirm_many(session, actor, wanted.proposal_ids)
        shown.append(build_outcomes(frame, outcomes, names, "confirmed"))
        return "/applications?queue=register"

    response = await take_form(request, actor, sent, ask, act)
    done = bool(shown) and response.status_code == HTTPStatus.SEE_OTHER
    return own_page("outcomes.html", shown[0]) if done else response


async def _eligible(session: ReadSession, actor: Actor, after: str | None) -> FormAsked:
    rows = await service.find_eligible(session, actor, after, MOST + 1)
    further = None
    if len(rows) > MOST:
        further = ActionLink("More providers", f"{TRANSITION}?after={rows[MOST - 1].number}")
    return transition_form(rows[:MOST], further)


async def _waiting(session: ReadSession, actor: Actor, after: uuid.UUID | None) -> FormAsked:
    rows = await queries.list_open_proposals(session, actor.la_code, actor.id, after, MOST + 1)
    further = None
    if len(rows) > MOST:
        further = ActionLink("More proposals", f"{CONFIRM}?after={rows[MOST - 1].id}")
    return confirming_form(rows[:MOST], further)
