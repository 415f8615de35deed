"""Reading listings as far as they are public, as the publisher."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select

from app.db.events import WriteSession
from app.providers.models.listings import Listing, ListingMove
from app.standards.models import StandardsVersion

_COLUMNS = (
    Listing.id,
    Listing.provider_id,
    Listing.site_id,
    Listing.la_code,
    Listing.basis,
    Listing.state,
    Listing.state_since,
    Listing.next_state,
    Listing.next_on,
    Listing.listed_on,
    Listing.standards_version_id,
    Listing.age_from,
    Listing.age_to,
    Listing.key_stages,
    Listing.needs,
    Listing.programmes,
    Listing.seen_on,
    Listing.seen_how,
    Listing.review_due_on,
)


@dataclass(frozen=True, slots=True)
class Listed:
    """Listings that have, or are decided to have, a first day on the register.

    Attributes:
        listings: by provider.
        moves: by listing, the public reason of each move, by state and first day; the newest holds.
        standards: codes of versions of the standards, by id.
    """

    listings: Mapping[uuid.UUID, Sequence[Any]]
    moves: Mapping[uuid.UUID, Mapping[tuple[str, date], str | None]]
    standards: Mapping[uuid.UUID | None, str]


async def read_listed(session: WriteSession, ids: Collection[uuid.UUID]) -> Listed:
    """Read what is public of providers' listings: three statements for any number."""
    listings: dict[uuid.UUID, list[Any]] = defaultdict(list)
    statement = select(*_COLUMNS).where(
        Listing.provider_id.in_(ids), Listing.listed_on.is_not(None)
    )
    for row in await session.execute(statement):
        listings[row.provider_id].append(row)
    keys = [row.id for rows in listings.values() for row in rows]
    versions = {row.standards_version_id for rows in listings.values() for row in rows} - {None}
    standards = {}
    if versions:
        codes = select(StandardsVersion.id, StandardsVersion.code).where(
            StandardsVersion.id.in_(versions)
        )
        standards = {row.id: row.code for row in await session.execute(codes)}
    return Listed(listings, await _reasons(session, keys), standards)


async def _reasons(
    session: WriteSession, listings: Collection[uuid.UUID]
) -> dict[uuid.UUID, dict[tuple[str, date], str | None]]:
    statement = (
        select(
            ListingMove.listing_id,
            ListingMove.to_state,
            ListingMove.effective_on,
            ListingMove.public_reason,
        )
        .where(ListingMove.listing_id.in_(listings))
        .order_by(ListingMove.recorded_at, ListingMove.id)
    )
    found: dict[uuid.UUID, dict[tuple[str, date], str | None]] = defaultdict(dict)
    for row in await session.execute(statement):
        known = found[row.listing_id].get((row.to_state, row.effective_on))
        # What the service brings about on its day repeats a decision, and need not say why again.
        found[row.listing_id][row.to_state, row.effective_on] = row.public_reason or known
    return found
