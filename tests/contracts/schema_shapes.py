"""A JSON Schema (2020-12) spelt out as plain shapes: one type each, references followed.

`anyOf`, `oneOf`, a list of types and `X | null` all say the same thing in different words. Spelt
out as a list of shapes they can be compared without caring about the words. `oneOf` is read as
`anyOf`.
"""

import json
from collections.abc import Callable, Iterator
from itertools import groupby, zip_longest
from typing import Any
from urllib.parse import unquote

from tests.contracts.changes import Json

TIGHTER: dict[str, Callable[[Any, Any], Any]] = {
    "lower": max,
    "upper": min,
    "minLength": max,
    "maxLength": min,
    "minItems": max,
    "maxItems": min,
    "uniqueItems": max,
    "minProperties": max,
    "maxProperties": min,
}
"""Limits, and which of two is the tighter. `lower` and `upper` stand for the four number limits."""

_KEYWORDS_OF = {
    "string": {"format", "pattern", "contentEncoding", "contentMediaType"}
    | {"minLength", "maxLength"},
    "number": {"format", "multipleOf", "lower", "upper"},
    "integer": {"format", "multipleOf", "lower", "upper"},
    "array": {"items", "prefixItems", "contains", "minContains", "maxContains"}
    | {"unevaluatedItems", "minItems", "maxItems", "uniqueItems"},
    "object": {"properties", "required", "additionalProperties", "patternProperties"}
    | {"propertyNames", "dependentRequired", "dependentSchemas", "unevaluatedProperties"}
    | {"minProperties", "maxProperties"},
}
"""The keywords that can refuse a value of each type; the rest of a schema says nothing about it."""

_ANY_TYPE = {"type", "enum", "not", "if", "then", "else"}
_COMPARED = {"type", "enum", "items", "prefixItems", "properties", "required"}
_COMPARED |= {"additionalProperties"}
_ALL_KEYWORDS = {word for words in _KEYWORDS_OF.values() for word in words}

OPAQUE = tuple(sorted((_ALL_KEYWORDS | _ANY_TYPE) - _COMPARED - TIGHTER.keys()))
"""Keywords compared as they stand: any change to one counts as a change of meaning."""

_JSON_TYPES = {str: "string", bool: "boolean", int: "integer", float: "number", list: "array"}


def canonical(value: object) -> str:
    """Return JSON text that is the same for equal values, and tells `1` from `true`."""
    return json.dumps(value, sort_keys=True)


def resolve(document: Json, node: Any) -> Any:
    """Follow references until something stands there.

    Raises:
        ValueError: a reference leaves the document, leads nowhere, or leads back to itself.
    """
    followed: set[str] = set()
    while isinstance(node, dict) and "$ref" in node:
        reference = node["$ref"]
        if reference in followed:
            message = f"The reference {reference} leads back to itself."
            raise ValueError(message)
        followed.add(reference)
        node = look_up(document, reference)
    return node


def look_up(document: Json, reference: str) -> Any:
    """Return what a local reference such as `#/components/schemas/Site` points at.

    Raises:
        ValueError: the reference leaves the document or leads nowhere.
    """
    if reference != "#" and not reference.startswith("#/"):
        message = f"Only references into the same document can be followed, not {reference}."
        raise ValueError(message)
    node: Any = document
    for step in reference.split("/")[1:]:
        name = unquote(step).replace("~1", "/").replace("~0", "~")
        try:
            node = node[int(name)] if isinstance(node, list) else node[name]
        except (KeyError, IndexError, TypeError, ValueError):
            message = f"The reference {reference} leads nowhere: there is no {name!r}."
            raise ValueError(message) from None
    return node


def shapes_of(document: Json, schema: Any, trail: frozenset[str] = frozenset()) -> list[Json]:
    """Spell a schema out as shapes; a value fits the schema when it fits any one of them.

    Args:
        document: where references lead.
        schema: a schema as it stands in the document.
        trail: references being followed now, so that one that leads back to itself ends.
    """
    if isinstance(schema, bool):
        return [{}] if schema else []
    shapes = list(_own_shapes(schema))
    for choices in _choices(document, schema, trail):
        pairs = ((shape, choice) for shape in shapes for choice in choices)
        shapes = [both for one, other in pairs if (both := _both(one, other)) is not None]
    return _joined(shapes)


def _choices(document: Json, schema: Json, trail: frozenset[str]) -> Iterator[list[Json]]:
    """Yield the shapes of each part that must hold beside the schema's own keywords."""
    reference = schema.get("$ref")
    if reference in trail:
        yield []
    elif reference is not None:
        yield shapes_of(document, look_up(document, reference), trail | {reference})
    for part in schema.get("allOf", ()):
        yield shapes_of(document, part, trail)
    for word in ("anyOf", "oneOf"):
        if word in schema:
            yield [shape for part in schema[word] for shape in shapes_of(document, part, trail)]


