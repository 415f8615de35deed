"""Recording providers and what becomes of them.

Each function takes many at once, because a list of a thousand and a single form are the same act;
one transaction is one batch. Whoever changes a provider locks its row first, in order of id.
"""

import uuid
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime

from app import clock
from app.access import Actor
from app.db.events import WriteSession, announce
from app.providers.errors import (
    MoveNotAllowedError,
    NumbersUsedUpError,
    ProviderNotFoundError,
    ProviderWithoutSiteError,
    SiteNotFoundError,
)
from app.providers.events import ProviderChanged
from app.providers.models.providers import (
    Provider,
    ProviderIdentifier,
    ProviderKnownBy,
    ProviderName,
)
from app.providers.models.sites import Offer, Site
from app.providers.queries import recording as queries
from app.providers.schemas.recording import KnownBy, NewProvider, NewSite
from app.providers.service import moving
from app.providers.terms import MOVES, NameKind, Status
from app.values.provider_number import LARGEST, provider_number
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Recorded:
    """A provider that is now held."""

    id: uuid.UUID
    number: str


@dataclass(frozen=True, slots=True)
class Move:
    """A provider's step to another status.

    Attributes:
        provider_id: whose.
        status: where to.
        effective_on: the first day it holds; not after the day it is recorded.
        reason: why; kept, not public.
        simulated_at: for a demonstration's past only.
    """

    provider_id: uuid.UUID
    status: Status
    effective_on: date
    reason: str
    simulated_at: datetime | None = None


async def record_providers(
    session: WriteSession,
    actor: Actor,
    new: Sequence[NewProvider],
    *,
    simulated_at: Sequence[datetime] | None = None,
) -> list[Recorded]:
    """Record providers as known, each under a number of its own, in the order given.

    Raises:
        NumbersUsedUpError: six digits no longer suffice.
    """
    moments = simulated_at or [clock.now()] * len(new)
    sequences = await queries.take_numbers(session, len(new))
    if sequences and sequences[-1] > LARGEST:
        raise NumbersUsedUpError
    recorded: list[Recorded] = []
    rows: queries.Rows = []
    for provider, sequence, moment in zip(new, sequences, moments, strict=True):
        held = Recorded(uuid7(), provider_number(sequence))
        recorded.append(held)
        rows.append(
            {
                "id": held.id,
                "number": held.number,
                "name": provider.name,
                "status": Status.KNOWN,
                "status_since": moment.astimezone(clock.LONDON).date(),
                "recorded_at": moment,
                "changed_at": moment,
            }
        )
    await queries.insert_rows(session, Provider, rows)
    await _insert_particulars(session, new, recorded, moments)
    sites = [
        (held.id, 0, provider.sites, moment)
        for held, provider, moment in zip(recorded, new, moments, strict=True)
    ]
    await _insert_sites(session, sites)
    for held, moment in zip(recorded, moments, strict=True):
        announce(session, ProviderChanged(held.id, moment if simulated_at else None))
    return recorded


async def move_providers(session: WriteSession, actor: Actor, moves: Sequence[Move]) -> None:
    """Move providers as a whole to other statuses, at most one move for each.

    What moves is every site's listing; the provider's own status follows before the transaction
    commits.

    Raises:
        MoveNotAllowedError: a provider's present status does not lead to the one asked for.
        ProviderNotFoundError: one of them is not there.
        ProviderWithoutSiteError: one has no site that could be listed.
    """
    providers = await _lock(session, {move.provider_id for move in moves})
    held = await moving.read_held(session, providers.keys())
    steps: list[moving.Step] = []
    for move in moves:
        provider = providers[move.provider_id]
        moment = move.simulated_at or clock.now()
        day = moment.astimezone(clock.LONDON).date()
        status = held.status(provider.id, provider.status, day)
        if move.status not in MOVES[status]:
            raise MoveNotAllowedError(
                f"{provider.number} is {status}; it cannot become {move.status}.",
                number=provider.number,
                status=status.value,
                allowed=sorted(MOVES[status]),
            )
        if not held.sites.get(provider.id):
            raise ProviderWithoutSiteError(
                f"{provider.number} has no site, and what is listed are sites. Record one first.",
                number=provider.number,
            )
        steps.append(moving.Step(provider.id, move.status, move.effective_on, move.reason, moment))
        announce(session, ProviderChanged(move.provider_id, move.simulated_at))
    await moving.move_listings(session, actor, held, steps)


@dataclass(frozen=True, slots=True)
class Rename:
    """A provider's change of name; the former name is kept and stays searchable."""

    provider_id: uuid.UUID
    name: str
    effective_on: date
    simulated_at: datetime | None = None


