"""Midnight in London: what time alone changes of listings is done, and published.

A job turns at most a batch of providers and asks for the next, so that each is one transaction.
What was done is done once: a provider that was turned has nothing due until its next day. However
long nobody was there to do it, each change holds from the day it fell on.
"""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app import clock
from app.access import WORKER, ActorKind, DbRole
from app.db.events import WriteSession, announce
from app.db.transactions import acting_as
from app.outbox.service import enqueue
from app.outbox.terms import Payload
from app.providers.events import ProviderChanged
from app.providers.models.listings import ListingMove
from app.providers.policies import Asking, Stands, may_move
from app.providers.queries import moving, turning
from app.providers.queries import standing as standings
from app.providers.queries.listings import last_moved_at
from app.providers.service.standing import read_pictures
from app.providers.standing import Due, Picture, due_on
from app.providers.terms import ON_REGISTER, ListingState, Mover, PublicReason
from app.values.uuid7 import uuid7

TURN = "providers.turn_day"
BATCH = 1_000
RULES_LOOKED_BACK = timedelta(days=7)
"""For so long after standards or a policy began or ended, everybody listed is turned."""
_TICK = timedelta(microseconds=1)
_MOST_STEPS = 4
"""A listing can be due for one thing after another when days were missed; never for many."""
_SYSTEM = Asking(ActorKind.SYSTEM, Mover.SYSTEM)


@dataclass(frozen=True, slots=True)
class _Moving:
    """A listing while the days it missed are made up for."""

    id: uuid.UUID
    site_id: uuid.UUID
    state: str
    state_since: date
    next_state: str | None
    next_on: date | None
    listed_on: date | None


async def turn_day(session: WriteSession, payload: Payload) -> None:
    """Do what has come due by today for the next batch of providers, and ask for the rest.

    Args:
        session: as the worker.
        payload: `after`, the last provider of the batch before; and `everybody`, where the rules
            of evidence changed lately. Nothing of it when the schedule asks.
    """
    today = clock.today()
    everybody = bool(payload.get("everybody"))
    if "after" not in payload:
        everybody = await turning.rules_changed(session, today - RULES_LOOKED_BACK, today)
    after = uuid.UUID(payload["after"]) if "after" in payload else None
    async with acting_as(session, DbRole.PUBLISHER):
        ids = await turning.find_due(session, today, after, BATCH, everybody=everybody)
        await standings.lock_standings(session, ids)
        pictures = await read_pictures(session, ids, today)
    for provider_id in ids:
        picture = pictures.get(provider_id)
        if picture is not None:
            await _turn(session, picture, today)
        announce(session, ProviderChanged(provider_id))
    if len(ids) == BATCH:
        rest = {"after": str(ids[-1]), "everybody": everybody}
        await enqueue(session, WORKER, TURN, rest)


async def _turn(session: WriteSession, picture: Picture, today: date) -> None:
    held = {one.id: one for one in picture.listings}
    due = [one for one in held.values() if due_on(picture, one, today)]
    if not due:
        return
    last = await last_moved_at(session, list(held))
    for listing in sorted(due, key=_leaving_first):
        await _turn_listing(session, picture, held, (listing, last.get(listing.id)), today)


def _leaving_first(listing: Any) -> tuple[bool, date]:
    """A site's listing leaves before another takes its place: a site has one on the register."""
    return (listing.next_state in ON_REGISTER, listing.next_on or listing.state_since)


async def _turn_listing(
    session: WriteSession,
    picture: Picture,
    held: dict[uuid.UUID, Any],
    turned: tuple[Any, datetime | None],
    today: date,
) -> None:
    listing, last = turned
    newest = await turning.newest_state(session, listing.id)
    for _ in range(_MOST_STEPS):
        due = due_on(picture, listing, today)
        if due is None:
            break
        stands = Stands(ListingState(listing.state), _state(listing.next_state))
        if may_move(_SYSTEM, stands, due.to_state) is not None:
            break
        if due.announced and due.to_state in ON_REGISTER:
            last = await _close_replaced(session, held, listing, due, last)
        if not (due.announced and newest == due.to_state):
            moment = max(clock.now(), last + _TICK) if last else clock.now()
            await moving.insert_rows(session, ListingMove, [_row(listing, due, moment, today)])
            last, newest = moment, due.to_state
        listing = _moved(listing, due)
        held[listing.id] = listing
        await turning.set_state(
            session,
            listing.id,
            {
                "state": listing.state,
                "state_since": listing.state_since,
                "next_state": listing.next_state,
                "next_on": listing.next_on,
            },
        )


async def _close_replaced(
    session: WriteSession,
    held: dict[uuid.UUID, Any],
    listing: Any,
    due: Due,
    last: datetime | None,
) -> datetime | None:
    for other in list(held.values()):
        if other.id == listing.id or other.site_id != listing.site_id:
            continue
        if other.state not in ON_REGISTER:
            continue
        on = max(due.effective_on, other.state_since)
        closing = Due(ListingState.CLOSED, on, PublicReason.REPLACED_BY_LATER_LISTING)
        before = (await last_moved_at(session, [other.id])).get(other.id)
        moment = max(clock.now(), before + _TICK) if before else clock.now()
        row = _row(other, closing, moment, clock.today())
        await moving.insert_rows(session, ListingMove, [row])
        held[other.id] = _moved(other, closing)
        closed = {"state": ListingState.CLOSED.value, "state_since": on}
        closed |= {"next_state": None, "next_on": None}
        await turning.set_state(session, other.id, closed)
    return last


def _moved(listing: Any, due: Due) -> _Moving:
    """Where it stands after what was due; what is announced and still to come stays announced."""
    keeps = not due.announced and due.to_state is ListingState.UNDER_REVIEW
    stricter = {ListingState.SUSPENDED, ListingState.REMOVED, ListingState.CLOSED}
    kept = keeps and listing.next_state in stricter
    return _Moving(
        id=listing.id,
        site_id=listing.site_id,
        state=due.to_state.value,
        state_since=due.effective_on,
        next_state=listing.next_state if kept else None,
        next_on=listing.next_on if kept else None,
        listed_on=listing.listed_on,
    )


def _row(listing: Any, due: Due, moment: datetime, today: date) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "listing_id": listing.id,
        "from_state": listing.state,
        "to_state": due.to_state.value,
        "effective_on": due.effective_on,
        "reason": _reason(due, today),
        "public_reason": due.public_reason.value if due.public_reason else None,
        "actor_kind": ActorKind.SYSTEM.value,
        "actor_name": WORKER.name,
        "recorded_at": moment,
    }


def _reason(due: Due, today: date) -> str:
    late = f" Noted on {today}." if today > due.effective_on else ""
    if due.announced:
        return f"Decided before, for {due.effective_on}.{late}"
    words: dict[PublicReason | None, str] = {
        PublicReason.EVIDENCE_OUT_OF_DATE: (
            "Critical evidence is out of date, and the time that the policy evidence-grace leaves "
            f"to renew it ended on {due.effective_on}.{late}"
        ),
        PublicReason.NO_LONGER_OPERATING: f"The site closed on {due.effective_on}.{late}",
        PublicReason.REPLACED_BY_LATER_LISTING: (
            f"Another listing of the same site took its place on {due.effective_on}.{late}"
        ),
    }
    return words[due.public_reason]


def _state(name: str | None) -> ListingState | None:
    return ListingState(name) if name else None
