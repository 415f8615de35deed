"""Settling where providers stand: it follows from their listings, and from nothing else."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from app import clock
from app.access import Actor, DbRole
from app.db.events import ReadSession, WriteSession
from app.db.transactions import acting_as
from app.providers.events import ProviderChanged
from app.providers.queries import standing as queries
from app.providers.standing import (
    Picture,
    evidence_on,
    provider_status_on,
    public_standings,
    review_comes_on,
    status_since_on,
    turns_on,
)
from app.providers.terms import Status
from app.standards.queries.published_policies import policy_on
from app.standards.queries.versions import critical_evidence
from app.standards.terms import PolicyCode
from app.values.uuid7 import uuid7

REASON = "Follows from where its listings stand; their moves say why."
_RULES = "rules_of_evidence"


@dataclass(frozen=True, slots=True)
class EvidenceRules:
    """What a lapse of evidence means on a day.

    Attributes:
        critical: of each critical criterion, the kinds of evidence any of which show it.
        grace_days: how long it may last; `None` where the policy does not hold.
    """

    critical: frozenset[frozenset[str]]
    grace_days: int | None


@dataclass(frozen=True, slots=True)
class Lapse:
    """Critical evidence of a listing that is out of date, or was taken back.

    Attributes:
        since: the first day on which it was.
        kinds: of evidence.
        review_on: the day on which that puts the listing under review; `None` if it will not.
    """

    since: date
    kinds: tuple[str, ...]
    review_on: date | None


async def settle_changed(
    session: WriteSession, actor: Actor, events: Sequence[ProviderChanged]
) -> None:
    """React to changed providers: let each stand where its listings do."""
    await _settle(session, actor, {event.provider_id: event.simulated_at for event in events})


async def settle(session: WriteSession, actor: Actor, provider_ids: Collection[uuid.UUID]) -> None:
    """Let providers stand where their listings do, and note when they moved.

    Sets status, its first day and the next day on which time alone changes anything; nobody else
    writes those. Locks the providers, by id.
    """
    await _settle(session, actor, dict.fromkeys(provider_ids))


async def rules_of_evidence(session: ReadSession | WriteSession, day: date) -> EvidenceRules:
    """Return what a lapse of evidence means on a day; read once a transaction."""
    known: dict[date, EvidenceRules] = session.info.setdefault(_RULES, {})
    if day not in known:
        policy = await policy_on(session, PolicyCode.EVIDENCE_GRACE, day)
        critical = await critical_evidence(session, day)
        known[day] = EvidenceRules(critical, int(policy["days"]) if policy else None)
    return known[day]


async def lapses_of(
    session: ReadSession | WriteSession, listings: Sequence[Any], day: date
) -> dict[uuid.UUID, Lapse]:
    """Return by id which listings lack critical evidence that they had, on a day.

    Args:
        session: of whoever owns or answers for all their providers.
        listings: on the register.
        day: in London.
    """
    rules = await rules_of_evidence(session, day)
    shown = await queries.find_documents(session, {one.provider_id for one in listings})
    found: dict[uuid.UUID, Lapse] = {}
    for one in listings:
        documents = shown.get(one.provider_id, [])
        picture = Picture([one], documents, rules.critical, rules.grace_days)
        evidence = evidence_on(documents, rules.critical, one.site_id, day)
        if evidence.since is not None:
            review_on = review_comes_on(picture, one, day)
            found[one.id] = Lapse(evidence.since, evidence.lapsed, review_on)
    return found


async def read_pictures(
    session: WriteSession, ids: Collection[uuid.UUID], day: date
) -> dict[uuid.UUID, Picture]:
    """Return what each provider's standing can change by, as of a day."""
    return await _pictures(session, dict.fromkeys(ids, day))


async def _settle(
    session: WriteSession, actor: Actor, changed: Mapping[uuid.UUID, datetime | None]
) -> None:
    moments = {identity: moment or clock.now() for identity, moment in changed.items()}
    days = {one: moment.astimezone(clock.LONDON).date() for one, moment in moments.items()}
    async with acting_as(session, DbRole.PUBLISHER):
        held = await queries.lock_standings(session, changed.keys())
        pictures = await _pictures(session, days)
        standings: queries.Rows = []
        changes: queries.Rows = []
        for provider in held:
            picture = pictures.get(provider.id)
            if picture is None:
                continue  # never listed; or listed before there were listings, without a site
            status, since, turns = _stands(provider, picture, days[provider.id])
            if (status, since) != (provider.status, provider.status_since):
                changes.append(
                    {
                        "id": uuid7(),
                        "provider_id": provider.id,
                        "status": status,
                        "effective_on": since,
                        "reason": REASON,
                        "actor": actor.name,
                        "recorded_at": moments[provider.id],
                    }
                )
            elif turns == provider.changes_on:
                continue
            standings.append(
                {
                    "provider": provider.id,
                    "status_now": status,
                    "since_now": since,
                    "changes_next": turns,
                }
            )
        await queries.insert_changes(session, changes)
        await queries.set_standings(session, standings)


def _stands(provider: Any, picture: Picture, day: date) -> tuple[Status, date, date | None]:
    """Until the first day of its first listing a provider stays as it was."""
    turns = turns_on(picture, day)
    if not public_standings(picture.listings, day):
        return Status(provider.status), provider.status_since, turns
    status = provider_status_on(picture.listings, day)
    since = status_since_on(picture.listings, day) or provider.status_since
    if status == provider.status:
        since = min(since, provider.status_since)
    return status, since, turns


async def _pictures(
    session: WriteSession, days: Mapping[uuid.UUID, date]
) -> dict[uuid.UUID, Picture]:
    listings = await queries.find_registered(session, days.keys())
    if not listings:
        return {}
    documents = await queries.find_documents(session, listings.keys())
    closings = await queries.find_closings(session, listings.keys())
    endings = await queries.find_endings(session, listings.keys())
    pictures: dict[uuid.UUID, Picture] = {}
    for identity, registered in listings.items():
        shown = documents.get(identity, [])
        # A demonstration lives on many days, and has no documents: their rules are not looked up.
        rules = await rules_of_evidence(session, days[identity]) if shown else None
        pictures[identity] = Picture(
            listings=registered,
            documents=shown,
            critical=rules.critical if rules else (),
            grace_days=rules.grace_days if rules else None,
            closed_on=closings.get(identity),
            further=endings.get(identity, ()),
        )
    return pictures
