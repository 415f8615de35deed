"""Statements on links between providers, and on which sites make up an institution."""

import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import aliased

from app.db.events import ReadSession, WriteSession
from app.providers.models.ownership import InstitutionSite, ProviderLink
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


async def acts_for_department(session: WriteSession) -> bool:
    """Say whether the actor acts for the department."""
    return bool((await session.execute(select(func.acts_for_department()))).scalar_one())


async def is_grouped(session: WriteSession, site_id: uuid.UUID) -> bool:
    """Say whether a site counts to an institution other than its own provider's."""
    grouped = exists().where(InstitutionSite.site_id == site_id, InstitutionSite.ended_at.is_(None))
    return bool((await session.execute(select(grouped))).scalar_one())


async def list_links(session: AnySession, provider_id: uuid.UUID) -> Sequence[Any]:
    """Return the links of a provider with others that hold.

    Each row: `id`, `since`, `predecessor_id`, `other_number`, `other_name`; a link with a provider
    that the actor may not see is left out.
    """
    other = aliased(Provider)
    statement = (
        select(
            ProviderLink.id,
            ProviderLink.since,
            ProviderLink.predecessor_id,
            other.number.label("other_number"),
            other.name.label("other_name"),
        )
        .join(
            other,
            or_(
                (other.id == ProviderLink.predecessor_id)
                & (ProviderLink.successor_id == provider_id),
                (other.id == ProviderLink.successor_id)
                & (ProviderLink.predecessor_id == provider_id),
            ),
        )
        .where(ProviderLink.ended_at.is_(None))
        .order_by(ProviderLink.id)
    )
    return (await session.execute(statement)).all()


async def links_between(
    session: WriteSession, one: uuid.UUID, other: uuid.UUID
) -> Sequence[ProviderLink]:
    """Return the links of two providers that hold, whichever way."""
    pair = (one, other)
    statement = select(ProviderLink).where(
        ProviderLink.predecessor_id.in_(pair),
        ProviderLink.successor_id.in_(pair),
        ProviderLink.ended_at.is_(None),
    )
    return (await session.scalars(statement)).all()


async def get_link_to(
    session: WriteSession, successor_id: uuid.UUID, link_id: uuid.UUID
) -> ProviderLink | None:
    """Return a link of a provider with one it goes on from."""
    statement = select(ProviderLink).where(
        ProviderLink.id == link_id, ProviderLink.successor_id == successor_id
    )
    return (await session.scalars(statement)).one_or_none()


async def list_institution(session: AnySession, provider_id: uuid.UUID) -> Sequence[Any]:
    """Return the sites that count to another provider's institution, on either side of this one.

    Each row: `id`, `provider_number` and `site_reference` of the site, `institution_number`.
    """
    institution = aliased(Provider)
    statement = (
        select(
            InstitutionSite.id,
            Provider.number.label("provider_number"),
            Site.reference.label("site_reference"),
            institution.number.label("institution_number"),
        )
        .join(Site, Site.id == InstitutionSite.site_id)
        .join(Provider, Provider.id == Site.provider_id)
        .join(institution, institution.id == InstitutionSite.provider_id)
        .where(
            InstitutionSite.ended_at.is_(None),
            or_(InstitutionSite.provider_id == provider_id, Site.provider_id == provider_id),
        )
        .order_by(InstitutionSite.id)
    )
    return (await session.execute(statement)).all()


async def institution_of(session: AnySession, site_id: uuid.UUID) -> uuid.UUID | None:
    """Return the provider to whose institution a site counts: its own, unless grouped otherwise.

    `None` where there is no such site that the actor may see.
    """
    grouped = (
        select(InstitutionSite.provider_id)
        .where(InstitutionSite.site_id == site_id, InstitutionSite.ended_at.is_(None))
        .scalar_subquery()
    )
    statement = select(func.coalesce(grouped, Site.provider_id)).where(Site.id == site_id)
    return (await session.execute(statement)).scalar_one_or_none()


async def sites_of_institution(session: AnySession, provider_id: uuid.UUID) -> Sequence[uuid.UUID]:
    """Return the sites that count to a provider's institution, by id: its own, and those grouped.

    A site of its own that is grouped with another institution does not count to this one.
    """
    grouped = (
        select(InstitutionSite.provider_id)
        .where(InstitutionSite.site_id == Site.id, InstitutionSite.ended_at.is_(None))
        .scalar_subquery()
    )
    statement = (
        select(Site.id)
        .where(func.coalesce(grouped, Site.provider_id) == provider_id)
        .order_by(Site.id)
    )
    return (await session.scalars(statement)).all()