def _own_shapes(schema: Json) -> Iterator[Json]:
    """Yield one shape for each type the schema's own keywords allow."""
    rules = {word: value for word, value in schema.items() if word != "const"}
    if "const" in schema:
        rules["enum"] = [schema["const"]]
    types = rules.get("type", [])
    if not types and "enum" in rules:
        types = sorted({_type_of(value) for value in rules["enum"]})
    for name in [types] if isinstance(types, str) else types or [None]:
        shape = _trimmed({**rules, "type": name} if name else rules)
        if shape is not None:
            yield shape


def _trimmed(rules: Json) -> Json | None:
    """Keep the keywords that can refuse a value of this type; `None` when nothing can fit."""
    kind = rules.get("type")
    with_limits = {**rules, **_number_limits(rules)}
    apt = _ALL_KEYWORDS if kind is None else _KEYWORDS_OF.get(kind, set())
    shape = {word: value for word, value in with_limits.items() if word in apt | _ANY_TYPE}
    for word in ("minLength", "minItems", "minProperties", "uniqueItems"):
        if not shape.get(word, True):
            del shape[word]
    if kind is not None and "enum" in shape:
        fitting = {kind, "integer"} if kind == "number" else {kind}
        shape["enum"] = [value for value in shape["enum"] if _type_of(value) in fitting]
    return None if shape.get("enum") == [] else shape


def _number_limits(rules: Json) -> Json:
    """Write the four number limits as two pairs that compare: the limit, then whether it counts."""
    limits: Json = {word: rules[word] for word in ("lower", "upper") if word in rules}
    step = 1 if rules.get("type") == "integer" else 0
    if "minimum" in rules:
        limits["lower"] = (rules["minimum"], 0)
    if "exclusiveMinimum" in rules:
        excluded = (rules["exclusiveMinimum"] + step, 0 if step else 1)
        limits["lower"] = max(limits.get("lower", excluded), excluded)
    if "maximum" in rules:
        limits["upper"] = (rules["maximum"], 1)
    if "exclusiveMaximum" in rules:
        excluded = (rules["exclusiveMaximum"] - step, 1 if step else 0)
        limits["upper"] = min(limits.get("upper", excluded), excluded)
    return limits


def _both(one: Json, other: Json) -> Json | None:
    """Return the shape of values that fit both; `None` when none can."""
    both = {**one, **other}
    for word in one.keys() & other.keys():
        both[word] = _met(word, one[word], other[word])
    return None if both.get("type", "") is None else _trimmed(both)


def _met(word: str, one: Any, other: Any) -> Any:
    """Return the value of one keyword that two shapes demand at once."""
    if one == other:
        return one
    return TIGHTER.get(word, _MEETING.get(word, _all_of))(one, other)


def _one_type(one: str, other: str) -> str | None:
    return "integer" if {one, other} == {"integer", "number"} else None


def _listed_twice(one: list[Any], other: list[Any]) -> list[Any]:
    allowed = {canonical(value) for value in other}
    return [value for value in one if canonical(value) in allowed]


def _every_member(one: Json, other: Json) -> Json:
    shared = {name: _all_of(one[name], other[name]) for name in one.keys() & other.keys()}
    return {**one, **other, **shared}


def _every_head(one: list[Any], other: list[Any]) -> list[Any]:
    return [_all_of(*pair) for pair in zip_longest(one, other, fillvalue=True)]


def _all_of(one: Any, other: Any) -> Any:
    """Demand both schemas, each named once however often they meet: recursion has to end."""
    parts: dict[str, Any] = {}
    for schema in (one, other):
        bundled = isinstance(schema, dict) and schema.keys() == {"allOf"}
        for part in schema["allOf"] if bundled else [schema]:
            parts[canonical(part)] = part
    return {"allOf": list(parts.values())} if len(parts) > 1 else one


_MEETING: dict[str, Callable[[Any, Any], Any]] = {
    "type": _one_type,
    "enum": _listed_twice,
    "required": lambda one, other: sorted({*one, *other}),
    "properties": _every_member,
    "prefixItems": _every_head,
}


def _joined(shapes: list[Json]) -> list[Json]:
    """Join shapes that differ only in the values they list."""

    def rest(shape: Json) -> str:
        return canonical({word: value for word, value in shape.items() if word != "enum"})

    joined = []
    for _, alike in groupby(sorted(shapes, key=rest), key=rest):
        group = list(alike)
        shape = {word: value for word, value in group[0].items() if word != "enum"}
        if all("enum" in one for one in group):
            values = {canonical(value): value for one in group for value in one["enum"]}
            shape["enum"] = list(values.values())
        joined.append(shape)
    return joined


def _type_of(value: object) -> str:
    """Return the JSON Schema type of a value."""
    if value is None:
        return "null"
    return _JSON_TYPES.get(type(value), "object")
