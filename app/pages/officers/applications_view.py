"""What the queue of applications, and the forms on which they are assessed, are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.officers.assessing_view import match_grounds, match_left
from app.pages.officers.listings_wording import JUDGEMENTS, STATES, StateWords
from app.pages.questions import Kind, Question, shown
from app.pages.view_models import ActionLink, Fact, Frame
from app.places.facts import la_name
from app.providers.queries.listings import Wanted
from app.providers.service.listings import standing_of
from app.providers.terms import ListingState

APPLICATIONS = "/applications"
_HERE = "applications"
"""The part of the navigation."""
_JUDGEMENT = (
    Question(
        "judgement",
        "What do you make of it?",
        "Choose what you make of it",
        Kind.ONE,
        offered=tuple(JUDGEMENTS.items()),
        needed=True,
    ),
    Question(
        "reason",
        "Why",
        "Say why",
        Kind.PROSE,
        "Kept on record; never public, and not shown to the provider.",
        needed=True,
    ),
)


@dataclass(frozen=True, slots=True)
class Queue:
    """A part of the queue: what it is called, and which listings are in it."""

    label: str
    empty: str
    states: tuple[str, ...] = ()
    waits_for: Literal["answer", "second-officer"] | None = None


QUEUES: Mapping[str, Queue] = {
    "new": Queue("New", "No application is new.", (ListingState.SUBMITTED.value,)),
    "assessment": Queue(
        "In assessment", "Nothing is in assessment.", (ListingState.IN_ASSESSMENT.value,)
    ),
    "answer": Queue(
        "Waiting for the provider’s answer",  # noqa: RUF001 - an apostrophe on a page
        "No question waits for an answer.",
        waits_for="answer",
    ),
    "second": Queue(
        "Waiting for a second officer",
        "No proposal waits for a second officer.",
        waits_for="second-officer",
    ),
    "register": Queue(
        "On the register",
        "Nothing is on the register.",
        tuple(
            state.value
            for state in (
                ListingState.LISTED,
                ListingState.LISTED_WITH_ACTIONS,
                ListingState.UNDER_REVIEW,
                ListingState.SUSPENDED,
            )
        ),
    ),
    "past": Queue(
        "No longer on the register, or refused",
        "Nothing has left the register.",
        tuple(
            state.value
            for state in (ListingState.REMOVED, ListingState.CLOSED, ListingState.REFUSED)
        ),
    ),
}


def wanted(code: str, la_code: str | None) -> Wanted:
    """Return which listings are in a part of an authority's queue; the department's has all."""
    return Wanted(QUEUES[code].states, la_code, waits_for=QUEUES[code].waits_for)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An application in the queue."""

    href: str
    provider: str
    site: str
    authority: str
    since: str
    state: StateWords


@dataclass(frozen=True, slots=True)
class QueueView:
    """The page of a part of the queue; `others` lead to the other parts."""

    frame: Frame
    title: str
    queue: Queue
    others: tuple[ActionLink, ...]
    rows: tuple[QueueRow, ...]
    further: tuple[ActionLink, ...]
    next_url: str | None
    first_url: str | None


def build_queue(
    frame: Frame,
    code: str,
    rows: Sequence[Any],
    further: tuple[ActionLink, ...],
    pages: tuple[str | None, str | None],
) -> QueueView:
    """Return the page of a part of the queue.

    Args:
        frame: what surrounds the page.
        code: which part.
        rows: listings, whoever waited longest first.
        further: what can be done for many at once.
        pages: lead to more, and back to the first.
    """
    return QueueView(
        frame=frame,
        title="Applications and listings",
        queue=QUEUES[code],
        others=tuple(
            ActionLink(one.label, f"{APPLICATIONS}?queue={other}")
            for other, one in QUEUES.items()
            if other != code
        ),
        rows=tuple(
            QueueRow(
                href=f"{APPLICATIONS}/{one.id}",
                provider=f"{one.provider_name} ({one.provider_number})",
                site=one.site_name,
                authority=la_name(one.la_code),
                since=format_day(one.waiting_since),
                state=STATES[standing_of(one).state],
            )
            for one in rows
        ),
        further=further,
        next_url=pages[0],
        first_url=pages[1],
    )


def assess_form(listing: Any) -> FormAsked:
    """Return the form on which an application is taken into assessment."""
    return FormAsked(
        heading="Take the application into assessment",
        back=back_to(listing),
        button="Take it into assessment",
        facts=_named(listing),
        paragraphs=("The provider sees that it is being assessed. It can still withdraw.",),
        here=_HERE,
    )


def question_form(listing: Any) -> FormAsked:
    """Return the form on which the provider is asked something."""
    question = Question(
        "question",
        "Your question",
        "Write your question",
        Kind.PROSE,
        "The provider reads it as you write it. Nothing is decided while it waits for an answer.",
        needed=True,
    )
    return FormAsked(
        heading="Ask the provider a question",
        back=back_to(listing),
        button="Ask",
        parts=(Part((question,)),),
        facts=_named(listing),
        here=_HERE,
    )


def judgement_form(listing: Any, match: Any) -> FormAsked:
    """Return the form on which a match with a record removed or refused is judged."""
    noted = match.noted
    return FormAsked(
        heading=f"What this application shares with {match.other.name}",
        back=back_to(listing),
        button="Keep this judgement",
        parts=(Part(_JUDGEMENT),),
        facts=(Fact("The other record", (match_left(match),)), *match_grounds(match)),
        typed=shown(_JUDGEMENT, {"judgement": noted.judgement, "reason": noted.judged_reason}),
        here=_HERE,
    )


def back_to(listing: Any) -> ActionLink:
    """Return the way back to an application."""
    return ActionLink(listing.provider_name, f"{APPLICATIONS}/{listing.id}")


def _named(listing: Any) -> tuple[Fact, ...]:
    provider = f"{listing.provider_name} ({listing.provider_number})"
    return (Fact("Provider", (provider,)), Fact("Site", (listing.site_name,)))
