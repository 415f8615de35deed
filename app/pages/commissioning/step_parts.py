"""What a step of an assessment asks as a form, and how what was said in it is shown again."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.assessments.schemas.steps import MODELS, StepStated
from app.pages.commissioning.nested import Several, flat, nest, read_nested, shown_lines
from app.pages.filters import format_day
from app.pages.form_page_view import Part
from app.pages.part_view import Row
from app.pages.questions import Kind, Question, Typed, shown
from app.pages.typed_facts import read_pounds, show_pounds, typed_pounds
from app.rules.suitability.steps import Step

PERSON = (
    Question("name", "Name"),
    Question("post", "Post"),
    Question("on", "On which day?", kind=Kind.DAY),
)
Facts = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StepForm:
    """A step as a form.

    Attributes:
        words: what to know before answering.
        parts: its questions, those of several things apart.
        several: things of which there may be many; each goes behind the part whose number is told.
        single: names of members that have members themselves.
        into: makes answers into what the schema has, where that is not the same.
        out_of: the way back.
    """

    words: tuple[str, ...]
    parts: tuple[Part, ...]
    several: tuple[Several, ...] = ()
    single: tuple[str, ...] = ()
    into: Callable[[dict[str, Any]], dict[str, Any]] = dict
    out_of: Callable[[dict[str, Any]], dict[str, Any]] = dict

    def asked(self, said: StepStated | None) -> tuple[Part, ...]:
        """Return the questions, with places for all that was said and some more."""
        return (*self._many(said.model_dump(mode="json") if said else {}), *self.parts)

    def typed(self, said: StepStated | None) -> Typed:
        """Return what was said as if somebody had typed it."""
        if said is None:
            return {}
        facts = self._facts(said.model_dump(mode="json"))
        questions = [one for part in self.asked(said) for one in part.questions]
        as_typed = {one.name: _typed(one, facts.get(one.name)) for one in questions}
        return shown(questions, as_typed)

    def read(self, step: Step, answers: Mapping[str, object], parts: Sequence[Part]) -> StepStated:
        """Return what was answered, as the API takes it.

        Raises:
            InvalidRequestError: something cannot be taken; each fault names its question.
        """
        questions = [one for part in parts for one in part.questions]
        nested = nest(self.into(dict(answers)), [one.name for one in self.several], self.single)
        return read_nested(MODELS[step], nested, questions)

    def rows(self, said: Mapping[str, Any]) -> tuple[Row, ...]:
        """Return what was said, question by question; what was left open is left out."""
        facts = self._facts(said)
        return tuple(self._rows((*self._many(said), *self.parts), facts))

    def _many(self, said: Facts) -> Iterator[Part]:
        for one in self.several:
            yield from one.parts(len(said.get(one.name) or ()))

    def _facts(self, said: Facts) -> dict[str, Any]:
        names = [one.name for one in self.several]
        return flat(self.out_of(dict(said)), names, self.single)

    def _rows(self, parts: Sequence[Part], facts: Facts) -> Iterator[Row]:
        for part in parts:
            for one in part.questions:
                if lines := _lines(one, facts.get(one.name)):
                    about = f"{part.heading}: {one.label}" if part.heading else one.label
                    yield Row(about, lines)


def pounds(name: str, label: str, hint: str = "") -> Question:
    """Return a question about a sum: typed in pounds, kept in pence."""
    return Question(
        name, label, hint=hint, reads=read_pounds, classes="govuk-input--width-10", mode="decimal"
    )


def prose(name: str, label: str, hint: str = "") -> Question:
    """Return a question that is answered in sentences."""
    return Question(name, label, "Write a sentence or two", Kind.PROSE, hint)


def one_of(name: str, label: str, offered: Mapping[str, str], none: str = "Choose one") -> Question:
    """Return a question with a list to choose from."""
    return Question(
        name, label, "Choose from the list", Kind.LIST, offered=tuple(offered.items()), none=none
    )


def _typed(question: Question, held: Any) -> Any:
    if question.reads is read_pounds:
        return typed_pounds(held)
    if question.kind is Kind.PROSE and isinstance(held, list):
        return shown_lines(held)
    return held


def _lines(question: Question, held: Any) -> tuple[str, ...]:
    """Return an answer as it is read on a page."""
    if held is None or held in ([], ""):
        return ()
    words: dict[str, str] = {one[0]: one[1] for one in question.offered}
    if question.reads is read_pounds:
        return (show_pounds(held),)
    if isinstance(held, bool):
        return ("Yes" if held else "No",)
    if question.kind is Kind.DAY:
        return (format_day(held),)
    every = held if isinstance(held, list) else [held]
    return tuple(words.get(str(one), str(one)) for one in every)
