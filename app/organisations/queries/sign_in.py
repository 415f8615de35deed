"""Statements on visits to the OpenID provider, and on whom it can mean."""

import uuid
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person, PersonIdentity
from app.organisations.models.sign_in import EmailedLink, SignInAttempt


async def insert_attempt(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a visit that begins."""
    await session.execute(insert(SignInAttempt), [row])


async def lock_attempt(session: WriteSession, state_hash: bytes) -> SignInAttempt | None:
    """Return a visit by its state's hash; locked, so that only one of two returns takes it."""
    statement = (
        select(SignInAttempt).where(SignInAttempt.state_hash == state_hash).with_for_update()
    )
    return (await session.scalars(statement)).one_or_none()


async def mark_attempt_used(session: WriteSession, attempt_id: uuid.UUID, moment: datetime) -> None:
    """Let a visit be of no further use."""
    await session.execute(
        update(SignInAttempt).where(SignInAttempt.id == attempt_id).values(used_at=moment)
    )


async def lock_link(session: WriteSession, link_id: uuid.UUID) -> EmailedLink | None:
    """Return an e-mailed link by its id; locked, so that only one acceptance takes it."""
    statement = select(EmailedLink).where(EmailedLink.id == link_id).with_for_update()
    return (await session.scalars(statement)).one_or_none()


async def find_person(session: WriteSession, issuer: str, subject: str) -> Any | None:
    """Return whom a provider means by a subject: id, name, blocked_at."""
    statement = (
        select(Person.id, Person.name, Person.blocked_at)
        .join(PersonIdentity, PersonIdentity.person_id == Person.id)
        .where(PersonIdentity.issuer == issuer, PersonIdentity.subject == subject)
    )
    return (await session.execute(statement)).one_or_none()


async def find_by_identity_of(
    session: WriteSession, issuer: str, person_id: uuid.UUID
) -> Any | None:
    """Return a person who is known to a provider: id, name, blocked_at."""
    statement = (
        select(Person.id, Person.name, Person.blocked_at)
        .join(PersonIdentity, PersonIdentity.person_id == Person.id)
        .where(PersonIdentity.issuer == issuer, Person.id == person_id)
        .distinct()
    )
    return (await session.execute(statement)).one_or_none()


async def insert_identity(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep who a person is at a provider."""
    await session.execute(insert(PersonIdentity), [row])


async def list_memberships(
    session: WriteSession | ReadSession, person_id: uuid.UUID
) -> Sequence[Any]:
    """Return for whom a person works now, by the organisations' names.

    Rows hold id, roles, organisation_id, organisation_name, organisation_kind, la_code.
    """
    statement = (
        select(
            Membership.id,
            Membership.roles,
            Organisation.id.label("organisation_id"),
            Organisation.name.label("organisation_name"),
            Organisation.kind.label("organisation_kind"),
            Organisation.la_code,
        )
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(Membership.person_id == person_id, Membership.ended_at.is_(None))
        .order_by(Organisation.name, Membership.id)
    )
    return (await session.execute(statement)).all()


async def list_people_of(session: ReadSession, issuer: str) -> Sequence[Any]:
    """Return everybody known to a provider with each of their memberships, by name.

    Rows hold id, name, organisation_name, roles; the last two are empty where there is none.
    """
    statement = (
        select(
            Person.id, Person.name, Organisation.name.label("organisation_name"), Membership.roles
        )
        .join(PersonIdentity, PersonIdentity.person_id == Person.id)
        .outerjoin(Membership, (Membership.person_id == Person.id) & Membership.ended_at.is_(None))
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(PersonIdentity.issuer == issuer, Person.blocked_at.is_(None))
        .order_by(Person.name, Person.id, Organisation.name)
    )
    return (await session.execute(statement)).all()
