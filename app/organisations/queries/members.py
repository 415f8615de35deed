"""Statements on memberships: who works for an organisation, in which roles."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select, tuple_

from app.access import Role
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person, PersonContact

AnySession = ReadSession | WriteSession

_SHOWN = (
    Membership.id,
    Membership.organisation_id,
    Membership.person_id,
    Person.name,
    Membership.roles,
    Membership.began_at,
    Membership.ended_at,
    Membership.version,
)


async def acts_within(session: AnySession, organisation_id: uuid.UUID) -> bool:
    """Say whether an organisation is the one acted for, or below it."""
    return bool((await session.execute(select(func.acts_within(organisation_id)))).scalar_one())


async def get_organisation(
    session: AnySession,
    organisation_id: uuid.UUID,
    *,
    administered: bool,
    or_welcomed: bool = False,
) -> Any | None:
    """Return an organisation's id, name and kind.

    Args:
        session: the transaction.
        organisation_id: its id.
        administered: whether it must be one that the acting person administers.
        or_welcomed: or one for which nobody works yet, which theirs brought onto the service.
    """
    statement = select(Organisation.id, Organisation.name, Organisation.kind).where(
        Organisation.id == organisation_id
    )
    if administered:
        ways = [func.administers(Organisation.id)]
        ways += [func.welcomes(Organisation.id)] if or_welcomed else []
        statement = statement.where(or_(*ways))
    return (await session.execute(statement)).one_or_none()


async def list_members(
    session: AnySession,
    organisation_id: uuid.UUID,
    after: tuple[str, uuid.UUID] | None,
    most: int,
) -> Sequence[Any]:
    """Return who works for an organisation now, by name, after one of them."""
    statement = (
        select(*_SHOWN)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.organisation_id == organisation_id, Membership.ended_at.is_(None))
        .order_by(Person.name, Membership.id)
        .limit(most)
    )
    if after is not None:
        statement = statement.where(tuple_(Person.name, Membership.id) > tuple_(*after))
    return (await session.execute(statement)).all()


async def get_member(
    session: AnySession, organisation_id: uuid.UUID, membership_id: uuid.UUID
) -> Any | None:
    """Return one membership of an organisation, ended or not, with the person's name."""
    statement = (
        select(*_SHOWN)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.id == membership_id, Membership.organisation_id == organisation_id)
    )
    return (await session.execute(statement)).one_or_none()


async def lock_membership(
    session: WriteSession, membership_id: uuid.UUID
) -> tuple[Membership, str] | None:
    """Return a membership that the actor may change, and the person's name; nobody else can now."""
    statement = (
        select(Membership, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(Membership.id == membership_id)
        .with_for_update(of=Membership)
        .execution_options(populate_existing=True)
    )
    row = (await session.execute(statement)).one_or_none()
    return (row[0], row[1]) if row else None


async def add_membership(session: WriteSession, membership: Membership) -> None:
    """Keep a membership."""
    session.add(membership)
    await session.flush()


async def change_membership(
    session: WriteSession, membership: Membership, changes: dict[str, Any]
) -> None:
    """Change a membership that is locked, and count the change."""
    for name, value in changes.items():
        setattr(membership, name, value)
    membership.version += 1
    await session.flush()


async def is_member(session: AnySession, organisation_id: uuid.UUID, person_id: uuid.UUID) -> bool:
    """Say whether somebody works for an organisation now."""
    statement = select(
        exists().where(
            Membership.organisation_id == organisation_id,
            Membership.person_id == person_id,
            Membership.ended_at.is_(None),
        )
    )
    return bool((await session.execute(statement)).scalar_one())


async def is_member_by_email(session: AnySession, organisation_id: uuid.UUID, email: str) -> bool:
    """Say whether whoever is reached at an address works for an organisation now."""
    statement = select(
        exists().where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            PersonContact.person_id == Membership.person_id,
            PersonContact.email == email,
        )
    )
    return bool((await session.execute(statement)).scalar_one())


async def has_administrator(session: AnySession, organisation_id: uuid.UUID) -> bool:
    """Say whether an organisation has an administrator now."""
    statement = select(
        exists().where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.roles.contains([Role.ADMINISTRATOR.value]),
        )
    )
    return bool((await session.execute(statement)).scalar_one())
