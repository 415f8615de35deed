"""Reading whole records, as the publisher, whoever acted."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, exists, select, update
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from app.db.events import ReadSession, WriteSession
from app.inspections.queries.outcomes import find_outcomes
from app.inspections.queries.pending import find_pending
from app.ledger.models import LedgerBody, LedgerEntry
from app.providers.models.providers import Provider, ProviderIdentifier, ProviderName
from app.providers.models.sites import Offer, Site
from app.providers.standing import Picture
from app.providers.terms import PUBLIC_STATUSES
from app.register.models import RegisterDocument
from app.register.queries import listed, vouching


@dataclass(frozen=True, slots=True)
class WholeProvider:
    """Everything a public record is composed from; composing puts it in order.

    Attributes:
        provider: id, number, name, status, status_since, last_entry, and what it says of itself.
        names: other names, withdrawn ones too.
        identifiers: what other registers call it, withdrawn ones too.
        verified_on: by identifier, the day somebody last found it to be right.
        confirmed_on: when its owner last said that the whole record is right.
        consents: whether its owner lets the public see how to reach it.
        predecessors: numbers of public providers it goes on from.
        successors: numbers of public providers that go on from it.
        merged_into: number of the public record that goes on for both.
        sites: open and closed.
        offers: by site id; of every provider read together.
        picture: listings that have a first day on the register, and what they change by.
        moves: by listing, the public reason of each move, by state and first day.
        standards: codes of versions of the standards, by id.
        outcomes: by site of the provider, where it stands by its inspections.
        pending: by site, of all read together, codes of what is open about its inspections.
        published: the canonical record last published; `None` before the first time.
    """

    provider: Any
    names: Sequence[Any]
    identifiers: Sequence[Any]
    verified_on: Mapping[uuid.UUID, date]
    confirmed_on: date | None
    consents: bool
    predecessors: Sequence[str]
    successors: Sequence[str]
    merged_into: str | None
    sites: Sequence[Any]
    offers: dict[uuid.UUID, list[Any]]
    picture: Picture
    moves: Mapping[uuid.UUID, Mapping[tuple[str, date], str | None]]
    standards: Mapping[uuid.UUID | None, str]
    outcomes: Mapping[uuid.UUID, Any]
    pending: Mapping[uuid.UUID, Collection[str]]
    published: bytes | None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What tells whether a provider's evidence is current.

    Attributes:
        documents: of the provider.
        critical: of each critical criterion, the kinds of evidence any of which show it.
        grace_days: how long it may last.
    """

    documents: Sequence[Any] = ()
    critical: frozenset[frozenset[str]] = frozenset()
    grace_days: int | None = None


