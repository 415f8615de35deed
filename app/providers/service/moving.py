"""Moving whole providers at once, as the operator does: every site's listing goes along."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from app.access import Actor
from app.db.events import WriteSession
from app.providers.models.listings import Listing, ListingMove
from app.providers.queries import moving as queries
from app.providers.queries import standing as standings
from app.providers.queries.listings import last_moved_at
from app.providers.standing import provider_status_on, public_standings
from app.providers.terms import ON_REGISTER, Basis, ListingState, Status
from app.values.uuid7 import uuid7

_TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Step:
    """A provider that moves as a whole.

    Attributes:
        provider_id: whose listings move.
        status: where to.
        effective_on: from which day.
        reason: why; never public.
        recorded_at: when the register learns of it.
    """

    provider_id: uuid.UUID
    status: Status
    effective_on: date
    reason: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """What providers are made of, before they move.

    Attributes:
        sites: by provider.
        listings: by provider, those that were ever on the register.
    """

    sites: Mapping[uuid.UUID, Sequence[Any]]
    listings: Mapping[uuid.UUID, Sequence[Any]]

    def status(self, provider_id: uuid.UUID, stated: str, day: date) -> Status:
        """Return where a provider stands, also when its own row does not say so yet."""
        listings = self.listings.get(provider_id, ())
        if not public_standings(listings, day):
            return Status(stated)
        return provider_status_on(listings, day)


async def read_held(session: WriteSession, ids: Iterable[uuid.UUID]) -> Held:
    """Read what providers are made of; whoever moves them has locked them."""
    wanted = list(ids)
    return Held(
        sites=await queries.find_sites(session, wanted),
        listings=await standings.find_registered(session, wanted),
    )


async def move_listings(
    session: WriteSession, actor: Actor, held: Held, steps: Sequence[Step]
) -> None:
    """Let every listing of these providers stand where its provider is to stand.

    A site that is open and was never on the register comes onto it; where every site has closed,
    all of them count, because a provider stands somewhere only by its sites. What was removed
    before stays removed while another site of the provider is on the register.
    """
    new: queries.Rows = []
    moves: queries.Rows = []
    states: queries.Rows = []
    present = [one.id for listings in held.listings.values() for one in listings]
    last = await last_moved_at(session, present) if present else {}
    for step in steps:
        listings = held.listings.get(step.provider_id, ())
        for site in _sites_to_list(held, step):
            row = _listing(step, site)
            new.append(row)
            moves.append(_move(actor, step, row["id"], None))
        for listing in _going_along(listings):
            if listing.state != step.status.value:
                row = _move(actor, step, listing.id, listing.state)
                before = last.get(listing.id)  # moves have an order, whatever clocks say
                moment = max(step.recorded_at, before + _TICK) if before else step.recorded_at
                moves.append(row | {"recorded_at": moment})
                states.append(
                    {
                        "listing": listing.id,
                        "state_now": step.status.value,
                        "since_now": step.effective_on,
                    }
                )
    await queries.insert_rows(session, Listing, new)
    await queries.insert_rows(session, ListingMove, moves)
    await queries.set_states(session, states)


def _sites_to_list(held: Held, step: Step) -> list[Any]:
    listed = {listing.site_id for listing in held.listings.get(step.provider_id, ())}
    sites = held.sites.get(step.provider_id, ())
    unlisted = [site for site in sites if site.id not in listed]
    still_open = [site for site in unlisted if queries.is_open(site, step.effective_on)]
    return still_open or ([] if listed else unlisted)


def _going_along(listings: Sequence[Any]) -> list[Any]:
    present = [one for one in listings if one.state in ON_REGISTER]
    return present or [one for one in listings if one.state == ListingState.REMOVED]


def _listing(step: Step, site: Any) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "provider_id": step.provider_id,
        "site_id": site.id,
        "la_code": site.la_code,
        "basis": Basis.OPERATOR,
        "state": step.status.value,
        "state_since": step.effective_on,
        "listed_on": step.effective_on,
        "key_stages": [],
        "needs": [],
        "programmes": [],
        "made_at": step.recorded_at,
        "version": 1,
    }


def _move(
    actor: Actor, step: Step, listing_id: uuid.UUID, from_state: str | None
) -> dict[str, Any]:
    return {
        "id": uuid7(),
        "listing_id": listing_id,
        "from_state": from_state,
        "to_state": step.status.value,
        "effective_on": step.effective_on,
        "reason": step.reason,
        "actor_kind": actor.kind.value,
        "actor_name": actor.name,
        "recorded_at": step.recorded_at,
    }
