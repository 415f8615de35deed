"""Statements on people: who they are, how they are reached, where they belong."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person, PersonContact, PersonIdentity
from app.organisations.models.sign_in import Authenticator, Passkey

_ADDRESS_LOCK = 10


async def get_person(
    session: ReadSession | WriteSession, person_id: uuid.UUID, *, lock: bool = False
) -> Person | None:
    """Return somebody; locked, so that nobody else changes them meanwhile."""
    statement = select(Person).where(Person.id == person_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return (await session.scalars(statement)).one_or_none()


async def get_contact(session: ReadSession | WriteSession, person_id: uuid.UUID) -> str | None:
    """Return somebody's e-mail address, if it may be seen."""
    statement = select(PersonContact.email).where(PersonContact.person_id == person_id)
    return (await session.scalars(statement)).one_or_none()


async def get_reachable(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID, person_id: uuid.UUID
) -> Any | None:
    """Return `name` and `email` of somebody who works for an organisation and is not blocked."""
    statement = (
        select(Person.name, PersonContact.email)
        .join(Membership, Membership.person_id == Person.id)
        .join(PersonContact, PersonContact.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.blocked_at.is_(None),
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
        )
    )
    return (await session.execute(statement)).one_or_none()


async def lock_address(session: WriteSession, email: str) -> None:
    """Keep everybody else from making a person of this address until this transaction ends."""
    await session.execute(
        select(func.pg_advisory_xact_lock(func.hashtextextended(email, _ADDRESS_LOCK)))
    )


async def find_by_email(session: WriteSession, email: str) -> Person | None:
    """Return the person who is reached at an address."""
    statement = (
        select(Person)
        .join(PersonContact, PersonContact.person_id == Person.id)
        .where(PersonContact.email == email)
    )
    return (await session.scalars(statement)).one_or_none()


async def signs_in_otherwise(session: WriteSession, person_id: uuid.UUID) -> bool:
    """Say whether somebody shows who they are by more than a mailbox."""
    statement = select(
        or_(
            exists().where(PersonIdentity.person_id == person_id),
            exists().where(Authenticator.person_id == person_id),
            exists().where(Passkey.person_id == person_id, Passkey.removed_at.is_(None)),
        )
    )
    return bool((await session.execute(statement)).scalar_one())


async def add_person(session: WriteSession, person: Person, email: str) -> None:
    """Keep a person, and where they are reached."""
    session.add(person)
    await session.flush()
    session.add(PersonContact(person_id=person.id, email=email))
    await session.flush()


async def change_person(session: WriteSession, person: Person, changes: dict[str, Any]) -> None:
    """Change somebody who is locked, and count the change."""
    for name, value in changes.items():
        setattr(person, name, value)
    person.version += 1
    await session.flush()


async def list_memberships(
    session: ReadSession | WriteSession, person_id: uuid.UUID
) -> Sequence[Any]:
    """Return where somebody works now, by name: membership_id, organisation_id, name, kind, roles.

    Name and kind are empty where the organisation itself may not be seen.
    """
    statement = (
        select(
            Membership.id.label("membership_id"),
            Membership.organisation_id,
            Organisation.name,
            Organisation.kind,
            Membership.roles,
        )
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Organisation.name, Membership.id)
    )
    return (await session.execute(statement)).all()
