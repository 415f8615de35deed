"""The pages on which people see to what is their own: their name, where they are signed in."""

import uuid
from typing import Annotated

from fastapi import Form, Query, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.db.transactions import reading
from app.errors import AppError
from app.http.security import CurrentActor
from app.http.sessions import Reading, database_of
from app.organisations.authentication import settings_of
from app.organisations.errors import PersonNotKnownError
from app.organisations.policies import check_person
from app.organisations.queries import own_factors
from app.organisations.queries.people import get_person
from app.organisations.schemas.people import PersonChange
from app.organisations.service.people import rename_self
from app.organisations.service.persons_sessions import Page, end_own, list_own
from app.pages.accounts.account_view import build_account, build_own_name
from app.pages.signed_in import (
    ACCOUNT,
    MENDABLE,
    SentOnce,
    SentVersion,
    once,
    own_frame,
    own_page,
    own_router,
    understood,
)

router = own_router()

HOME = "/account"
MOST_SESSIONS = 25


class SentName(SentVersion):
    """A name somebody wants to have."""

    name: str = ""


@router.get(HOME)
async def show_account(
    request: Request,
    session: Reading,
    actor: CurrentActor,
    done: Annotated[str | None, Query(max_length=40)] = None,
) -> Response:
    """Show somebody who they are here, and where they are signed in."""
    page = Page(before=None, limit=MOST_SESSIONS + 1)
    held = await list_own(session, actor, settings_of(request), page)
    sessions = (held[:MOST_SESSIONS], len(held) > MOST_SESSIONS)
    factors = await own_factors.list_own(session, check_person(actor))
    frame = await own_frame(request, ACCOUNT)
    return own_page("account.html", build_account(frame, actor, sessions, factors, done))


@router.get(f"{HOME}/name")
async def show_name(request: Request, session: Reading, actor: CurrentActor) -> Response:
    """Let somebody change their own name."""
    return await _name_page(request, session, actor)


@router.post(f"{HOME}/name")
async def change_name(
    request: Request, actor: CurrentActor, sent: Annotated[SentName, Form()]
) -> Response:
    """Change somebody's own name."""

    async def act(session: WriteSession) -> str:
        change = understood(PersonChange, {"name": sent.name})
        await rename_self(session, actor, change.name, sent.version)
        return f"{HOME}?done=renamed"

    try:
        return (await once(request, actor, sent.form_key, act)).lead_on()
    except MENDABLE as refused:
        async with reading(database_of(request), actor) as session:
            return await _name_page(request, session, actor, sent.name, refused)


@router.post(f"{HOME}/sessions/{{session_id}}/end")
async def end_session(
    request: Request,
    actor: CurrentActor,
    session_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Sign somebody out in one place."""

    async def act(session: WriteSession) -> str:
        await end_own(session, actor, session_id)
        return f"{HOME}?done=session-ended"

    return (await once(request, actor, sent.form_key, act)).lead_on()


async def _name_page(
    request: Request,
    session: ReadSession,
    actor: Actor,
    typed: str | None = None,
    refused: AppError | None = None,
) -> Response:
    person = await get_person(session, check_person(actor))
    if person is None:
        raise PersonNotKnownError("You are not on the register any more. Sign in again.")
    frame = await own_frame(request, ACCOUNT)
    name = person.name if typed is None else typed
    view = build_own_name(frame, name, person.version, refused)
    return own_page("own_name.html", view, status_code=refused.status if refused else 200)
