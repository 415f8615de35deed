"""Publishing: what changed becomes an entry of the log, in the transaction that changed it."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeAlias

import orjson

from app import clock
from app.access import Actor, ActorKind, DbRole
from app.db.events import WriteSession, announce
from app.db.transactions import acting_as
from app.ledger import queries as ledger_queries
from app.ledger import service as ledger
from app.ledger.canonical import canonical
from app.ledger.terms import ChangedBy, Draft, Entry
from app.organisations.terms import OrganisationKind
from app.outbox.terms import Payload
from app.providers.events import ProviderChanged
from app.providers.queries.standing import find_documents
from app.providers.service.standing import rules_of_evidence
from app.register.composing import compose
from app.register.events import NeighbourPublished
from app.register.projecting import project, project_past
from app.register.queries import projection, records
from app.register.queries.records import Evidence, WholeProvider
from app.register.queries.vouching import find_neighbours
from app.register.rendering import FORMAT, day, in_present_form

Json: TypeAlias = Mapping[str, Any]

BATCH = 1_000
"""How many records are appended under one lock of the log; larger work comes in several."""


_PARTS: Mapping[str, ChangedBy] = {
    OrganisationKind.PROVIDER_OWNER: ChangedBy.PROVIDER,
    OrganisationKind.LOCAL_AUTHORITY: ChangedBy.LOCAL_AUTHORITY,
    OrganisationKind.LOCAL_AUTHORITY_TEAM: ChangedBy.LOCAL_AUTHORITY,
    OrganisationKind.QA_BODY: ChangedBy.QA_BODY,
    OrganisationKind.SCHOOL: ChangedBy.COMMISSIONER,
    OrganisationKind.TRUST: ChangedBy.COMMISSIONER,
    OrganisationKind.FEDERATION: ChangedBy.COMMISSIONER,
    OrganisationKind.DEPARTMENT: ChangedBy.DEPARTMENT,
}
"""In which part an organisation's people and machines change what is public."""


async def publish_changed(
    session: WriteSession, actor: Actor, events: Sequence[ProviderChanged]
) -> None:
    """React to changed providers: publish those whose public record now differs."""
    changed = {event.provider_id: event.simulated_at for event in events}
    await publish(session, changed, by=part_of(actor))


def part_of(actor: Actor) -> ChangedBy | None:
    """Return in which part somebody changes what is public, which is all the public is told."""
    if actor.kind is ActorKind.OPERATOR:
        return ChangedBy.OPERATOR
    if actor.organisation_kind is not None:
        return _PARTS[actor.organisation_kind]
    return ChangedBy.SERVICE if actor.kind is ActorKind.SYSTEM else None


async def publish(
    session: WriteSession,
    changed: Mapping[uuid.UUID, datetime | None],
    *,
    by: ChangedBy | None = None,
) -> list[Entry]:
    """Append one entry for each provider whose record now differs, and project it.

    Locks are taken in one order everywhere: provider rows by id, the log's head last. The records
    are read as the publisher, whole, whatever the actor may see.

    Args:
        session: the transaction in which the providers changed.
        changed: provider ids; for a demonstration's past, when each change is to have happened.
        by: in which part somebody caused it, if that is known.
    """
    async with acting_as(session, DbRole.PUBLISHER):
        providers = await records.lock_public_providers(session, changed.keys())
        days = {one.id: _day_of(changed[one.id]) for one in providers}
        evidence = await _read_evidence(session, days)
        drafts: list[tuple[Draft, uuid.UUID]] = []
        for whole in await records.read_whole(session, providers, evidence):
            identity = whole.provider.id
            composed = compose(whole, days[identity])
            record = canonical(composed)
            if record != whole.published:
                draft = _draft(whole, composed, record, changed[identity], by)
                drafts.append((draft, identity))
        drafts.sort(key=_order)
        if not drafts:
            return []
        entries = await ledger.append(session, [draft for draft, _ in drafts])
        ids = [identity for _, identity in drafts]
        numbered = [(identity, e.entry) for identity, e in zip(ids, entries, strict=True)]
        await records.set_last_entries(session, numbered)
        await project(session, entries)
        await _tell_neighbours(session, providers)
    return entries


async def publish_neighbour(session: WriteSession, payload: Payload) -> None:
    """Do the job of publishing a provider whose record names one that has become public."""
    announce(session, ProviderChanged(uuid.UUID(payload["provider_id"])))


