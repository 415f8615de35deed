"""One record, one sequence of bytes: canonical JSON after RFC 8785.

A record holds text, whole numbers, truth values, nothing, lists and objects; hours may have a
fraction. Within that, sorted keys and the shortest form of each number are exactly RFC 8785, and a
test compares with another implementation of it.
"""

from typing import Any

import orjson

SMALLEST_FRACTION = 1e-4
LARGEST_NUMBER = 2**53


def canonical(record: dict[str, Any]) -> bytes:
    """Return the canonical bytes of a record.

    Raises:
        ValueError: a number is not one that every reader of JSON would read alike, or the name of a
            member is not one that everybody would sort alike.
    """
    return orjson.dumps(_checked(record), option=orjson.OPT_SORT_KEYS)


def _checked(value: Any) -> Any:
    if isinstance(value, dict):
        return {_plain_name(name): _checked(member) for name, member in value.items()}
    if isinstance(value, list | tuple):
        return [_checked(member) for member in value]
    if isinstance(value, float):
        return _plain_number(value)
    if isinstance(value, int) and abs(value) >= LARGEST_NUMBER:
        message = f"{value} is too large to be read alike everywhere"
        raise ValueError(message)
    return value


def _plain_name(name: str) -> str:
    """RFC 8785 sorts by UTF-16 units and orjson by code points; over ASCII they agree."""
    if not name.isascii():
        message = f"{name!r} is not a plain name for a member"
        raise ValueError(message)
    return name


def _plain_number(value: float) -> float | int:
    """Whole numbers lose their `.0`; what would need an exponent is refused."""
    if value.is_integer() and abs(value) < LARGEST_NUMBER:
        return int(value)
    if SMALLEST_FRACTION <= abs(value) < LARGEST_NUMBER:
        return value
    message = f"{value} has no plain decimal form"
    raise ValueError(message)
