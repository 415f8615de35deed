"""What the pages on children whom nobody places with a provider show and ask."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from app import clock
from app.errors import FieldFault, InvalidRequestError
from app.pages.filters import format_day
from app.pages.form_page import Answers
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.held_records import RECORDS
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, shown, whole_number
from app.pages.view_models import ActionLink
from app.providers.service.records import Held
from app.rules.registration.facts import Declaration
from app.rules.registration.law import DECLARATION as RULE

DECLARATION = "declaration"
_BANDS: Mapping[str, str] = {
    "over_18_hours": "More than 18 hours a week",
    "from_15_to_18_hours": "15 to 18 hours a week, and education elsewhere",
    "under_15_hours": "Less than 15 hours a week, and education elsewhere",
    "up_to_18_hours_and_little_elsewhere": "Up to 18 hours a week, and little or none elsewhere",
}
_COUNTS: Mapping[str, str] = {
    "children": "Children",
    "with_plan_or_care": "Of them, with an EHC plan or looked after",
    "with_needs": "Of them, with special educational needs",
}
_WHEN = Question("declared_on", "On which day is this so?", "Enter the day", Kind.DAY, needed=True)


def declaration_page(
    held: Held, latest: tuple[date, Sequence[Any]] | None, *, keeps: bool
) -> PartPage:
    """Return the page of what a provider last declared.

    Args:
        held: the record.
        latest: the day it was said for, and its bands; `None` where nothing was.
        keeps: whether whoever looks may declare.
    """
    here = f"{RECORDS}/{held.number}"
    rows: tuple[Row, ...] = ()
    tag = TagView("Nothing declared", "red")
    if latest is not None:
        declared_on, bands = latest
        stale = Declaration(declared_on).stale_from
        current = clock.today() < stale
        tag = TagView("Counts", "green") if current else TagView("No longer counts", "red")
        rows = (
            Row("Declared for", (format_day(declared_on), f"Counts until {format_day(stale)}")),
            *(_band(one) for one in bands),
        )
    again = ActionLink("Declare anew", f"{here}/{DECLARATION}/renew")
    return PartPage(
        heading="Children whom nobody places with you",
        caption=held.name,
        back=ActionLink(held.name, here),
        tag=tag,
        paragraphs=(
            (
                "Children of compulsory school age who are educated at home, or paid for "
                "privately. Nobody but you knows them, and they count where it is asked whether "
                "you have to register as a school. Only numbers are asked."
            ),
            f"{RULE.says} That is the register's own policy.",
        ),
        sections=(
            Section(
                "What was declared last",
                rows,
                when_empty="Nothing yet. With nobody to declare, declare nobody.",
                links=(again,) if keeps else (),
            ),
        ),
    )


def _band(one: Any) -> Row:
    counts = tuple(f"{label}: {getattr(one, name)}" for name, label in _COUNTS.items())
    return Row(_BANDS[one.band.replace("-", "_")], counts)


def declare_form(held: Held) -> FormAsked:
    """Return the form on which a provider declares anew: each child in one band."""
    return FormAsked(
        heading="Declare children whom nobody places with you",
        button="Declare",
        back=ActionLink("What was declared last", f"{RECORDS}/{held.number}/{DECLARATION}"),
        parts=(
            Part((_WHEN,)),
            *(Part(_counts_of(band), heading, beside=True) for band, heading in _BANDS.items()),
        ),
        paragraphs=(
            "Count each child of compulsory school age once. Leave a box empty for nobody.",
            "It stands under your name, and cannot be changed; what is new is declared anew.",
        ),
        typed=shown((_WHEN,), {"declared_on": clock.today()}),
    )


def _counts_of(band: str) -> tuple[Question, ...]:
    return tuple(
        Question(
            f"{band}-{name}",
            label,
            "Enter a whole number, like 12",
            reads=whole_number,
            classes="govuk-input--width-4",
            mode="numeric",
        )
        for name, label in _COUNTS.items()
    )


def declared_from(answers: Answers) -> dict[str, object]:
    """Return a declaration as the API takes it.

    Raises:
        InvalidRequestError: more of a band have a plan, care or needs than there are.
    """
    bands = {band: {name: answers[f"{band}-{name}"] or 0 for name in _COUNTS} for band in _BANDS}
    faults = tuple(
        FieldFault("That is more than there are children. Count again", f"/{band}-{name}")
        for band, counts in bands.items()
        for name in ("with_plan_or_care", "with_needs")
        if int(str(counts[name])) > int(str(counts["children"]))
    )
    if faults:
        raise InvalidRequestError("Look at these answers again.", errors=faults)
    return {"declared_on": answers["declared_on"]} | bands
