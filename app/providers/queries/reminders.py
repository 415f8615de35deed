"""Statements on what providers are reminded of; run by the worker."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from app.access import Role
from app.db.events import WriteSession
from app.organisations.models.people import Membership, Person, PersonContact
from app.providers.models.documents import Document
from app.providers.models.ownership import ProviderConfirmation, ProviderOwner
from app.providers.models.providers import Provider
from app.providers.models.reminders import Reminder

_REMINDED = [Role.PROVIDER_MANAGER.value, Role.ADMINISTRATOR.value]


def _owned(provider_id: Any) -> Any:
    return and_(ProviderOwner.provider_id == provider_id, ProviderOwner.ended_at.is_(None))


def _renewed() -> Any:
    """Say that another document of the kind counts for longer, at the same place or everywhere."""
    other = aliased(Document)
    return exists().where(
        other.provider_id == Document.provider_id,
        other.kind == Document.kind,
        other.id != Document.id,
        other.withdrawn_at.is_(None),
        or_(other.site_id.is_(None), other.site_id == Document.site_id),
        or_(other.current_until.is_(None), other.current_until > Document.current_until),
    )


async def find_ending(session: WriteSession, first: date, last: date) -> Sequence[Any]:
    """Return documents that end from one day to another and were neither withdrawn nor renewed.

    Rows: `id`, `current_until`, `organisation_id` of the owner. Who has no owner has nobody to
    remind.
    """
    statement = (
        select(Document.id, Document.current_until, ProviderOwner.organisation_id)
        .join(ProviderOwner, _owned(Document.provider_id))
        .where(
            Document.withdrawn_at.is_(None),
            Document.current_until.between(first, last),
            ~_renewed(),
        )
        .order_by(Document.current_until, Document.id)
    )
    return (await session.execute(statement)).all()


async def find_confirmed(session: WriteSession) -> Sequence[Any]:
    """Return for each owned record that goes on when it was last confirmed.

    Rows: `id`, `organisation_id` of the owner, `began_at` of its ownership, `confirmed_on` (empty:
    never).
    """
    statement = (
        select(
            Provider.id,
            ProviderOwner.organisation_id,
            ProviderOwner.began_at,
            func.max(ProviderConfirmation.confirmed_on).label("confirmed_on"),
        )
        .join(ProviderOwner, _owned(Provider.id))
        .outerjoin(ProviderConfirmation, ProviderConfirmation.provider_id == Provider.id)
        .where(Provider.merged_into.is_(None), Provider.status != "closed")
        .group_by(Provider.id, ProviderOwner.organisation_id, ProviderOwner.began_at)
        .order_by(Provider.id)
    )
    return (await session.execute(statement)).all()


async def note_reminder(
    session: WriteSession, subject_id: uuid.UUID, due_on: date, days: int, present: datetime
) -> bool:
    """Note that a reminder is asked for; say whether it was not before."""
    statement = (
        insert(Reminder)
        .values(subject_id=subject_id, due_on=due_on, days=days, asked_at=present)
        .on_conflict_do_nothing()
        .returning(Reminder.subject_id)
    )
    return (await session.execute(statement)).one_or_none() is not None


async def find_people_to_remind(
    session: WriteSession, organisation_id: uuid.UUID
) -> Sequence[uuid.UUID]:
    """Return who keeps an owner's records, or administers it, and is not blocked."""
    statement = (
        select(Membership.person_id)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.roles.overlap(_REMINDED),
            Person.blocked_at.is_(None),
        )
        .order_by(Membership.person_id)
    )
    return (await session.scalars(statement)).all()


async def get_document_to_tell(
    session: WriteSession, document_id: uuid.UUID, due_on: date, days: int
) -> Any | None:
    """Return what a message on a document needs, if it still ends on that day un-renewed.

    The row: `title`, `number` and `name` of the provider, `asked_at`.
    """
    statement = (
        select(Document.title, Provider.number, Provider.name, Reminder.asked_at)
        .join(Provider, Provider.id == Document.provider_id)
        .join(
            Reminder,
            and_(
                Reminder.subject_id == Document.id,
                Reminder.due_on == Document.current_until,
                Reminder.days == days,
            ),
        )
        .where(
            Document.id == document_id,
            Document.current_until == due_on,
            Document.withdrawn_at.is_(None),
            ~_renewed(),
        )
    )
    return (await session.execute(statement)).one_or_none()


async def get_provider_to_tell(
    session: WriteSession, provider_id: uuid.UUID, due_on: date, days: int, since: date
) -> Any | None:
    """Return what a message on the yearly word needs, if it was not given since a day.

    The row: `number` and `name` of the provider, `asked_at`.
    """
    confirmed = exists().where(
        ProviderConfirmation.provider_id == provider_id,
        ProviderConfirmation.confirmed_on > since,
    )
    statement = (
        select(Provider.number, Provider.name, Reminder.asked_at)
        .join(
            Reminder,
            and_(
                Reminder.subject_id == Provider.id,
                Reminder.due_on == due_on,
                Reminder.days == days,
            ),
        )
        .where(Provider.id == provider_id, ~confirmed)
    )
    return (await session.execute(statement)).one_or_none()


async def get_reader(
    session: WriteSession, organisation_id: uuid.UUID, person_id: uuid.UUID
) -> Any | None:
    """Return `name` and `email` of who is to be told, if they still keep an owner's records."""
    statement = (
        select(Person.name, PersonContact.email)
        .join(Membership, Membership.person_id == Person.id)
        .join(PersonContact, PersonContact.person_id == Person.id)
        .where(
            Person.id == person_id,
            Person.blocked_at.is_(None),
            Membership.organisation_id == organisation_id,
            Membership.ended_at.is_(None),
            Membership.roles.overlap(_REMINDED),
        )
    )
    return (await session.execute(statement)).one_or_none()
