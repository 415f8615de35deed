"""What somebody can do with a listing now, and why not what they cannot; pure."""

from collections.abc import Iterator
from typing import Any

from app.access import Actor, Permission
from app.pages.officers.listings_wording import why_words
from app.pages.view_models import PossibleAct
from app.providers.policies import may_move
from app.providers.service.listings import asking, stands
from app.providers.terms import LISTING_MOVES, ListingState, Mover

_FOR_ASSESSORS = "for somebody with the role of assessor."
_FOR_SECONDS = "for somebody with the role of second officer."


def address_of(listing: Any) -> str:
    """Return where decisions on a listing are made."""
    return f"/listings/{listing.id}"


def possible_acts(actor: Actor, listing: Any, proposal: Any | None) -> tuple[PossibleAct, ...]:
    """Return what can be done with a listing as it stands.

    Args:
        actor: who looks.
        listing: with what they are to it.
        proposal: the one that waits for a second officer, if one does.
    """
    return tuple(_acts(actor, listing, proposal))


def proposable(actor: Actor, listing: Any) -> list[ListingState]:
    """Return where somebody may propose to move a listing.

    Where it stands now is among them while something else is announced: that is taken back.
    """
    who, now = asking(actor, listing, Mover.TWO_OFFICERS), stands(listing)
    return [state for state in ListingState if may_move(who, now, state) is None]


def _acts(actor: Actor, listing: Any, proposal: Any | None) -> Iterator[PossibleAct]:
    now, here = stands(listing), address_of(listing)
    if now.state is ListingState.SUBMITTED:
        yield _act(
            "Take it into assessment",
            f"/applications/{listing.id}/assess",
            _not_as_assessor(actor, listing, Mover.OFFICER, ListingState.IN_ASSESSMENT),
        )
    if now.state is ListingState.IN_ASSESSMENT:
        yield _act(
            "Ask the provider a question",
            f"/applications/{listing.id}/ask",
            _not_as_assessor(actor, listing, Mover.TWO_OFFICERS, ListingState.REFUSED),
        )
    if proposal is not None:
        why_not = _not_as_second(actor, listing, proposal)
        settling = f"{here}/proposals/{proposal.id}"
        yield _act("Confirm what was proposed", f"{settling}/confirm", why_not)
        yield _act("Decline what was proposed", f"{settling}/decline", why_not)
    moves = LISTING_MOVES[now.state]
    by_two = [state for state, movers in moves.items() if Mover.TWO_OFFICERS in movers]
    if by_two:
        why_not = _not_as_assessor(actor, listing, Mover.TWO_OFFICERS, by_two[0])
        if not why_not and proposal is not None:
            why_not = "a proposal waits for a second officer already."
        yield _act("Propose a decision", f"{here}/propose", why_not)
    for state, mover, words, code in (
        (ListingState.UNDER_REVIEW, Mover.OFFICER, "Put it under review at once", "review"),
        (ListingState.SUSPENDED, Mover.TWO_OFFICERS, "Suspend it for a risk of harm", "suspend"),
    ):
        if mover in moves.get(state, ()):
            why_not = _not_as_assessor(actor, listing, mover, state)
            yield _act(words, f"{here}/protect/{code}", why_not)


def _act(text: str, href: str, why_not: str) -> PossibleAct:
    return PossibleAct(text, None if why_not else href, why_not)


def _not_as_assessor(actor: Actor, listing: Any, mover: Mover, to_state: ListingState) -> str:
    if Permission.DECISIONS_PROPOSE not in actor.permissions:
        return _FOR_ASSESSORS
    why = may_move(asking(actor, listing, mover), stands(listing), to_state)
    return why_words(why, listing) if why else ""


def _not_as_second(actor: Actor, listing: Any, proposal: Any) -> str:
    if Permission.DECISIONS_CONFIRM not in actor.permissions:
        return _FOR_SECONDS
    mine = proposal.proposed_by == actor.id
    who = asking(actor, listing, Mover.TWO_OFFICERS, proposed_it=mine)
    why = may_move(who, stands(listing), ListingState(proposal.to_state))
    return why_words(why, listing) if why else ""
