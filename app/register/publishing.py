"""Publishing: what changed becomes an entry of the log, in the transaction that changed it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime

import orjson

from app import clock
from app.access import Actor, DbRole
from app.db.events import WriteSession
from app.db.transactions import acting_as
from app.ledger import queries as ledger_queries
from app.ledger import service as ledger
from app.ledger.canonical import canonical
from app.ledger.terms import Draft, Entry
from app.providers.events import ProviderChanged
from app.register.composing import compose
from app.register.projecting import project
from app.register.queries import projection, records
from app.register.queries.records import WholeProvider
from app.register.rendering import FORMAT, day

BATCH = 1_000
"""How many records are appended under one lock of the log; larger work comes in several."""


async def publish_changed(
    session: WriteSession, _: Actor, events: Sequence[ProviderChanged]
) -> None:
    """React to changed providers: publish those whose public record now differs."""
    await publish(session, {event.provider_id: event.simulated_at for event in events})


async def publish(
    session: WriteSession, changed: Mapping[uuid.UUID, datetime | None]
) -> list[Entry]:
    """Append one entry for each provider whose record now differs, and project it.

    Locks are taken in one order everywhere: provider rows by id, the log's head last. The records
    are read as the publisher, whole, whatever the actor may see.

    Args:
        session: the transaction in which the providers changed.
        changed: provider ids; for a demonstration's past, when each change is to have happened.
    """
    async with acting_as(session, DbRole.PUBLISHER):
        providers = await records.lock_public_providers(session, changed.keys())
        drafts: list[tuple[Draft, uuid.UUID]] = []
        for whole in await records.read_whole(session, providers):
            record = canonical(compose(whole))
            if record != whole.published:
                identity = whole.provider.id
                drafts.append((_draft(whole, record, changed[identity]), identity))
        drafts.sort(key=_order)
        if not drafts:
            return []
        entries = await ledger.append(session, [draft for draft, _ in drafts])
        ids = [identity for _, identity in drafts]
        numbered = [(identity, e.entry) for identity, e in zip(ids, entries, strict=True)]
        await records.set_last_entries(session, numbered)
        await project(session, entries)
    return entries


async def rebuild(session: WriteSession) -> int:
    """Write the whole read model anew from the log, and return how many providers it holds."""
    async with acting_as(session, DbRole.PUBLISHER):
        await ledger_queries.lock_head(session)  # nothing is published meanwhile
        await projection.clear(session)
        newest = [
            Entry(row.entry, row.recorded_at, row.effective_on, row.number, row.record)
            for row in await records.find_newest_records(session)
        ]
        for start in range(0, len(newest), BATCH):
            await project(session, newest[start : start + BATCH])
    return len(newest)


async def rebuild_if_stale(session: WriteSession) -> int:
    """Rebuild the read model if another release rendered any of it; return how many it wrote."""
    if not await projection.has_other_format(session, FORMAT):
        return 0
    return await rebuild(session)


def _draft(whole: WholeProvider, record: bytes, simulated_at: datetime | None) -> Draft:
    """A new status holds from its own day; any other change from the day it is recorded."""
    status = {"code": whole.provider.status, "since": whole.provider.status_since.isoformat()}
    former = orjson.loads(whole.published)["status"] if whole.published else None
    moment = simulated_at or clock.now()
    recorded_on = moment.astimezone(clock.LONDON).date()
    return Draft(
        number=whole.provider.number,
        effective_on=recorded_on if status == former else day(status["since"]),
        record=record,
        simulated_at=simulated_at,
    )


def _order(item: tuple[Draft, uuid.UUID]) -> tuple[float, str]:
    draft = item[0]
    return (draft.simulated_at.timestamp() if draft.simulated_at else 0.0, draft.number)
