"""Statements on concerns, for whoever raised them or answers for the provider."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, insert, select, update

from app.concerns.models import Concern
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which concerns are listed; what is empty does not narrow.

    Attributes:
        provider_number: about this provider.
        severities: any of these.
        still_open: whether they are open; `None`: either.
    """

    provider_number: str | None = None
    severities: tuple[str, ...] = ()
    still_open: bool | None = None


def _shown() -> Select[Any]:
    return (
        select(
            *Concern.__table__.columns,
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
            Organisation.name.label("organisation_name"),
            func.judges_provider(Concern.provider_id).label("judges"),
        )
        .join(Provider, Provider.id == Concern.provider_id)
        .join(Organisation, Organisation.id == Concern.organisation_id)
        .outerjoin(Site, Site.id == Concern.site_id)
    )


async def get_concern(
    session: AnySession, concern_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return a concern that the actor may see; locked, so that nobody else changes it."""
    if lock:
        await session.execute(select(Concern.id).where(Concern.id == concern_id).with_for_update())
    return (await session.execute(_shown().where(Concern.id == concern_id))).one_or_none()


async def list_concerns(
    session: AnySession, wanted: Wanted, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return concerns that the actor may see, the newest first."""
    statement = _shown().order_by(Concern.id.desc()).limit(most)
    if wanted.provider_number:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.severities:
        statement = statement.where(Concern.severity.in_(wanted.severities))
    if wanted.still_open is not None:
        is_open = Concern.closed_at.is_(None)
        statement = statement.where(is_open if wanted.still_open else ~is_open)
    if before is not None:
        statement = statement.where(Concern.id < before)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def find_site_id(
    session: AnySession, provider_id: uuid.UUID, reference: int
) -> uuid.UUID | None:
    """Return the id of a provider's site."""
    statement = select(Site.id).where(Site.provider_id == provider_id, Site.reference == reference)
    return (await session.scalars(statement)).one_or_none()


async def add_concern(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a concern."""
    await session.execute(insert(Concern), [row])


async def close_concern(
    session: WriteSession, concern_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what came of a concern."""
    changed = {**values, "version": Concern.version + 1}
    await session.execute(update(Concern).where(Concern.id == concern_id).values(changed))
