"""What the pages on which a placement is recorded ask."""

import secrets
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app import clock
from app.pages.commissioning.forms import PLACEMENTS
from app.pages.commissioning.placement_wording import (
    BASES,
    DELIVERIES,
    ROUTES,
    STANDINGS,
    offered,
)
from app.pages.commissioning.week import (
    read_hours,
    times_of,
    typed_hours,
    typed_week,
    week_parts,
)
from app.pages.form_page_view import FormAsked, Part
from app.pages.questions import Kind, Offered, Question, shown
from app.pages.view_models import ActionLink, Fact
from app.placements.service.standing import warnings_of
from app.providers.terms import Status
from app.values.provider_number import parse_provider_number

LIST = ActionLink("All placements", PLACEMENTS)
PLAIN = (
    *("reference", "site", "route", "delivery", "starts_on", "planned_end_on"),
    "minutes_elsewhere",
)
"""Members that are questions of the same name."""
WHY_NOT_ASSESSED = (
    "It has yet to begin: have it assessed first, or say here why it cannot wait. That is the "
    "register's own policy"
)
ELSEWHERE = Question(
    "minutes_elsewhere",
    "How many hours of education a week do they have elsewhere?",
    "Enter hours a week, like 5 or 7.5",
    hint="At school or anywhere else that is not a placement here. Enter 0 if none. Leave it empty "
    "only if you do not know: then nobody can say how near the setting is to the limit.",
    reads=read_hours,
    classes="govuk-input--width-4",
    mode="decimal",
)
WEEK_WORDS = (
    "Write times like 9:30am to 12pm; breaks count. Leave a day empty on which nobody is expected."
)


@dataclass(frozen=True, slots=True)
class Basis:
    """What is known of a placement before it is recorded.

    Attributes:
        child_id: whose it is.
        child_reference: the commissioner's own.
        number: of the provider.
        sites: of the provider, to place at.
        assessment_id: the approved assessment it rests on, if one is.
        known: answers that are known already; `sessions` is the week.
    """

    child_id: uuid.UUID
    child_reference: str
    number: str
    sites: Sequence[Any]
    assessment_id: uuid.UUID | None
    known: Mapping[str, Any] = field(default_factory=dict)

    @property
    def offered(self) -> tuple[Offered, ...]:
        """The sites that are open, as a question offers them."""
        return site_choices(self.sites)


def site_choices(sites: Sequence[Any]) -> tuple[Offered, ...]:
    """Return the sites that have not closed, as a question offers them."""
    today = clock.today()
    return tuple(
        (str(one.reference), f"Site {one.reference}" + (f": {one.name}" if one.name else ""))
        for one in sites
        if one.closed_on is None or one.closed_on > today
    )


def begin_form(child: Any | None, number: str) -> FormAsked:
    """Return the form that asks which child and which provider is meant."""
    whom = Question(
        "child_reference",
        "Which child?",
        "Enter your own reference of the child",
        hint="Your own reference, as on the child's record here. No name.",
        needed=True,
        classes="govuk-input--width-20",
    )
    where = Question(
        "provider",
        "Which provider?",
        "Enter the provider's number, like AP000001U",
        hint="Its number, like AP000001U. A place at a provider that is not listed can be "
        "recorded as well: you are warned, and it counts.",
        needed=True,
        reads=parse_provider_number,
        classes="govuk-input--width-10",
    )
    return FormAsked(
        heading="Record a placement",
        button="Go on",
        back=LIST,
        parts=(Part((where,) if child is not None else (whom, where)),),
        paragraphs=(
            (
                "A place that has yet to begin rests on an approved assessment: begin from that, "
                "and all that is known is filled in. Here you record one that runs already, or one "
                "that cannot wait."
            ),
        ),
        facts=(Fact("Child", (child.reference,)),) if child is not None else (),
        typed={"provider": [number]} if number else {},
    )


def place_form(basis: Basis) -> FormAsked:
    """Return the form on which a placement is recorded."""
    known = dict(basis.known)
    sessions = known.pop("sessions", ())
    known["minutes_elsewhere"] = typed_hours(known.get("minutes_elsewhere"))
    known.setdefault("delivery", "at-a-setting")
    known.setdefault("site", basis.offered[0][0] if len(basis.offered) == 1 else None)
    known["reference"] = f"PL-{clock.today():%Y%m%d}-{secrets.token_hex(2).upper()}"
    first = _questions(basis)
    parts = (
        Part(first),
        Part((), "The week", WEEK_WORDS),
        *week_parts(basis.offered, times_of(sessions)),
        Part((ELSEWHERE,), "Beside it"),
        *(() if basis.assessment_id else (Part((_urgency(),), "If it has yet to begin"),)),
    )
    questions = (*first, ELSEWHERE)
    typed = dict(shown(questions, known)) | dict(typed_week(sessions, known.get("site") or 0))
    return FormAsked(
        heading="Record a placement",
        button="Record it",
        back=LIST,
        parts=parts,
        paragraphs=(_LED_BY[basis.assessment_id is not None],),
        facts=_facts(basis),
        inset=_warning(basis),
        typed=typed,
    )


_LED_BY = {
    True: "It was assessed and approved. What was assessed is filled in: a later first day, fewer "
    "hours or an earlier end can be changed here, anything else is assessed anew.",
    False: "Record it as it really is. What runs already is never refused, counts towards the "
    "limit, and is to be assessed within the time you are told next.",
}


def _questions(basis: Basis) -> tuple[Question, ...]:
    return (
        Question(
            "reference",
            "Your reference for the placement",
            "Enter a reference",
            hint="Your own system's, or the one that is suggested. No name.",
            needed=True,
            classes="govuk-input--width-20",
        ),
        Question(
            "site",
            "At which site?",
            "Choose the site",
            Kind.LIST,
            offered=basis.offered,
            needed=True,
            reads=int,
        ),
        Question(
            "route",
            "How does the child come to it?",
            "Choose how the child comes to it",
            Kind.LIST,
            "It decides who pays first, and what is asked of whom.",
            offered=offered(ROUTES),
            needed=True,
        ),
        Question(
            "delivery",
            "How is the child taught?",
            "Choose how the child is taught",
            Kind.ONE,
            offered=offered(DELIVERIES),
            needed=True,
        ),
        Question(
            "starts_on",
            "The first day",
            "Enter the first day",
            Kind.DAY,
            "If it runs already, the day on which it began.",
            needed=True,
        ),
        Question(
            "planned_end_on",
            "The last day, as planned",
            "Enter the last day",
            Kind.DAY,
            "Leave it empty if none is planned.",
        ),
    )


def _urgency() -> Question:
    return Question(
        "urgent_reasons",
        "Why can it not wait for an assessment?",
        "Say why it cannot wait",
        Kind.PROSE,
        "Leave it empty if it runs already. It is kept encrypted, and the place is assessed later.",
    )


def _facts(basis: Basis) -> tuple[Fact, ...]:
    site = basis.sites[0]
    name = f"{site.provider_name} ({basis.number})" if site.provider_name else basis.number
    return (
        Fact("Child", (f"Your reference {basis.child_reference}",)),
        Fact("Provider", (name, STANDINGS[site.status].label)),
    )


def _warning(basis: Basis) -> str | None:
    status = basis.sites[0].status
    if status == Status.SUSPENDED:
        return (
            "The provider is suspended: no new place begins there. A place that runs already is "
            "recorded as it is. Review it now."
        )
    for one in warnings_of(status):
        return f"{one.because} This rests on {BASES[one.rule.basis]}."
    return None
