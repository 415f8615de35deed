"""The pages on which an owner names the people behind a provider, and how they are reached."""

import uuid
from typing import Annotated

from fastapi import Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.owners.held_records import RECORD, RECORDS, Done, Number, own_record, show_part
from app.pages.owners.people_view import (
    PEOPLE,
    bank_asked,
    contact_asked,
    contact_ending,
    people_page,
    person_asked,
    person_change_asked,
    person_end_asked,
)
from app.pages.signed_in import (
    RecordsManager,
    RecordsReader,
    Ring,
    SentOnce,
    SentVersion,
    own_router,
    understood,
)
from app.providers.queries import people as queries
from app.providers.schemas.offers import Ending
from app.providers.schemas.people import (
    BankReferenceStated,
    NewContact,
    ProviderPersonChange,
    ProviderPersonStated,
)
from app.providers.service import people as service

router = own_router()

_HERE = f"{RECORD}/{PEOPLE}"
_PERSON = f"{_HERE}/{{person_id}}"
_CONTACT = f"{_HERE}/contacts/{{contact_id}}"


@router.get(_HERE)
async def show_people(
    request: Request, session: Reading, actor: RecordsReader, number: Number, done: Done = None
) -> Response:
    """Show who is behind a provider, and how they are reached."""
    own = await own_record(session, actor, number)
    people = await queries.list_people(session, own.held.id)
    contacts = await queries.list_contacts(session, own.held.id)
    bank = await queries.present_bank_reference(session, own.held.id)
    banked = bank.given_at if bank else None
    return await show_part(request, people_page(own, people, contacts, banked, clock.today()), done)


@router.get(f"{_HERE}/add")
async def show_add(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which somebody is named."""
    return await show_form(request, person_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/add")
async def add_person(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Name somebody behind a provider."""

    async def ask(session: ReadSession) -> FormAsked:
        return person_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        await service.add_person(session, actor, number, understood(ProviderPersonStated, answers))
        return f"{_at(number)}?done=person-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_PERSON}/change")
async def show_change(
    request: Request, session: Reading, actor: RecordsManager, number: Number, person_id: uuid.UUID
) -> Response:
    """Offer the form on which what is said of somebody is changed."""
    own = await own_record(session, actor, number)
    person = await service.get_person(session, own.held, person_id)
    return await show_form(request, person_change_asked(own, person))


@router.post(f"{_PERSON}/change")
async def change_person(
    request: Request,
    actor: RecordsManager,
    number: Number,
    person_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Change what is said of somebody."""

    async def ask(session: ReadSession) -> FormAsked:
        own = await own_record(session, actor, number)
        return person_change_asked(own, await service.get_person(session, own.held, person_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        change = understood(ProviderPersonChange, answers)
        await service.change_person(session, actor, number, person_id, change, sent.version)
        return f"{_at(number)}?done=person-changed"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_PERSON}/end")
async def show_end(
    request: Request, session: Reading, actor: RecordsManager, number: Number, person_id: uuid.UUID
) -> Response:
    """Offer the form on which somebody's time is ended."""
    own = await own_record(session, actor, number)
    person = await service.get_person(session, own.held, person_id)
    return await show_form(request, person_end_asked(own, person))


@router.post(f"{_PERSON}/end")
async def end_person(
    request: Request,
    actor: RecordsManager,
    number: Number,
    person_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Say from which day somebody is no longer behind a provider."""

    async def ask(session: ReadSession) -> FormAsked:
        own = await own_record(session, actor, number)
        return person_end_asked(own, await service.get_person(session, own.held, person_id))

    async def act(session: WriteSession, answers: Answers) -> str:
        ending = understood(Ending, answers)
        await service.end_person(session, actor, number, person_id, ending, sent.version)
        return f"{_at(number)}?done=person-ended"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/contacts/add")
async def show_add_contact(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which a contact is added."""
    return await show_form(request, contact_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/contacts/add")
async def add_contact(
    request: Request, actor: RecordsManager, number: Number, sent: Annotated[SentOnce, Form()]
) -> Response:
    """Say how the people behind a provider can be reached."""

    async def ask(session: ReadSession) -> FormAsked:
        return contact_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        await service.add_contact(session, actor, number, understood(NewContact, answers))
        return f"{_at(number)}?done=contact-added"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_CONTACT}/end")
async def show_end_contact(
    request: Request, session: Reading, actor: RecordsManager, number: Number, contact_id: uuid.UUID
) -> Response:
    """Ask whether a contact shall be taken out."""
    return await show_form(request, await _contact_out(session, actor, number, contact_id))


@router.post(f"{_CONTACT}/end")
async def end_contact(
    request: Request,
    actor: RecordsManager,
    number: Number,
    contact_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Take a contact out."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _contact_out(session, actor, number, contact_id)

    async def act(session: WriteSession, _: Answers) -> str:
        await service.end_contact(session, actor, number, contact_id)
        return f"{_at(number)}?done=contact-ended"

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{_HERE}/bank")
async def show_bank(
    request: Request, session: Reading, actor: RecordsManager, number: Number
) -> Response:
    """Offer the form on which the account is named."""
    return await show_form(request, bank_asked(await own_record(session, actor, number)))


@router.post(f"{_HERE}/bank")
async def give_bank_reference(
    request: Request,
    actor: RecordsManager,
    ring: Ring,
    number: Number,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Name the account a provider is paid into."""

    async def ask(session: ReadSession) -> FormAsked:
        return bank_asked(await own_record(session, actor, number))

    async def act(session: WriteSession, answers: Answers) -> str:
        stated = understood(BankReferenceStated, answers)
        await service.give_bank_reference(session, actor, ring, number, stated)
        return f"{_at(number)}?done=bank-given"

    return await take_form(request, actor, sent, ask, act)


def _at(number: str) -> str:
    return f"{RECORDS}/{number}/{PEOPLE}"


async def _contact_out(
    session: ReadSession, actor: Actor, number: str, contact_id: uuid.UUID
) -> FormAsked:
    own = await own_record(session, actor, number)
    return contact_ending(own, await service.get_contact(session, own.held, contact_id))
