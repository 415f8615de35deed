"""What the pages show on which an owner goes from one version of the standards to the next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from app.pages.evidence_wording import RELATIONS
from app.pages.filters import count, format_day
from app.pages.form_page_view import FormAsked
from app.pages.inspection_wording import OUTCOMES
from app.pages.owners.held_records import Own
from app.pages.owners.self_evaluations_view import SAID, Evaluated
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.plain_codes import plain
from app.pages.standards_wording import GATES
from app.pages.view_models import ActionLink
from app.providers.service.carrying_over import Missed

STANDARDS = "standards"


def versions_section(own: Own, versions: Sequence[Any], day: date) -> Section:
    """Return the ways to what is missing against each version that holds, or will."""
    rows = tuple(
        Row(
            one.title,
            (_since(one, day),),
            (ActionLink("See what is missing", f"{own.address}/{STANDARDS}/{one.code}"),),
        )
        for one in versions
        if one.in_force and (one.in_force.upper is None or one.in_force.upper > day)
    )
    return Section(
        "What is missing against the standards",
        rows,
        when_empty="No version of the standards is in force.",
    )


def impact_page(
    own: Own, version: Any, known: tuple[Sequence[Missed], Sequence[Any]], day: date
) -> PartPage:
    """Return the page of what a provider would miss of a version of the standards.

    Args:
        own: whose record it is.
        version: the version.
        known: what would be missed by what the provider says itself, and, before it takes effect,
            what inspectors found at its sites; see `inspections.service.impacts`.
        day: the present day.
    """
    missed, found = known
    sites = [one for one in own.told.sites if one.closed_on is None or one.closed_on > day]
    return PartPage(
        heading=f"What is missing against {version.title}",
        caption=own.held.name,
        back=ActionLink("Self-evaluation", f"{own.address}/{SAID}"),
        sections=tuple(
            Section(
                one.name,
                tuple(_missed(each) for each in missed if each.site == one.reference),
                when_empty="Nothing, as far as is known.",
            )
            for one in sites
        )
        + tuple(_found(row) for row in found),
        paragraphs=(
            (
                f"{_since(version, day)}. "
                f"{count(len(missed), 'criterion is', 'criteria are')} not met, as far as is known "
                "from what you said last and what evidence is current."
            ),
            "Only what counts in an outcome is shown here, never good practice.",
        ),
    )


def carrying(said: Evaluated, following: Any | None, back: ActionLink) -> FormAsked:
    """Return what is asked before a self-evaluation is carried over to the next version."""
    to = f"to {following.title}" if following else "to the next version"
    return FormAsked(
        heading=f"Carry your answers over {to}",
        paragraphs=(
            (
                "This begins a new self-evaluation with what you said before, and the documents "
                "you showed for it. What asks for something else than before you look at again, "
                "and what is new you answer."
            ),
            f"Nothing of the one against {said.row.standards} changes.",
        ),
        button="Carry them over",
        back=back,
    )


def _since(version: Any, day: date) -> str:
    begins = version.in_force.lower
    return f"In force {'since' if begins <= day else 'from'} {format_day(begins)}"


def _found(row: Any) -> Section:
    then = OUTCOMES[row.outcome_then]
    return Section(
        f"What inspectors found at {row.site_name}",
        tuple(
            Row(f"Criterion {number}", ("An inspector found this. It would count.",), tag=tag)
            for numbers, tag in (
                (row.not_met, TagView("Not met", "red")),
                (row.partly_met, TagView("Partly met", "yellow")),
            )
            for number in numbers
        ),
        words=(
            (
                f"If nobody looks again before: {then.label.lower()}. Of "
                f"{count(len(row.nothing_known), 'criterion', 'criteria')} nothing that was found "
                "would count."
            ),
        ),
        when_empty="Nothing that falls short.",
    )


def _missed(missed: Missed) -> Row:
    criterion, gate = missed.criterion, GATES[missed.criterion.gate]
    became = (RELATIONS[missed.became],) if missed.became else ()
    return Row(
        f"Criterion {criterion.number}",
        (criterion.requirement, *became, plain(missed.why)),
        tag=TagView(gate.label, gate.colour),
    )
