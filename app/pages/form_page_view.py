"""What a page with one form is given."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from app.errors import AppError, FieldFault, InvalidRequestError
from app.pages.form_parts import Faults, Ticks, read_faults, ticks
from app.pages.part_view import Section
from app.pages.questions import DAY_PARTS, Kind, Question, Typed, one_of
from app.pages.signed_in import RECORDS_PART, new_form_key
from app.pages.view_models import ActionLink, Choice, ErrorLink, Fact, Frame


@dataclass(frozen=True, slots=True)
class Part:
    """Questions that belong together, under a heading of their own if they have one.

    Attributes:
        questions: in order.
        heading: theirs.
        words: what to know before answering.
        beside: they are short and stand beside each other, as one group that is called `heading`.
        together: they are about one thing, so that only with its `heading` each says what it asks.
    """

    questions: tuple[Question, ...]
    heading: str | None = None
    words: str | None = None
    beside: bool = False
    together: bool = False


Fails: TypeAlias = Callable[[Mapping[str, object]], bool]


@dataclass(frozen=True, slots=True)
class Check:
    """Something that must hold between answers.

    Attributes:
        name: of the question at which it is told.
        words: how to mend it.
        fails: says whether it does not hold.
    """

    name: str
    words: str
    fails: Fails


@dataclass(frozen=True, slots=True)
class FormAsked:
    """What a form asks.

    Attributes:
        heading: of the page.
        button: what the button says; nothing where there is nothing to send.
        back: where to go instead.
        parts: the questions.
        paragraphs: what to know before answering.
        facts: what it is about.
        inset: what matters most of it.
        warning: what cannot be undone, if anything.
        typed: what the fields hold at first.
        version: of what is changed, as it is shown.
        checks: what must hold between answers; each returns a fault, or nothing.
        inside: members of what is sent whose own members are questions.
        here: which part of the navigation the page belongs to.
        further: leads to more that can be chosen, if there is more.
        carried: what the form carries along unseen, by the names of its fields.
        still_typed: of what was typed, what is shown again after somebody changed it meanwhile.
        sections: what to have read before answering, in parts.
        stale: refusals that say that things stand otherwise than it shows: it is asked anew.
    """

    heading: str
    button: str | None
    back: ActionLink
    parts: tuple[Part, ...] = ()
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    inset: str | None = None
    warning: str | None = None
    typed: Typed = field(default_factory=dict)
    version: int | None = None
    checks: tuple[Check, ...] = ()
    inside: Collection[str] = ()
    here: str = RECORDS_PART
    further: ActionLink | None = None
    carried: Mapping[str, str] = field(default_factory=dict)
    still_typed: Callable[[Typed], Typed] | None = None
    sections: tuple[Section, ...] = ()
    stale: tuple[type[AppError], ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every question, in order."""
        return tuple(question for part in self.parts for question in part.questions)

    def check(self, answers: Mapping[str, object]) -> None:
        """See that the answers hang together.

        Raises:
            InvalidRequestError: they do not; each fault names its question.
        """
        faults = tuple(
            FieldFault(one.words, f"/{one.name}") for one in self.checks if one.fails(answers)
        )
        if faults:
            raise InvalidRequestError("Look at these answers again.", errors=faults)


@dataclass(frozen=True, slots=True)
class FieldView:
    """One question as it is shown.

    Attributes:
        question: what is asked.
        value: what a box holds.
        choices: of a question of many.
        ticks: of a question of a few.
        days: name and value of a day's three boxes.
        error: how to mend it.
    """

    question: Question
    value: str = ""
    choices: tuple[Choice, ...] = ()
    ticks: Ticks | None = None
    days: tuple[tuple[str, str], ...] = ()
    error: str | None = None


@dataclass(frozen=True, slots=True)
class PartView:
    """Questions that belong together."""

    heading: str | None
    words: str | None
    fields: tuple[FieldView, ...]
    beside: bool = False
    together: bool = False


@dataclass(frozen=True, slots=True)
class FormPageView:
    """The page; `key` and `version` travel unseen with the form, `sends_file` as its encoding."""

    frame: Frame
    title: str
    asked: FormAsked
    parts: tuple[PartView, ...]
    sends_file: bool
    key: str
    version: int | None
    errors: tuple[ErrorLink, ...]


def build_form_page(
    frame: Frame,
    asked: FormAsked,
    typed: Typed,
    version: int | None,
    refused: AppError | None = None,
) -> FormPageView:
    """Return the page.

    Args:
        frame: what surrounds the page.
        asked: what the form asks.
        typed: what its fields hold.
        version: of what is changed, as whoever sends it saw it.
        refused: why it was not taken, if it was sent.
    """
    named = {one.name: one.when_empty or f"Check: {one.label}" for one in asked.questions}
    faults = _begun_large(read_faults(refused, named, asked.inside))
    return FormPageView(
        frame=frame,
        title=faults.title(asked.heading),
        asked=asked,
        parts=tuple(
            PartView(
                part.heading,
                part.words,
                tuple(_field(question, typed, faults) for question in part.questions),
                part.beside,
                part.together,
            )
            for part in asked.parts
        ),
        sends_file=any(one.kind is Kind.FILE for one in asked.questions),
        key=new_form_key(),
        version=version,
        errors=faults.links,
    )


def _begun_large(faults: Faults) -> Faults:
    """Let every line begin with a capital, as those of the schemas do not."""
    return Faults(
        {name: _capital(text) for name, text in faults.fields.items()},
        tuple(ErrorLink(_capital(link.text), link.href) for link in faults.links),
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _field(question: Question, typed: Typed, faults: Faults) -> FieldView:
    error = faults.fields.get(question.name)
    held = typed.get(question.name, ())
    if question.kind is Kind.DAY:
        names = [f"{question.name}-{part}" for part in DAY_PARTS]
        days = tuple(
            (part, one_of(typed, name)) for part, name in zip(DAY_PARTS, names, strict=True)
        )
        return FieldView(question, days=days, error=error)
    if question.kind in {Kind.ONE, Kind.ANY}:
        offered = ((one[0], one[1], one[2] if len(one) > 2 else None) for one in question.offered)  # noqa: PLR2004
        return FieldView(question, ticks=ticks(question.name, offered, held, faults), error=error)
    value = one_of(typed, question.name)
    if question.kind is Kind.LIST:
        offered_all = (("", question.none), *((one[0], one[1]) for one in question.offered))
        choices = tuple(Choice(code, words, code == value) for code, words in offered_all)
        return FieldView(question, choices=choices, error=error)
    return FieldView(question, value=value, error=error)
