"""Statements by which listings move."""

import uuid
from collections import defaultdict
from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, bindparam, insert, select, update

from app.db.base import WHOLE_ROWS, Base
from app.db.events import WriteSession
from app.providers.models.listings import Listing
from app.providers.models.sites import Site

Rows = list[dict[str, Any]]


async def find_sites(
    session: WriteSession, provider_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    """Return (provider_id, id, la_code, closed_on) of sites by provider, in their order there."""
    statement = (
        select(Site.provider_id, Site.id, Site.la_code, Site.closed_on)
        .where(Site.provider_id.in_(provider_ids))
        .order_by(Site.provider_id, Site.reference)
    )
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(statement):
        found[row.provider_id].append(row)
    return found


async def insert_rows(session: WriteSession, table: type[Base], rows: Rows) -> None:
    """Insert rows of one table, if there are any."""
    if rows:
        await session.execute(insert(table), rows, execution_options=WHOLE_ROWS)


async def set_states(session: WriteSession, rows: Rows) -> None:
    """Move listings, each from the version read (`listing`, `state_now`, `since_now`).

    Nothing is announced for any of them afterwards.
    """
    if not rows:
        return
    values: dict[str, ColumnElement[Any] | None] = {
        "state": bindparam("state_now"),
        "state_since": bindparam("since_now"),
        "next_state": None,
        "next_on": None,
        "version": Listing.version + 1,
    }
    connection = await session.connection()
    statement = update(Listing).where(Listing.id == bindparam("listing")).values(values)
    await connection.execute(statement, rows)


def is_open(site: Any, day: date) -> bool:
    """Say whether a site's row says that it has not closed by a day."""
    return site.closed_on is None or site.closed_on > day
