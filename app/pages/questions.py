"""What a form asks, and what somebody answered: read from what the browser sent, field by field.

A question's name is that of the member of the API's schema it fills, so that a fault the schema
finds leads back to the question.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from fastapi import Request

from app.errors import FieldFault, InvalidRequestError

Typed: TypeAlias = Mapping[str, Sequence[str]]
"""What was typed or chosen, by the name of the field."""
Offered: TypeAlias = tuple[str, str] | tuple[str, str, str]
"""A value, its words, and more about it."""

_REQUIRED = "This is required."
DAY_PARTS = ("day", "month", "year")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


class Kind(StrEnum):
    """How something is asked."""

    LINE = "line"
    PROSE = "prose"
    LIST = "list"
    """One of many, folded away."""
    ONE = "one"
    """One of a few."""
    ANY = "any"
    """As many as fit."""
    DAY = "day"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that a form asks.

    Attributes:
        name: of the field, and of the member it fills.
        label: the question.
        when_empty: what to say where nothing usable was answered.
        kind: how it is asked.
        hint: more about it.
        offered: from what is chosen.
        needed: whether it must be answered.
        reads: makes what was typed into what the schema takes; raises ValueError, in words.
        classes: how wide its box is.
        mode: which keys a phone shows: `numeric`, `decimal`, `email`, `tel`, `url`.
        fills_in: what a browser may fill in by itself.
        none: what the first line of a list says, which chooses nothing.
    """

    name: str
    label: str
    when_empty: str = ""
    kind: Kind = Kind.LINE
    hint: str = ""
    offered: Sequence[Offered] = ()
    needed: bool = False
    reads: Callable[[str], object] | None = None
    classes: str = ""
    mode: str = ""
    fills_in: str = "off"
    none: str = "Choose one"


async def read_typed(request: Request) -> Typed:
    """Return what a form holds, files apart."""
    typed: dict[str, list[str]] = {}
    for name, value in (await request.form()).multi_items():
        if isinstance(value, str):
            typed.setdefault(name, []).append(value)
    return typed


def one_of(typed: Typed, name: str) -> str:
    """Return the first that was typed in a field, without the spaces around it."""
    return next(iter(typed.get(name, ())), "").strip()


def stated(questions: Sequence[Question], typed: Typed) -> dict[str, object]:
    """Return what was answered, by the members of the schema; what was left empty is `None`.

    Raises:
        InvalidRequestError: something needed is missing, or cannot be read.
    """
    found: dict[str, object] = {}
    faults: list[FieldFault] = []
    for question in questions:
        try:
            found[question.name] = _answer(question, typed)
        except ValueError as error:
            faults.append(FieldFault(str(error), f"/{question.name}"))
    if faults:
        raise InvalidRequestError("Look at these answers again.", errors=tuple(faults))
    return found


def day_parts(day: object) -> dict[str, list[str]]:
    """Return a day as its three boxes show it; nothing for none."""
    if day is None:
        return {part: [""] for part in DAY_PARTS}
    year, month, of_month = str(day)[:10].split("-")
    numbers = (str(int(of_month)), str(int(month)), year)
    return {part: [number] for part, number in zip(DAY_PARTS, numbers, strict=True)}


def shown(questions: Sequence[Question], facts: Mapping[str, object]) -> Typed:
    """Return facts as if somebody had typed them, for a form that opens with them."""
    typed: dict[str, Sequence[str]] = {}
    for question in questions:
        fact = facts.get(question.name)
        if question.kind is Kind.DAY:
            parts = day_parts(fact)
            typed |= {f"{question.name}-{part}": text for part, text in parts.items()}
        elif isinstance(fact, list | tuple):
            typed[question.name] = [str(one) for one in fact]
        elif isinstance(fact, bool):
            typed[question.name] = ["yes" if fact else "no"]
        else:
            typed[question.name] = [] if fact is None else [str(fact)]
    return typed


def yes_or_no(text: str) -> bool:
    """Read an answer to a question of yes or no."""
    return text == "yes"


def whole_number(text: str) -> int:
    """Read a whole number."""
    if not re.fullmatch(r"[0-9]{1,6}", text):
        message = "Enter a whole number, like 12"
        raise ValueError(message)
    return int(text)


def _answer(question: Question, typed: Typed) -> object:
    if question.kind is Kind.FILE:
        return None
    if question.kind is Kind.ANY:
        every = [text for text in typed.get(question.name, ()) if text]
        if question.needed and not every:
            raise ValueError(_REQUIRED)
        return [question.reads(text) for text in every] if question.reads else every
    text = _day(question, typed) if question.kind is Kind.DAY else one_of(typed, question.name)
    if not text:
        if question.needed:
            raise ValueError(_REQUIRED)
        return None
    return question.reads(text) if question.reads else text


def _day(question: Question, typed: Typed) -> str:
    day, month, year = (one_of(typed, f"{question.name}-{part}") for part in DAY_PARTS)
    if not (day or month or year):
        return ""
    number = month[:3].lower()
    month = str(_MONTHS.index(number) + 1) if number in _MONTHS else month
    if not all(part.isascii() and part.isdigit() for part in (day, month, year)):
        message = "Enter a day with its month and year, like 27 3 2026"
        raise ValueError(message)
    if len(year) != len("2026"):
        message = "Enter the year with four figures"
        raise ValueError(message)
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        message = "There is no such day. Check it against a calendar"
        raise ValueError(message) from None
