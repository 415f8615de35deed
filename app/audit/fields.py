"""Fields of a thing as an entry tells them: plain JSON, and of a change only what differs."""

import uuid
from collections.abc import Mapping
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import Any

_TOLD_AS_THEY_ARE = (bool, int, float, str)
_TOLD_AS_TEXT = (uuid.UUID, Decimal, timedelta)
_MISSING = object()


def changed(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return of two states of a thing the fields that differ, as they were and as they are now.

    A field that only one of the two has is in that one alone.

    Raises:
        TypeError: as for `plain`.
    """
    was, now = plain(before) or {}, plain(after) or {}
    differs = {name for name in was | now if was.get(name, _MISSING) != now.get(name, _MISSING)}
    return (
        {name: value for name, value in was.items() if name in differs},
        {name: value for name, value in now.items() if name in differs},
    )


def plain(fields: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """Return fields as JSON holds them; keys, days, moments and sums of money become text.

    Raises:
        TypeError: a value is of a kind whose text tells nobody anything and may tell too much, such
            as the bytes of a hash.
    """
    return None if fields is None else {str(name): _value(held) for name, held in fields.items()}


def _value(value: Any) -> Any:
    if isinstance(value, Enum):
        value = value.value
    if isinstance(value, Mapping):
        return plain(value)
    if isinstance(value, list | tuple):
        return [_value(one) for one in value]
    if isinstance(value, set | frozenset):
        return sorted(map(_value, value), key=str)
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, _TOLD_AS_THEY_ARE):
        return value
    if isinstance(value, date | time):  # moments are days as well
        return value.isoformat()
    if isinstance(value, _TOLD_AS_TEXT):
        return str(value)
    message = f"A {type(value).__name__} cannot be told in the record of acts; give plain text."
    raise TypeError(message)
