"""Providers for a test's register, with names nobody could mistake for real ones."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.access import OPERATOR, Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import Database, transaction
from app.providers.schemas.recording import KnownBy, Location, NewOffer, NewProvider, NewSite
from app.providers.service import recording as service
from app.providers.service.recording import Move, Recorded
from app.providers.terms import Status
from app.values.site_kind import SiteKind

LISTED_ON = date(2026, 9, 1)
COVENTRY, WARWICKSHIRE = "331", "937"


def make_offer(programme: str = "Blacksmithing", **changes: Any) -> NewOffer:
    """Return a programme for 11 to 16 year olds."""
    stated: dict[str, Any] = {"programme": programme, "age_from": 11, "age_to": 16}
    return NewOffer(**stated | changes)


def make_site(name: str = "Example Yard", **changes: Any) -> NewSite:
    """Return a workshop in Coventry with one offer, and a point on the map."""
    stated: dict[str, Any] = {
        "name": name,
        "kind": SiteKind.WORKSHOP,
        "la_code": COVENTRY,
        "address_lines": ("1 Example Street",),
        "town": "Coventry",
        "postcode": "CV1 2WT",
        "location": Location(easting=433_000, northing=279_000, precision="postcode"),
        "offers": (make_offer(),),
    }
    return NewSite(**stated | changes)


def make_provider(name: str = "Example Forge", *sites: NewSite, **changes: Any) -> NewProvider:
    """Return a provider with the sites given, or with one site."""
    return NewProvider(**{"name": name, "sites": sites or (make_site(),)} | changes)


def make_known_by(la_code: str = COVENTRY, **changes: Any) -> KnownBy:
    """Return a line of a local authority's own list."""
    return KnownBy(**{"la_code": la_code, "list_name": "Example list of providers"} | changes)


def commissioner(la_code: str | None = None) -> Actor:
    """Return somebody signed in, for a local authority or for none."""
    return Actor("commissioner", DbRole.APP, la_code)


async def record(database: Database, *new: NewProvider) -> list[Recorded]:
    """Record providers, known and not public, in one transaction."""
    async with transaction(database, OPERATOR) as session:
        return await service.record_providers(session, OPERATOR, new)


async def put_on_register(
    database: Database, *new: NewProvider, status: Status = Status.LISTED
) -> list[Recorded]:
    """Record providers and bring them to a public status, in one transaction."""
    async with transaction(database, OPERATOR) as session:
        recorded = await service.record_providers(session, OPERATOR, new)
        await move(session, recorded, Status.LISTED)
        if status is not Status.LISTED:
            await move(session, recorded, status)
    return recorded


async def move_to(database: Database, recorded: Recorded, status: Status, **changes: Any) -> None:
    """Move one provider to another status, in a transaction of its own."""
    async with transaction(database, OPERATOR) as session:
        await move(session, [recorded], status, **changes)


async def move(
    session: WriteSession, recorded: Sequence[Recorded], status: Status, **changes: Any
) -> None:
    """Move providers to another status."""
    stated: dict[str, Any] = {"effective_on": LISTED_ON, "reason": "for a test"} | changes
    moves = [Move(provider_id=held.id, status=status, **stated) for held in recorded]
    await service.move_providers(session, OPERATOR, moves)
