"""Statements on sharing: who may see which evidence, and until when."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, select

from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.providers.models.documents import Document, DocumentShare
from app.providers.models.providers import Provider

AnySession = ReadSession | WriteSession


def _mine() -> ColumnElement[bool]:
    acted_for = select(func.unnest(func.organisations_acted_for()))
    return DocumentShare.organisation_id.in_(acted_for)


def _holds(today: date) -> ColumnElement[bool]:
    return and_(DocumentShare.revoked_at.is_(None), DocumentShare.until >= today)


async def find_shared(
    session: AnySession, provider_id: uuid.UUID, today: date
) -> Sequence[uuid.UUID | None]:
    """Return which of a provider's documents the actor's organisation is shown; `None`: all."""
    statement = select(DocumentShare.document_id).where(
        DocumentShare.provider_id == provider_id, _mine(), _holds(today)
    )
    return (await session.scalars(statement)).all()


async def find_standing(
    session: AnySession,
    provider_id: uuid.UUID,
    organisation_id: uuid.UUID,
    document_id: uuid.UUID | None,
    today: date,
) -> DocumentShare | None:
    """Return a consent to an organisation for the same thing that holds."""
    statement = (
        select(DocumentShare)
        .where(
            DocumentShare.provider_id == provider_id,
            DocumentShare.organisation_id == organisation_id,
            DocumentShare.document_id.is_not_distinct_from(document_id),
            _holds(today),
        )
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def add_share(session: WriteSession, share: DocumentShare) -> None:
    """Keep a consent."""
    session.add(share)
    await session.flush()


async def lock_share(
    session: WriteSession, provider_id: uuid.UUID, share_id: uuid.UUID
) -> DocumentShare | None:
    """Return a provider's consent; nobody else changes it until the end."""
    statement = (
        select(DocumentShare)
        .where(DocumentShare.provider_id == provider_id, DocumentShare.id == share_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_shares(
    session: AnySession, provider_id: uuid.UUID, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return a provider's consents, over or not, the newest first; rows as `get_share`'s."""
    statement = _told().where(DocumentShare.provider_id == provider_id)
    if after is not None:
        statement = statement.where(DocumentShare.id < after)
    statement = statement.order_by(DocumentShare.id.desc()).limit(most)
    return (await session.execute(statement)).all()


async def get_share(session: AnySession, provider_id: uuid.UUID, share_id: uuid.UUID) -> Any | None:
    """Return a consent: id, organisation and document by id and name, until, granted, revoked."""
    statement = _told().where(
        DocumentShare.provider_id == provider_id, DocumentShare.id == share_id
    )
    return (await session.execute(statement)).one_or_none()


async def list_shared_with_me(
    session: AnySession, today: date, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return the consents by which the actor's organisation sees evidence today, newest first."""
    statement = (
        select(
            DocumentShare.id.label("share_id"),
            Provider.number.label("provider_number"),
            Provider.name.label("provider_name"),
            DocumentShare.document_id,
            Document.title.label("document_title"),
            DocumentShare.until,
            DocumentShare.granted_at,
        )
        .join(Provider, Provider.id == DocumentShare.provider_id)
        .outerjoin(Document, Document.id == DocumentShare.document_id)
        .where(_mine(), _holds(today))
        .order_by(DocumentShare.id.desc())
        .limit(most)
    )
    if after is not None:
        statement = statement.where(DocumentShare.id < after)
    return (await session.execute(statement)).all()


def _told() -> Any:
    return (
        select(
            DocumentShare.id,
            DocumentShare.organisation_id,
            Organisation.name.label("organisation_name"),
            DocumentShare.document_id,
            Document.title.label("document_title"),
            DocumentShare.until,
            DocumentShare.granted_at,
            DocumentShare.revoked_at,
        )
        .join(Organisation, Organisation.id == DocumentShare.organisation_id)
        .outerjoin(Document, Document.id == DocumentShare.document_id)
    )
