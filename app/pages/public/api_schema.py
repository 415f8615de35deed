"""What a JSON Schema in the OpenAPI document says, in words, in rows and as an example; pure."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Json = Mapping[str, Any]

MOST_DEEP = 6
"""Beyond this an example or a list of members goes no further into a schema."""
_SAMPLES = {
    "date": "2026-09-01",
    "date-time": "2026-09-01T08:30:00Z",
    "uuid": "0199d3c8-6b1e-7c55-9d2f-4b6f0c9a1e77",
    "binary": "(the file)",
    "uri": "https://example.org/",
    "uri-reference": "/v1/providers/AP000001U",
}
_LIMITS = {
    "minimum": "at least {}",
    "exclusiveMinimum": "more than {}",
    "maximum": "at most {}",
    "exclusiveMaximum": "less than {}",
    "maxLength": "at most {} characters",
    "minItems": "at least {} of them",
    "maxItems": "at most {} of them",
}


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of a JSON body: where it stands, what it is, and what it means."""

    path: str
    kind: str
    meaning: str


def resolve(document: Json, schema: Json) -> Json:
    """Follow a reference, and keep what stands beside it."""
    while "$ref" in schema:
        held: Any = document
        for part in schema["$ref"].removeprefix("#/").split("/"):
            held = held[part]
        schema = {**held, **{name: value for name, value in schema.items() if name != "$ref"}}
    return schema


def describe_kind(document: Json, schema: Json) -> str:
    """Say in a few words what a value may be: `a whole number, at most 100`."""
    schema = resolve(document, schema)
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        words = [describe_kind(document, each) for each in choices]
        return " or ".join(dict.fromkeys(words))
    if "const" in schema:
        return f"`{schema['const']}`"
    if "enum" in schema:
        return "one of " + ", ".join(f"`{each}`" for each in schema["enum"])
    limits = [
        words.format(f"{schema[name]:,}".removesuffix(".0"))
        for name, words in _LIMITS.items()
        if name in schema
    ]
    return ", ".join([_plain_kind(document, schema), *limits])


def _plain_kind(document: Json, schema: Json) -> str:
    kind = schema.get("type")
    if kind == "array":
        return f"a list, each {describe_kind(document, schema.get('items', {}))}"
    shape = schema.get("format")
    named = {"date": "a day", "date-time": "a time", "uuid": "a UUID", "binary": "a file"}
    words = {
        "string": "a text",
        "integer": "a whole number",
        "number": "a number",
        "boolean": "true or false",
        "object": "an object",
        "null": "null",
    }
    return named.get(str(shape)) or words.get(str(kind), "any value")


def list_members(document: Json, schema: Json) -> tuple[MemberView, ...]:
    """Return every member of a body, objects inside it too: `items[].provider.name`."""
    return tuple(_members(document, schema, "", ()))


def _members(
    document: Json, schema: Json, at: str, inside: tuple[str, ...]
) -> Iterator[MemberView]:
    name = str(schema.get("$ref", ""))
    if (name and name in inside) or len(inside) > MOST_DEEP:
        return
    inside = (*inside, name)
    schema = resolve(document, schema)
    for choice in schema.get("anyOf", schema.get("oneOf", ())):
        yield from _members(document, choice, at, inside)
    if schema.get("type") == "array":
        yield from _members(document, schema.get("items", {}), f"{at}[]", inside)
    for member, held in schema.get("properties", {}).items():
        path = f"{at}.{member}" if at else member
        meaning = str(held.get("description") or "")
        needed = "" if member in schema.get("required", ()) else ", may be left out"
        yield MemberView(path, describe_kind(document, held) + needed, meaning)
        yield from _members(document, held, path, inside)


def write_example(document: Json, schema: Json) -> str:
    """Write a value that fits a schema, as JSON."""
    return json.dumps(_sample(document, schema, ()), indent=2, ensure_ascii=False)


def _sample(document: Json, schema: Json, inside: tuple[str, ...]) -> Any:
    name = str(schema.get("$ref", ""))
    if (name and name in inside) or len(inside) > MOST_DEEP:
        return None
    inside = (*inside, name)
    schema = resolve(document, schema)
    stated = _stated(schema)
    if stated is not None:
        return stated
    choices = schema.get("anyOf") or schema.get("oneOf")
    if choices:
        return _sample(document, choices[0], inside)
    if schema.get("type") == "object":
        members = schema.get("properties", {}).items()
        return {member: _sample(document, held, inside) for member, held in members}
    if schema.get("type") == "array":
        return [_sample(document, schema.get("items", {}), inside)]
    return _plain_sample(schema)


def _stated(schema: Json) -> Any:
    """Return a value that the schema itself names, if it does."""
    for name in ("const", "default"):
        if schema.get(name) is not None:
            return schema[name]
    for name in ("examples", "enum"):
        if schema.get(name):
            return schema[name][0]
    return None


def _plain_sample(schema: Json) -> Any:
    plain = {
        "integer": schema.get("minimum", 1),
        "number": schema.get("minimum", 1),
        "boolean": True,
        "string": _SAMPLES.get(str(schema.get("format")), "text"),
    }
    return plain.get(str(schema.get("type")))
