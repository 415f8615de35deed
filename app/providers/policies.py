"""Who may move a listing where: one pure function, asked by services and by the table of tests."""

from dataclasses import dataclass
from enum import StrEnum

from app.access import ActorKind
from app.providers.terms import APPLYING, LISTING_MOVES, ListingState, Mover


class Why(StrEnum):
    """Why somebody may not move a listing."""

    NOT_A_PERSON = "not-a-person"
    """Deciding and signing are acts of a named person."""
    NOT_SEEN = "not-seen"
    """It is none of their business, and is not there for them."""
    NOT_THE_OWNER = "not-the-owner"
    HAS_A_STAKE = "has-a-stake"
    """They work, or worked, for whoever owns or owned the provider's record."""
    OTHER_AUTHORITY = "other-authority"
    """They answer for the provider, but another authority decides on this site."""
    NO_SUCH_MOVE = "no-such-move"
    """From where it stands, nobody can move it there like that."""
    TWO_NEEDED = "two-needed"
    ONE_IS_ENOUGH = "one-is-enough"
    """It does not wait for a second person, so it is not to be proposed."""
    SAME_PERSON = "same-person"
    """Whoever proposed it cannot confirm it."""
    DECISION_PENDING = "decision-pending"
    """Its removal is announced; the owner cannot leave before."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who wants to move a listing, and how.

    Attributes:
        kind: a person, or the service, or the operator.
        mover: how: as its owner, as one officer, as the second of two …
        owns: acts for the owner of the provider's record.
        answers: acts for an authority that answers for the provider, or for the department.
        judges: answers for it, and never worked for an owner of it.
        decides: acts for the authority that decides on this site, or for the department.
        proposed_it: is the one who proposed what is now to be confirmed.
    """

    kind: ActorKind
    mover: Mover
    owns: bool = False
    answers: bool = False
    judges: bool = False
    decides: bool = False
    proposed_it: bool = False


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the listing stands, and what is announced for it."""

    state: ListingState
    next_state: ListingState | None = None


def may_move(asking: Asking, stands: Stands, to_state: ListingState) -> Why | None:
    """Return why somebody may not move a listing to a state; `None` where they may."""
    if asking.mover in {Mover.OPERATOR, Mover.SYSTEM}:
        return _may_by_itself(asking, stands, to_state)
    return _not_theirs(asking) or _not_from_here(asking, stands, to_state)


def _may_by_itself(asking: Asking, stands: Stands, to_state: ListingState) -> Why | None:
    expected = ActorKind.OPERATOR if asking.mover is Mover.OPERATOR else ActorKind.SYSTEM
    if asking.kind is not expected:
        return Why.NOT_THE_OWNER
    if asking.mover is Mover.SYSTEM and to_state is stands.next_state:
        return None  # it was decided before, for a day that has come
    movers = LISTING_MOVES[stands.state].get(to_state, frozenset())
    return None if asking.mover in movers else Why.NO_SUCH_MOVE


def _not_theirs(asking: Asking) -> Why | None:
    if asking.kind is not ActorKind.PERSON:
        return Why.NOT_A_PERSON
    if not (asking.owns or asking.answers):
        return Why.NOT_SEEN
    if asking.mover is Mover.OWNER:
        return None if asking.owns else Why.NOT_THE_OWNER
    if not asking.judges:
        return Why.HAS_A_STAKE
    if not asking.decides:
        return Why.OTHER_AUTHORITY
    return Why.SAME_PERSON if asking.proposed_it else None


def _not_from_here(asking: Asking, stands: Stands, to_state: ListingState) -> Why | None:
    if to_state is stands.state and stands.next_state is not None:
        # Two people take back what is announced: it stays where it is.
        return None if asking.mover is Mover.TWO_OFFICERS else Why.TWO_NEEDED
    movers = LISTING_MOVES[stands.state].get(to_state, frozenset())
    if asking.mover in movers:
        leaving = asking.mover is Mover.OWNER and stands.state not in APPLYING
        if leaving and stands.next_state is ListingState.REMOVED:
            return Why.DECISION_PENDING
        return None
    if asking.mover is Mover.OFFICER and Mover.TWO_OFFICERS in movers:
        return Why.TWO_NEEDED
    if asking.mover is Mover.TWO_OFFICERS and Mover.OFFICER in movers:
        return Why.ONE_IS_ENOUGH
    return Why.NO_SUCH_MOVE
