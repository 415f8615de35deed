"""What the pages on which officers decide on many listings at once are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.filters import count, format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.listings_wording import state_label
from app.pages.questions import Kind, Offered, Question
from app.pages.view_models import ActionLink, Frame
from app.providers.service.transitions import Outcome

QUEUE = ActionLink("Applications and listings", "/applications")
MOST = 100
"""What is decided together."""


@dataclass(frozen=True, slots=True)
class RefusedView:
    """One of many of which nothing came, and why."""

    name: str
    why: str


@dataclass(frozen=True, slots=True)
class OutcomesView:
    """The page that says what became of many; shown once, after the form."""

    frame: Frame
    title: str
    done: str
    refused: tuple[RefusedView, ...]
    onward: ActionLink


@dataclass(frozen=True, slots=True)
class Said:
    """What a form says where there is something to choose, and why where there is nothing."""

    of_some: tuple[str, ...]
    of_none: tuple[str, ...]


_LISTING = Said(
    (
        "Your authority checked these lately. A published rule lets two officers list them.",
        "Every open site in your area is proposed. A second officer other than you confirms.",
    ),
    (
        "No provider can be listed like this now.",
        (
            "It takes a result of your authority’s own that is recent enough for the published "  # noqa: RUF001
            "rule, an owner who has claimed the record, and an open site in your area that neither "
            "applies nor is on the register."
        ),
    ),
)
_CONFIRMING = Said(
    ("Each is confirmed by itself: one that cannot be keeps none of the others back.",),
    ("No proposal waits for you.", "Your own wait for another second officer, and are not here."),
)


def transition_form(rows: Sequence[Any], further: ActionLink | None) -> FormAsked:
    """Return the form on which providers are chosen that one's authority checked lately."""
    offered = [
        (
            one.number,
            f"{one.name} ({one.number})",
            f"{one.local_result or 'Checked'}, {format_day(one.checked_on)}",
        )
        for one in rows
    ]
    return _form(
        "List providers by your recent checks",
        "Propose to list them",
        _which("Which providers", "Choose a provider", offered),
        _LISTING,
        further,
    )


def confirming_form(rows: Sequence[Any], further: ActionLink | None) -> FormAsked:
    """Return the form on which a second officer confirms many proposals of colleagues."""
    offered = [
        (
            str(one.id),
            f"{one.name} ({one.number}), {one.site_name}: {state_label(one.to_state).lower()}",
            " ".join(
                (
                    f"From {format_day(one.effective_on)}.",
                    one.reason,
                    f"Proposed by {one.proposed_by_name}.",
                )
            ),
        )
        for one in rows
    ]
    return _form(
        "Confirm many proposals at once",
        "Confirm those chosen",
        _which("Which proposals", "Choose a proposal", offered),
        _CONFIRMING,
        further,
    )


def build_outcomes(
    frame: Frame, outcomes: Sequence[Outcome], names: Mapping[str, str], what: str
) -> OutcomesView:
    """Return the page that says what became of many.

    Args:
        frame: what surrounds the page.
        outcomes: of each, in the order asked.
        names: what each is called.
        what: what was done with those that could be: `proposed`, `confirmed`.
    """
    done = sum(one.refused is None for one in outcomes)
    return OutcomesView(
        frame=frame,
        title=f"{done} of {count(len(outcomes), 'choice')} {what}",
        done=f"{count(done, 'choice was', 'choices were')} {what}.",
        refused=tuple(
            RefusedView(names.get(one.key, one.key), one.refused.detail)
            for one in outcomes
            if one.refused is not None
        ),
        onward=ActionLink("What waits for a second officer", "/applications?queue=second"),
    )


def _which(label: str, when_empty: str, offered: Sequence[Offered]) -> Question:
    return Question("chosen", label, when_empty, Kind.ANY, offered=offered, needed=True)


def _form(
    heading: str,
    button: str,
    which: Question,
    said: Said,
    further: ActionLink | None,
) -> FormAsked:
    return FormAsked(
        heading=heading,
        back=QUEUE,
        button=button if which.offered else None,
        parts=(Part((which,)),),
        paragraphs=said.of_some if which.offered else said.of_none,
        here="applications",
        further=further,
    )
