"""Questions about members that lie within others: asked flat, and sent as the schema has them.

A form without scripts has a fixed number of places for what may be many: those that are filled, and
some that are empty. A question's name is the path of the member it fills, `tried-0-what`; what is
left wholly empty is left out, so that a fault the schema finds leads back to its question.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pydantic import BaseModel

from app.errors import FieldFault, InvalidRequestError
from app.pages.form_page_view import Part
from app.pages.questions import Kind, Question
from app.pages.signed_in import understood

SchemaT = TypeVar("SchemaT", bound=BaseModel)


@dataclass(frozen=True, slots=True)
class Several:
    """Things of one kind, of which there may be many.

    Attributes:
        name: of the member that holds them.
        heading: over each: `Something that was tried`; a number follows.
        questions: about one of them; their names are those of its members.
        empty: how many places are left empty, at least.
        words: what to know about them.
    """

    name: str
    heading: str
    questions: tuple[Question, ...]
    empty: int = 1
    words: str | None = None

    def parts(self, held: int) -> tuple[Part, ...]:
        """Return the questions, with places for those that are held and some more."""
        return tuple(
            Part(
                tuple(inside(f"{self.name}-{place}", one) for one in self.questions),
                f"{self.heading} {place + 1}",
                self.words if place == 0 else None,
                together=True,
            )
            for place in range(held + self.empty)
        )


@dataclass(frozen=True, slots=True)
class Nested:
    """What was answered, as a schema has it.

    Attributes:
        members: of the schema.
        places: of each thing of several, at which place of the form it was said.
    """

    members: dict[str, Any]
    places: Mapping[str, Sequence[int]]


def inside(path: str, question: Question) -> Question:
    """Return a question about a member that lies within another."""
    return replace(question, name=f"{path}-{question.name}", needed=False)


def nest(answers: Mapping[str, object], several: Sequence[str], single: Sequence[str]) -> Nested:
    """Return answers as the schema has them; what is wholly empty is left out.

    Args:
        answers: by the names of the questions.
        several: names of members that are lists of things with members.
        single: names of members that are one thing with members.
    """
    members: dict[str, Any] = {}
    places: dict[str, list[int]] = {}
    for name in several:
        held = _by_place(answers, name)
        places[name] = sorted(held)
        members[name] = [held[place] for place in sorted(held)]
    for name in single:
        found = _within(answers, name)
        members[name] = found or None
    starts = tuple(f"{one}-" for one in (*several, *single))
    members |= {name: held for name, held in answers.items() if not name.startswith(starts)}
    return Nested(members, places)


def flat(
    members: Mapping[str, Any], several: Sequence[str], single: Sequence[str]
) -> dict[str, Any]:
    """Return what a schema holds by the names of the questions: the way back of `nest`."""
    found: dict[str, Any] = {}
    for name, held in members.items():
        if name in several:
            for place, one in enumerate(held or ()):
                found |= {f"{name}-{place}-{inner}": value for inner, value in one.items()}
        elif name in single:
            found |= {f"{name}-{inner}": value for inner, value in (held or {}).items()}
        else:
            found[name] = held
    return found


def read_nested(schema: type[SchemaT], nested: Nested, questions: Sequence[Question]) -> SchemaT:
    """Read answers as the API would.

    Raises:
        InvalidRequestError: something cannot be taken; each fault names its question.
    """
    given = {name: held for name, held in nested.members.items() if held is not None}
    try:
        return understood(schema, given)
    except InvalidRequestError as refused:
        names = [one.name for one in questions]
        faults = tuple(_led_back(one, nested, names) for one in refused.errors)
        raise InvalidRequestError(refused.detail, errors=faults) from None


def lines_of(text: str) -> list[str]:
    """Read one thing a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def shown_lines(held: object) -> str | None:
    """Return things as somebody would type them, one a line."""
    return "\n".join(str(one) for one in held) if isinstance(held, list | tuple) else None


def lines_question(name: str, label: str, hint: str = "") -> Question:
    """Return a question that is answered with one thing a line."""
    words = f"{hint} One a line.".strip()
    return Question(name, label, kind=Kind.PROSE, hint=words, reads=lines_of)


def _by_place(answers: Mapping[str, object], name: str) -> dict[int, dict[str, object]]:
    held: dict[int, dict[str, object]] = {}
    for question, answer in answers.items():
        parts = question.split("-", 2)
        if len(parts) == 3 and parts[0] == name and parts[1].isdigit() and _said(answer):  # noqa: PLR2004
            held.setdefault(int(parts[1]), {})[parts[2]] = answer
    return held


def _within(answers: Mapping[str, object], name: str) -> dict[str, object]:
    start = f"{name}-"
    return {
        question.removeprefix(start): answer
        for question, answer in answers.items()
        if question.startswith(start) and _said(answer)
    }


def _said(answer: object) -> bool:
    return answer is not None and answer != []


def _led_back(fault: FieldFault, nested: Nested, names: Sequence[str]) -> FieldFault:
    parts = (fault.pointer or "").lstrip("/").split("/")
    if len(parts) > 1 and parts[0] in nested.places and parts[1].isdigit():
        parts[1] = str(nested.places[parts[0]][int(parts[1])])
    for length in range(len(parts), 0, -1):
        path = "-".join(parts[:length])
        found = next((one for one in names if one == path or one.startswith(f"{path}-")), None)
        if found is not None:
            return FieldFault(fault.detail, f"/{found}")
    return fault
