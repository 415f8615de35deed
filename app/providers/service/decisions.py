"""Decisions on listings: proposed by one officer and confirmed by another, or at once by one."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault
from app.providers.errors import (
    ApplicationNotReadyError,
    DayCannotBeError,
    PaperworkNeverSuspendsError,
    ProposalNotFoundError,
    ProposalOpenError,
    ProposalOvertakenError,
    ProposalSettledError,
    SecondPersonNeededError,
)
from app.providers.events import ListingSuspended
from app.providers.models.listings import ListingProposal
from app.providers.queries import listings as queries
from app.providers.queries.applications import count_unanswered
from app.providers.service.listings import (
    Decision,
    check,
    hold,
    look_at,
    move,
    standing_of,
    subject_of,
)
from app.providers.service.matches import note_matches
from app.providers.service.visits import check_visited
from app.providers.terms import ON_REGISTER, SUSPENDS_FOR, ListingState, Mover, PublicReason
from app.values.uuid7 import uuid7

FARTHEST = timedelta(days=366)
"""How far ahead a decision can be announced."""
_GOOD = frozenset({ListingState.LISTED, ListingState.LISTED_WITH_ACTIONS})
_DAYS = frozenset({"seen_on", "review_due_on"})
_VERSION = "version"


@dataclass(frozen=True, slots=True)
class Proposed:
    """What an officer proposes.

    Attributes:
        to_state: where to.
        effective_on: from which day.
        reason: why, in full; never public.
        public_reason: why, of the closed list.
        scope: columns of the listing that it fixes, where it does.
    """

    to_state: ListingState
    effective_on: date
    reason: str
    public_reason: PublicReason | None = None
    scope: Mapping[str, Any] = field(default_factory=dict)


async def propose(
    session: WriteSession, actor: Actor, listing_id: uuid.UUID, proposed: Proposed
) -> uuid.UUID:
    """Propose a move that another officer must confirm; return the proposal's id.

    Raises:
        ApplicationNotFoundError: as for `check`, which also raises what else stands in the way.
        DayCannotBeError: it cannot hold from the day given.
        ApplicationNotReadyError: a question is open, a match with a removed or refused record is
            not judged, or the site was not visited where the policy asks for it.
        ProposalOpenError: another proposal waits for a second person.
    """
    held = await hold(session, listing_id)
    check(actor, held, Mover.TWO_OFFICERS, proposed.to_state)
    _check_day(held, proposed.effective_on)
    _check_grounds(proposed)
    await _check_ready(session, actor, held, proposed.to_state, proposed.effective_on)
    waiting = await queries.get_open_proposal(session, listing_id)
    if waiting is not None:
        if not _gives_way(waiting, held, proposed):
            raise ProposalOpenError(
                f"{waiting.proposed_by_name} proposed {waiting.to_state}, and nobody has confirmed "
                "or refused it yet.",
                proposal_id=str(waiting.id),
            )
        await _settle(session, actor, waiting, "overtaken", None)
    row = {
        "id": uuid7(),
        "listing_id": listing_id,
        "to_state": proposed.to_state.value,
        "effective_on": proposed.effective_on,
        "reason": proposed.reason,
        "public_reason": proposed.public_reason.value if proposed.public_reason else None,
        "scope": _as_json(proposed.scope) | {_VERSION: held.version},
        "proposed_by": actor.id,
        "proposed_by_name": actor.name,
        "organisation_id": actor.organisation_id,
        "proposed_at": clock.now(),
    }
    await queries.insert_row(session, ListingProposal, row)
    after = {"state": proposed.to_state.value, "effective_on": proposed.effective_on}
    await record(
        session, actor, "listing.proposed", subject_of(held), reason=proposed.reason, after=after
    )
    return uuid.UUID(str(row["id"]))


async def confirm(
    session: WriteSession, actor: Actor, listing_id: uuid.UUID, proposal_id: uuid.UUID
) -> None:
    """Confirm what another officer proposed: the listing moves, or is announced to.

    Raises:
        ApplicationNotFoundError: as for `check`, which also raises what else stands in the way.
        ProposalNotFoundError: there is none such.
        ProposalSettledError: somebody settled it already.
        ProposalOvertakenError: the listing moved after it was proposed.
        ApplicationNotReadyError: as for `propose`.
        SecondPersonNeededError: they proposed it themselves.
    """
    held = await hold(session, listing_id)
    proposal = await _open(session, listing_id, proposal_id)
    to_state = ListingState(proposal.to_state)
    mine = proposal.proposed_by == actor.id
    if _is_overtaken(proposal, held):
        raise ProposalOvertakenError(
            "The listing moved after this was proposed. Look at it anew, and propose what is right "
            "now.",
            state=standing_of(held).state.value,
        )
    check(actor, held, Mover.TWO_OFFICERS, to_state, proposed_it=mine)
    _check_day(held, proposal.effective_on)
    await _check_ready(session, actor, held, to_state, proposal.effective_on)
    await _settle(session, actor, proposal, "confirmed", None)
    public = PublicReason(proposal.public_reason) if proposal.public_reason else None
    decision = Decision(
        act="listing.confirmed",
        mover=Mover.TWO_OFFICERS,
        to_state=to_state,
        reason=proposal.reason,
        effective_on=proposal.effective_on,
        public_reason=public,
        values=_from_json(proposal.scope or {}),
        proposed_by=(proposal.proposed_by, proposal.proposed_by_name),
        proposal_id=proposal.id,
    )
    if to_state is ListingState.SUSPENDED:
        # Before the move's own event: what is published of it tells that it is looked at again.
        announce(session, ListingSuspended(held.provider_id, listing_id, proposal_id))
    await move(session, actor, held, decision)
    if to_state is ListingState.SUSPENDED:
        await _withdraw_announced(session, actor, held)


async def decline(
    session: WriteSession, actor: Actor, listing_id: uuid.UUID, proposal_id: uuid.UUID, reason: str
) -> None:
    """Refuse to confirm what another officer proposed; the listing stays where it is.

    Raises: as for `confirm`.
    """
    held = await hold(session, listing_id)
    proposal = await _open(session, listing_id, proposal_id)
    mine = proposal.proposed_by == actor.id
    if not _is_overtaken(proposal, held):
        check(
            actor,
            held,
            Mover.TWO_OFFICERS,
            ListingState(proposal.to_state),
            proposed_it=mine,
        )
    elif mine or not held.judges:
        raise SecondPersonNeededError("Another officer than you must refuse it.")
    await _settle(session, actor, proposal, "declined", reason)
    after = {"state": proposal.to_state, "effective_on": proposal.effective_on}
    await record(session, actor, "listing.declined", subject_of(held), reason=reason, after=after)


async def caution(
    session: WriteSession,
    actor: Actor,
    listing_id: uuid.UUID,
    reason: str,
    public_reason: PublicReason = PublicReason.BEING_LOOKED_INTO,
) -> None:
    """Put a listing under review at once: a caution does not wait for a second person.

    Raises: as for `check`.
    """
    held = await hold(session, listing_id)
    to_state = ListingState.UNDER_REVIEW
    check(actor, held, Mover.OFFICER, to_state)
    day = max(clock.today(), standing_of(held).since)
    await move(
        session,
        actor,
        held,
        Decision("listing.reviewed", Mover.OFFICER, to_state, reason, day, public_reason),
    )


async def suspend(
    session: WriteSession,
    actor: Actor,
    listing_id: uuid.UUID,
    reason: str,
    public_reason: PublicReason = PublicReason.BEING_LOOKED_INTO,
) -> uuid.UUID:
    """Find a risk of harm: caution everybody at once, and propose an interim suspension.

    It is suspended when a second officer confirms, without a hearing and without a day's wait.
    What else was proposed gives way. Returns the id of the proposal.

    Raises: as for `propose`.
    """
    held = await hold(session, listing_id)
    if standing_of(held).state in _GOOD:
        check(actor, held, Mover.TWO_OFFICERS, ListingState.SUSPENDED)
        await caution(session, actor, listing_id, reason, public_reason)
        held = await hold(session, listing_id)
    day = max(clock.today(), standing_of(held).since)
    proposed = Proposed(ListingState.SUSPENDED, day, reason, public_reason)
    return await propose(session, actor, listing_id, proposed)


async def take_up(session: WriteSession, actor: Actor, listing_id: uuid.UUID) -> None:
    """Take an application that was submitted into assessment.

    Raises: as for `check`.
    """
    held = await hold(session, listing_id)
    check(actor, held, Mover.OFFICER, ListingState.IN_ASSESSMENT)
    words = "Taken into assessment."
    day = max(clock.today(), standing_of(held).since)
    await move(
        session,
        actor,
        held,
        Decision("application.taken_up", Mover.OFFICER, ListingState.IN_ASSESSMENT, words, day),
    )


async def get_proposal(
    session: ReadSession | WriteSession, listing_id: uuid.UUID, proposal_id: uuid.UUID
) -> ListingProposal:
    """Return a proposal on a listing that the actor may see.

    Raises:
        ApplicationNotFoundError: there is no such listing for them.
        ProposalNotFoundError: it has no such proposal, or they own it: proposals are the
            authority's own.
    """
    await look_at(session, listing_id)
    found = await queries.get_proposal(session, proposal_id)
    if found is None or found.listing_id != listing_id:
        raise ProposalNotFoundError
    return found


async def _open(
    session: WriteSession, listing_id: uuid.UUID, proposal_id: uuid.UUID
) -> ListingProposal:
    found = await get_proposal(session, listing_id, proposal_id)
    await session.refresh(found)
    if found.outcome is not None:
        raise ProposalSettledError(
            f"{found.settled_by_name or 'Somebody'} settled it already: it was {found.outcome}.",
            outcome=found.outcome,
        )
    return found


async def _settle(
    session: WriteSession,
    actor: Actor,
    proposal: ListingProposal,
    outcome: str,
    reason: str | None,
) -> None:
    values = {
        "outcome": outcome,
        "settled_by": actor.id,
        "settled_by_name": actor.name,
        "settled_at": clock.now(),
        "settled_reason": reason,
    }
    if not await queries.settle_proposal(session, proposal.id, values):
        raise ProposalSettledError


async def _withdraw_announced(session: WriteSession, actor: Actor, held: Any) -> None:
    """Announce other listings of a suspended site no more: none comes on the register by itself."""
    for other in await queries.find_on_register(session, held.site_id, held.id):
        present = standing_of(other)
        if present.state not in ON_REGISTER:
            words = "The site was suspended meanwhile; what was announced must be decided anew."
            day = max(clock.today(), present.since)
            back = Decision(
                "listing.announcement_withdrawn", Mover.OFFICER, present.state, words, day
            )
            await move(session, actor, other, back)


def _gives_way(waiting: ListingProposal, held: Any, proposed: Proposed) -> bool:
    """Say whether what waits for a second person is of the past, or weighs less than a child."""
    suspends = ListingState.SUSPENDED
    urgent = proposed.to_state is suspends and waiting.to_state != suspends
    return urgent or _is_overtaken(waiting, held)


def _check_grounds(proposed: Proposed) -> None:
    public = proposed.public_reason
    if proposed.to_state is not ListingState.SUSPENDED or public is None:
        return
    if public not in SUSPENDS_FOR:
        words = (
            "A listing is suspended for a risk of harm, and never for paperwork. Say "
            f"{' or '.join(sorted(SUSPENDS_FOR))}, or put it under review instead."
        )
        raise PaperworkNeverSuspendsError(words, errors=(FieldFault(words, "/public_reason"),))


def _is_overtaken(proposal: ListingProposal, held: Any) -> bool:
    return bool((proposal.scope or {}).get(_VERSION) != held.version)


def _check_day(held: Any, day: date) -> None:
    since, today = standing_of(held).since, clock.today()
    if day < since:
        words = f"It stands where it is since {since}; a decision cannot hold from an earlier day."
    elif day > today + FARTHEST:
        words = "Announce a decision for a day within a year from now."
    else:
        return
    raise DayCannotBeError(words, errors=(FieldFault(words, "/effective_on"),))


async def _check_ready(
    session: WriteSession, actor: Actor, held: Any, to_state: ListingState, day: date
) -> None:
    """See that nothing asked is open, and whom it has something in common with once more.

    Nobody is let in unseen, or while the authority still waits for an answer.
    """
    if to_state not in _GOOD or standing_of(held).state is not ListingState.IN_ASSESSMENT:
        return
    unanswered = await count_unanswered(session, held.id)
    if unanswered:
        words = (
            f"{unanswered} question(s) of yours have no answer yet. Wait for the provider's answer "
            "before you decide."
        )
        raise ApplicationNotReadyError(words, errors=(FieldFault(words, "/questions"),))
    await check_visited(session, held, day)
    await note_matches(session, actor, held.id)
    unjudged = await queries.count_unjudged(session, held.id)
    if unjudged:
        words = (
            f"This application shares something with {unjudged} record(s) removed or refused. "
            "Judge each match before you decide."
        )
        raise ApplicationNotReadyError(words, errors=(FieldFault(words, "/matches"),))


def _as_json(scope: Mapping[str, Any]) -> dict[str, Any]:
    return {k: v.isoformat() if isinstance(v, date) else v for k, v in scope.items()}


def _from_json(scope: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: date.fromisoformat(value) if name in _DAYS and value else value
        for name, value in scope.items()
        if name != _VERSION
    }
