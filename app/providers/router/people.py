"""The people behind a provider, how they are reached and its bank reference, over HTTP.

Told to the record's owner and to who answers for it; nothing of it is ever public.
"""

import uuid
from typing import Any

from fastapi import APIRouter, Response

from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.providers.errors import PartEndedError, PartNotFoundError, PersonNeededError
from app.providers.queries import people as queries
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number, Reader, Ring
from app.providers.schemas.offers import Ending
from app.providers.schemas.people import (
    BankReferenceOut,
    BankReferenceStated,
    ContactList,
    NewContact,
    PrivateContact,
    ProviderPersonChange,
    ProviderPersonList,
    ProviderPersonOut,
    ProviderPersonStated,
)
from app.providers.service import people as service
from app.providers.service.records import look_at

router = APIRouter(prefix=answers.RECORD, tags=["provider records"])

_KEPT = (*answers.KEPT, PartNotFoundError, PartEndedError)


@router.get("/people", operation_id="listPeople", responses=problems(*answers.LOOKED))
async def list_people(
    session: Reading, _: Reader, response: Response, number: Number
) -> ProviderPersonList:
    """List who is or was behind a provider."""
    held = await look_at(session, number)
    answers.private(response)
    found = await queries.list_people(session, held.id)
    return ProviderPersonList(items=[_told(one) for one in found])


@router.post(
    "/people", status_code=201, operation_id="addPerson", responses=problems(*answers.KEPT)
)
async def add_person(
    session: Writing, actor: Manager, response: Response, number: Number, new: ProviderPersonStated
) -> ProviderPersonOut:
    """Name a proprietor, an officer or a lead. Of their birth the month is enough."""
    person_id = await service.add_person(session, actor, number, new)
    return await _person(session, response, number, person_id)


@router.get(
    "/people/{person_id}",
    operation_id="getPerson",
    responses=problems(*answers.LOOKED, PartNotFoundError),
)
async def get_person(
    session: Reading, _: Reader, response: Response, number: Number, person_id: uuid.UUID
) -> ProviderPersonOut:
    """Look at one of the people behind a provider."""
    return await _person(session, response, number, person_id)


@router.patch(
    "/people/{person_id}",
    operation_id="changePerson",
    responses=problems(*_KEPT, *answers.EDITED),
)
async def change_person(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    person_id: uuid.UUID,
    change: ProviderPersonChange,
    expected: ExpectedVersion,
) -> ProviderPersonOut:
    """Change what is said of one of the people behind a provider."""
    await service.change_person(session, actor, number, person_id, change, expected)
    return await _person(session, response, number, person_id)


@router.post(
    "/people/{person_id}/ending",
    operation_id="endPerson",
    responses=problems(*_KEPT, *answers.EDITED),
)
async def end_person(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    person_id: uuid.UUID,
    ending: Ending,
    expected: ExpectedVersion,
) -> ProviderPersonOut:
    """Say that somebody is no longer behind a provider, from a day on."""
    await service.end_person(session, actor, number, person_id, ending, expected)
    return await _person(session, response, number, person_id)


@router.get("/contacts", operation_id="listContacts", responses=problems(*answers.LOOKED))
async def list_contacts(
    session: Reading, _: Reader, response: Response, number: Number
) -> ContactList:
    """List how the people behind a provider can be reached."""
    held = await look_at(session, number)
    answers.private(response)
    found = await queries.list_contacts(session, held.id)
    return ContactList(items=[PrivateContact.model_validate(one) for one in found])


@router.post(
    "/contacts",
    status_code=201,
    operation_id="addContact",
    responses=problems(*answers.KEPT),
)
async def add_contact(
    session: Writing, actor: Manager, response: Response, number: Number, new: NewContact
) -> PrivateContact:
    """Say how the people behind a provider can be reached."""
    contact_id = await service.add_contact(session, actor, number, new)
    return await _contact(session, response, number, contact_id)


@router.get(
    "/contacts/{contact_id}",
    operation_id="getContact",
    responses=problems(*answers.LOOKED, PartNotFoundError),
)
async def get_contact(
    session: Reading, _: Reader, response: Response, number: Number, contact_id: uuid.UUID
) -> PrivateContact:
    """Look at one way in which the people behind a provider can be reached."""
    return await _contact(session, response, number, contact_id)


@router.delete(
    "/contacts/{contact_id}",
    status_code=204,
    operation_id="endContact",
    responses=problems(*answers.KEPT, PartNotFoundError),
)
async def end_contact(
    session: Writing, actor: Manager, number: Number, contact_id: uuid.UUID
) -> None:
    """Say that the people behind a provider can no longer be reached like this."""
    await service.end_contact(session, actor, number, contact_id)


@router.get(
    "/bank-reference",
    operation_id="getBankReference",
    responses=problems(*answers.LOOKED, PartNotFoundError),
)
async def get_bank_reference(
    session: Reading, _: Reader, response: Response, number: Number
) -> BankReferenceOut:
    """See since when an account is named; for the owner alone, and which one cannot be told."""
    return await _bank_reference(session, response, number)


@router.put(
    "/bank-reference",
    operation_id="giveBankReference",
    responses=problems(*answers.KEPT, PersonNeededError),
)
async def give_bank_reference(
    session: Writing,
    actor: Manager,
    ring: Ring,
    response: Response,
    number: Number,
    stated: BankReferenceStated,
) -> BankReferenceOut:
    """Name the account the provider is paid into, in place of any former one.

    A keyed hash is kept, so that an account of somebody who was removed can be noticed. The numbers
    themselves are not.
    """
    await service.give_bank_reference(session, actor, ring, number, stated)
    return await _bank_reference(session, response, number)


async def _person(
    session: answers.AnySession, response: Response, number: str, person_id: uuid.UUID
) -> ProviderPersonOut:
    held = await look_at(session, number)
    person = await service.get_person(session, held, person_id)
    answers.located(response, f"{answers.RECORDS}/{held.number}/people/{person.id}")
    answers.private(response, person.version)
    return _told(person)


def _told(person: Any) -> ProviderPersonOut:
    named = (name for name in ProviderPersonOut.model_fields if name != "birth_month")
    facts = {name: getattr(person, name) for name in named}
    return ProviderPersonOut(**facts, birth_month=service.month_of(person.birth_month))


async def _contact(
    session: answers.AnySession, response: Response, number: str, contact_id: uuid.UUID
) -> PrivateContact:
    held = await look_at(session, number)
    contact = await service.get_contact(session, held, contact_id)
    answers.located(response, f"{answers.RECORDS}/{held.number}/contacts/{contact.id}")
    answers.private(response)
    return PrivateContact.model_validate(contact)


async def _bank_reference(
    session: answers.AnySession, response: Response, number: str
) -> BankReferenceOut:
    held = await look_at(session, number)
    found = await queries.present_bank_reference(session, held.id)
    if found is None:
        raise PartNotFoundError(f"No account of {held.name} is named, or not to you.")
    answers.located(response, f"{answers.RECORDS}/{held.number}/bank-reference")
    answers.private(response)
    return BankReferenceOut(given_at=found.given_at)
