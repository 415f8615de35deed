"""Reading what is vouched for of records, and which record goes on for which, as the publisher."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.db.events import WriteSession
from app.providers.models.ownership import (
    ProviderConfirmation,
    ProviderConsent,
    ProviderLink,
    ProviderOwner,
    ProviderVerification,
)
from app.providers.models.providers import Provider
from app.providers.queries.records import present_owner_said
from app.providers.terms import PUBLIC_STATUSES


@dataclass(frozen=True, slots=True)
class Vouched:
    """What others and the owner said of records; of several, the newest holds.

    Attributes:
        verified_on: by identifier, the day it was last found to be right, if it was.
        confirmed_on: by provider.
        consents: by provider.
        predecessors: by provider, numbers of public ones.
        successors: by provider, numbers of public ones.
        numbers: of public providers that records were merged into, by id.
    """

    verified_on: Mapping[uuid.UUID, date]
    confirmed_on: Mapping[uuid.UUID, date]
    consents: Mapping[uuid.UUID, bool]
    predecessors: Mapping[uuid.UUID, Sequence[str]]
    successors: Mapping[uuid.UUID, Sequence[str]]
    numbers: Mapping[uuid.UUID | None, str]


async def read_vouched(session: WriteSession, providers: Sequence[Any]) -> Vouched:
    """Read what is vouched for of providers: five statements for any number."""
    ids = [provider.id for provider in providers]
    confirmed = (
        select(
            ProviderConfirmation.provider_id,
            func.max(ProviderConfirmation.confirmed_on).label("confirmed_on"),
        )
        .join(ProviderOwner, present_owner_said(ProviderConfirmation))
        .where(ProviderConfirmation.provider_id.in_(ids))
        .group_by(ProviderConfirmation.provider_id)
    )
    consents = (
        select(ProviderConsent.provider_id, ProviderConsent.given)
        .ext(distinct_on(ProviderConsent.provider_id))
        .join(ProviderOwner, present_owner_said(ProviderConsent))
        .where(ProviderConsent.provider_id.in_(ids))
        .order_by(
            ProviderConsent.provider_id,
            ProviderConsent.recorded_at.desc(),
            ProviderConsent.id.desc(),
        )
    )
    links = await _links(session, ids)
    return Vouched(
        verified_on=await _verified(session, ids),
        confirmed_on={row[0]: row[1] for row in await session.execute(confirmed)},
        consents={row[0]: row[1] for row in await session.execute(consents)},
        predecessors=links[0],
        successors=links[1],
        numbers=await _numbers(session, {provider.merged_into for provider in providers} - {None}),
    )


async def find_neighbours(session: WriteSession, ids: Collection[uuid.UUID]) -> list[uuid.UUID]:
    """Return the public providers whose records name one of these, once it is public too."""
    links = select(ProviderLink.predecessor_id, ProviderLink.successor_id).where(
        ProviderLink.ended_at.is_(None),
        or_(ProviderLink.predecessor_id.in_(ids), ProviderLink.successor_id.in_(ids)),
    )
    merged = select(Provider.id).where(Provider.merged_into.in_(ids))
    named = {one for row in await session.execute(links) for one in row}
    named |= set((await session.scalars(merged)).all())
    return sorted(named - set(ids))


async def _verified(session: WriteSession, ids: list[uuid.UUID]) -> dict[uuid.UUID, date]:
    statement = (
        select(
            ProviderVerification.subject_id,
            ProviderVerification.held,
            ProviderVerification.verified_on,
        )
        .ext(distinct_on(ProviderVerification.subject_id))
        .where(
            ProviderVerification.provider_id.in_(ids),
            ProviderVerification.subject_kind == "identifier",
        )
        .order_by(
            ProviderVerification.subject_id,
            ProviderVerification.recorded_at.desc(),
            ProviderVerification.id.desc(),
        )
    )
    return {row[0]: row[2] for row in await session.execute(statement) if row[1]}


async def _links(
    session: WriteSession, ids: list[uuid.UUID]
) -> tuple[dict[uuid.UUID, list[str]], dict[uuid.UUID, list[str]]]:
    found: list[dict[uuid.UUID, list[str]]] = []
    ends = (ProviderLink.predecessor_id, ProviderLink.successor_id)
    for other, here in (ends, ends[::-1]):
        statement = (
            select(here, Provider.number)
            .join(Provider, Provider.id == other)
            .where(
                here.in_(ids),
                ProviderLink.ended_at.is_(None),
                Provider.status.in_(PUBLIC_STATUSES),
            )
        )
        numbers: dict[uuid.UUID, list[str]] = defaultdict(list)
        for row in await session.execute(statement):
            numbers[row[0]].append(row[1])
        found.append(numbers)
    return found[0], found[1]


async def _numbers(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID | None, str]:
    if not ids:
        return {}
    statement = select(Provider.id, Provider.number).where(
        Provider.id.in_(ids), Provider.status.in_(PUBLIC_STATUSES)
    )
    return {row.id: row.number for row in await session.execute(statement)}
