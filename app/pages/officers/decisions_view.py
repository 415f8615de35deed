"""The forms on which officers decide: proposed by one and settled by another, or at once by one."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from app.pages.filters import format_day
from app.pages.officers.applications_view import back_to
from app.pages.officers.assessing_view import proposal_facts
from app.pages.officers.listings_wording import SEEN_HOW, state_label
from app.pages.officers.own_form import (
    Ask,
    Kind,
    Offered,
    OwnForm,
    Typed,
    all_of,
    day_of,
    one_of,
    write_day,
)
from app.pages.record_wording import REASONS
from app.pages.view_models import Fact
from app.pages.wording import NEEDS
from app.providers.service.listings import standing_of
from app.providers.terms import KEY_STAGES, ListingState, PublicReason

_REASON = Ask(Kind.LONG, "reason", "Why, in full", "Say why", "Kept on record; never public.")
_DAY = "For example, 27/9/2026"
_NO_REASON: Offered = (("", "Nothing, because the move is not public", None),)
_REASONS: Offered = tuple((code, words, None) for code, words in REASONS.items())

_REVIEWED = (
    "Everybody sees at once that it is being looked at again. Children can go on attending; "
    "whoever arranges places is warned."
)
_SUSPENDED = (
    "Everybody sees at once that the listing has stopped. Whoever arranged a place there must "
    "look at it now, and it takes two officers to list it again."
)
PROTECTING: Mapping[str, tuple[ListingState, str, str]] = {
    "review": (
        ListingState.UNDER_REVIEW,
        "Put it under review",
        _REVIEWED,
    ),
    "suspend": (
        ListingState.SUSPENDED,
        "Suspend it",
        _SUSPENDED,
    ),
}
"""What one officer does at once: the state, the act, and what happens."""


def propose_form(listing: Any, to_states: Sequence[ListingState], today: date) -> OwnForm:
    """Return the form on which a move is proposed, what the listing covers filled in.

    Args:
        listing: as it stands.
        to_states: where it may be proposed to move.
        today: in London.
    """
    return OwnForm(
        heading=f"Propose a decision on {listing.provider_name}",
        back=back_to(listing),
        button="Propose it",
        paragraphs=("A second officer other than you must confirm it.",),
        facts=_named(listing),
        asks=(*_move_asks(listing, to_states, today), *_scope_asks(listing), *_seen_asks(listing)),
        version=listing.version,
        inside=("scope",),
        here="applications",
    )


def read_proposal(typed: Typed) -> dict[str, object]:
    """Return what a form proposes, by the members of `NewProposal`."""
    programmes = (one_of(typed, "programmes") or "").splitlines()
    return {
        "to_state": one_of(typed, "to_state"),
        "effective_on": day_of(typed, "effective_on"),
        "reason": one_of(typed, "reason") or "",
        "public_reason": one_of(typed, "public_reason"),
        "scope": {
            "age_from": _whole(one_of(typed, "age_from")),
            "age_to": _whole(one_of(typed, "age_to")),
            "key_stages": [_whole(one) for one in all_of(typed, "key_stages")],
            "needs": all_of(typed, "needs"),
            "programmes": [one.strip() for one in programmes if one.strip()],
        },
        "seen_on": day_of(typed, "seen_on"),
        "seen_how": one_of(typed, "seen_how"),
        "review_due_on": day_of(typed, "review_due_on"),
    }


def settle_form(listing: Any, proposal: Any, *, confirming: bool) -> OwnForm:
    """Return the form on which a second officer confirms or declines, all of it repeated."""
    facts = (*_named(listing), *proposal_facts(proposal))
    if not confirming:
        return OwnForm(
            heading="Decline what was proposed",
            back=back_to(listing),
            button="Decline it",
            asks=(_REASON,),
            facts=facts,
            here="applications",
        )
    state, day = state_label(proposal.to_state), format_day(proposal.effective_on)
    return OwnForm(
        heading="Confirm what was proposed",
        back=back_to(listing),
        button="Confirm it",
        facts=facts,
        paragraphs=(f"You say with a colleague that it is {state.lower()} from {day}.",),
        here="applications",
    )


def protect_form(listing: Any, code: str) -> OwnForm:
    """Return the form on which one officer protects children at once."""
    _, act, warning = PROTECTING[code]
    public = Ask(
        Kind.CHOICE,
        "public_reason",
        "Why, for the public",
        "Choose what the public is told",
        offered=_REASONS,
        value=(PublicReason.BEING_LOOKED_INTO.value,),
    )
    return OwnForm(
        heading=f"{act} at once: {listing.provider_name}",
        back=back_to(listing),
        button=act,
        asks=(_REASON, public),
        facts=_named(listing),
        warning=warning,
        here="applications",
    )


def _move_asks(listing: Any, to_states: Sequence[ListingState], today: date) -> Iterable[Ask]:
    now = standing_of(listing).state
    offered = [
        (
            state.value,
            f"{state_label(state)}, as it is: take back what is announced"
            if state is now
            else state_label(state),
            None,
        )
        for state in to_states
    ]
    yield Ask(Kind.ONE, "to_state", "What is to become of it", "Choose one", offered=offered)
    yield Ask(
        Kind.LINE,
        "effective_on",
        "From which day",
        "Enter the day from which it holds, such as 27/9/2026",
        _DAY,
        value=write_day(today),
    )
    yield _REASON
    yield Ask(
        Kind.CHOICE,
        "public_reason",
        "Why, for the public",
        "Choose what the public is told",
        "Nothing here tells anything about a person.",
        (*_NO_REASON, *_REASONS),
    )


def _scope_asks(listing: Any) -> Iterable[Ask]:
    age = "Enter an age in years, such as 11"
    yield Ask(Kind.LINE, "age_from", "Youngest age seen", age, value=_text(listing.age_from))
    yield Ask(Kind.LINE, "age_to", "Oldest age seen", age, value=_text(listing.age_to))
    yield Ask(
        Kind.SOME,
        "key_stages",
        "Key stages seen",
        "Choose key stages from the list",
        "Choose none if it is not narrowed.",
        [(str(one), f"Key stage {one}", None) for one in KEY_STAGES],
        tuple(str(one) for one in listing.key_stages),
    )
    yield Ask(
        Kind.SOME,
        "needs",
        "Special educational needs seen",
        "Choose needs from the list",
        "Choose none if it is not narrowed.",
        [(code, words, None) for code, words in NEEDS.items()],
        tuple(listing.needs),
    )
    yield Ask(
        Kind.LONG,
        "programmes",
        "Programmes seen",
        "Name programmes in up to 200 characters each",
        "One on a line. Leave it empty if it is not narrowed.",
        value=("\n".join(listing.programmes),),
    )


def _seen_asks(listing: Any) -> Iterable[Ask]:
    yield Ask(
        Kind.LINE,
        "seen_on",
        "When somebody looked",
        "Enter the day on which somebody looked, such as 27/9/2026",
        _DAY,
        value=write_day(listing.seen_on),
    )
    yield Ask(
        Kind.ONE,
        "seen_how",
        "How they looked",
        "Choose how they looked",
        offered=[(code, words, None) for code, words in SEEN_HOW.items()],
        value=_text(listing.seen_how),
    )
    yield Ask(
        Kind.LINE,
        "review_due_on",
        "By when it is looked at again",
        "Enter the day by which it is looked at again, such as 27/9/2027",
        _DAY,
        value=write_day(listing.review_due_on),
    )


def _named(listing: Any) -> tuple[Fact, ...]:
    now = standing_of(listing)
    return (
        Fact("Provider", (f"{listing.provider_name} ({listing.provider_number})",)),
        Fact("Site", (listing.site_name,)),
        Fact("Stands now", (f"{state_label(now.state)}, since {format_day(now.since)}",)),
    )


def _text(value: object) -> tuple[str, ...]:
    return () if value is None else (str(value),)


def _whole(text: str | None) -> int | str | None:
    """Return a whole number; what is none stays as it was typed, to be refused as the API does."""
    return int(text) if text and text.isascii() and text.isdigit() else text
