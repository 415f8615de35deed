"""What the pages are given on which officers read what a provider says itself of its sites."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from typing import Any

from app.pages.filters import count, format_day, join_words
from app.pages.officers.answered_records import Answered
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.standards_wording import FORCES, GATES
from app.pages.view_models import ActionLink
from app.providers.evidence import Answer
from app.providers.schemas.self_evaluations import (
    AskedCriterion,
    SelfEvaluationOut,
    SelfEvaluationSummary,
)
from app.standards.terms import Force

JUDGED: Mapping[str, TagView] = {
    Answer.MET: TagView("Met", "green"),
    Answer.PARTLY_MET: TagView("Partly met", "yellow"),
    Answer.NOT_MET: TagView("Not met", "red"),
    Answer.NOT_APPLICABLE: TagView("Does not apply", "grey"),
    Answer.NOT_ASSESSED: TagView("Not looked at yet", "grey"),
}
"""What a provider says itself of a criterion."""
_UNANSWERED = TagView("Not answered", "grey")


@dataclass(frozen=True, slots=True)
class Standards:
    """A version of the standards: what its standards are called, and whether it is in force."""

    titles: Mapping[str, str]
    in_force: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What a provider says itself of the site that applies: the newest against the standards.

    Attributes:
        evaluation: what it says, if anything.
        in_force: the code of the version in force today, if one is.
    """

    evaluation: SelfEvaluationOut | None
    in_force: str | None

    def words(self) -> tuple[str, ...]:
        """Return it in a line or two."""
        if self.evaluation is None:
            return ("There is none for you to see.",)
        against = f"Against {self.evaluation.standards}"
        if self.evaluation.standards != self.in_force:
            against += ", which is not in force today"
        return (evaluated(self.evaluation), against, judged(self.evaluation))

    def links(self, record: Answered) -> tuple[ActionLink, ...]:
        """Return where it can be read."""
        if self.evaluation is None:
            return ()
        address = f"{record.address}/self-evaluations/{self.evaluation.id}"
        return (ActionLink("Read it", address),)


def evaluations_page(
    record: Answered,
    listed: Sequence[SelfEvaluationSummary],
    next_url: str | None,
    first_url: str | None,
) -> PartPage:
    """Return the page of what a provider says itself of its sites; arguments as above."""
    rows = tuple(
        Row(
            record.site(one.site),
            (f"Against {one.standards}", evaluated(one)),
            (ActionLink("Read it", f"{record.address}/self-evaluations/{one.id}"),),
        )
        for one in listed
    )
    return PartPage(
        heading="Self-evaluations",
        caption=record.held.name,
        back=record.back,
        sections=(
            Section("What it says of its sites", rows, when_empty="There is none for you to see."),
        ),
        paragraphs=("Open ones are shown while an application of the site is assessed.",),
        next_url=next_url,
        first_url=first_url,
    )


def evaluation_page(
    record: Answered,
    said: SelfEvaluationOut,
    shown: Mapping[Any, str],
    standards: Standards,
) -> PartPage:
    """Return the page of what a provider says of a site, criterion by criterion.

    Args:
        record: whose.
        said: what is asked and said.
        shown: what the documents that show something are called, by id.
        standards: the version it is held against.
    """
    held = "in force today" if standards.in_force else "not in force today"
    asked: dict[str, list[AskedCriterion]] = {}
    for one in said.criteria:
        asked.setdefault(one.criterion.rstrip(ascii_lowercase), []).append(one)
    return PartPage(
        heading=f"Self-evaluation of {record.site(said.site)}",
        caption=record.held.name,
        back=ActionLink("Self-evaluations", f"{record.address}/self-evaluations"),
        sections=tuple(
            Section(
                f"{number} {standards.titles.get(number, '')}".strip(),
                tuple(_criterion(one, shown) for one in criteria),
            )
            for number, criteria in asked.items()
        ),
        paragraphs=(
            f"{evaluated(said)}. Held against {said.standards}, which is {held}.",
            f"{judged(said)}. These are the provider’s own words.",  # noqa: RUF001
        ),
    )


def evaluated(said: SelfEvaluationSummary) -> str:
    """Say when a self-evaluation was completed, or begun."""
    if said.completed_at is not None:
        return f"Completed on {format_day(said.completed_at)}"
    return f"Begun on {format_day(said.begun_at)}, not completed"


def judged(said: SelfEvaluationOut) -> str:
    """Say how many criteria are met, and not, in the provider's own eyes."""
    judgements = Counter(one.answer.answer for one in said.criteria if one.answer is not None)
    asked = count(said.asked, "criterion", "criteria")
    told = [f"{said.answered} of {asked} answered"]
    told += [
        f"{number} {JUDGED[code].label.lower()}" for code in Answer if (number := judgements[code])
    ]
    return ", ".join(told)


def _criterion(one: AskedCriterion, shown: Mapping[Any, str]) -> Row:
    weight = FORCES[one.force].label
    if one.force != Force.GOOD_PRACTICE:
        weight = f"{weight}, {GATES[one.gate].label.lower()}"
    values = [one.requirement, weight]
    tag = _UNANSWERED
    if one.answer is not None:
        tag = JUDGED[one.answer.answer]
        if one.answer.comment:
            values.append(f"Note: {one.answer.comment}")
        if one.answer.documents:
            named = (shown.get(each, "a document taken back") for each in one.answer.documents)
            values.append(f"Shown by {join_words(list(named))}")
        if one.answer.look_again:
            values.append("It asks for something else than it did, and was not answered anew")
    return Row(one.criterion, tuple(values), tag=tag)
