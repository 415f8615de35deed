"""Statements on notices: what decides them, what they are composed of, and that they were sent."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, insert, select

from app.db.events import ReadSession, WriteSession
from app.notices.models import NoticeSending, PlacementNotice
from app.places.models import LocalAuthority
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


async def lock_notices(session: WriteSession, placement_id: uuid.UUID) -> None:
    """Let nobody else compose or send notices of a placement until the transaction ends."""
    named = func.hashtextextended(f"notices {placement_id}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))


async def get_basis(session: AnySession, placement_id: uuid.UUID) -> Mapping[str, Any]:
    """Return of what a notice would be composed now: days, and versions; it names nobody."""
    found: Mapping[str, Any] | None = await session.scalar(select(func.notice_basis(placement_id)))
    return found or {}


async def list_notices(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return the notices of a placement, the newest first."""
    statement = (
        select(*PlacementNotice.__table__.columns)
        .where(PlacementNotice.placement_id == placement_id)
        .order_by(PlacementNotice.id.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_notice(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep a notice."""
    await session.execute(insert(PlacementNotice).values(**row))


async def list_sendings(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return what was recorded of sending a placement's notices, in that order."""
    statement = (
        select(*NoticeSending.__table__.columns)
        .where(NoticeSending.placement_id == placement_id)
        .order_by(NoticeSending.id)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def add_sending(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep that a notice was sent, or what puts that right."""
    await session.execute(insert(NoticeSending).values(**row))


async def list_sites(session: AnySession, ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return where sites are, and their provider's telephone, by their ids."""
    statement = (
        select(
            *(Site.id, Site.reference, Site.name, Site.address_lines, Site.town, Site.postcode),
            Provider.public_phone.label("phone"),
            Provider.name.label("provider"),
        )
        .join(Provider, Provider.id == Site.provider_id)
        .where(Site.id.in_(ids))
    )
    return {row.id: row for row in await session.execute(statement)}


async def name_authorities(session: AnySession, codes: Sequence[str]) -> dict[str, str]:
    """Return what authorities are called, by their codes."""
    statement = select(LocalAuthority.la_code, LocalAuthority.name).where(
        LocalAuthority.la_code.in_(codes)
    )
    return {row.la_code: row.name for row in await session.execute(statement)}
