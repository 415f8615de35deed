"""JSON pointers (RFC 6901) into a record, where `*` may stand for every place of a list."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

LONGEST = 200

Pointer: TypeAlias = tuple[str, ...]
"""The parts of a pointer, unescaped, from the outermost in."""

_PLACE = re.compile(r"0|[1-9][0-9]{0,5}")
EVERY = "*"


def parse_pointer(text: str) -> Pointer:
    """Read a pointer.

    Raises:
        ValueError: it is none, or names the whole document.
    """
    if not text.startswith("/") or len(text) > LONGEST:
        message = "A pointer begins with / and names a member, such as /sites/0/address/lines/*."
        raise ValueError(message)
    if re.search(r"~(?![01])", text):
        message = "In a pointer ~ is written ~0, and / within a name ~1."
        raise ValueError(message)
    return tuple(part.replace("~1", "/").replace("~0", "~") for part in text[1:].split("/"))


def resolve(document: Any, pointer: Pointer) -> Iterator[Any]:
    """Yield every value a document holds where a pointer leads; none where it leads nowhere."""
    if not pointer:
        yield document
        return
    part, rest = pointer[0], pointer[1:]
    if isinstance(document, dict) and part in document:
        yield from resolve(document[part], rest)
    elif isinstance(document, list) and part == EVERY:
        for item in document:
            yield from resolve(item, rest)
    elif isinstance(document, list) and _PLACE.fullmatch(part) and int(part) < len(document):
        yield from resolve(document[int(part)], rest)


def texts(document: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text a document holds, each with the pointer to it."""
    if isinstance(document, str):
        yield at, document
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from texts(value, f"{at}/{name.replace('~', '~0').replace('/', '~1')}")
    elif isinstance(document, list):
        for place, value in enumerate(document):
            yield from texts(value, f"{at}/{place}")