async def rebuild(session: WriteSession) -> int:
    """Write the whole read model anew from the log, and return how many providers it holds."""
    async with acting_as(session, DbRole.PUBLISHER):
        await ledger_queries.lock_head(session)  # nothing is published meanwhile
        await ledger_queries.stir(session)
        await projection.clear(session)
        await _rebuild_past(session)
        newest = [_entry(row) for row in await records.find_newest_records(session)]
        for start in range(0, len(newest), BATCH):
            await project(session, newest[start : start + BATCH])
        await projection.end_past(session)
    return len(newest)


async def _rebuild_past(session: WriteSession) -> None:
    after = 0
    while rows := await records.find_past_records(session, after, BATCH):
        await project_past(session, [_entry(row) for row in rows])
        after = rows[-1].entry


def _entry(row: Any) -> Entry:
    return Entry(row.entry, row.recorded_at, row.effective_on, row.number, row.record)


async def rebuild_if_stale(session: WriteSession) -> int:
    """Rebuild the read model if another release rendered any of it; return how many it wrote."""
    if not await projection.has_other_format(session, FORMAT):
        return 0
    return await rebuild(session)


async def _tell_neighbours(session: WriteSession, providers: Sequence[Any]) -> None:
    """Announce whose records name providers that are public for the first time.

    They are published by a job: their rows were not locked here, in the order of all locks.
    """
    fresh = [one.id for one in providers if one.last_entry is None]
    for neighbour in await find_neighbours(session, fresh) if fresh else []:
        announce(session, NeighbourPublished(neighbour))


def _day_of(simulated_at: datetime | None) -> date:
    return (simulated_at or clock.now()).astimezone(clock.LONDON).date()


async def _read_evidence(
    session: WriteSession, days: Mapping[uuid.UUID, date]
) -> dict[uuid.UUID, Evidence]:
    """Return what tells whether evidence is current, of the providers that have any."""
    found: dict[uuid.UUID, Evidence] = {}
    for identity, documents in (await find_documents(session, days.keys())).items():
        rules = await rules_of_evidence(session, days[identity])
        found[identity] = Evidence(documents, rules.critical, rules.grace_days)
    return found


def _draft(
    whole: WholeProvider,
    composed: dict[str, Any],
    record: bytes,
    simulated_at: datetime | None,
    by: ChangedBy | None,
) -> Draft:
    former = in_present_form(orjson.loads(whole.published)) if whole.published else None
    return Draft(
        number=whole.provider.number,
        effective_on=_holds_from(composed, former, _day_of(simulated_at)),
        record=record,
        simulated_at=simulated_at,
        by=by,
    )


def _holds_from(record: Json, former: Json | None, recorded_on: date) -> date:
    """Return the day from which a record holds: the newest of the days its changes began.

    A new standing, a provider's or a site's, and evidence that went out of date hold from days of
    their own; so does what time alone changed. Any other change holds from the day it is recorded.
    """
    days = []
    if former is None or record["status"] != former["status"]:
        days.append(record["status"]["since"])
    known = {site["reference"]: site for site in former["sites"]} if former else {}
    for site in record["sites"]:
        before = known.get(site["reference"], {})
        days += _began(site, before, "listing") + _began(site, before, "evidence")
        days += _outcome_began(site["inspection"], before.get("inspection"))
    ahead = former["next"] if former else None
    if not days and ahead and ahead["on"] <= recorded_on.isoformat():
        days.append(ahead["on"])
    return max((day(one) for one in days), default=recorded_on)


def _began(site: Json, before: Json, member: str) -> list[str]:
    """Return since when a site's listing or evidence stands, if it stands otherwise than before."""
    now, then = site[member] or {}, before.get(member) or {}
    stands = (now.get("status"), now.get("since"))
    if stands == (then.get("status"), then.get("since")) or stands[1] is None:
        return []
    return [stands[1]]


def _outcome_began(now: Json | None, then: Json | None) -> list[str]:
    """Return since when a site's outcome holds, if it is another; that none is told is none."""
    if now is None or (then is None and now["latest"] is None):
        return []
    same = then is not None and (then["outcome"], then["since"]) == (now["outcome"], now["since"])
    return [] if same else [now["since"]]


def _order(item: tuple[Draft, uuid.UUID]) -> tuple[float, str]:
    draft = item[0]
    return (draft.simulated_at.timestamp() if draft.simulated_at else 0.0, draft.number)
