"""What an entry changed, line by line: where, from what, to what; pure.

Both records are compared in the present form. A list of records is never told as a whole: a site is
the one with the same reference, an identifier the same number of the same register, another name
the same words, an offer the same programme or what is the same but for its programme. So one change
is one line, whatever moved up or down beside it. A list of plain values is told as a whole.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import orjson

from app.register.rendering import in_present_form

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that an entry changed.

    Attributes:
        pointer: where it stands in the entry's record (RFC 6901); of what was taken away, where it
            stood in the record before.
        old: what stood there; `None` for what was added.
        new: what stands there; `None` for what was taken away.
    """

    pointer: str
    old: Any
    new: Any


def differences(before: Json, now: Json) -> list[Difference]:
    """Return what changed between two records of one provider, in the order of their members.

    Nothing of a record that was taken out of the log may be told through the next one: whoever
    calls this has both, as they still stand.
    """
    return list(_of_objects("", in_present_form(before), in_present_form(now)))


def moved_for(before: Json | None, now: Json) -> str | None:
    """Return the public reason for which an entry moved listings, or announced that they will move.

    `None` where none moved, or no reason was given, or they moved for several.

    Args:
        before: the provider's record before; `None` for its first entry.
        now: the record of the entry.
    """
    known = {site["reference"]: site for site in in_present_form(before)["sites"]} if before else {}
    reasons = {
        reason
        for site in in_present_form(now)["sites"]
        for reason in _reasons(known.get(site["reference"]), site)
    }
    return reasons.pop() if len(reasons) == 1 else None


def _reasons(before: Json | None, site: Json) -> Iterator[str | None]:
    was = (before["listing"] if before else None) or {}
    listing = site["listing"]
    if listing is None:
        return
    if (listing["status"], listing["since"]) != (was.get("status"), was.get("since")):
        yield listing["reason"]
    if listing["announced"] and listing["announced"] != was.get("announced"):
        yield listing["announced"]["reason"]


Key: TypeAlias = Callable[[Json], Any]


def _alike(*left_out: str) -> Key:
    """Return what everything but some members of a record says."""

    def key(record: Json) -> bytes:
        told = {name: value for name, value in record.items() if name not in left_out}
        return orjson.dumps(told, option=orjson.OPT_SORT_KEYS)

    return key


def _of(*members: str) -> Key:
    return lambda record: tuple(record.get(member) for member in members)


_SAME = _alike()
_KEYS: dict[str, tuple[Key, ...]] = {
    "sites": (_of("reference"),),
    "offers": (_SAME, _of("programme", "ages"), _of("programme"), _alike("programme")),
    "identifiers": (_of("scheme", "value"),),
    "other_names": (_of("kind", "name"), _of("name")),
    "sessions": (_SAME, _of("day", "from"), _of("day")),
}
"""By what records in a list are the same one, by the list's name; what comes first counts first."""


def _of_values(pointer: str, name: str, old: Any, new: Any) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, dict) and isinstance(new, dict):
        yield from _of_objects(pointer, old, new)
    elif isinstance(old, list) and isinstance(new, list) and name in _KEYS:
        yield from _of_lists(pointer, _KEYS[name], old, new)
    else:
        yield Difference(pointer, old, new)


def _of_objects(pointer: str, old: Json, new: Json) -> Iterator[Difference]:
    for name in dict.fromkeys((*new, *old)):
        place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
        yield from _of_values(place, name, old.get(name), new.get(name))


def _of_lists(
    pointer: str, keys: Sequence[Key], old: Sequence[Json], new: Sequence[Json]
) -> Iterator[Difference]:
    pairs = _pairs(keys, old, new)
    for place in sorted(set(range(len(old))) - set(pairs.values())):
        yield Difference(f"{pointer}/{place}", old[place], None)
    for place, record in enumerate(new):
        if place in pairs:
            yield from _of_objects(f"{pointer}/{place}", old[pairs[place]], record)
        else:
            yield Difference(f"{pointer}/{place}", None, record)


def _pairs(keys: Sequence[Key], old: Sequence[Json], new: Sequence[Json]) -> dict[int, int]:
    """Return which old record each new one is, by their places; each is at most one."""
    pairs: dict[int, int] = {}
    for key in keys:
        left: dict[Any, list[int]] = {}
        for place in sorted(set(range(len(old))) - set(pairs.values())):
            left.setdefault(_hashable(key(old[place])), []).append(place)
        for place, record in enumerate(new):
            places = left.get(_hashable(key(record))) if place not in pairs else None
            if places:
                pairs[place] = places.pop(0)
    return pairs


def _hashable(key: Any) -> bytes:
    return key if isinstance(key, bytes) else orjson.dumps(key, option=orjson.OPT_SORT_KEYS)
