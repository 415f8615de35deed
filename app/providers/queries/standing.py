"""Statements by which standings are settled, as the publisher: whole, whatever the actor sees."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, case, cast, func, insert, select, update

from app import clock
from app.db.base import WHOLE_ROWS
from app.db.events import ReadSession, WriteSession
from app.files.models import File
from app.files.terms import FileState
from app.providers.models.documents import Document
from app.providers.models.listings import Listing
from app.providers.models.providers import Provider, ProviderStatusChange
from app.providers.models.sites import Offer, Site

Rows = list[dict[str, Any]]


async def lock_standings(session: WriteSession, ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return (id, status, status_since, changes_on) of providers, locked, by id."""
    statement = (
        select(Provider.id, Provider.status, Provider.status_since, Provider.changes_on)
        .where(Provider.id.in_(ids))
        .order_by(Provider.id)
        .with_for_update()
    )
    return (await session.execute(statement)).all()


async def find_registered(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    """Return the listings that have, or are decided to have, a first day on the register.

    By provider; each row has what `app.providers.standing.ListingFacts` asks, and `version`.
    """
    columns = (
        Listing.id,
        Listing.provider_id,
        Listing.site_id,
        Listing.state,
        Listing.state_since,
        Listing.next_state,
        Listing.next_on,
        Listing.listed_on,
        Listing.version,
    )
    statement = (
        select(*columns)
        .where(Listing.provider_id.in_(ids), Listing.listed_on.is_not(None))
        .order_by(Listing.id)
    )
    return _by_provider(await session.execute(statement))


async def find_documents(
    session: ReadSession | WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    """Return (provider_id, site_id, kind, current_until, gone_on) of documents.

    Without those that were gone on the day they came, such as a mistake soon seen: nothing was ever
    rested on them. Also for an owner, of records of their own.
    """
    found_infected = case((File.state == FileState.INFECTED.value, File.scanned_at))
    gone_on = _day(func.least(Document.withdrawn_at, found_infected))
    statement = (
        select(
            Document.provider_id,
            Document.site_id,
            Document.kind,
            Document.current_until,
            gone_on.label("gone_on"),
        )
        .outerjoin(File, File.id == Document.file_id)
        .where(
            Document.provider_id.in_(ids),
            gone_on.is_(None) | (gone_on > _day(Document.added_at)),
        )
    )
    return _by_provider(await session.execute(statement))


async def find_closings(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[uuid.UUID, date]]:
    """Return by provider, of each site that has or will have closed, the first day it is shut."""
    statement = select(Site.provider_id, Site.id, Site.closed_on).where(
        Site.provider_id.in_(ids), Site.closed_on.is_not(None)
    )
    found: dict[uuid.UUID, dict[uuid.UUID, date]] = defaultdict(dict)
    for row in await session.execute(statement):
        if row.closed_on is not None:
            found[row.provider_id][row.id] = row.closed_on
    return found


async def find_endings(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[date]]:
    """Return by provider the days on which an offer has ended or will end."""
    statement = (
        select(Site.provider_id, Offer.ended_on)
        .join(Site, Site.id == Offer.site_id)
        .where(Site.provider_id.in_(ids), Offer.ended_on.is_not(None))
    )
    found: dict[uuid.UUID, list[date]] = defaultdict(list)
    for row in await session.execute(statement):
        if row.ended_on is not None:
            found[row.provider_id].append(row.ended_on)
    return found


async def set_standings(session: WriteSession, rows: Rows) -> None:
    """Set status, its first day and the next change by provider (`provider`, `status` …)."""
    if not rows:
        return
    statement = (
        update(Provider)
        .where(Provider.id == bindparam("provider"))
        .values(
            status=bindparam("status_now"),
            status_since=bindparam("since_now"),
            changes_on=bindparam("changes_next"),
        )
    )
    connection = await session.connection()
    await connection.execute(statement, rows)


async def insert_changes(session: WriteSession, rows: Rows) -> None:
    """Append moves from one status to another, if there are any."""
    if rows:
        await session.execute(insert(ProviderStatusChange), rows, execution_options=WHOLE_ROWS)


def _day(moment: Any) -> Any:
    return cast(func.timezone(clock.LONDON.key, moment), Date)


def _by_provider(rows: Any) -> dict[uuid.UUID, list[Any]]:
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in rows:
        found[row.provider_id].append(row)
    return found
