"""What changes at a provider opens a review of every placement that runs there.

The change itself only asks for a job; the worker compares how the provider stands with how it
stood, and opens what follows for all placements at once.
"""

import uuid
from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import WORKER, Actor
from app.concerns.events import ConcernRaised
from app.db.events import WriteSession
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.placements.events import PlacementRecorded
from app.providers.events import ListingSuspended, ProviderChanged
from app.reviews.queries import opening as queries
from app.reviews.queries import reviews
from app.reviews.service.due import first_due
from app.reviews.terms import ReviewCause
from app.rules.clocks.reviewing import opened_review
from app.values.uuid7 import uuid7

LOOK = "reviews.look"
OPEN = "reviews.open"
SWEEP = "reviews.sweep"
MAIL = "mail.review"
"""Payload: `provider_id`, `cause`, `opened_on`, `organisation_id`, `person_id`; and
`acknowledge_by`, `review_by`, `provider`."""
BATCH = 500


async def ask_to_look(
    session: WriteSession, actor: Actor, events: Sequence[ProviderChanged]
) -> None:
    """Ask for one job that looks at every provider that changed in this transaction."""
    changed = {event.provider_id for event in events if event.simulated_at is None}
    if not changed:
        return
    ids = [str(one) for one in await queries.placed_among(session, sorted(changed))]
    for start in range(0, len(ids), BATCH):
        await enqueue(session, actor, LOOK, {"provider_ids": ids[start : start + BATCH]})


async def ask_to_watch(
    session: WriteSession, actor: Actor, events: Sequence[PlacementRecorded]
) -> None:
    """Ask for a job that writes down how a provider stands once somebody is placed there."""
    for event in events:
        await enqueue(session, actor, LOOK, {"placement_id": str(event.placement_id)})


async def ask_for_suspension(
    session: WriteSession, actor: Actor, events: Sequence[ListingSuspended]
) -> None:
    """Ask for a review of what runs where a listing was suspended for a risk of harm."""
    for event in events:
        about = {"provider_id": str(event.provider_id), "cause": ReviewCause.SUSPENSION.value}
        await enqueue(session, actor, OPEN, about)


async def ask_for_concern(
    session: WriteSession, actor: Actor, events: Sequence[ConcernRaised]
) -> None:
    """Ask for a review of what runs where somebody is concerned; by whom is not passed on."""
    for event in events:
        about = {"provider_id": str(event.provider_id), "cause": ReviewCause.CONCERN.value}
        if event.site_id is not None:
            about["site_id"] = str(event.site_id)
        await enqueue(session, actor, OPEN, about)


async def look(session: WriteSession, payload: Payload) -> None:
    """Compare how providers stand with how they stood, and open reviews where that differs."""
    if "placement_id" in payload:
        provider = await queries.provider_of(session, uuid.UUID(payload["placement_id"]))
        ids = [provider] if provider else []
    else:
        ids = [uuid.UUID(one) for one in payload["provider_ids"]]
    present = await queries.stand(session, ids, clock.today())
    former = await queries.take_watches(session, ids)
    for now in present:
        for cause in _changes(former.get(now.id), now):
            await _open(session, now, None, cause)
    rows = [
        {
            "provider_id": now.id,
            "status": now.status,
            "outcomes": now.outcomes,
            "documents_out": now.documents_out,
            "looked_at": clock.now(),
        }
        for now in present
    ]
    if rows:
        await queries.keep_watches(session, rows)


async def open_for(session: WriteSession, payload: Payload) -> None:
    """Open a review of every placement that runs at a provider, or at one site, for a cause."""
    provider_id = uuid.UUID(payload["provider_id"])
    site_id = uuid.UUID(payload["site_id"]) if "site_id" in payload else None
    for now in await queries.stand(session, [provider_id], clock.today()):
        await _open(session, now, site_id, ReviewCause(payload["cause"]))


async def sweep(session: WriteSession, _: Payload) -> None:
    """Let every placement that runs have a day by which it is reviewed; a batch at a time."""
    found = await queries.find_without_due(session, BATCH)
    for one in found:
        placed = (one.id, one.commissioner_id, one.starts_on)
        await reviews.set_due(session, await first_due(session, *placed))
    if len(found) == BATCH:
        await enqueue(session, WORKER, SWEEP, {})


def _changes(former: Any | None, now: Any) -> list[ReviewCause]:
    """Return what changed since a provider was looked at last; nothing when it never was."""
    if former is None:
        return []
    found = []
    if former.status != now.status:
        found.append(ReviewCause.LISTING)
    if former.outcomes != now.outcomes:
        found.append(ReviewCause.OUTCOME)
    if former.documents_out < now.documents_out:
        found.append(ReviewCause.DOCUMENT)
    return found


async def _open(
    session: WriteSession, provider: Any, site_id: uuid.UUID | None, cause: ReviewCause
) -> None:
    today = clock.today()
    acknowledged, reviewed = opened_review(today)
    live = await queries.live_placements(session, provider.id, site_id)
    if not live:
        return
    rows = [
        {
            "id": uuid7(),
            "placement_id": one.id,
            "cause": cause.value,
            "opened_on": today,
            "acknowledge_by": acknowledged.due_on,
        }
        for one in live
    ]
    opened = await queries.open_reviews(session, rows)
    await queries.hasten(session, sorted(opened), reviewed.due_on)
    for commissioner_id in sorted({one.commissioner_id for one in live if one.id in opened}):
        about = {
            "provider_id": str(provider.id),
            "provider": f"{provider.name} ({provider.number})",
            "cause": cause.value,
            "opened_on": today.isoformat(),
            "acknowledge_by": acknowledged.due_on.isoformat(),
            "review_by": reviewed.due_on.isoformat(),
            "organisation_id": str(commissioner_id),
        }
        for person_id in await queries.find_people_to_tell(session, commissioner_id):
            key = f"{MAIL}:{provider.id}:{cause}:{today}:{commissioner_id}:{person_id}"
            await enqueue(session, WORKER, MAIL, about | {"person_id": str(person_id)}, key=key)
