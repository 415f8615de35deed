"""What a provider's older entries tell and the newest does not: facts that can be taken out; pure.

A place in a list is written `*`: an address stands wherever its site stood in the list that day.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.ledger.canonical import canonical
from app.pages.filters import humanise
from app.register.service import STAYS

_PLACES: Mapping[str, str] = {
    "/name": "Name of the provider",
    "/other_names/*/name": "Another name",
    "/identifiers/*/value": "Number in another register",
    "/sites/*/name": "Name of a site",
    "/sites/*/address/lines/*": "Line of a site's address",
    "/sites/*/address/town": "Town of a site",
    "/sites/*/address/postcode": "Postcode of a site",
    "/sites/*/address/postcode_district": "First part of a site's postcode",
    "/sites/*/location/easting": "Where a site is: metres east",
    "/sites/*/location/northing": "Where a site is: metres north",
    "/sites/*/opened_on": "Day on which a site opened",
    "/sites/*/closed_on": "Day on which a site closed",
    "/sites/*/offers/*/programme": "Name of a programme",
}
_LIST_PLACE = re.compile(r"/\d+(?=/|$)")


@dataclass(frozen=True, slots=True)
class PastFact:
    """A fact that older entries tell and the newest does not.

    Attributes:
        token: names it on a form.
        pointer: where it stands.
        value: what stands there.
        entries: the numbers of those that tell it, newest first.
    """

    token: str
    pointer: str
    value: Any
    entries: tuple[int, ...]


def place_words(pointer: str) -> str:
    """Say in words where in a record a pointer leads."""
    place = _LIST_PLACE.sub("/*", pointer)
    parts = [part for part in place.split("/") if part not in {"", "*"}]
    return _PLACES.get(place) or humanise(", ".join(parts))


def past_facts(entries: Sequence[tuple[int, Mapping[str, Any] | None]]) -> list[PastFact]:
    """Return what older entries tell and the newest does not, in the order of the record.

    Args:
        entries: number and record of each entry, newest first; no record where it was taken out.
    """
    if not entries:
        return []
    newest = {token for token, _, _ in _facts(entries[0][1])}
    found: dict[str, PastFact] = {}
    for number, document in entries[1:]:
        for token, pointer, value in _facts(document):
            held = found.get(token) or PastFact(token, pointer, value, ())
            if token not in newest and number not in held.entries:
                found[token] = replace(held, entries=(*held.entries, number))
    known = list(_PLACES)
    return sorted(
        found.values(),
        key=lambda one: (
            known.index(one.pointer) if one.pointer in known else len(known),
            one.pointer,
            str(one.value),
        ),
    )


def _facts(document: Mapping[str, Any] | None) -> Iterator[tuple[str, str, Any]]:
    for name, held in (document or {}).items():
        if name not in STAYS:
            for pointer, value in _leaves(held, f"/{_escaped(name)}"):
                yield _token(pointer, value), pointer, value


def _leaves(held: Any, at: str) -> Iterator[tuple[str, Any]]:
    if isinstance(held, dict):
        for name, value in held.items():
            yield from _leaves(value, f"{at}/{_escaped(name)}")
    elif isinstance(held, list):
        for value in held:
            yield from _leaves(value, f"{at}/*")
    elif held is not None and not isinstance(held, bool) and str(held).strip():
        yield at, held


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _token(pointer: str, value: Any) -> str:
    return hashlib.sha256(canonical({"pointer": pointer, "value": value})).hexdigest()[:24]
