"""Keyset cursors: where a page ended, so that the next begins right after it.

A cursor is opaque to callers. It carries a fingerprint of the search it belongs to, because the end
of one search means nothing in another.
"""

import base64
import binascii
import hashlib
from typing import Any

import orjson

FINGERPRINT_BYTES = 6
LARGEST_INTEGER = 2**31 - 1
"""What PostgreSQL's `integer` holds; sort keys are no larger."""


class CursorError(ValueError):
    """The cursor is damaged, or belongs to another search. The message says which."""


def fingerprint(parts: Any) -> str:
    """Return a short fingerprint of what a list was asked for; `parts` is plain JSON."""
    given = orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)
    return hashlib.sha256(given).hexdigest()[: FINGERPRINT_BYTES * 2]


def encode(search: str, first_entry: int, key: list[Any]) -> str:
    """Write a cursor.

    Args:
        search: the fingerprint of the search.
        first_entry: the register's head when the first page was answered.
        key: the sort key of the last row of this page, unique in its order.
    """
    raw = orjson.dumps([search, first_entry, *key])
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(cursor: str, search: str, kinds: tuple[type, ...]) -> tuple[int, list[Any]]:
    """Read a cursor: the first page's head entry, and the sort key to go on from.

    Args:
        cursor: as `encode` wrote it.
        search: the fingerprint of the search now asked for.
        kinds: the types the sort key must have.

    Raises:
        CursorError: it is not one of ours, or of another search.
    """
    try:
        raw = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        given, first_entry, *key = raw
    except (ValueError, TypeError, binascii.Error):
        raise CursorError("The cursor is damaged. Begin again without it.") from None
    if isinstance(raw, list) and given != search:
        raise CursorError(
            "The cursor belongs to another search. Follow `links.next` as it is given, "
            "or begin again without a cursor."
        )
    fits = len(key) == len(kinds) and all(map(_can_stand_in_a_row, key, kinds))
    if type(first_entry) is not int or not fits:
        raise CursorError("The cursor is damaged. Begin again without it.")
    return first_entry, key


def _can_stand_in_a_row(value: Any, kind: type) -> bool:
    """Whoever makes up a cursor must not be able to make a statement fail."""
    if type(value) is not kind:
        return False
    if isinstance(value, int | float):
        return 0 <= value <= LARGEST_INTEGER
    return not isinstance(value, str) or "\0" not in value
