"""Street addresses, read so that two spellings of one can be told: number, flat, street, postcode.

`Flat B, 14 High St` and `14B High Street` are one address. Nothing is looked up: an address is
taken apart by its words alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from app.values.postcode import normalise_postcode
from app.values.words import words

_SHORT = {
    "ave": "avenue",
    "av": "avenue",
    "bldg": "building",
    "bldgs": "buildings",
    "cl": "close",
    "cres": "crescent",
    "ct": "court",
    "ctr": "centre",
    "dr": "drive",
    "est": "estate",
    "gdns": "gardens",
    "gr": "grove",
    "hse": "house",
    "ind": "industrial",
    "la": "lane",
    "ln": "lane",
    "pk": "park",
    "pl": "place",
    "rd": "road",
    "sq": "square",
    "ter": "terrace",
    "terr": "terrace",
    "wy": "way",
}
_UNIT = re.compile(
    r"\b(?:flat|unit|units|suite|apartment|apt|room|office|studio|block)\s+(?:no\s+)?([a-z]?\d*[a-z]?)\b"
)
_STROKE = re.compile(r"\b(\d+[a-z]?)\s*/\s*(\d+[a-z]?)\b")
_RANGE = re.compile(r"\b(\d+)\s*[-–]\s*(\d+)\b")  # noqa: RUF001 - as people type it
_NUMBER = re.compile(r"\b(\d+)([a-z]?)\b")
_POSTCODE = re.compile(r"[a-z]{1,2}\d[a-z\d]?\s*\d[a-z]{2}\s*$", re.IGNORECASE)
_CARE_OF = re.compile(r"\b(?:c\s*/\s*o|care of)\b", re.IGNORECASE)
_AGENTS = frozenset(
    words("accountancy accountant accountants bookkeepers formations solicitor solicitors virtual")
)
_OF_MANY = frozenset(
    words("academy church chapel college council hall leisure library mosque school serviced")
)
_CENTRES = frozenset(
    words("business community enterprise innovation industrial leisure retail sports trading youth")
)
_CENTRE_OF = frozenset(words("center centre estate hub park village"))
_NAMED_AFTER = frozenset(_SHORT.values()) | frozenset(
    words("barn cottage farm green hill lodge mews road street view")
)
"""School Lane and Church Farm are no school and no church; nor is the Old School."""


@dataclass(frozen=True, slots=True)
class StreetAddress:
    """An address taken apart.

    Attributes:
        postcode: in canonical form, where one was given and well formed.
        number: of the house, `12` or `12-14`; empty where it has none.
        unit: of a flat, suite or unit within it; empty where none is given.
        street: the other words in order, shortened words written out.
        house: of a house without a number, the words of its first line; empty where that line may
            be a town's.
        of_many: its words say that many unconnected people are there: a business centre, a school,
            a hall.
        of_an_agent: its words say that it is somebody else's, an accountant's for instance.
    """

    postcode: str | None
    number: str
    unit: str
    street: tuple[str, ...]
    house: tuple[str, ...]
    of_many: bool
    of_an_agent: bool


def read_address(lines: Iterable[str], postcode: str | None = None) -> StreetAddress | None:
    """Return an address taken apart, or none if there is nothing of an address in it.

    Args:
        lines: street, town and so on, in the order given; a postcode may stand at the end.
        postcode: where it is held by itself.
    """
    text = ", ".join(part.strip() for part in lines if part.strip())
    found = _POSTCODE.search(text)
    if found and postcode is None:
        postcode, text = found[0], text[: found.start()]
    canonical = _canonical(postcode)
    care_of = bool(_CARE_OF.search(text))
    text = _CARE_OF.sub(" ", text).lower().replace(",", " , ")
    text = _RANGE.sub(r"\1to\2", text)
    text = _STROKE.sub(r"flat \1 , \2", text)
    unit, text = _unit(text)
    number, letter, text = _number(text)
    written = _lines(text)
    street = tuple(word for line in written for word in line)
    if canonical is None and not (street and number):
        return None
    named = not number and (unit or len(written) > 1)
    return StreetAddress(
        canonical,
        number,
        unit or letter,
        street,
        written[0] if named and written else (),
        of_many=_is_of_many(street),
        of_an_agent=care_of or not _AGENTS.isdisjoint(street),
    )


def _canonical(postcode: str | None) -> str | None:
    try:
        return normalise_postcode(postcode or "")
    except ValueError:
        return None


def _unit(text: str) -> tuple[str, str]:
    found = _UNIT.search(text)
    if found is None or not found[1]:
        return "", text
    return found[1], f"{text[: found.start()]} {text[found.end() :]}"


def _number(text: str) -> tuple[str, str, str]:
    """Return the house's number, a letter behind it that stands for a flat, and what is left."""
    ranged = re.search(r"\b(\d+)to(\d+)\b", text)
    if ranged:
        rest = f"{text[: ranged.start()]} {text[ranged.end() :]}"
        return f"{ranged[1]}-{ranged[2]}", "", rest
    found = _NUMBER.search(text)
    if found is None:
        return "", "", text
    return found[1], found[2], f"{text[: found.start()]} {text[found.end() :]}"


def _lines(text: str) -> list[tuple[str, ...]]:
    """Return the words of each line; `St` is a street at its end and a saint at its beginning."""
    found: list[tuple[str, ...]] = []
    for line in text.split(","):
        parts = [word for word in words(line) if word not in {"the", "and"}]
        if len(parts) > 1 and parts[-1] == "st":
            parts[-1] = "street"
        if parts:
            found.append(tuple(_SHORT.get(word, word) for word in parts))
    return found


def _is_of_many(street: tuple[str, ...]) -> bool:
    held = frozenset(street)
    around = zip(("", *street), street, (*street[1:], ""), strict=False)
    named = any(
        word in _OF_MANY and before != "old" and after not in _NAMED_AFTER
        for before, word, after in around
    )
    return named or bool(held & _CENTRES and held & _CENTRE_OF)
