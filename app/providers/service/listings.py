"""Looking at a listing, holding it still, and moving it: what every decision has in common."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession, announce
from app.providers.errors import (
    ApplicationNotFoundError,
    DecidedElsewhereError,
    ListingMoveNotAllowedError,
    NotYoursToJudgeError,
    RecordNotYoursError,
    SecondPersonNeededError,
)
from app.providers.events import ProviderChanged
from app.providers.models.listings import ListingMove
from app.providers.policies import Asking, Stands, Why, may_move
from app.providers.queries import listings as queries
from app.providers.standing import Standing, standing_on
from app.providers.terms import BEST_FIRST, ON_REGISTER, ListingState, Mover, PublicReason
from app.standards.queries.versions import in_force
from app.values.uuid7 import uuid7

_TICK = timedelta(microseconds=1)
_NO_VALUES: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Decision:
    """A move somebody is about to make.

    Attributes:
        act: what the record of acts calls it.
        mover: how it is made.
        to_state: where to.
        reason: why, in full; never public.
        effective_on: the day from which it holds.
        public_reason: why, of the closed list.
        values: what else changes of the listing: its scope, when it was seen.
        proposed_by: of a move by two people, who proposed it and under what name.
        proposal_id: likewise, which proposal.
    """

    act: str
    mover: Mover
    to_state: ListingState
    reason: str
    effective_on: date
    public_reason: PublicReason | None = None
    values: Mapping[str, Any] = field(default_factory=lambda: _NO_VALUES)
    proposed_by: tuple[uuid.UUID, str] | None = None
    proposal_id: uuid.UUID | None = None


async def look_at(session: ReadSession | WriteSession, listing_id: uuid.UUID) -> Any:
    """Return a listing that the actor's organisation owns or answers for.

    Raises:
        ApplicationNotFoundError: there is none, or it is none of their business.
    """
    found = await queries.get_listing(session, listing_id)
    if found is None:
        raise ApplicationNotFoundError(
            "No application or listing has this id, or none that you own or answer for."
        )
    return found


async def hold(session: WriteSession, listing_id: uuid.UUID) -> Any:
    """Return a listing as it is while nobody else can move it: its provider is locked first.

    Raises:
        ApplicationNotFoundError: as for `look_at`.
    """
    seen = await look_at(session, listing_id)
    await queries.lock_providers(session, [seen.provider_id])
    return await look_at(session, listing_id)


def standing_of(listing: Any) -> Standing:
    """Return where a listing stands today, also when midnight's work is still to be done."""
    return standing_on(listing, clock.today())


def stands(listing: Any) -> Stands:
    """Return where a listing stands today and what is announced for later."""
    ahead = listing.next_on is not None and listing.next_on > clock.today()
    announced = ListingState(listing.next_state) if ahead else None
    return Stands(standing_of(listing).state, announced)


def asking(actor: Actor, listing: Any, mover: Mover, *, proposed_it: bool = False) -> Asking:
    """Return what somebody is to a listing that they want to move.

    The department decides everywhere: it answers without an authority's code.
    """
    return Asking(
        kind=actor.kind,
        mover=mover,
        owns=listing.owns,
        answers=listing.answers,
        judges=listing.judges,
        decides=listing.answers and actor.la_code in {None, listing.la_code},
        proposed_it=proposed_it,
    )


def check(
    actor: Actor, listing: Any, mover: Mover, to_state: ListingState, *, proposed_it: bool = False
) -> None:
    """Refuse, in words, a move that somebody may not make.

    Raises:
        ApplicationNotFoundError: it is none of their business.
        RecordNotYoursError: only its owner may.
        NotYoursToJudgeError: they have a stake in it.
        DecidedElsewhereError: another authority decides.
        SecondPersonNeededError: they proposed it themselves.
        ListingMoveNotAllowedError: it cannot go there from here, or not like this.
    """
    now = stands(listing)
    why = may_move(asking(actor, listing, mover, proposed_it=proposed_it), now, to_state)
    if why is not None:
        raise _refusal(why, listing, now, to_state)


async def move(session: WriteSession, actor: Actor, listing: Any, decision: Decision) -> None:
    """Move a held listing, after `check`; the day decides whether it moves now or is announced.

    A site has one listing on the register: whatever stood there before is closed with it.
    """
    moment = await after_last_move(session, listing.id)
    coming = decision.effective_on > clock.today()
    if decision.to_state in ON_REGISTER and not coming:
        await _close_others(session, actor, listing, decision)
    await queries.insert_row(session, ListingMove, _row(actor, listing, decision, moment))
    values = await _values(session, listing, decision, coming=coming)
    await queries.update_listing(session, listing.id, values)
    announce(session, ProviderChanged(listing.provider_id))
    before = {"state": standing_of(listing).state.value}
    after = {"state": decision.to_state.value, "effective_on": decision.effective_on}
    await record(
        session,
        actor,
        decision.act,
        subject_of(listing),
        reason=decision.reason,
        before=before,
        after=after,
    )


def subject_of(listing: Any) -> Subject:
    """Return what the record of acts calls a listing."""
    label = f"{listing.provider_name} ({listing.provider_number}), site {listing.site_reference}"
    return Subject("listing", listing.id, label, listing.owner_id)


