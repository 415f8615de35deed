"""Whether what somebody typed is a place to search near: a postcode, or its first half; pure."""

from functools import cache

from app.places.facts import postcode_districts
from app.values.postcode import normalise_outcode, normalise_postcode


def read_place(typed: str) -> str | None:
    """Return a postcode or the first half of one; `None` for anything else, which is words.

    A first half has to be one there is in England: `M1` is a place, `A1` may be part of a name.
    """
    try:
        return normalise_postcode(typed)
    except ValueError:
        pass
    try:
        outcode = normalise_outcode(typed)
    except ValueError:
        return None
    return outcode if outcode in _outcodes() else None


@cache
def _outcodes() -> frozenset[str]:
    return frozenset(district.outcode for district in postcode_districts())
