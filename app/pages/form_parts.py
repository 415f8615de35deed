"""The parts of forms on the pages of signed-in people, and what was wrong with what they held."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.errors import AppError, FieldFault
from app.pages.view_models import Choice, ErrorLink, SelectField, TextField


@dataclass(frozen=True, slots=True)
class Tick:
    """One box or button of several; `hint` says more about it."""

    value: str
    text: str
    hint: str | None
    checked: bool


@dataclass(frozen=True, slots=True)
class Ticks:
    """Boxes, or buttons of which one counts. The first has the group's name as its id."""

    name: str
    items: tuple[Tick, ...]
    error: str | None


@dataclass(frozen=True, slots=True)
class Faults:
    """What was wrong with a form.

    Attributes:
        fields: what to mend, by the name of the field.
        links: the lines of the error summary.
    """

    fields: Mapping[str, str]
    links: tuple[ErrorLink, ...]

    def title(self, title: str) -> str:
        """Return a page's title, which says first that something is wrong."""
        return f"Error: {title}" if self.links else title


NONE_WRONG = Faults({}, ())


def read_faults(
    refused: AppError | None, named: Mapping[str, str], inside: Collection[str] = ()
) -> Faults:
    """Return what a refusal says of each field of a form.

    Args:
        refused: why the form was not taken, if it was not.
        named: what to say where a field was left empty, by the field's name; in the page's order.
        inside: members of what was sent whose own members are fields of the form.
    """
    if refused is None:
        return NONE_WRONG
    found: dict[str, str] = {}
    others: list[ErrorLink] = []
    for fault in refused.errors:
        field = _field(fault, inside)
        if field in named:
            found.setdefault(field, _in_words(fault, named[field]))
        else:
            others.append(ErrorLink(fault.detail, None))
    links = tuple(ErrorLink(found[field], f"#{field}") for field in named if field in found)
    return Faults(found, (*links, *others) or (ErrorLink(refused.detail, None),))


def text_field(name: str, value: str, faults: Faults = NONE_WRONG) -> TextField:
    """Return a text box, as typed."""
    return TextField(name, value, faults.fields.get(name))


def ticks(
    name: str,
    offered: Iterable[tuple[str, str, str | None]],
    chosen: Iterable[str],
    faults: Faults = NONE_WRONG,
) -> Ticks:
    """Return boxes or buttons.

    Args:
        name: the group's.
        offered: value, words and hint of each.
        chosen: values of those that are ticked.
        faults: what was wrong with the form.
    """
    held = set(chosen)
    items = tuple(Tick(value, text, hint, value in held) for value, text, hint in offered)
    return Ticks(name, items, faults.fields.get(name))


def select_field(
    name: str, offered: Sequence[tuple[str, str]], chosen: str, faults: Faults = NONE_WRONG
) -> SelectField:
    """Return a select; the first of those offered stands for none."""
    choices = tuple(Choice(value, text, value == chosen) for value, text in offered)
    return SelectField(name, choices, faults.fields.get(name))


def _field(fault: FieldFault, inside: Collection[str] = ()) -> str:
    """Return the field a fault is about; a place in a list is the list's."""
    parts = (fault.pointer or fault.parameter or "").lstrip("/").split("/")
    part = parts[1] if len(parts) > 1 and parts[0] in inside else parts[0]
    return part.split(".")[0]


def _in_words(fault: FieldFault, when_empty: str) -> str:
    """Say what to mend as people say it: the API's "It must be one of" names codes."""
    left_empty = fault.detail == "This is required." or " at least 1 " in fault.detail
    by_code = fault.detail.startswith(("It must be ", "It must match the pattern "))
    return when_empty if left_empty or by_code else fault.detail