async def lock_public_providers(session: WriteSession, ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return providers that are or were on the register, locked, by id."""
    statement = (
        select(
            Provider.id,
            Provider.number,
            Provider.name,
            Provider.status,
            Provider.status_since,
            Provider.last_entry,
            Provider.website,
            Provider.public_email,
            Provider.public_phone,
            Provider.merged_into,
        )
        .where(Provider.id.in_(ids), Provider.status.in_(PUBLIC_STATUSES))
        .order_by(Provider.id)
        .with_for_update()
    )
    return (await session.execute(statement)).all()


async def read_whole(
    session: WriteSession,
    providers: Sequence[Any],
    evidence: Mapping[uuid.UUID, Evidence] | None = None,
) -> list[WholeProvider]:
    """Read everything about providers, in the order given; as many statements for any number.

    Args:
        session: as the publisher.
        providers: as `lock_public_providers` gave them.
        evidence: by provider; of those that have none, nothing need be said.
    """
    ids = [provider.id for provider in providers]
    names = await _by_provider(session, ProviderName, ids)
    identifiers = await _by_provider(session, ProviderIdentifier, ids)
    sites = await _by_provider(session, Site, ids)
    offers: dict[uuid.UUID, list[Any]] = defaultdict(list)
    statement = (
        select(Offer.__table__)
        .join(Site, Site.id == Offer.site_id)
        .where(Site.provider_id.in_(ids))
    )
    for offer in await session.execute(statement):
        offers[offer.site_id].append(offer)
    vouched = await vouching.read_vouched(session, providers)
    standing = await listed.read_listed(session, ids)
    outcomes = await find_outcomes(session, ids)
    pending = await find_pending(session, ids)
    published = await _last_published(session, ids)
    return [
        WholeProvider(
            provider=provider,
            names=names[provider.id],
            identifiers=identifiers[provider.id],
            verified_on=vouched.verified_on,
            confirmed_on=vouched.confirmed_on.get(provider.id),
            consents=vouched.consents.get(provider.id, False),
            predecessors=vouched.predecessors.get(provider.id, ()),
            successors=vouched.successors.get(provider.id, ()),
            merged_into=vouched.numbers.get(provider.merged_into),
            sites=there,
            offers=offers,
            picture=_picture(
                standing.listings.get(provider.id, ()),
                (evidence or {}).get(provider.id, Evidence()),
                there,
                offers,
            ),
            moves=standing.moves,
            standards=standing.standards,
            outcomes={site.id: outcomes[site.id] for site in there if site.id in outcomes},
            pending=pending,
            published=published.get(provider.id),
        )
        for provider in providers
        for there in (sites[provider.id],)
    ]


def _picture(
    listings: Sequence[Any],
    evidence: Evidence,
    sites: Sequence[Any],
    offers: Mapping[uuid.UUID, Sequence[Any]],
) -> Picture:
    return Picture(
        listings=listings,
        documents=evidence.documents,
        critical=evidence.critical,
        grace_days=evidence.grace_days,
        closed_on={site.id: site.closed_on for site in sites if site.closed_on is not None},
        further=[
            offer.ended_on
            for site in sites
            for offer in offers.get(site.id, ())
            if offer.ended_on is not None
        ],
    )


async def set_last_entries(session: WriteSession, entries: Sequence[tuple[uuid.UUID, int]]) -> None:
    """Note on each provider the number of its newest entry."""
    statement = (
        update(Provider)
        .where(Provider.id == bindparam("provider"))
        .values(last_entry=bindparam("newest"))
    )
    connection = await session.connection()
    await connection.execute(
        statement, [{"provider": provider, "newest": newest} for provider, newest in entries]
    )


async def find_newest_records(session: ReadSession | WriteSession) -> Sequence[Any]:
    """Return (entry, recorded_at, effective_on, number, record) of newest entries, by number.

    A provider whose newest entry is a tombstone is left out: what stood before it must not come
    back.
    """
    newest = (
        select(
            LedgerEntry.entry,
            LedgerEntry.recorded_at,
            LedgerEntry.effective_on,
            LedgerEntry.number,
        )
        .ext(distinct_on(LedgerEntry.number))
        .order_by(LedgerEntry.number, LedgerEntry.entry.desc())
        .subquery()
    )
    statement = (
        select(newest, LedgerBody.record)
        .join(LedgerBody, LedgerBody.entry == newest.c.entry)
        .where(LedgerBody.record.is_not(None))
        .order_by(newest.c.number)
    )
    return (await session.execute(statement)).all()


async def find_past_records(
    session: ReadSession | WriteSession, after: int, limit: int
) -> Sequence[Any]:
    """Return the same of entries that are not their provider's newest, after one, in order."""
    later = aliased(LedgerEntry)
    statement = (
        select(
            LedgerEntry.entry,
            LedgerEntry.recorded_at,
            LedgerEntry.effective_on,
            LedgerEntry.number,
            LedgerBody.record,
        )
        .join(LedgerBody, LedgerBody.entry == LedgerEntry.entry)
        .where(
            LedgerEntry.entry > after,
            LedgerBody.record.is_not(None),
            exists().where(later.number == LedgerEntry.number, later.entry > LedgerEntry.entry),
        )
        .order_by(LedgerEntry.entry)
        .limit(limit)
    )
    return (await session.execute(statement)).all()


async def find_documents(session: ReadSession) -> dict[str, tuple[bytes, bytes]]:
    """Return the rendered (summary, document) of every provider in the read model, by number."""
    statement = select(RegisterDocument.number, RegisterDocument.summary, RegisterDocument.document)
    return {row[0]: (row[1], row[2]) for row in await session.execute(statement)}


async def _by_provider(
    session: WriteSession, entity: Any, ids: list[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    statement = select(entity.__table__).where(entity.provider_id.in_(ids))
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(statement):
        found[row.provider_id].append(row)
    return found


async def _last_published(session: WriteSession, ids: list[uuid.UUID]) -> dict[uuid.UUID, bytes]:
    statement = (
        select(Provider.id, LedgerBody.record)
        .join(LedgerBody, LedgerBody.entry == Provider.last_entry)
        .where(Provider.id.in_(ids), LedgerBody.record.is_not(None))
    )
    return {row.id: row.record for row in await session.execute(statement) if row.record}
