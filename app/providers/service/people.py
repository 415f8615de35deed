"""The people behind a provider and how they are reached, kept by its owner; never public."""

import uuid
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.organisations.service.matching_keys import hash_for_matching
from app.providers.errors import PartEndedError, PartNotFoundError
from app.providers.models.people import BankReference, ProviderContact, ProviderPerson
from app.providers.queries import parts
from app.providers.queries import people as queries
from app.providers.record_terms import ContactKind, PersonSource
from app.providers.schemas.offers import Ending
from app.providers.schemas.people import (
    BankReferenceStated,
    NewContact,
    ProviderPersonChange,
    ProviderPersonStated,
)
from app.providers.service.records import Held, check_version, keep, part_of, person_of
from app.providers.service.sites import merged
from app.values.email_address import read_email_address
from app.values.phone_number import normalise_phone
from app.values.street_address import read_address
from app.values.uuid7 import uuid7
from app.values.words import words

BANK_REFERENCE = "bank-reference"
_ACCOUNT_DIGITS = 8


async def add_person(
    session: WriteSession, actor: Actor, number: str, new: ProviderPersonStated
) -> uuid.UUID:
    """Name somebody behind a provider of the actor's own; return their id.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
    """
    held, _ = await keep(session, number)
    present = clock.now()
    row = ProviderPerson(
        id=uuid7(),
        provider_id=held.id,
        **_columns(new),
        source=PersonSource.OWNER.value,
        confirmed_on=clock.today(),
        recorded_at=present,
        changed_at=present,
        version=1,
    )
    await parts.add_row(session, row)
    await _noted(session, actor, held, "provider_person.added", row)
    return row.id


async def change_person(
    session: WriteSession,
    actor: Actor,
    number: str,
    person_id: uuid.UUID,
    asked: ProviderPersonChange,
    expected: int,
) -> None:
    """Change what is said of somebody who is behind a provider.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        PartNotFoundError: the record has nobody of that id.
        PartEndedError: they no longer are.
        VersionChangedError: somebody changed it since the actor read it.
        InvalidRequestError: what results does not hang together.
    """
    held, person = await _kept(session, number, person_id)
    check_version(person.version, expected, "What is said of this person")
    present = {
        "kind": person.kind,
        "name": person.name,
        "birth_month": month_of(person.birth_month),
        "appointed_on": person.appointed_on,
    }
    columns = _columns(merged(present, asked, ProviderPersonStated))
    changes = {name: value for name, value in columns.items() if value != getattr(person, name)}
    if changes:
        _check_order(columns["appointed_on"], person.ended_on, "/appointed_on")
        await _changed(session, actor, held, person, changes, "provider_person.changed")


async def end_person(
    session: WriteSession,
    actor: Actor,
    number: str,
    person_id: uuid.UUID,
    ending: Ending,
    expected: int,
) -> None:
    """Say that somebody is no longer behind a provider, from a day on; they stay on record.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        PartNotFoundError: the record has nobody of that id.
        PartEndedError: they no longer are.
        VersionChangedError: somebody changed it since the actor read it.
        InvalidRequestError: they would end before they began.
    """
    held, person = await _kept(session, number, person_id)
    check_version(person.version, expected, "What is said of this person")
    _check_order(person.appointed_on, ending.on, "/on")
    if person.ended_on != ending.on:
        changes = {"ended_on": ending.on}
        await _changed(session, actor, held, person, changes, "provider_person.ended")


async def add_contact(
    session: WriteSession, actor: Actor, number: str, new: NewContact
) -> uuid.UUID:
    """Say how the people behind a provider can be reached; return the contact's id.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        InvalidRequestError: it cannot be such a contact.
    """
    held, _ = await keep(session, number)
    row = ProviderContact(
        id=uuid7(),
        provider_id=held.id,
        kind=new.kind.value,
        value=new.value,
        canonical=canonical_contact(new.kind, new.value),
        recorded_at=clock.now(),
    )
    await parts.add_row(session, row)
    subject = part_of(held, "provider_contact", row.id)
    await record(session, actor, "provider_contact.added", subject, after={"kind": new.kind})
    return row.id


async def end_contact(
    session: WriteSession, actor: Actor, number: str, contact_id: uuid.UUID
) -> None:
    """Say that the people behind a provider can no longer be reached like this.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        PartNotFoundError: the record has no such contact.
    """
    held, _ = await keep(session, number)
    contact = await get_contact(session, held, contact_id)
    contact.ended_at = clock.now()
    await session.flush()
    subject = part_of(held, "provider_contact", contact_id)
    before = {"kind": contact.kind}
    await record(session, actor, "provider_contact.ended", subject, before=before)


