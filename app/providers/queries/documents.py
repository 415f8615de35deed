"""Statements on documents."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.db.events import ReadSession, WriteSession
from app.files.models import File
from app.providers.models.documents import Document
from app.providers.models.sites import Site
from app.standards.models import Criterion, StandardsVersion
from app.standards.terms import State

AnySession = ReadSession | WriteSession


async def months_of_kind(session: AnySession, kind: str, day: date) -> list[int]:
    """Return how long documents of a kind stay current, by each criterion that names it and says.

    Args:
        session: of any role.
        kind: of evidence.
        day: on which the version of the standards is in force.
    """
    statement = (
        select(Criterion.evidence_months)
        .join(StandardsVersion, StandardsVersion.id == Criterion.version_id)
        .where(
            StandardsVersion.state == State.PUBLISHED.value,
            StandardsVersion.in_force.contains(day),
            Criterion.evidence_kinds.contains([kind]),
        )
    )
    said = (await session.scalars(statement)).all()
    return [months for months in said if months is not None]


async def list_documents(  # noqa: PLR0913 - each narrows the list in its own way
    session: AnySession,
    provider_id: uuid.UUID,
    *,
    kind: str | None,
    site: int | None,
    only: frozenset[uuid.UUID] | None,
    after: uuid.UUID | None,
    most: int,
) -> Sequence[Any]:
    """Return a provider's documents, the newest first; each row as `get_document` returns it.

    Args:
        session: the transaction.
        provider_id: whose.
        kind: only of this kind.
        site: only of the site with this reference.
        only: of these alone, where not all may be seen.
        after: the id of the last one before.
        most: how many.
    """
    statement = _shown().where(Document.provider_id == provider_id)
    if kind is not None:
        statement = statement.where(Document.kind == kind)
    if site is not None:
        statement = statement.where(Site.reference == site)
    if only is not None:
        statement = statement.where(Document.id.in_(only))
    if after is not None:
        statement = statement.where(Document.id < after)
    statement = statement.order_by(Document.id.desc()).limit(most)
    return (await session.execute(statement)).all()


async def get_document(
    session: AnySession, provider_id: uuid.UUID, document_id: uuid.UUID
) -> Any | None:
    """Return a document of a provider: the row `(Document, File or None, site, replaced_by)`.

    `site` is the reference of its site; `replaced_by` the newest document that takes its place and
    was not withdrawn.
    """
    statement = _shown().where(Document.provider_id == provider_id, Document.id == document_id)
    return (await session.execute(statement)).one_or_none()


async def lock_document(
    session: WriteSession, provider_id: uuid.UUID, document_id: uuid.UUID
) -> Document | None:
    """Return a document of a provider; nobody else changes it until the end."""
    statement = (
        select(Document)
        .where(Document.provider_id == provider_id, Document.id == document_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def add_document(session: WriteSession, document: Document) -> None:
    """Keep a document."""
    session.add(document)
    await session.flush()


def _shown() -> Any:
    later = aliased(Document)
    replaced_by = (
        select(later.id)
        .where(later.replaces_id == Document.id, later.withdrawn_at.is_(None))
        .order_by(later.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    return (
        select(Document, File, Site.reference.label("site"), replaced_by.label("replaced_by"))
        .outerjoin(File, File.id == Document.file_id)
        .outerjoin(Site, Site.id == Document.site_id)
        .execution_options(populate_existing=True)
    )


async def find_of_provider(
    session: AnySession, provider_id: uuid.UUID, document_ids: Sequence[uuid.UUID]
) -> Sequence[Document]:
    """Return those of these documents that are a provider's and were not withdrawn."""
    statement = select(Document).where(
        Document.provider_id == provider_id,
        Document.id.in_(document_ids),
        Document.withdrawn_at.is_(None),
    )
    return (await session.scalars(statement)).all()


async def find_holders(session: WriteSession, file_ids: Sequence[uuid.UUID]) -> Sequence[uuid.UUID]:
    """Return the providers of which a document has any of these files."""
    statement = select(Document.provider_id).where(Document.file_id.in_(file_ids)).distinct()
    return (await session.scalars(statement)).all()
