"""Statements on the people behind a provider, how they are reached, and its bank reference."""

import uuid
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select, update

from app.db.events import ReadSession, WriteSession
from app.providers.models.people import BankReference, ProviderContact, ProviderPerson

AnySession = ReadSession | WriteSession


async def list_people(session: AnySession, provider_id: uuid.UUID) -> Sequence[ProviderPerson]:
    """Return who is or was behind a provider, in the order they were recorded."""
    statement = (
        select(ProviderPerson)
        .where(ProviderPerson.provider_id == provider_id)
        .order_by(ProviderPerson.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def confirm_present(session: WriteSession, provider_id: uuid.UUID, today: date) -> None:
    """Note that the owner stands by everybody who is behind a provider today."""
    statement = (
        update(ProviderPerson)
        .where(
            ProviderPerson.provider_id == provider_id,
            or_(ProviderPerson.ended_on.is_(None), ProviderPerson.ended_on > today),
        )
        .values(confirmed_on=today)
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)


async def list_contacts(session: AnySession, provider_id: uuid.UUID) -> Sequence[ProviderContact]:
    """Return how the people behind a provider can be reached now, in the order that was told."""
    statement = (
        select(ProviderContact)
        .where(ProviderContact.provider_id == provider_id, ProviderContact.ended_at.is_(None))
        .order_by(ProviderContact.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def present_bank_reference(session: AnySession, provider_id: uuid.UUID) -> Any | None:
    """Return since when a bank reference is held (`id`, `given_at`); the hash itself is unread."""
    statement = (
        select(BankReference.id, BankReference.given_at)
        .where(BankReference.provider_id == provider_id, BankReference.ended_at.is_(None))
        .order_by(BankReference.id.desc())
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def end_bank_references(
    session: WriteSession, provider_id: uuid.UUID, present: datetime
) -> None:
    """End the bank references of a provider; they stay on record to be compared with."""
    statement = (
        update(BankReference)
        .where(BankReference.provider_id == provider_id, BankReference.ended_at.is_(None))
        .values(ended_at=present)
        .execution_options(synchronize_session=False)
    )
    await session.execute(statement)