async def give_bank_reference(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    number: str,
    stated: BankReferenceStated,
) -> None:
    """Keep a keyed hash of the account a provider is paid into, and nothing else of it.

    Raises:
        ProviderNotFoundError: there is no such record that the actor's organisation owns.
        RecordNotYoursError: they only answer for it.
        PersonNeededError: a machine asks.
    """
    person_id = person_of(actor)
    held, _ = await keep(session, number)
    sort_code = "".join(one for one in stated.sort_code if one.isdigit())
    account = stated.account_number.strip().zfill(_ACCOUNT_DIGITS)
    fact = f"{sort_code}:{account}".encode()
    present = clock.now()
    await queries.end_bank_references(session, held.id, present)
    row = BankReference(
        id=uuid7(),
        provider_id=held.id,
        reference_hash=await hash_for_matching(session, ring, BANK_REFERENCE, fact),
        given_by=person_id,
        given_at=present,
    )
    await parts.add_row(session, row)
    subject = part_of(held, "bank_reference", row.id)
    await record(session, actor, "bank_reference.given", subject)


async def get_person(
    session: ReadSession | WriteSession, held: Held, person_id: uuid.UUID
) -> ProviderPerson:
    """Return somebody who is or was behind a provider.

    Raises:
        PartNotFoundError: the record has nobody of that id.
    """
    person: ProviderPerson | None = await parts.get_part(
        session, ProviderPerson, held.id, person_id
    )
    if person is None:
        raise PartNotFoundError(f"The record of {held.name} names nobody of that id.")
    return person


async def get_contact(
    session: ReadSession | WriteSession, held: Held, contact_id: uuid.UUID
) -> ProviderContact:
    """Return a way in which the people behind a provider can be reached now.

    Raises:
        PartNotFoundError: the record has no such contact, or no longer.
    """
    contact: ProviderContact | None = await parts.get_part(
        session, ProviderContact, held.id, contact_id
    )
    if contact is None or contact.ended_at is not None:
        raise PartNotFoundError(f"The record of {held.name} has no contact of that id.")
    return contact


def canonical_contact(kind: ContactKind, value: str) -> str:
    """Return a contact in the one spelling by which it is compared.

    Raises:
        InvalidRequestError: it cannot be such a contact.
    """
    try:
        if kind is ContactKind.PHONE:
            return normalise_phone(value)
        if kind is ContactKind.EMAIL:
            return read_email_address(value)
    except ValueError as error:
        fault = FieldFault(str(error), "/value")
        raise InvalidRequestError(str(error), errors=(fault,)) from None
    read = read_address(tuple(line.strip() for line in value.split(",")), None)
    if read is None:
        return " ".join(words(value))
    return " ".join(part for part in (read.postcode, read.number, read.unit, *read.street) if part)


def month_of(day: date | None) -> str | None:
    """Return a month of birth as it is told: `1979-03`."""
    return None if day is None else f"{day:%Y-%m}"


def _columns(stated: ProviderPersonStated) -> dict[str, Any]:
    month = stated.birth_month
    return {
        "kind": stated.kind.value,
        "name": stated.name,
        "birth_month": date.fromisoformat(f"{month}-01") if month else None,
        "appointed_on": stated.appointed_on,
    }


def _check_order(began: date | None, ended: date | None, pointer: str) -> None:
    if began is not None and ended is not None and ended < began:
        detail = f"They cannot have ended on {ended} and begun on {began}."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, pointer),))


async def _kept(
    session: WriteSession, number: str, person_id: uuid.UUID
) -> tuple[Held, ProviderPerson]:
    held, _ = await keep(session, number)
    person = await get_person(session, held, person_id)
    if person.ended_on is not None and person.ended_on <= clock.today():
        raise PartEndedError(
            f"They ended on {person.ended_on} and stay on record as they were. Name them again if "
            "they are back."
        )
    return held, person


async def _changed(
    session: WriteSession,
    actor: Actor,
    held: Held,
    person: ProviderPerson,
    changes: dict[str, Any],
    act: str,
) -> None:
    for name, value in changes.items():
        setattr(person, name, value)
    person.version += 1
    person.changed_at = clock.now()
    await session.flush()
    await _noted(session, actor, held, act, person, sorted(changes))


async def _noted(
    session: WriteSession,
    actor: Actor,
    held: Held,
    act: str,
    person: ProviderPerson,
    fields: list[str] | None = None,
) -> None:
    """Write down which fields changed and not what they say: names belong in the record alone."""
    subject = part_of(held, "provider_person", person.id)
    after: dict[str, Any] = {"kind": person.kind}
    await record(session, actor, act, subject, after=after | ({"fields": fields} if fields else {}))
