"""Two officers who merge and part two records, as services see them."""

import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg

from app.access import OPERATOR
from app.db.events import announce
from app.db.transactions import Database, transaction
from app.providers.events import ProviderChanged
from app.providers.service import merges as service
from app.providers.service.merges import NewMerge
from tests.factories.people import Member
from tests.providers.applicants import Held

Pair = tuple[Held, Held]
Officers = tuple[Member, Member]
Act = Callable[..., Awaitable[Any]]


async def do(database: Database, member: Member, act: Act, *said: Any) -> Any:
    async with transaction(database, member.actor) as session:
        return await act(session, member.actor, *said)


async def propose(database: Database, member: Member, keep: Held, absorb: Held) -> uuid.UUID:
    asked = NewMerge(keep.number, absorb.number, "One phone, one yard.")
    merge: uuid.UUID = await do(database, member, service.propose, asked)
    return merge


async def merged(database: Database, officers: Officers, pair: Pair) -> uuid.UUID:
    merge = await propose(database, officers[0], *pair)
    await do(database, officers[1], service.confirm, merge)
    return merge


async def undone(database: Database, officers: Officers, merge: uuid.UUID) -> None:
    await do(database, officers[0], service.propose_undoing, merge, "They are two.")
    await do(database, officers[1], service.confirm_undoing, merge)


async def publish(database: Database, held: tuple[Held, ...]) -> None:
    """Publish those records that are public."""
    ids = [each.id for each in held]
    async with transaction(database, OPERATOR) as session:
        for provider in ids:
            announce(session, ProviderChanged(provider))


async def public_records(owner: asyncpg.Connection) -> dict[str, bytes]:
    """Return the newest published bytes of each provider, by number."""
    rows = await owner.fetch(
        "SELECT DISTINCT ON (e.number) e.number, b.record FROM ledger_entries e "
        "JOIN ledger_bodies b USING (entry) ORDER BY e.number, e.entry DESC"
    )
    return {row["number"]: row["record"] for row in rows}
