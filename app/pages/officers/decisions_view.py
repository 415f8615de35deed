"""The forms on which officers decide: proposed by one and settled by another, or at once by one."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.applications_view import back_to
from app.pages.officers.assessing_view import proposal_facts
from app.pages.officers.listings_wording import SEEN_HOW, state_label
from app.pages.questions import Kind, Question, shown, whole_number
from app.pages.record_wording import REASONS
from app.pages.view_models import Fact
from app.pages.wording import NEEDS
from app.providers.service.listings import standing_of
from app.providers.terms import KEY_STAGES, SUSPENDS_FOR, ListingState, PublicReason

_HERE = "applications"
"""The part of the navigation."""
_REASON = Question(
    "reason", "Why, in full", "Say why", Kind.PROSE, "Kept on record; never public.", needed=True
)
_DAY = "For example, 27 9 2026"
_AGE = "Enter an age in years, such as 11"
_SCOPE = (
    Question("age_from", "Youngest age seen", _AGE, reads=whole_number, mode="numeric"),
    Question("age_to", "Oldest age seen", _AGE, reads=whole_number, mode="numeric"),
    Question(
        "key_stages",
        "Key stages seen",
        "Choose key stages from the list",
        Kind.ANY,
        "Choose none if it is not narrowed.",
        tuple((str(one), f"Key stage {one}") for one in KEY_STAGES),
        reads=whole_number,
    ),
    Question(
        "needs",
        "Special educational needs seen",
        "Choose needs from the list",
        Kind.ANY,
        "Choose none if it is not narrowed.",
        tuple(NEEDS.items()),
    ),
    Question(
        "programmes",
        "Programmes seen",
        "Name programmes in up to 200 characters each",
        Kind.PROSE,
        "One on a line. Leave it empty if it is not narrowed.",
    ),
)
_SEEN = (
    Question(
        "seen_on",
        "When somebody looked",
        "Enter the day on which somebody looked, such as 27 9 2026",
        Kind.DAY,
        _DAY,
    ),
    Question(
        "seen_how",
        "How they looked",
        "Choose how they looked",
        Kind.ONE,
        offered=tuple(SEEN_HOW.items()),
    ),
    Question(
        "review_due_on",
        "By when it is looked at again",
        "Enter the day by which it is looked at again, such as 27 9 2027",
        Kind.DAY,
        _DAY,
    ),
)

_REVIEWED = (
    "Everybody sees at once that it is being looked at again. Children can go on attending; "
    "whoever arranges places is warned."
)
_SUSPENDED = (
    "Everybody sees at once that it is being looked into. When a second officer has confirmed, the "
    "listing is suspended: no new place is arranged, whoever arranged one must look at it now, and "
    "you look at the suspension itself within days. It ends no place by itself."
)
PROTECTING: Mapping[str, tuple[str, str]] = {
    "review": ("Put it under review", _REVIEWED),
    "suspend": ("Suspend it for a risk of harm", _SUSPENDED),
}
"""What one officer does at once: the act, and what happens."""


def propose_form(listing: Any, to_states: Sequence[ListingState], today: date) -> FormAsked:
    """Return the form on which a move is proposed, what the listing covers filled in.

    Args:
        listing: as it stands.
        to_states: where it may be proposed to move.
        today: in London.
    """
    asked = (*_move_questions(listing, to_states), *_SCOPE, *_SEEN)
    covered = {one.name: getattr(listing, one.name) for one in (*_SCOPE, *_SEEN)}
    filled_in = {"effective_on": today, "programmes": "\n".join(listing.programmes)}
    return FormAsked(
        heading=f"Propose a decision on {listing.provider_name}",
        back=back_to(listing),
        button="Propose it",
        parts=(Part(asked),),
        paragraphs=("A second officer other than you must confirm it.",),
        facts=_named(listing),
        typed=shown(asked, covered | filled_in),
        version=listing.version,
        inside=("scope",),
        here=_HERE,
    )


def read_proposal(answers: Mapping[str, object]) -> dict[str, object]:
    """Return what a form proposes, by the members of `NewProposal`."""
    scope = {one.name: answers[one.name] for one in _SCOPE}
    lines = str(answers["programmes"] or "").splitlines()
    programmes = [one.strip() for one in lines if one.strip()]
    moved = {name: answer for name, answer in answers.items() if name not in scope}
    return moved | {"scope": scope | {"programmes": programmes}}


def settle_form(listing: Any, proposal: Any, *, confirming: bool) -> FormAsked:
    """Return the form on which a second officer confirms or declines, all of it repeated."""
    facts = (*_named(listing), *proposal_facts(proposal))
    if not confirming:
        return FormAsked(
            heading="Decline what was proposed",
            back=back_to(listing),
            button="Decline it",
            parts=(Part((_REASON,)),),
            facts=facts,
            here=_HERE,
        )
    state, day = state_label(proposal.to_state), format_day(proposal.effective_on)
    return FormAsked(
        heading="Confirm what was proposed",
        back=back_to(listing),
        button="Confirm it",
        facts=facts,
        paragraphs=(f"You say with a colleague that it is {state.lower()} from {day}.",),
        here=_HERE,
    )


def protect_form(listing: Any, code: str) -> FormAsked:
    """Return the form on which one officer protects children at once."""
    act, warning = PROTECTING[code]
    offered = SUSPENDS_FOR if code == "suspend" else frozenset(REASONS)
    asked = (_REASON, _public_reason(needed=True, offered=offered))
    return FormAsked(
        heading=f"{act}: {listing.provider_name}",
        back=back_to(listing),
        button=act,
        parts=(Part(asked),),
        facts=_named(listing),
        warning=warning,
        typed=shown(asked, {"public_reason": PublicReason.BEING_LOOKED_INTO.value}),
        here=_HERE,
    )


def _move_questions(listing: Any, to_states: Sequence[ListingState]) -> tuple[Question, ...]:
    now = standing_of(listing).state
    offered = tuple(
        (
            state.value,
            f"{state_label(state)}, as it is: take back what is announced"
            if state is now
            else state_label(state),
        )
        for state in to_states
    )
    return (
        Question(
            "to_state",
            "What is to become of it",
            "Choose one",
            Kind.ONE,
            offered=offered,
            needed=True,
        ),
        Question(
            "effective_on",
            "From which day",
            "Enter the day from which it holds, such as 27 9 2026",
            Kind.DAY,
            _DAY,
            needed=True,
        ),
        _REASON,
        _public_reason(
            "Nothing here tells anything about a person.",
            none="Nothing, because the move is not public",
        ),
    )


def _public_reason(hint: str = "", *, offered: Collection[str] = REASONS, **how: Any) -> Question:
    return Question(
        "public_reason",
        "Why, for the public",
        "Choose what the public is told",
        Kind.LIST,
        hint,
        tuple((code, words) for code, words in REASONS.items() if code in offered),
        **how,
    )


def _named(listing: Any) -> tuple[Fact, ...]:
    now = standing_of(listing)
    return (
        Fact("Provider", (f"{listing.provider_name} ({listing.provider_number})",)),
        Fact("Site", (listing.site_name,)),
        Fact("Stands now", (f"{state_label(now.state)}, since {format_day(now.since)}",)),
    )
