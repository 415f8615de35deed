"""The pages on which officers say which provider goes on from which."""

import uuid
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.answered_records import RECORD, RECORDS, answered_held
from app.pages.officers.links_view import link_form, unlink_form
from app.pages.officers.vouching import Verifier
from app.pages.signed_in import SentOnce, own_router, understood
from app.providers.errors import PartNotFoundError
from app.providers.router.showing import record_shown
from app.providers.schemas.claims import NewPredecessor
from app.providers.service import links as service

router = own_router()

_ADD = f"{RECORD}/predecessors/add"
_END = f"{RECORD}/predecessors/{{link_id}}/end"


@router.get(_ADD)
async def show_link(request: Request, session: Reading, _: Verifier, number: str) -> Response:
    """Offer the form on which a predecessor is named."""
    return await show_form(request, link_form(await answered_held(session, number)))


@router.post(_ADD)
async def link_predecessor(
    request: Request, actor: Verifier, number: str, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Say that a provider goes on from where another ended."""

    async def ask(session: ReadSession) -> FormAsked:
        return link_form(await answered_held(session, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(NewPredecessor, answers)
        await service.link_predecessor(session, actor, number, new)
        return f"{RECORDS}/{number}?done=linked"

    return await take_form(request, actor, sent, ask, act)


@router.get(_END)
async def show_end(
    request: Request, session: Reading, _: Verifier, number: str, link_id: uuid.UUID
) -> Response:
    """Ask whether a link with a predecessor was a mistake."""
    return await show_form(request, await _ending(session, number, link_id))


@router.post(_END)
async def end_link(
    request: Request,
    actor: Verifier,
    number: str,
    link_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Say that a link with a predecessor was a mistake."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _ending(session, number, link_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await service.end_link(session, actor, number, link_id)
        return f"{RECORDS}/{number}?done=unlinked"

    return await take_form(request, actor, sent, ask, act)


async def _ending(session: ReadSession, number: str, link_id: uuid.UUID) -> FormAsked:
    held = await answered_held(session, number)
    told = await record_shown(session, held)
    for other in told.predecessors:
        if other.id == link_id:
            return unlink_form(held, other)
    raise PartNotFoundError(f"The record of {held.name} has no predecessor by that link.")
