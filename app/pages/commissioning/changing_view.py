"""What the pages on which a placement is changed ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import SimpleNamespace
from typing import Any

from app import clock
from app.errors import FieldFault
from app.occupancy.terms import Weekday
from app.pages.commissioning.forms import COMMISSIONING, PLACEMENTS
from app.pages.commissioning.placement_wording import DESTINATIONS, ENDS, KNOWN_BY, ROUTES, offered
from app.pages.commissioning.placing_view import ELSEWHERE, WEEK_WORDS, site_choices
from app.pages.commissioning.week import show_week, times_of, typed_hours, typed_week, week_parts
from app.pages.filters import format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Question, shown
from app.pages.view_models import ActionLink, Fact
from app.reviews.terms import ExtensionReason

WEEKDAYS = tuple(Weekday)
_EXTENSIONS: Mapping[str, str] = {
    ExtensionReason.OBJECTIVES_NOT_MET_YET: "What it is for is not reached yet",
    ExtensionReason.EXAMINATIONS: "Examinations",
    ExtensionReason.WAITING_FOR_A_PLACE: "A place elsewhere is agreed, and not free yet",
    ExtensionReason.PLAN_UNDER_REVIEW: "The child's plan is being reviewed",
    ExtensionReason.RETURN_STEP_BY_STEP: "The child returns to school step by step",
}


@dataclass(frozen=True, slots=True)
class Held:
    """A placement of one's own.

    Attributes:
        row: it.
        latest: its latest timetable.
        rows: the sessions of that.
        sites: of the provider.
    """

    row: Any
    latest: Any
    rows: Sequence[Any]
    sites: Sequence[Any]

    @property
    def back(self) -> ActionLink:
        """Where its page is."""
        return ActionLink(f"Placement {self.row.reference}", f"{PLACEMENTS}/{self.row.id}")

    @property
    def facts(self) -> tuple[Fact, ...]:
        """What it is, in two lines."""
        provider = f"{self.row.provider_name} ({self.row.provider}), site {self.row.site}"
        return (Fact("Placement", (self.row.reference,)), Fact("Provider", (provider,)))

    @property
    def sessions(self) -> list[SimpleNamespace]:
        """The sessions of its week, each with the name of its day."""
        return [
            SimpleNamespace(
                weekday=WEEKDAYS[one.weekday - 1], starts=one.starts, ends=one.ends, site=one.site
            )
            for one in self.rows
        ]


def week_form(own: Held) -> FormAsked:
    """Return the form on which a placement is given another week."""
    since = Question(
        "since", "From which day?", "Enter the first day of the new week", Kind.DAY, needed=True
    )
    known = shown((ELSEWHERE,), {ELSEWHERE.name: typed_hours(own.latest.minutes_elsewhere)})
    return FormAsked(
        heading="Give the placement another week",
        button="Change the week",
        back=own.back,
        parts=(
            Part((since,)),
            Part((), "The new week", WEEK_WORDS),
            *week_parts(site_choices(own.sites), times_of(own.sessions)),
            Part((ELSEWHERE,), "Beside it"),
        ),
        paragraphs=(
            (
                "The setting is tested anew, over everybody who places children there. Where the "
                "hours change, who pays is to be confirmed. Small changes need no new assessment."
            ),
        ),
        facts=(
            *own.facts,
            Fact(
                f"The week since {format_day(own.latest.since)}",
                show_week(own.sessions, own.row.site),
            ),
        ),
        typed=dict(known) | dict(typed_week(own.sessions, own.row.site)),
        version=own.row.version,
    )


def _ends(last: str) -> tuple[Question, ...]:
    return (
        Question("ended_on", last, "Enter the last day", Kind.DAY, needed=True),
        Question(
            "reason",
            "Why did it end?",
            "Say why it ended",
            Kind.LIST,
            offered=offered(ENDS),
            needed=True,
        ),
        Question(
            "destination",
            "Where did the child go?",
            "Say where the child went, or that nobody knows",
            Kind.LIST,
            "If nobody knows, say so: somebody looks for the child from that moment on.",
            offered=offered(DESTINATIONS),
            needed=True,
        ),
    )


def end_form(own: Held) -> FormAsked:
    """Return the form on which a placement is ended."""
    return FormAsked(
        heading="End the placement",
        button="End it",
        back=own.back,
        parts=(Part(_ends("The last day of it")),),
        facts=own.facts,
        warning="What has ended is not taken up again: a new place is a new placement.",
        version=own.row.version,
    )


def correction_form(own: Held) -> FormAsked:
    """Return the form on which it is put right how a placement ended."""
    known = Question(
        "known_by",
        "How is it known?",
        "Say how it is known",
        Kind.LIST,
        offered=offered(KNOWN_BY),
        needed=True,
    )
    questions = (*_ends("The last day of it, as it really was"), known)
    row = own.row
    facts = {"ended_on": row.ended_on, "reason": row.end_reason, "destination": row.destination}
    return FormAsked(
        heading="Put right how it ended",
        button="Put it right",
        back=own.back,
        parts=(Part(questions),),
        paragraphs=(
            (
                "A destination that was learned later ends the search for the child; one that was "
                "wrong opens it again."
            ),
        ),
        facts=own.facts,
        typed=shown(questions, facts),
        version=row.version,
    )


def link_form(own: Held, found: Sequence[Any]) -> FormAsked:
    """Return the form on which it is said by which assessment a placement was found suitable."""
    which = Question(
        "assessment",
        "Which assessment?",
        "Choose the assessment",
        Kind.ONE,
        offered=tuple(
            (str(one.id), one.reference, f"{ROUTES[one.route]}, from {format_day(one.starts_on)}")
            for one in found
        ),
        needed=True,
    )
    none = (
        "No assessment of this child is approved. Assess the place as it runs; whoever decides on "
        "it is somebody else."
    )
    return FormAsked(
        heading="Say which assessment it rests on",
        button="It rests on this one" if found else None,
        back=own.back,
        parts=(Part((which,)),) if found else (),
        paragraphs=(
            "It is of this child, site and route, with no fewer hours, and was used for no other "
            "placement."
            if found
            else none,
        ),
        facts=own.facts,
        version=own.row.version,
        further=ActionLink("Assessments", f"{COMMISSIONING}/assessments"),
    )


def in_a_line(fault: FieldFault) -> FieldFault:
    """Let what an assessment differs in be told at the question, whatever member it is about."""
    return replace(fault, pointer="/assessment")


def extension_form(own: Held, due: Any | None) -> FormAsked:
    """Return the form on which a placement is made longer; none while a review is overdue."""
    overdue = due is not None and due.next_on < clock.today()
    questions = (
        Question(
            "planned_end_on", "The new last day", "Enter the new last day", Kind.DAY, needed=True
        ),
        Question(
            "reason",
            "Why?",
            "Choose why it lasts longer",
            Kind.ONE,
            "Chosen from a list, so that it names nobody.",
            offered=offered(_EXTENSIONS),
            needed=True,
        ),
    )
    planned = own.row.planned_end_on
    review = f"{PLACEMENTS}/{own.row.id}/reviews"
    why_not = (
        f"A review was due by {format_day(due.next_on)}, and is overdue. Hold it first; then the "
        "placement can be made longer. That rests on the register's own policy, after the "
        "statutory guidance on alternative provision."
        if overdue and due is not None
        else None
    )
    return FormAsked(
        heading="Make the placement longer",
        button=None if overdue else "Make it longer",
        back=own.back,
        parts=(Part(questions),),
        paragraphs=("The setting is tested anew for the days that are added.",),
        facts=(*own.facts, Fact("Planned until", (format_day(planned) if planned else "No day",))),
        inset=why_not,
        version=own.row.version,
        further=ActionLink("Its reviews", review) if overdue else None,
    )
