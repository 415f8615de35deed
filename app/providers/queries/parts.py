"""Statements on the parts of one record: names, identifiers, sites, offers, who vouches."""

import uuid
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql

from app.db.base import Base
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.providers.models.documents import Document
from app.providers.models.ownership import (
    ProviderConfirmation,
    ProviderOwner,
    ProviderVerification,
)
from app.providers.models.people import ProviderPerson
from app.providers.models.providers import ProviderIdentifier, ProviderKnownBy, ProviderName
from app.providers.models.sites import Offer, Site
from app.providers.queries.records import present_owner_said
from app.providers.record_terms import VerifiedSubject

AnySession = ReadSession | WriteSession

_VERIFIED: dict[VerifiedSubject, type[Base]] = {
    VerifiedSubject.IDENTIFIER: ProviderIdentifier,
    VerifiedSubject.SITE: Site,
    VerifiedSubject.DOCUMENT: Document,
    VerifiedSubject.PERSON: ProviderPerson,
}


async def list_names(session: AnySession, provider_id: uuid.UUID) -> Sequence[ProviderName]:
    """Return a provider's other names that were no mistake, by kind and name."""
    statement = (
        select(ProviderName)
        .where(ProviderName.provider_id == provider_id, ProviderName.withdrawn_at.is_(None))
        .order_by(ProviderName.kind.desc(), ProviderName.name, ProviderName.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def find_name(
    session: WriteSession, provider_id: uuid.UUID, kind: str, name: str
) -> ProviderName | None:
    """Return a name of a provider, withdrawn or not."""
    statement = select(ProviderName).where(
        ProviderName.provider_id == provider_id,
        ProviderName.kind == kind,
        ProviderName.name == name,
    )
    return (await session.scalars(statement)).one_or_none()


async def list_identifiers(
    session: AnySession, provider_id: uuid.UUID
) -> Sequence[ProviderIdentifier]:
    """Return a provider's identifiers that were no mistake, by scheme."""
    statement = (
        select(ProviderIdentifier)
        .where(
            ProviderIdentifier.provider_id == provider_id,
            ProviderIdentifier.withdrawn_at.is_(None),
        )
        .order_by(ProviderIdentifier.scheme, ProviderIdentifier.value)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def find_identifier(
    session: WriteSession, provider_id: uuid.UUID, scheme: str, value: str
) -> ProviderIdentifier | None:
    """Return an identifier of a provider, withdrawn or not."""
    statement = select(ProviderIdentifier).where(
        ProviderIdentifier.provider_id == provider_id,
        ProviderIdentifier.scheme == scheme,
        ProviderIdentifier.value == value,
    )
    return (await session.scalars(statement)).one_or_none()


async def get_part(
    session: AnySession, table: type[Base], provider_id: uuid.UUID, part_id: uuid.UUID
) -> Any | None:
    """Return a row of a table that belongs to a provider, by its id, as it is now."""
    columns: Any = table
    statement = (
        select(table)
        .where(columns.id == part_id, columns.provider_id == provider_id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def has_subject(
    session: AnySession, provider_id: uuid.UUID, kind: VerifiedSubject, subject_id: uuid.UUID
) -> bool:
    """Say whether a part of this kind belongs to a provider's record."""
    return await get_part(session, _VERIFIED[kind], provider_id, subject_id) is not None


async def list_sites(session: AnySession, provider_id: uuid.UUID) -> Sequence[Site]:
    """Return a provider's sites, closed ones too, by reference."""
    statement = (
        select(Site)
        .where(Site.provider_id == provider_id)
        .order_by(Site.reference)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def get_site(session: AnySession, provider_id: uuid.UUID, reference: int) -> Site | None:
    """Return one site of a provider, as it is now."""
    statement = (
        select(Site)
        .where(Site.provider_id == provider_id, Site.reference == reference)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_offers(session: AnySession, site_ids: Collection[uuid.UUID]) -> Sequence[Offer]:
    """Return what is or was offered at sites, in the order it was added."""
    statement = (
        select(Offer)
        .where(Offer.site_id.in_(site_ids))
        .order_by(Offer.id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).all()


async def get_offer(session: AnySession, site_id: uuid.UUID, offer_id: uuid.UUID) -> Offer | None:
    """Return one offer at a site, as it is now."""
    statement = (
        select(Offer)
        .where(Offer.id == offer_id, Offer.site_id == site_id)
        .execution_options(populate_existing=True)
    )
    return (await session.scalars(statement)).one_or_none()


async def add_row(session: WriteSession, row: Base) -> None:
    """Keep a new row."""
    session.add(row)
    await session.flush()


_VERIFICATION = (
    ProviderVerification.id,
    ProviderVerification.subject_kind,
    ProviderVerification.subject_id,
    ProviderVerification.held,
    ProviderVerification.how,
    ProviderVerification.note,
    ProviderVerification.verified_on,
    ProviderVerification.person_name,
    ProviderVerification.recorded_at,
    Organisation.name.label("organisation"),
)


async def newest_verifications(
    session: AnySession, provider_id: uuid.UUID
) -> dict[tuple[str, uuid.UUID], Any]:
    """Return the newest verification of each part of a record, by kind and id of the part."""
    statement = (
        select(*_VERIFICATION)
        .join(Organisation, Organisation.id == ProviderVerification.organisation_id, isouter=True)
        .where(ProviderVerification.provider_id == provider_id)
        .ext(
            postgresql.distinct_on(
                ProviderVerification.subject_kind, ProviderVerification.subject_id
            )
        )
        .order_by(
            ProviderVerification.subject_kind,
            ProviderVerification.subject_id,
            ProviderVerification.id.desc(),
        )
    )
    rows = await session.execute(statement)
    return {(row.subject_kind, row.subject_id): row for row in rows}


async def list_verifications(
    session: AnySession,
    provider_id: uuid.UUID,
    before: uuid.UUID | None,
    most: int,
    only: uuid.UUID | None = None,
) -> Sequence[Any]:
    """Return who made sure of what in a record, newest first, before one of them.

    Args:
        session: the transaction.
        provider_id: whose record.
        before: only those recorded before this one.
        most: how many.
        only: this one alone.
    """
    statement = (
        select(*_VERIFICATION)
        .join(Organisation, Organisation.id == ProviderVerification.organisation_id, isouter=True)
        .where(ProviderVerification.provider_id == provider_id)
        .order_by(ProviderVerification.id.desc())
        .limit(most)
    )
    if before is not None:
        statement = statement.where(ProviderVerification.id < before)
    if only is not None:
        statement = statement.where(ProviderVerification.id == only)
    return (await session.execute(statement)).all()


async def newest_confirmation(
    session: AnySession, provider_id: uuid.UUID
) -> ProviderConfirmation | None:
    """Return when the present owner last stood by the whole record."""
    statement = (
        select(ProviderConfirmation)
        .join(ProviderOwner, present_owner_said(ProviderConfirmation))
        .where(ProviderConfirmation.provider_id == provider_id)
        .order_by(ProviderConfirmation.confirmed_on.desc(), ProviderConfirmation.id.desc())
        .limit(1)
    )
    return (await session.scalars(statement)).one_or_none()


async def list_known_by(session: AnySession, provider_id: uuid.UUID) -> Sequence[ProviderKnownBy]:
    """Return the lines of the actor's own authority's lists on which a provider stands.

    Commissioners may see other authorities' lines too; those are told as known providers.
    """
    own = func.nullif(func.current_setting("app.la_code", True), "")
    statement = (
        select(ProviderKnownBy)
        .where(ProviderKnownBy.provider_id == provider_id, ProviderKnownBy.la_code == own)
        .order_by(ProviderKnownBy.id)
    )
    return (await session.scalars(statement)).all()