async def rename_providers(session: WriteSession, actor: Actor, renames: Sequence[Rename]) -> None:
    """Give providers another name from a day on, at most one each.

    Raises:
        ProviderNotFoundError: one of them is not there.
    """
    held = await _lock(session, {rename.provider_id for rename in renames})
    former: queries.Rows = []
    for rename in renames:
        provider = held[rename.provider_id]
        former.append(
            {
                "id": uuid7(),
                "provider_id": rename.provider_id,
                "kind": NameKind.FORMER,
                "name": provider.name,
                "until": rename.effective_on,
            }
        )
        provider.name = rename.name
        provider.changed_at = rename.simulated_at or clock.now()
        provider.version += 1
        announce(session, ProviderChanged(rename.provider_id, rename.simulated_at))
    await queries.keep_former_names(session, former)


async def add_site(
    session: WriteSession, actor: Actor, provider_id: uuid.UUID, site: NewSite
) -> int:
    """Add a site to a provider and return its reference within it.

    Raises:
        ProviderNotFoundError: it is not there.
    """
    await _lock(session, {provider_id})
    last = (await queries.last_site_references(session, {provider_id})).get(provider_id, 0)
    await _insert_sites(session, [(provider_id, last, (site,), clock.now())])
    announce(session, ProviderChanged(provider_id))
    return last + 1


async def close_site(
    session: WriteSession, actor: Actor, site: tuple[uuid.UUID, int], *, on: date
) -> None:
    """Close a site, named by provider and reference, from a day on; it stays in the record.

    A site that has closed stays closed from the day it did.

    Raises:
        ProviderNotFoundError: the provider is not there.
        SiteNotFoundError: it has no such site.
    """
    provider_id, reference = site
    await _lock(session, {provider_id})
    held = await queries.get_site(session, provider_id, reference)
    if held is None:
        raise SiteNotFoundError
    if held.closed_on is None:
        held.closed_on = on
        held.changed_at = clock.now()
        held.version += 1
        announce(session, ProviderChanged(provider_id))


async def note_known_by(
    session: WriteSession, actor: Actor, provider_id: uuid.UUID, lines: Sequence[KnownBy]
) -> None:
    """Note further lists on which a provider stands; its public record does not change."""
    moment = clock.now()
    await queries.insert_rows(
        session, ProviderKnownBy, [_known_by_row(provider_id, line, moment) for line in lines]
    )


async def _lock(session: WriteSession, ids: Set[uuid.UUID]) -> dict[uuid.UUID, Provider]:
    held = {provider.id: provider for provider in await queries.lock_providers(session, ids)}
    if len(held) < len(ids):
        raise ProviderNotFoundError
    return held


async def _insert_particulars(
    session: WriteSession,
    new: Sequence[NewProvider],
    recorded: Sequence[Recorded],
    moments: Sequence[datetime],
) -> None:
    names: queries.Rows = []
    identifiers: queries.Rows = []
    known_by: queries.Rows = []
    for provider, held, moment in zip(new, recorded, moments, strict=True):
        names += [
            {"id": uuid7(), "provider_id": held.id, "kind": name.kind, "name": name.name}
            for name in provider.other_names
        ]
        identifiers += [
            {
                "id": uuid7(),
                "provider_id": held.id,
                "scheme": given.scheme,
                "value": given.value,
                "recorded_at": moment,
            }
            for given in provider.identifiers
        ]
        known_by += [_known_by_row(held.id, line, moment) for line in provider.known_by]
    await queries.insert_rows(session, ProviderName, names)
    await queries.insert_rows(session, ProviderIdentifier, identifiers)
    await queries.insert_rows(session, ProviderKnownBy, known_by)


async def _insert_sites(
    session: WriteSession, given: Sequence[tuple[uuid.UUID, int, Sequence[NewSite], datetime]]
) -> None:
    """Insert sites with offers: provider, its last reference so far, its further sites, when."""
    sites: queries.Rows = []
    offers: queries.Rows = []
    for provider_id, last, new_sites, moment in given:
        for reference, site in enumerate(new_sites, start=last + 1):
            site_id = uuid7()
            row = site.model_dump(exclude={"offers", "location"})
            row |= {"id": site_id, "provider_id": provider_id, "reference": reference}
            row["changed_at"] = moment
            row["address_lines"] = list(site.address_lines)
            row["easting"] = site.location.easting if site.location else None
            row["northing"] = site.location.northing if site.location else None
            row["location_precision"] = site.location.precision if site.location else None
            sites.append(row)
            for offer in site.offers:
                stated = offer.model_dump()
                stated["key_stages"] = list(offer.key_stages)
                stated["needs"] = list(offer.needs)
                offers.append({"id": uuid7(), "site_id": site_id, "changed_at": moment, **stated})
    await queries.insert_rows(session, Site, sites)
    await queries.insert_rows(session, Offer, offers)


def _known_by_row(provider_id: uuid.UUID, line: KnownBy, moment: datetime) -> dict[str, object]:
    return {"id": uuid7(), "provider_id": provider_id, "recorded_at": moment, **line.model_dump()}
