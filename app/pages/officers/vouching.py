"""The pages on which officers say what they found of a record, or have a number looked up."""

import uuid
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Annotated, Any

from fastapi import Depends, Form, Request
from starlette.responses import Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.http.security import Requires
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.answered_records import RECORD, RECORDS, answered_held
from app.pages.officers.vouching_view import look_up_form, verify_form
from app.pages.signed_in import MENDABLE, SentOnce, own_router, understood
from app.pages.view_models import ActionLink
from app.pages.wording import IDENTIFIERS, label
from app.providers.errors import LookUpFailedError, PartNotFoundError
from app.providers.lookups import look_ups_of
from app.providers.queries import documents, parts, people
from app.providers.record_terms import VerifiedSubject
from app.providers.schemas.vouching import NewVerification
from app.providers.service import looking_up, vouching
from app.providers.service.records import Held

router = own_router()

Verifier = Annotated[Actor, Depends(Requires(Permission.PROVIDERS_VERIFY))]
_LOOK_UP = f"{RECORD}/identifiers/{{identifier_id}}/look-up"
_PAGES = {
    VerifiedSubject.DOCUMENT: ("Documents", "/documents"),
    VerifiedSubject.PERSON: ("People and how to reach them", "/people"),
}
"""Parts that are shown on a page of their own."""
_NAMED: Mapping[VerifiedSubject, tuple[Callable[..., Awaitable[Sequence[Any]]], str]] = {
    VerifiedSubject.SITE: (parts.list_sites, "name"),
    VerifiedSubject.IDENTIFIER: (parts.list_identifiers, "value"),
    VerifiedSubject.PERSON: (people.list_people, "name"),
}
"""Where parts are found, and which of their columns they go by."""


@router.get(f"{RECORD}/verify")
async def show_verify(
    request: Request,
    session: Reading,
    _: Verifier,
    number: str,
    kind: VerifiedSubject = VerifiedSubject.PROVIDER,
    part: uuid.UUID | None = None,
) -> Response:
    """Offer the form on which an officer says what they found of a part of a record."""
    return await show_form(request, await _verifying(session, number, kind, part))


@router.post(f"{RECORD}/verify")
async def verify(
    request: Request,
    actor: Verifier,
    number: str,
    sent: Annotated[SentOnce, Form()],
    kind: VerifiedSubject = VerifiedSubject.PROVIDER,
    part: uuid.UUID | None = None,
) -> Response:
    """Keep what an officer found of a part of a record."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _verifying(session, number, kind, part)

    async def act(session: WriteSession, answers: Answers) -> str:
        stated = answers | {"subject_kind": kind, "subject_id": part}
        await vouching.verify(session, actor, number, understood(NewVerification, stated))
        return f"{RECORDS}/{number}{_PAGES.get(kind, ('', ''))[1]}?done=verified"

    return await take_form(request, actor, sent, ask, act)


@router.get(_LOOK_UP)
async def show_look_up(
    request: Request, session: Reading, _: Verifier, number: str, identifier_id: uuid.UUID
) -> Response:
    """Ask whether a number shall be looked up where it was given out."""
    return await show_form(request, await _looking_up(session, number, identifier_id))


@router.post(_LOOK_UP)
async def look_up(
    request: Request,
    actor: Verifier,
    number: str,
    identifier_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Look a number up where it was given out, and keep what was found."""
    registers = look_ups_of(request.app.state.settings)

    async def ask(session: ReadSession) -> FormAsked:
        return await _looking_up(session, number, identifier_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await looking_up.look_up(session, actor, registers, number, identifier_id)
        return f"{RECORDS}/{number}?done=looked-up"

    return await take_form(request, actor, sent, ask, act, (*MENDABLE, LookUpFailedError))


async def _verifying(
    session: ReadSession, number: str, kind: VerifiedSubject, part: uuid.UUID | None
) -> FormAsked:
    held = await answered_held(session, number)
    name, end = _PAGES.get(kind, (held.name, ""))
    back = ActionLink(name, f"{RECORDS}/{held.number}{end}")
    return verify_form(held, await _name_of(session, held, kind, part), back)


async def _name_of(
    session: ReadSession, held: Held, kind: VerifiedSubject, part: uuid.UUID | None
) -> str:
    """Return what a part of a record is called.

    Raises:
        PartNotFoundError: the record has no such part.
    """
    if kind is VerifiedSubject.PROVIDER:
        return held.name
    if kind is VerifiedSubject.DOCUMENT:
        row = await documents.get_document(session, held.id, part) if part else None
        named = {part: row.Document.title} if row else {}
    else:
        listed, name = _NAMED[kind]
        named = {one.id: getattr(one, name) for one in await listed(session, held.id)}
    if part not in named:
        raise PartNotFoundError(f"The record of {held.name} has no such part.")
    return str(named[part])


async def _looking_up(session: ReadSession, number: str, identifier_id: uuid.UUID) -> FormAsked:
    held = await answered_held(session, number)
    for one in await parts.list_identifiers(session, held.id):
        if one.id == identifier_id:
            return look_up_form(held, one.value, label(IDENTIFIERS, one.scheme))
    raise PartNotFoundError(f"The record of {held.name} has no number of that id.")
