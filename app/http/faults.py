"""What was wrong in a request, in plain words that say how to mend it."""

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError

from app.errors import FieldFault
from app.http.routes import QueryParameter

MOST_FAULTS = 20
"""How many faults one answer lists; a hostile body could hold millions."""
MOST_SHOWN = 100
"""How many characters of a name that a caller made up are repeated to it."""

_LIKENESS = 0.6
"""How like a known name a misspelt one must be to be suggested, from 0 to 1."""

_WORDS = {
    "missing": "This is required.",
    "extra_forbidden": "This is not known here; leave it out.",
    "string_type": "It must be text.",
    "string_unicode": "It must be text without halves of characters (lone surrogates).",
    "string_too_short": "It must have at least {min_length} characters.",
    "string_too_long": "It must have at most {max_length} characters.",
    "string_pattern_mismatch": "It must match the pattern {pattern}",
    "int_type": "It must be a whole number.",
    "int_parsing": "It must be a whole number.",
    "int_from_float": "It must be a whole number.",
    "int_parsing_size": "It must be a smaller whole number.",
    "float_type": "It must be a number.",
    "float_parsing": "It must be a number.",
    "finite_number": "It must be a finite number.",
    "bool_type": "It must be true or false.",
    "bool_parsing": "It must be true or false.",
    "date_type": "It must be a date such as 2026-09-01.",
    "date_parsing": "It must be a date such as 2026-09-01.",
    "date_from_datetime_parsing": "It must be a date such as 2026-09-01.",
    "date_from_datetime_inexact": "It must be a date without a time, such as 2026-09-01.",
    "datetime_type": "It must be a date and time such as 2026-09-01T09:30:00Z.",
    "datetime_parsing": "It must be a date and time such as 2026-09-01T09:30:00Z.",
    "datetime_from_date_parsing": "It must be a date and time such as 2026-09-01T09:30:00Z.",
    "timezone_aware": "It must name its time zone, such as 2026-09-01T09:30:00Z.",
    "uuid_type": "It must be a UUID.",
    "uuid_parsing": "It must be a UUID.",
    "enum": "It must be one of: {expected}.",
    "literal_error": "It must be one of: {expected}.",
    "greater_than": "It must be greater than {gt}.",
    "greater_than_equal": "It must be {ge} or more.",
    "less_than": "It must be less than {lt}.",
    "less_than_equal": "It must be {le} or less.",
    "too_short": "It must have at least {min_length} items.",
    "too_long": "It must have at most {max_length} items.",
    "list_type": "It must be a list.",
    "dict_type": "It must be an object.",
    "model_type": "It must be an object.",
    "model_attributes_type": "It must be an object.",
    "union_tag_invalid": "It must be one of: {expected_tags}.",
    "union_tag_not_found": "This is required.",
    "value_error": "{error}",
    "assertion_error": "{error}",
}
_OF_KINDS = frozenset({"union_tag_invalid", "union_tag_not_found"})
"""Faults of objects of several kinds, whose kind is not known."""
_OF_WHAT_IS_MISSING = frozenset({"missing", "union_tag_not_found"})
_NOT_JSON = (
    "The body was not read as JSON. Send JSON, with the header Content-Type: application/json."
)


def faults_of(
    error: RequestValidationError, known: Sequence[QueryParameter] = ()
) -> tuple[FieldFault, ...]:
    """Return what was wrong, where and how to mend it; never the values that were sent.

    Args:
        error: what FastAPI found; the first `MOST_FAULTS` are told.
        known: the query parameters that the route takes.
    """
    return tuple(_fault(raw, error.body, known) for raw in error.errors()[:MOST_FAULTS])


def shown(name: str) -> str:
    """Return a name that a caller made up, fit to be repeated: short and printable."""
    short = name if len(name) <= MOST_SHOWN else f"{name[:MOST_SHOWN]}…"
    return "".join(char if char.isprintable() else "\N{REPLACEMENT CHARACTER}" for char in short)


def pointer(steps: Iterable[str | int]) -> str:
    """Return a JSON pointer (RFC 6901); the empty one means the whole document."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)


def shown_pointer(steps: Sequence[str | int]) -> str:
    """Return a pointer fit to be repeated: exact unless a part is long or unprintable."""
    return pointer(shown(step) if isinstance(step, str) else step for step in steps)


def unknown_parameter(name: str, known: Sequence[QueryParameter]) -> FieldFault:
    """Return the fault of a parameter nobody reads, with the nearest name and all that are read."""
    name = shown(name)
    allowed = sorted(parameter.names[0] for parameter in known)
    if not allowed:
        return FieldFault(
            f"Unknown parameter “{name}”. This address takes no query parameters.", parameter=name
        )
    near = difflib.get_close_matches(name, allowed, n=1, cutoff=_LIKENESS)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return FieldFault(
        f"Unknown parameter “{name}”.{hint} Allowed: {', '.join(allowed)}.", parameter=name
    )


def _fault(raw: dict[str, Any], body: Any, known: Sequence[QueryParameter]) -> FieldFault:
    place, *steps = raw["loc"] or ("body",)
    if raw["type"] == "json_invalid":
        where = f" at character {steps[0]}" if steps else ""
        reason = raw.get("ctx", {}).get("error", "it cannot be read")
        return FieldFault(f"The body is not valid JSON{where}: {reason}.", pointer="")
    if place == "body":
        detail = _NOT_JSON if isinstance(body, bytes) else _in_words(raw)
        within = _within(body, [*steps, *_telling(raw)], raw["type"])
        return FieldFault(detail, pointer=shown_pointer(within))
    # A place in a repeated parameter is no name that anybody sent.
    name = shown(".".join(step for step in steps if isinstance(step, str)))
    if place == "query" and raw["type"] == "extra_forbidden":
        return unknown_parameter(name, known)
    detail = _in_words(raw)
    if place in {"header", "cookie"}:
        detail = f"The {place} {name}: {detail}"
    return FieldFault(detail, parameter=name)


def _telling(raw: dict[str, Any]) -> Iterator[str]:
    """Yield the member that tells the kinds of an object apart, where the fault is in it."""
    if raw["type"] in _OF_KINDS:
        yield raw["ctx"]["discriminator"].strip("'")


def _within(body: Any, steps: Sequence[str | int], kind: str) -> list[str | int]:
    """Keep the steps that lead through the document that was sent.

    Validation also reports steps that are not in it, such as the branch of a union it tried.
    """
    if body is None or isinstance(body, bytes):
        return []
    kept: list[str | int] = []
    here = body
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        if _leads_on(here, step):
            here = here[step]
            kept.append(step)
        elif last and kind in _OF_WHAT_IS_MISSING:
            kept.append(step)
    return kept


def _leads_on(here: Any, step: str | int) -> bool:
    if isinstance(here, Mapping):
        return step in here
    return isinstance(here, list) and isinstance(step, int) and 0 <= step < len(here)


def _in_words(raw: dict[str, Any]) -> str:
    words = _WORDS.get(raw["type"])
    if words is not None:
        try:
            return words.format(**{key: _plain(fact) for key, fact in raw.get("ctx", {}).items()})
        except (KeyError, IndexError):
            pass  # an older or newer validator gave other facts; its own message is next best
    message: str = raw["msg"]
    return message.replace("Input should be", "It must be").rstrip(".") + "."


def _plain(fact: Any) -> Any:
    """Return a number as a person writes it: 5, not 5.0."""
    return int(fact) if isinstance(fact, float) and fact.is_integer() else fact
