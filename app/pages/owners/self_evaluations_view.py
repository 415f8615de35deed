"""What the pages on an owner's self-evaluations show and ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.pages.evidence_wording import ANSWERS
from app.pages.filters import count, format_day
from app.pages.form_page_view import FormAsked, Part
from app.pages.owners.documents_view import HeldDocument
from app.pages.owners.held_records import Own
from app.pages.part_view import PartPage, Row, Section, TagView
from app.pages.questions import Kind, Question, Typed
from app.pages.standards_wording import EVIDENCE_KINDS, FORCES, GATES
from app.pages.view_models import ActionLink
from app.providers.evidence import DocumentState
from app.standards.terms import Force

SAID = "self-evaluations"


@dataclass(frozen=True, slots=True)
class Evaluated:
    """A self-evaluation with what is asked and said.

    Attributes:
        row: `SelfEvaluation`, `site` (its reference), `standards` (the version's code).
        criteria: those that are asked of the site.
        titles: of the standards, by number.
        answers: by criterion.
        shown: documents of the answers, by criterion.
    """

    row: Any
    criteria: Sequence[Any]
    titles: Mapping[str, str]
    answers: Mapping[Any, Any]
    shown: Mapping[Any, Sequence[Any]]

    @property
    def held(self) -> Any:
        """The self-evaluation itself."""
        return self.row.SelfEvaluation

    def of(self, standard: str) -> list[Any]:
        """Return the criteria of a standard."""
        return [one for one in self.criteria if one.standard == standard]

    def is_said(self, criterion: Any) -> bool:
        """Say whether a criterion is answered, for good."""
        said = self.answers.get(criterion.id)
        return said is not None and not said.look_again


def evaluations_page(own: Own, rows: Sequence[Any], missing: Section) -> PartPage:
    """Return the page of a provider's self-evaluations, newest first.

    Args:
        own: the record.
        rows: its self-evaluations.
        missing: leads to what is missing against a version of the standards.
    """
    here = f"{own.address}/{SAID}"
    listed = tuple(
        Row(
            _site_name(own, row.site),
            (_state(row),),
            (ActionLink("Open", f"{here}/{row.SelfEvaluation.id}"),),
            TagView("Completed", "green")
            if row.SelfEvaluation.completed_at
            else TagView("Under way", "blue"),
        )
        for row in rows
    )
    return PartPage(
        heading="Self-evaluation",
        caption=own.held.name,
        back=own.back,
        sections=(
            Section(
                "Your self-evaluations",
                listed,
                when_empty="None is begun yet.",
                links=(ActionLink("Begin one", f"{here}/add"),) if own.keeps else (),
            ),
            missing,
        ),
        paragraphs=(
            (
                "For each place you say how you meet each standard, and which documents show it. "
                "Only what fits a place like yours is asked. You can stop at any time and go on "
                "later."
            ),
        ),
    )


def begin_asked(own: Own) -> FormAsked:
    """Return the form on which a self-evaluation is begun."""
    site = Question(
        "site",
        "For which place",
        "Choose a place",
        Kind.ONE,
        offered=tuple((str(one.reference), one.name) for one in own.told.sites),
        needed=True,
        reads=int,
    )
    return FormAsked(
        heading="Begin a self-evaluation",
        parts=(Part((site,)),),
        button="Begin",
        back=ActionLink("Self-evaluation", f"{own.address}/{SAID}"),
    )


def evaluation_page(own: Own, said: Evaluated, *, is_newest: bool) -> PartPage:
    """Return the page of one self-evaluation: its standards, each with how much is answered.

    Args:
        own: the record.
        said: the self-evaluation.
        is_newest: whether no version of the standards follows the one it is against.
    """
    here = f"{own.address}/{SAID}/{said.held.id}"
    completed = said.held.completed_at is not None
    answered = sum(said.is_said(one) for one in said.criteria)
    standards = list(dict.fromkeys(one.standard for one in said.criteria))
    rows = tuple(_standard_row(said, one, here, keeps=own.keeps) for one in standards)
    done = answered == len(said.criteria)
    links: tuple[ActionLink, ...] = ()
    if own.signs and not completed:
        links = (ActionLink("Complete it", f"{here}/complete"),)
    carrying: tuple[ActionLink, ...] = ()
    if own.keeps and completed and not is_newest:
        carrying = (ActionLink("Carry your answers over", f"{here}/carry-over"),)
    progress = f"{answered} of {count(len(said.criteria), 'question')} answered."
    if completed:
        progress = f"Completed on {format_day(said.held.completed_at)}. It stays as it is."
    elif done:
        progress += " Look through it, then complete it."
    return PartPage(
        heading=f"Self-evaluation of {_site_name(own, said.row.site)}",
        caption=own.held.name,
        back=ActionLink("Self-evaluation", f"{own.address}/{SAID}"),
        sections=(
            Section("The standards", rows),
            *((Section("When everything is answered", links=links),) if links else ()),
            *((Section("For the next version", links=carrying),) if carrying else ()),
        ),
        paragraphs=(progress,),
    )


def standard_asked(
    own: Own, said: Evaluated, standard: str, held: Sequence[HeldDocument]
) -> FormAsked:
    """Return the form on which the criteria of one standard are answered.

    Args:
        own: the record.
        said: the self-evaluation.
        standard: its number.
        held: documents that may show something.
    """
    fitting = [
        one
        for one in held
        if one.state is not DocumentState.WITHDRAWN and one.site in {None, said.row.site}
    ]
    criteria = said.of(standard)
    typed: dict[str, Sequence[str]] = {}
    for one in criteria:
        answer = said.answers.get(one.id)
        if answer is not None:
            typed[f"answer_{one.number}"] = [answer.answer]
            typed[f"comment_{one.number}"] = [answer.comment or ""]
        typed[f"documents_{one.number}"] = [str(each) for each in said.shown.get(one.id, ())]
    return FormAsked(
        heading=f"{standard} {said.titles.get(standard, '')}".strip(),
        parts=tuple(_criterion_part(one, fitting, said) for one in criteria),
        button="Save these answers",
        back=back_to(own, said),
        paragraphs=("Leave a question for later if you are not sure.",),
        typed=typed,
        version=said.held.version,
    )


def completing(own: Own, said: Evaluated) -> FormAsked:
    """Return what is asked before a self-evaluation is completed."""
    return FormAsked(
        heading=f"Complete the self-evaluation of {_site_name(own, said.row.site)}",
        paragraphs=(
            (
                "You stand by it: whoever assesses an application of yours reads it. To say "
                "something new later, begin another."
            ),
        ),
        button="Complete it",
        back=back_to(own, said),
        warning="After this nothing of it can be changed.",
        version=said.held.version,
    )


def answered_in(form: Typed, number: str) -> dict[str, object] | None:
    """Return what a form says of one criterion, as the schema takes it; `None` for nothing."""
    answer = next(iter(form.get(f"answer_{number}", ())), "")
    if not answer:
        return None
    comment = next(iter(form.get(f"comment_{number}", ())), "").strip()
    documents = [one for one in form.get(f"documents_{number}", ()) if one]
    return {"answer": answer, "comment": comment or None, "documents": documents}


def _criterion_part(criterion: Any, held: Sequence[HeldDocument], said: Evaluated) -> Part:
    number = criterion.number
    answer = said.answers.get(criterion.id)
    questions = [
        Question(
            f"answer_{number}",
            f"How far do you meet {number}?",
            "Choose how far you meet it",
            Kind.ONE,
            hint=criterion.guidance,
            offered=tuple(ANSWERS.items()),
        ),
        Question(
            f"comment_{number}",
            f"How you meet {number}, or what is still to do",
            "Write it in a sentence or two",
            Kind.PROSE,
            hint="In a sentence or two. If it does not apply to you, say why.",
        ),
    ]
    if held:
        kinds = ", ".join(EVIDENCE_KINDS[one] for one in criterion.evidence_kinds)
        questions.append(
            Question(
                f"documents_{number}",
                f"Documents that show {number}",
                "Choose documents from the list",
                Kind.ANY,
                hint=f"Asked for: {kinds}." if kinds else "",
                offered=tuple((str(one.document.id), one.document.title) for one in held),
            )
        )
    again = answer is not None and answer.look_again
    words = f"{criterion.requirement} ({_weight(criterion)})"
    if again:
        words += " It asks for something else than before: answer it anew."
    return Part(tuple(questions), number, words)


def _weight(criterion: Any) -> str:
    force = FORCES[criterion.force].label
    if criterion.force == Force.GOOD_PRACTICE:
        return force
    return f"{force}, {GATES[criterion.gate].label.lower()}"


def _standard_row(said: Evaluated, standard: str, here: str, *, keeps: bool) -> Row:
    criteria = said.of(standard)
    answered = sum(said.is_said(one) for one in criteria)
    completed = said.held.completed_at is not None
    tag = None if answered == len(criteria) else TagView("To do", "blue")
    links: tuple[ActionLink, ...] = ()
    values = [f"{answered} of {len(criteria)} answered"]
    if completed or not keeps:
        values = [f"{one.number}: {_said(said, one)}" for one in criteria]
    else:
        links = (ActionLink("Answer", f"{here}/standards/{standard}"),)
    title = f"{standard} {said.titles.get(standard, '')}".strip()
    return Row(title, tuple(values), links, tag)


def _said(said: Evaluated, criterion: Any) -> str:
    answer = said.answers.get(criterion.id)
    return ANSWERS[str(answer.answer)] if answer is not None else "Not answered"


def _state(row: Any) -> str:
    held = row.SelfEvaluation
    if held.completed_at is not None:
        return f"Completed on {format_day(held.completed_at)}"
    return f"Begun on {format_day(held.begun_at)}"


def _site_name(own: Own, reference: int) -> str:
    return next((one.name for one in own.told.sites if one.reference == reference), "")


def back_to(own: Own, said: Evaluated) -> ActionLink:
    """Return the way back to a self-evaluation."""
    return ActionLink(
        f"Self-evaluation of {_site_name(own, said.row.site)}",
        f"{own.address}/{SAID}/{said.held.id}",
    )
