"""Listing by transition: what a local authority checked lately, two of its officers list.

Rests on the published policy `transition-listing`, which can be switched off from a day on.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.db.events import ReadSession, WriteSession
from app.errors import AppError
from app.providers.errors import (
    ApplicationNotReadyError,
    DecidedElsewhereError,
    NotYoursToJudgeError,
    ProposalNotFoundError,
    ProviderNotFoundError,
    TransitionOffError,
)
from app.providers.evidence import add_months
from app.providers.models.listings import Listing, ListingMove
from app.providers.queries import applications as subjects
from app.providers.queries import listings as queries
from app.providers.queries import transitions
from app.providers.service import decisions
from app.providers.service.decisions import Proposed
from app.providers.service.listings import look_at, subject_of
from app.providers.terms import Basis, ListingState, PublicReason
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one of many that were asked for together.

    Attributes:
        key: a provider number, or a proposal's id.
        listing_id: which listing it came to.
        proposal_ids: what was proposed.
        refused: why nothing came of it.
    """

    key: str
    listing_id: uuid.UUID | None = None
    proposal_ids: tuple[uuid.UUID, ...] = field(default=())
    refused: AppError | None = None


async def propose_by_transition(
    session: WriteSession, actor: Actor, numbers: Sequence[str]
) -> list[Outcome]:
    """Propose to list providers that the actor's authority checked lately, each by itself.

    Every open site in the authority's area gets a proposal, for another officer to confirm.

    Raises:
        TransitionOffError: the policy does not hold today.
        DecidedElsewhereError: the actor acts for no local authority.
    """
    la_code, months = await _within(session, actor)
    asked = list(dict.fromkeys(number.upper() for number in numbers))
    found = await transitions.find_checked(session, la_code, asked)
    await queries.lock_providers(session, [row.id for row in found.values()])
    outcomes: list[Outcome] = []
    for number in asked:
        try:
            async with session.begin_nested():
                ids = await _propose_one(session, actor, found.get(number), months)
            outcomes.append(Outcome(number, proposal_ids=tuple(ids)))
        except AppError as refused:
            outcomes.append(Outcome(number, refused=refused))
    await _note(session, actor, "listing.transition_asked", outcomes)
    return outcomes


async def find_eligible(
    session: ReadSession, actor: Actor, after: str | None, limit: int
) -> Sequence[Any]:
    """Return providers that the actor's authority may list by its recent checks, by number.

    Each row: `number`, `name`, `local_result`, `checked_on`. Whether their owners consent to
    publication is asked of each when it is proposed.

    Raises: as for `propose_by_transition`.
    """
    la_code, months = await _within(session, actor)
    today = clock.today()
    days = (add_months(today, -months), today)
    return await transitions.list_checked(session, la_code, days, after, limit)


async def _within(session: ReadSession | WriteSession, actor: Actor) -> tuple[str, int]:
    """Return the authority that may list by its own checks, and within how many months of them."""
    today = clock.today()
    policy = await policy_on(session, PolicyCode.TRANSITION_LISTING, today)
    if not policy:
        ended = await transitions.policy_ended_on(session, today)
        since = f" since {ended}" if ended else ""
        raise TransitionOffError(
            f"Listing by transition is switched off{since}. Providers apply instead.",
            ended_on=ended.isoformat() if ended else None,
        )
    if actor.la_code is None:
        raise DecidedElsewhereError("Only a local authority lists by its own recent checks.")
    return actor.la_code, int(policy["recent_months"])


async def confirm_many(
    session: WriteSession, actor: Actor, proposal_ids: Sequence[uuid.UUID]
) -> list[Outcome]:
    """Confirm proposals of colleagues, each by itself: one that is refused keeps none back."""
    asked = list(dict.fromkeys(proposal_ids))
    found = await transitions.find_proposals(session, asked)
    await queries.lock_providers(session, {provider for _, provider in found.values()})
    outcomes: list[Outcome] = []
    for proposal_id in asked:
        listing_id = found[proposal_id][0] if proposal_id in found else None
        try:
            if listing_id is None:
                raise ProposalNotFoundError
            async with session.begin_nested():
                await decisions.confirm(session, actor, listing_id, proposal_id)
            outcomes.append(Outcome(str(proposal_id), listing_id))
        except AppError as refused:
            outcomes.append(Outcome(str(proposal_id), listing_id, refused=refused))
    await _note(session, actor, "listing.many_confirmed", outcomes)
    return outcomes


async def _note(session: WriteSession, actor: Actor, act: str, outcomes: Sequence[Outcome]) -> None:
    done = sum(one.refused is None for one in outcomes)
    await record(session, actor, act, None, after={"asked": len(outcomes), "done": done})


async def _propose_one(
    session: WriteSession, actor: Actor, provider: Any | None, months: int
) -> list[uuid.UUID]:
    today, la_code = clock.today(), str(actor.la_code)
    if provider is None or not provider.answers:
        raise ProviderNotFoundError("No provider that you answer for has this number.")
    if not provider.judges:
        raise NotYoursToJudgeError(
            f"You work or have worked for whoever owns or owned {provider.name}."
        )
    if provider.owner_id is None:
        raise ApplicationNotReadyError(f"Nobody has claimed {provider.name} yet. Invite its owner.")
    if not await subjects.is_consented(session, provider.id):
        raise ApplicationNotReadyError(
            f"{provider.name} has not consented to publication. Ask its owner to."
        )
    checked_on: date | None = provider.checked_on
    if checked_on is None or checked_on > today or add_months(checked_on, months) < today:
        said = f"last on {checked_on}" if checked_on else "never, as far as is on record"
        raise ApplicationNotReadyError(
            f"You checked {provider.name} {said}; within {months} months it counts. Let it apply."
        )
    sites = await transitions.find_unlisted_sites(session, provider.id, la_code, today)
    if not sites:
        raise ApplicationNotReadyError(
            f"Every open site of {provider.name} in your area applies or is listed already."
        )
    return [
        await _propose_site(session, actor, (provider.id, site.id), checked_on) for site in sites
    ]


async def _propose_site(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, uuid.UUID], checked_on: date
) -> uuid.UUID:
    present, listing_id = clock.now(), uuid7()
    reason = f"Checked by the local authority on {checked_on}, within the policy's time."
    row: dict[str, Any] = {
        "id": listing_id,
        "provider_id": of[0],
        "site_id": of[1],
        "la_code": actor.la_code,
        "basis": Basis.TRANSITION.value,
        "state": ListingState.IN_ASSESSMENT.value,
        "state_since": clock.today(),
        "key_stages": [],
        "needs": [],
        "programmes": [],
        "made_at": present,
        "made_by": actor.id,
        "version": 1,
    }
    await queries.insert_row(session, Listing, row)
    begun = {
        "id": uuid7(),
        "listing_id": listing_id,
        "to_state": ListingState.IN_ASSESSMENT.value,
        "effective_on": clock.today(),
        "reason": reason,
        "actor_kind": actor.kind.value,
        "actor_id": actor.id,
        "actor_name": actor.name,
        "organisation_id": actor.organisation_id,
        "recorded_at": present,
    }
    await queries.insert_row(session, ListingMove, begun)
    listing = await look_at(session, listing_id)
    await record(session, actor, "listing.transition_begun", subject_of(listing), reason=reason)
    proposed = Proposed(ListingState.LISTED, clock.today(), reason, PublicReason.RECENT_LOCAL_CHECK)
    return await decisions.propose(session, actor, listing_id, proposed)