async def after_last_move(session: ReadSession | WriteSession, listing_id: uuid.UUID) -> datetime:
    """Return the present moment, or the first after a listing's newest move.

    Its moves have an order, whatever clocks say.
    """
    last = (await queries.last_moved_at(session, [listing_id])).get(listing_id)
    return max(clock.now(), last + _TICK) if last else clock.now()


async def _values(
    session: WriteSession, listing: Any, decision: Decision, *, coming: bool
) -> dict[str, Any]:
    now, announced = standing_of(listing), stands(listing).next_state
    values = dict(decision.values)
    if coming:
        values |= {"state": now.state.value, "state_since": now.since}
        values |= {"next_state": decision.to_state.value, "next_on": decision.effective_on}
    else:
        stays = decision.to_state is now.state
        values |= {
            "state": decision.to_state.value,
            "state_since": now.since if stays else decision.effective_on,
        }
        if not _outlasts(announced, decision):
            values |= {"next_state": None, "next_on": None}
    listed = listing.listed_on is not None and listing.listed_on <= clock.today()
    if decision.to_state in ON_REGISTER and not listed:
        values["listed_on"] = decision.effective_on
        version = await in_force(session, decision.effective_on)
        values["standards_version_id"] = version.id if version else None
    elif not listed:
        values["listed_on"] = None  # it was announced, and never came
    return values


def _outlasts(announced: ListingState | None, decision: Decision) -> bool:
    """What is announced stays announced where a child is protected meanwhile, if it is stricter."""
    protects = decision.mover is Mover.OFFICER or decision.to_state is ListingState.SUSPENDED
    return (
        announced in BEST_FIRST
        and protects
        and decision.to_state in BEST_FIRST
        and BEST_FIRST.index(announced) > BEST_FIRST.index(decision.to_state)
    )


async def _close_others(
    session: WriteSession, actor: Actor, listing: Any, decision: Decision
) -> None:
    for other in await queries.find_on_register(session, listing.site_id, listing.id):
        present = standing_of(other)
        if present.state not in ON_REGISTER:
            continue
        replaced = Decision(
            act="listing.replaced",
            mover=Mover.TWO_OFFICERS,
            to_state=ListingState.CLOSED,
            reason=f"Another listing of the same site takes its place: {listing.id}.",
            effective_on=max(decision.effective_on, present.since),
            public_reason=PublicReason.REPLACED_BY_LATER_LISTING,
        )
        await move(session, actor, other, replaced)


def _row(actor: Actor, listing: Any, decision: Decision, moment: datetime) -> dict[str, Any]:
    me: tuple[uuid.UUID | None, str | None] = (actor.id, actor.name)
    first, second = (decision.proposed_by, me) if decision.proposed_by else (me, (None, None))
    return {
        "id": uuid7(),
        "listing_id": listing.id,
        "from_state": standing_of(listing).state.value,
        "to_state": decision.to_state.value,
        "effective_on": decision.effective_on,
        "reason": decision.reason,
        "public_reason": decision.public_reason.value if decision.public_reason else None,
        "actor_kind": ActorKind.PERSON.value,
        "actor_id": first[0],
        "actor_name": first[1],
        "organisation_id": actor.organisation_id,
        "second_actor_id": second[0],
        "second_actor_name": second[1],
        "proposal_id": decision.proposal_id,
        "recorded_at": moment,
    }


def _refusal(why: Why, listing: Any, now: Stands, to_state: ListingState) -> Exception:
    called = f"site {listing.site_reference} of {listing.provider_name}"
    facts: dict[str, Any] = {"state": now.state.value, "to_state": to_state.value, "why": why.value}
    if why is Why.NOT_SEEN:
        return ApplicationNotFoundError()
    if why is Why.NOT_THE_OWNER:
        return RecordNotYoursError(f"This is for whoever owns the record of {called}.")
    if why is Why.HAS_A_STAKE:
        return NotYoursToJudgeError(
            f"You own the record of {called}, or work or have worked for whoever owns or owned it, "
            "so this is for a colleague who has not."
        )
    if why is Why.OTHER_AUTHORITY:
        return DecidedElsewhereError(
            f"You see {called} because you answer for the provider elsewhere; the local authority "
            f"{listing.la_code}, in whose area it lies, decides on it."
        )
    if why in {Why.SAME_PERSON, Why.NOT_A_PERSON}:
        return SecondPersonNeededError(
            "You proposed this; another officer than you must confirm or refuse it."
        )
    begun = called[:1].upper() + called[1:]
    words = {
        Why.TWO_NEEDED: f"Nobody brings {called} to {to_state} alone. Propose it, and let another "
        "officer confirm it.",
        Why.ONE_IS_ENOUGH: f"That does not wait for a second person: do it at once, at the address "
        f"of its own, and {called} is {to_state}.",
        Why.DECISION_PENDING: f"{begun} is announced to be removed. Its owner cannot "
        "close it before; ask the local authority.",
    }
    usual = f"{begun} is {now.state}; from there this does not lead to {to_state}."
    return ListingMoveNotAllowedError(words.get(why, usual), **facts)
