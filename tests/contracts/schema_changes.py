"""What changes between two schemas, for whoever writes or reads the values they describe.

Input breaks when something that was accepted no longer is; output breaks when something may now be
sent that was never promised, or something promised is no longer sent. Three things are a judgement:

* A new value in a list of values we send, a looser limit or pattern on what we send, and a changed
  default are CAREFUL, not BREAKING: readers are told to expect the first two. A list of values
  that has nothing left of the old one breaks.
* A member added to an object we send breaks only if that object promised to hold no others
  (`additionalProperties: false`). Leave the objects we send open.
* A member that is no longer known in input breaks even where unknown members are let through:
  what it said would be lost without a word.
"""

from collections.abc import Iterator
from itertools import zip_longest
from typing import Any

from tests.contracts.changes import Change, Json, Position, Severity, Sides, breaks
from tests.contracts.schema_shapes import OPAQUE, TIGHTER, canonical, shapes_of

_PLAIN_WORDS = {"lower": "the smallest value", "upper": "the largest value"}


def compare_json_schemas(old: Json, new: Json, position: Position | None = None) -> list[Change]:
    """Compare two stand-alone JSON Schema documents.

    Args:
        old: the document others rely on.
        new: the document that is to replace it.
        position: who writes the documents it describes; both ways round when not said.
    """
    found: list[Change] = []
    for each in [position] if position else list(Position):
        found += compare_schemas(Sides(old, new, each), old, new, "#")
    return list(dict.fromkeys(found))


def compare_schemas(
    sides: Sides, old: Any, new: Any, at: str, under_way: frozenset[str] = frozenset()
) -> list[Change]:
    """Compare two schemas, wherever in their documents they stand.

    Args:
        sides: the documents, for references, and who writes what the schemas describe.
        old: the schema others rely on.
        new: the schema that is to replace it.
        at: how a reader finds the place.
        under_way: pairs being compared now. Meeting one again adds nothing: that is what lets a
            schema that contains itself come to an end.
    """
    pair = canonical([old, new])
    if pair in under_way:
        return []
    under_way |= {pair}
    found = list(_default(sides, old, new, at))
    old_shapes, new_shapes = shapes_of(sides.old, old), shapes_of(sides.new, new)
    given, takers = (old_shapes, new_shapes) if sides.is_input else (new_shapes, old_shapes)
    for shape in given:
        found += _fit(sides, shape, takers, at, under_way)
    return found


def _fit(
    sides: Sides, shape: Json, takers: list[Json], at: str, under_way: frozenset[str]
) -> list[Change]:
    """Find the taker that fits a shape best, and return what still does not fit."""
    best: list[Change] | None = None
    for taker in sorted(takers, key=lambda one: one != shape):
        if not _takes(taker, shape):
            continue
        old, new = (shape, taker) if sides.is_input else (taker, shape)
        found = list(_compare_shapes(sides, old, new, at, under_way))
        if best is None or _weight(found) < _weight(best):
            best = found
        if not best:
            break
    if best is not None:
        return best
    kind = shape.get("type", "any value")
    return [Change(at, f"{kind} is no longer accepted" if sides.is_input else f"may now be {kind}")]


def _takes(taker: Json, shape: Json) -> bool:
    kind, given = taker.get("type"), shape.get("type")
    return kind in {None, given} or (kind == "number" and given == "integer")


def _weight(found: list[Change]) -> tuple[int, int]:
    return len(breaks(found)), len(found)


def _compare_shapes(
    sides: Sides, old: Json, new: Json, at: str, under_way: frozenset[str]
) -> Iterator[Change]:
    yield from _values(sides, old, new, at)
    yield from _limits(sides, old, new, at)
    yield from _opaque(sides, old, new, at)
    yield from _required(sides, old, new, at)
    for step, one, other in _children(sides, old, new):
        yield from compare_schemas(sides, one, other, f"{at}/{step}", under_way)
    yield from _members(sides, old, new, at)


