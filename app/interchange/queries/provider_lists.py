"""What is held that a provider list must be compared with."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.db.events import WriteSession
from app.places.models import Postcode
from app.providers.models.providers import (
    Provider,
    ProviderIdentifier,
    ProviderKnownBy,
    ProviderName,
)
from app.providers.models.sites import Offer, Site

_PLAIN = 11
"""How many of a held line's columns hold one thing each; the others, in its order, hold several."""


@dataclass(frozen=True, slots=True)
class HeldLine:
    """A line of a local authority's list as it was imported, with what is held of its provider."""

    id: uuid.UUID
    number: str
    name: str
    la_code: str
    list_name: str
    list_reference: str | None
    list_date: str | None
    listed_as: str | None
    source_url: str | None
    local_result: str | None
    local_result_on: date | None
    other_names: tuple[str, ...]
    towns: tuple[str, ...]
    postcodes: tuple[str, ...]
    programmes: tuple[str, ...]
    identifiers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HeldPostcode:
    """Where a postcode is."""

    la_code: str | None
    easting: int
    northing: int


async def find_held_lines(session: WriteSession, la_codes: Collection[str]) -> list[HeldLine]:
    """Return every line held of these local authorities' lists, in the order of their import."""
    statement = (
        select(
            ProviderKnownBy.id,
            Provider.number,
            Provider.name,
            ProviderKnownBy.la_code,
            ProviderKnownBy.list_name,
            ProviderKnownBy.list_reference,
            ProviderKnownBy.list_date,
            ProviderKnownBy.listed_as,
            ProviderKnownBy.source_url,
            ProviderKnownBy.local_result,
            ProviderKnownBy.local_result_on,
            _collected(ProviderName.name, ProviderName).label("other_names"),
            _collected(Site.town, Site).label("towns"),
            _collected(Site.postcode, Site).label("postcodes"),
            _programmes().label("programmes"),
            _collected(
                ProviderIdentifier.scheme + ":" + ProviderIdentifier.value, ProviderIdentifier
            ).label("identifiers"),
        )
        .join(Provider, Provider.id == ProviderKnownBy.provider_id)
        .where(ProviderKnownBy.la_code.in_(la_codes))
        .order_by(ProviderKnownBy.recorded_at, Provider.number, ProviderKnownBy.id)
    )
    rows: Sequence[Any] = (await session.execute(statement)).all()
    return [
        HeldLine(*row[:_PLAIN], *(tuple(collected) for collected in row[_PLAIN:])) for row in rows
    ]


async def find_postcodes(
    session: WriteSession, postcodes: Iterable[str]
) -> dict[str, HeldPostcode]:
    """Return where each of these postcodes is; those not held are left out."""
    statement = select(Postcode).where(Postcode.postcode.in_(sorted(set(postcodes))))
    return {
        row.postcode: HeldPostcode(row.la_code, row.easting, row.northing)
        for row in await session.scalars(statement)
    }


def _collected(column: Any, of: Any) -> Any:
    """A correlated array of a column's values for the provider of the outer row."""
    return func.array(
        select(column)
        .where(of.provider_id == Provider.id, column.is_not(None))
        .correlate(Provider)
        .scalar_subquery()
    )


def _programmes() -> Any:
    return func.array(
        select(Offer.programme)
        .distinct()
        .join(Site, Site.id == Offer.site_id)
        .where(Site.provider_id == Provider.id)
        .correlate(Provider)
        .scalar_subquery()
    )
