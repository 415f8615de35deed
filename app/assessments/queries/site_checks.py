"""Statements on a commissioner's own checks of sites, for whoever may use them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Select, insert, select, update

from app.assessments.models.site_checks import SiteCheck
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which checks are listed; what is empty does not narrow.

    Attributes:
        provider_number: of this provider's sites.
        site: of the site of this reference.
        kind: of this kind.
        usable_on: that may be used on this day.
    """

    provider_number: str | None = None
    site: int | None = None
    kind: str | None = None
    usable_on: date | None = None


def _shown() -> Select[Any]:
    return (
        select(
            *SiteCheck.__table__.columns,
            Organisation.name.label("commissioner"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
        )
        .join(Organisation, Organisation.id == SiteCheck.commissioner_id)
        .join(Site, Site.id == SiteCheck.site_id)
        .join(Provider, Provider.id == Site.provider_id)
    )


async def get_check(session: AnySession, check_id: uuid.UUID, *, lock: bool = False) -> Any | None:
    """Return a check that the actor may use; locked, so that nobody else changes it."""
    if lock:
        own = select(SiteCheck.id).where(SiteCheck.id == check_id).with_for_update()
        await session.execute(own)
    return (await session.execute(_shown().where(SiteCheck.id == check_id))).one_or_none()


async def list_checks(
    session: AnySession, wanted: Wanted, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return checks that the actor may use, the newest first."""
    statement = _shown()
    if wanted.provider_number is not None:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.site is not None:
        statement = statement.where(Site.reference == wanted.site)
    if wanted.kind is not None:
        statement = statement.where(SiteCheck.kind == wanted.kind)
    if wanted.usable_on is not None:
        statement = statement.where(
            SiteCheck.usable_until >= wanted.usable_on,
            SiteCheck.seen_on <= wanted.usable_on,
            SiteCheck.withdrawn_at.is_(None),
        )
    if before is not None:
        statement = statement.where(SiteCheck.id < before)
    ordered = statement.order_by(SiteCheck.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def find_site(session: AnySession, provider_number: str, reference: int) -> Any | None:
    """Return a provider's id and that of its site, where the actor may see the provider."""
    statement = (
        select(Provider.id, Site.id.label("site_id"))
        .outerjoin(Site, (Site.provider_id == Provider.id) & (Site.reference == reference))
        .where(Provider.number == provider_number)
    )
    return (await session.execute(statement)).one_or_none()


async def add_check(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a check."""
    await session.execute(insert(SiteCheck), [row])


async def withdraw_check(
    session: WriteSession, check_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down that a check is no longer to be used."""
    changed = {**values, "version": SiteCheck.version + 1}
    await session.execute(update(SiteCheck).where(SiteCheck.id == check_id).values(changed))
