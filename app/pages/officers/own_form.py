"""A form on a page of its own: what it asks, what was typed, and what was wrong with it."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from app.errors import AppError
from app.pages.form_parts import Faults, Ticks, read_faults, select_field, text_field, ticks
from app.pages.signed_in import new_form_key
from app.pages.view_models import ActionLink, ErrorLink, Fact, Frame, SelectField, TextField

Offered = Sequence[tuple[str, str, str | None]]
Typed = Mapping[str, Sequence[str]]
"""What a form held: every value of each field."""

_WRITTEN = ("%d/%m/%Y", "%d %m %Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%d-%m-%Y")
"""Ways in which people write a day, besides `2026-09-01`."""


class Kind(StrEnum):
    """How a field is filled in."""

    LINE = "line"
    LONG = "long"
    """Several lines of text."""
    ONE = "one"
    """One of several, all of them in sight."""
    SOME = "some"
    """Any of several."""
    CHOICE = "choice"
    """One of many, folded away; the first stands for none."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One field of a form.

    Attributes:
        kind: how it is filled in.
        name: its own.
        label: what is asked.
        mend: what to say where it was left empty or cannot be taken.
        hint: more about it.
        offered: value, words and hint of each that can be chosen.
        value: what it holds before anybody types.
    """

    kind: Kind
    name: str
    label: str
    mend: str
    hint: str = ""
    offered: Offered = ()
    value: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnForm:
    """A form before anybody has sent it.

    Attributes:
        heading: the question, or the act.
        back: where to go instead.
        button: what the button says; nothing where there is nothing to send.
        asks: its fields, in order.
        paragraphs: what will happen.
        facts: what it is about.
        warning: what happens at once, or cannot be undone.
        version: of what is changed, as it is shown.
        inside: members of what is sent whose own members are fields of the form.
        here: which part of the navigation it belongs to.
        further: leads to more that can be chosen, if there is more.
    """

    heading: str
    back: ActionLink
    button: str | None
    asks: tuple[Ask, ...] = ()
    paragraphs: tuple[str, ...] = ()
    facts: tuple[Fact, ...] = ()
    warning: str | None = None
    version: int | None = None
    inside: Collection[str] = ()
    here: str = "records"
    further: ActionLink | None = None


@dataclass(frozen=True, slots=True)
class FieldView:
    """A field as it is shown; which macro shows it follows from its kind."""

    kind: str
    label: str
    hint: str
    line: TextField | None = None
    group: Ticks | None = None
    choice: SelectField | None = None


@dataclass(frozen=True, slots=True)
class OwnFormView:
    """The page of a form; `key` and the form's version travel unseen with it."""

    frame: Frame
    title: str
    form: OwnForm
    fields: tuple[FieldView, ...]
    key: str
    errors: tuple[ErrorLink, ...]


def build_own_form(
    frame: Frame, form: OwnForm, typed: Typed | None = None, refused: AppError | None = None
) -> OwnFormView:
    """Return the page of a form.

    Args:
        frame: what surrounds the page.
        form: what it asks.
        typed: what it held when it was sent, if it was.
        refused: why it was not taken, if it was sent.
    """
    faults = read_faults(refused, {ask.name: ask.mend for ask in form.asks}, form.inside)
    return OwnFormView(
        frame=frame,
        title=faults.title(form.heading),
        form=form,
        fields=tuple(_field(ask, _held(ask, typed), faults) for ask in form.asks),
        key=new_form_key(),
        errors=faults.links,
    )


def one_of(typed: Typed, name: str) -> str | None:
    """Return what a field held, without spaces around it; nothing where it was left empty."""
    return next((value.strip() for value in typed.get(name, ()) if value.strip()), None)


def all_of(typed: Typed, name: str) -> list[str]:
    """Return everything chosen of a group."""
    return [value for value in typed.get(name, ()) if value]


def day_of(typed: Typed, name: str) -> str | None:
    """Return a day as the API writes it, from any way in which people do.

    What cannot be read as a day stays as it was typed, to be refused as the API does.
    """
    text = one_of(typed, name)
    if text is None:
        return None
    told = re.sub(r"\s+", " ", text)
    for written in _WRITTEN:
        try:
            return datetime.strptime(told, written).date().isoformat()  # noqa: DTZ007 - a day
        except ValueError:
            continue
    return text


def write_day(day: date | None) -> tuple[str, ...]:
    """Return a day as a form holds it: `1/9/2026`."""
    return (f"{day.day}/{day.month}/{day.year}",) if day else ()


def _held(ask: Ask, typed: Typed | None) -> Sequence[str]:
    return ask.value if typed is None else typed.get(ask.name, ())


def _field(ask: Ask, held: Sequence[str], faults: Faults) -> FieldView:
    if ask.kind in {Kind.LINE, Kind.LONG}:
        line = text_field(ask.name, held[0] if held else "", faults)
        return FieldView(ask.kind, ask.label, ask.hint, line=line)
    if ask.kind is Kind.CHOICE:
        offered = [(value, words) for value, words, _ in ask.offered]
        choice = select_field(ask.name, offered, held[0] if held else "", faults)
        return FieldView(ask.kind, ask.label, ask.hint, choice=choice)
    group = ticks(ask.name, ask.offered, held, faults)
    return FieldView(ask.kind, ask.label, ask.hint, group=group)
