"""What whoever owns a record can do with a listing of it now, and why not what they cannot."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from app.access import Actor
from app.pages.owners.held_records import Own
from app.pages.owners.listings_wording import OWN_STATES
from app.pages.view_models import ActionLink
from app.providers.errors import ListingMoveNotAllowedError
from app.providers.policies import Why, may_move
from app.providers.service.listings import asking, stands
from app.providers.terms import APPLYING, ON_REGISTER, ListingState, Mover

_REMOVAL_ANNOUNCED = (
    "Its removal is announced, so you cannot close it before. Speak with the local authority."
)
_SUSPENDED = "While it is suspended you cannot close it. Speak with the local authority."


def listing_url(own: Own, listing: Any) -> str:
    """Return where the page of a listing or an application is."""
    return f"{own.address}/applications/{listing.id}"


def own_acts(
    actor: Actor, own: Own, listing: Any, *, ready: bool
) -> tuple[tuple[ActionLink, ...], tuple[str, ...]]:
    """Return what somebody can do with a listing, and what to know of what they cannot.

    Args:
        actor: who looks.
        own: the record.
        listing: of it.
        ready: whether nothing is missing that a submission needs.
    """
    now = stands(listing)
    if not own.signs:
        is_over = now.state not in APPLYING | ON_REGISTER
        return (), () if is_over else (_signers(own, now.state),)
    here = listing_url(own, listing)
    moves = {
        to_state: may_move(asking(actor, listing, Mover.OWNER), now, to_state)
        for to_state in (ListingState.SUBMITTED, ListingState.DRAFT, ListingState.CLOSED)
    }
    links = []
    if moves[ListingState.SUBMITTED] is None and ready:
        links.append(ActionLink("Submit it", f"{here}/submit"))
    if moves[ListingState.DRAFT] is None:
        links.append(ActionLink("Take it back", f"{here}/withdraw"))
    if moves[ListingState.CLOSED] is None:
        giving_up = now.state in APPLYING
        links.append(
            ActionLink("Give it up" if giving_up else "Leave the register", f"{here}/close")
        )
    words = []
    if moves[ListingState.SUBMITTED] is None and not ready:
        words.append("You can submit it once nothing is missing that a submission needs.")
    if moves[ListingState.CLOSED] is Why.DECISION_PENDING:
        words.append(_REMOVAL_ANNOUNCED)
    elif now.state is ListingState.SUSPENDED:
        words.append(_SUSPENDED)
    return tuple(links), tuple(words)


@contextmanager
def refused_plainly() -> Iterator[None]:
    """Let what is refused of a listing, for where it stands, be said in its owner's words.

    Raises:
        ListingMoveNotAllowedError: it was refused.
    """
    try:
        yield
    except ListingMoveNotAllowedError as refused:
        state = ListingState(refused.facts["state"])
        words = (
            f"Where it stands now is: {OWN_STATES[state].tag.label.lower()}. From there you cannot "
            "do this. Go back to see what you can."
        )
        if refused.facts.get("why") == Why.DECISION_PENDING:
            words = _REMOVAL_ANNOUNCED
        elif state is ListingState.SUSPENDED:
            words = _SUSPENDED
        raise ListingMoveNotAllowedError(words) from refused


def _signers(own: Own, state: ListingState) -> str:
    what = "submits it, takes it back or gives it up" if state in APPLYING else "closes it"
    return f"Somebody who speaks for {own.held.owner_name} {what}."