def _default(sides: Sides, old: Any, new: Any, at: str) -> Iterator[Change]:
    """What leaving a member out means is part of the contract, if a small one."""
    if not sides.is_input or not isinstance(old, dict) or not isinstance(new, dict):
        return
    defaults = [canonical(side["default"]) if "default" in side else "none" for side in (old, new)]
    if defaults[0] != defaults[1]:
        what = f"the default was {defaults[0]} and is now {defaults[1]}"
        yield Change(at, what, Severity.CAREFUL)


def _values(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    """Compare the lists of values: shorter breaks input, longer asks output's readers for care."""
    before, after = ({canonical(value) for value in side.get("enum", [])} for side in (old, new))
    if sides.is_input and after and not before:
        yield Change(at, f"accepts only {', '.join(sorted(after))} now")
    elif sides.is_input and after and before - after:
        yield Change(at, f"no longer accepts {', '.join(sorted(before - after))}")
    elif not sides.is_input and before and not after:
        yield Change(at, "may now be any value, not only those listed", Severity.CAREFUL)
    elif not sides.is_input and before and after - before:
        severity = Severity.CAREFUL if before & after else Severity.BREAKING
        yield Change(at, f"may now be {', '.join(sorted(after - before))}", severity)


def _limits(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    for word, tighter in TIGHTER.items():
        before, after = old.get(word), new.get(word)
        if before == after:
            continue
        narrowed = before is None or (after is not None and tighter(before, after) == after)
        if narrowed == sides.is_input:
            severity = Severity.BREAKING if sides.is_input else Severity.CAREFUL
            yield Change(at, _moved(word, before, after), severity)


def _moved(word: str, before: Any, after: Any) -> str:
    """Say how a limit moved. A number's limit is a pair; its second part says whether it counts."""
    shown = []
    for limit in (before, after):
        if isinstance(limit, tuple):
            outside = limit[1] == (1 if word == "lower" else 0)
            shown.append(f"{limit[0]} (not itself allowed)" if outside else f"{limit[0]}")
        else:
            shown.append("none" if limit is None else f"{limit}")
    return f"{_PLAIN_WORDS.get(word, word)} was {shown[0]} and is now {shown[1]}"


def _opaque(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    """Nobody can say whether one pattern is narrower than another, so every change counts."""
    for word in OPAQUE:
        before, after = old.get(word), new.get(word)
        if before == after or (after if sides.is_input else before) is None:
            continue
        breaking = sides.is_input or word == "format"
        what = f"{word} was {canonical(before)} and is now {canonical(after)}"
        yield Change(at, what, Severity.BREAKING if breaking else Severity.CAREFUL)


def _required(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    before, after = set(old.get("required", ())), set(new.get("required", ()))
    if sides.is_input:
        for name in sorted(after - before):
            yield Change(f"{at}/{name}", "is now required")
    else:
        gone = old.get("properties", {}).keys() - new.get("properties", {}).keys()
        for name in sorted(before - after - gone):
            yield Change(f"{at}/{name}", "is no longer always sent")


def _members(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    """Compare which members there are; what each may hold is compared as a child."""
    before, after = (side.get("properties", {}) for side in (old, new))
    for name in sorted(before.keys() - after.keys()):
        yield Change(
            f"{at}/{name}", "is no longer known" if sides.is_input else "is no longer sent"
        )
    if not sides.is_input and old.get("additionalProperties") is False:
        for name in sorted(after.keys() - before.keys()):
            yield Change(f"{at}/{name}", "was added to an object that promised no others")


def _children(sides: Sides, old: Json, new: Json) -> Iterator[tuple[str, Any, Any]]:
    """Yield what both sides say of the same inner value, with the step that leads to it."""
    before, after = (side.get("properties", {}) for side in (old, new))
    for name in sorted(before.keys() & after.keys()):
        yield name, before[name], after[name]
    for word, step in (("additionalProperties", "*"), ("items", "[]")):
        if word in old or word in new:
            yield step, old.get(word, True), new.get(word, True)
    heads = zip_longest(old.get("prefixItems", ()), new.get("prefixItems", ()))
    for index, (one, other) in enumerate(heads):
        first = old.get("items", True) if one is None else one
        yield f"[{index}]", first, new.get("items", True) if other is None else other
