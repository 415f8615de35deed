"""Which of several forms of an answer its caller likes best (RFC 9110 §12.5.1); pure."""

import re
from collections.abc import Sequence

_RANGE = re.compile(
    r"[ \t]*([!#$%&'*+.^_`|~0-9a-z-]+)/([!#$%&'*+.^_`|~0-9a-z-]+)((?:[ \t]*;[^,]*)?)[ \t]*"
)
_QUALITY = re.compile(r";[ \t]*q=(0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?)[ \t]*(?:;|$)")
_ANY = "*"


def best(accept: str, offered: Sequence[str]) -> str | None:
    """Return the offered media type that is liked best; of equals the one offered first.

    What cannot be read in the header is passed over. A caller that says nothing takes anything.

    Args:
        accept: the header `Accept`, its lines joined by commas.
        offered: media types without parameters, in our own order.

    Returns:
        `None` where none is acceptable.
    """
    ranges = [_read(one) for one in accept.lower().split(",") if one.strip()]
    known = [one for one in ranges if one is not None]
    if not known:
        return offered[0]
    liked = [(_quality(one, known), -place, one) for place, one in enumerate(offered)]
    quality, _, chosen = max(liked)
    return chosen if quality > 0 else None


def _read(text: str) -> tuple[str, str, float] | None:
    found = _RANGE.fullmatch(text)
    if found is None:
        return None
    parameters = found[3].strip()
    if ";" in parameters and "q=" in parameters:
        quality = _QUALITY.search(parameters)
        if quality is None:
            return None
        return found[1], found[2], float(quality[1])
    return found[1], found[2], 1.0


def _quality(offered: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The most specific range that covers a type says how much it is liked."""
    kind, _, subtype = offered.partition("/")
    fitting = [
        (one[0] != _ANY, one[1] != _ANY, one[2])
        for one in ranges
        if one[0] in {kind, _ANY} and one[1] in {subtype, _ANY}
    ]
    return max(fitting)[2] if fitting else 0.0
