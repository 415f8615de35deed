"""The pages on which an owner keeps a provider's names, numbers and public contact details."""

import uuid
from typing import Annotated, Any

from fastapi import Form, Request
from starlette.responses import Response

from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.details_view import (
    DETAILS,
    details_asked,
    details_page,
    new_record_asked,
    number_asked,
    other_name_asked,
    withdrawing_name,
    withdrawing_number,
)
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, own_record, show_part
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    SentOnce,
    SentVersion,
    own_router,
    understood,
)
from app.providers.errors import PartNotFoundError
from app.providers.schemas.record import NewNumber, NewOtherName, NewRecord, RecordChange
from app.providers.service import naming, records

router = own_router()

_HERE = f"{RECORD}/{DETAILS}"


@router.get(f"{RECORDS}/add")
async def show_begin(request: Request, _: RecordsManager) -> Response:
    """Offer the form on which the record of a provider is begun."""
    return await show_form(request, new_record_asked())


@router.post(f"{RECORDS}/add")
async def begin(
    request: Request, actor: RecordsManager, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Begin the record of a provider that the organisation owns."""

    async def ask(_: ReadSession) -> FormAsked:
        return new_record_asked()

    async def act(session: WriteSession, answers: Answers) -> str:
        number, _ = await records.begin(session, actor, understood(NewRecord, answers))
        return f"{RECORDS}/{number}?done=begun"

    return await take_form(request, actor, sent, ask, act)


@router.get(_HERE)
async def show_details(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show what the provider is called, what it is, and how the public reaches it."""
    return await show_part(request, details_page(await own_record(session, actor, number)), done)


@router.get(f"{_HERE}/change")
async def show_change(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which the details are changed."""
    return await show_form(request, details_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/change")
async def change(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentVersion, Form()]
) -> Response:
    """Change the details."""

    async def ask(session: ReadSession) -> FormAsked:
        return details_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        asked = understood(RecordChange, answers)
        await records.change(session, actor, number, asked, sent.version)
        return f"{_at(number)}?done=details"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/names/add")
async def show_add_name(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which another name is added."""
    return await show_form(request, other_name_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/names/add")
async def add_name(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Add another name."""

    async def ask(session: ReadSession) -> FormAsked:
        return other_name_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        await naming.add_name(session, actor, number, understood(NewOtherName, answers))
        return f"{_at(number)}?done=name-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/names/{{name_id}}/withdraw")
async def show_withdraw_name(
    request: Request, session: Reading, actor: RecordsManager, number: Number, name_id: uuid.UUID
) -> Response:
    """Ask whether a name shall be taken out."""
    return await show_form(request, await _name_out(session, actor, number, name_id))


@router.post(f"{_HERE}/names/{{name_id}}/withdraw")
async def withdraw_name(
    request: Request,
    actor: RecordsManager,
    number: Number,
    name_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a name out."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _name_out(session, actor, number, name_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await naming.withdraw_name(session, actor, number, name_id)
        return f"{_at(number)}?done=name-withdrawn"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/numbers/add")
async def show_add_number(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which a number is added."""
    return await show_form(request, number_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/numbers/add")
async def add_number(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Add what another register calls the provider."""

    async def ask(session: ReadSession) -> FormAsked:
        return number_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        await naming.add_identifier(session, actor, number, understood(NewNumber, answers))
        return f"{_at(number)}?done=number-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/numbers/{{identifier_id}}/withdraw")
async def show_withdraw_number(
    request: Request,
    session: Reading,
    actor: RecordsManager,
    number: Number,
    identifier_id: uuid.UUID,
) -> Response:
    """Ask whether a number shall be taken out."""
    return await show_form(request, await _number_out(session, actor, number, identifier_id))


@router.post(f"{_HERE}/numbers/{{identifier_id}}/withdraw")
async def withdraw_number(
    request: Request,
    actor: RecordsManager,
    number: Number,
    identifier_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a number out."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _number_out(session, actor, number, identifier_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await naming.withdraw_identifier(session, actor, number, identifier_id)
        return f"{_at(number)}?done=number-withdrawn"

    return await take_form(request, actor, sent, ask, act)


def _at(number: str) -> str:
    return f"{RECORDS}/{number}/{DETAILS}"


async def _name_out(
    session: ReadSession, actor: Actor, number: str, name_id: uuid.UUID
) -> FormAsked:
    own = await own_record(session, actor, number)
    return withdrawing_name(own, _part(own.told.other_names, name_id))


async def _number_out(
    session: ReadSession, actor: Actor, number: str, identifier_id: uuid.UUID
) -> FormAsked:
    own = await own_record(session, actor, number)
    return withdrawing_number(own, _part(own.told.identifiers, identifier_id))


def _part(parts: list[Any], part_id: uuid.UUID) -> Any:
    for one in parts:
        if one.id == part_id:
            return one
    raise PartNotFoundError("The record no longer has this. Go back to see what it has.")
