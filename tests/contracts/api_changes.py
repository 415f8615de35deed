"""What changes between two OpenAPI 3.1 documents, or two JSON Schemas, for those who rely on them.

    python -m tests.contracts.api_changes old.json new.json

prints every change that someone would notice and exits 1 when any of them breaks. Renaming a path
parameter changes nothing on the wire and is not reported. Callbacks and webhooks are not compared.
"""

import argparse
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.contracts.changes import Change, Json, Position, Severity, Sides, breaks
from tests.contracts.schema_changes import compare_json_schemas, compare_schemas
from tests.contracts.schema_shapes import resolve

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_TEMPLATE = re.compile(r"\{([^}]+)\}")
_DEFAULT_STYLE = {"query": "form", "cookie": "form", "path": "simple", "header": "simple"}

Parameters = dict[tuple[str, str], Json]
"""Parameters by place and name; one in a path goes by its position there."""


def compare_documents(old: Json, new: Json) -> list[Change]:
    """Compare two OpenAPI documents, path by path."""
    sides = Sides(old, new)
    new_paths = {_on_the_wire(path): path for path in new.get("paths", {})}
    found: list[Change] = []
    for path in old.get("paths", {}):
        new_path = new_paths.get(_on_the_wire(path))
        if new_path is None:
            found.append(Change(path, "the path is gone"))
        else:
            found += _compare_paths(sides, path, new_path)
    return found


def _on_the_wire(path: str) -> str:
    """Return a path with its parameters' names left out: they are never sent."""
    return _TEMPLATE.sub("{}", path)


def _compare_paths(sides: Sides, old_path: str, new_path: str) -> Iterator[Change]:
    old_item = resolve(sides.old, sides.old["paths"][old_path])
    new_item = resolve(sides.new, sides.new["paths"][new_path])
    for method in METHODS:
        if method not in old_item:
            continue
        at = f"{method.upper()} {old_path}"
        if method not in new_item:
            yield Change(at, "the operation is gone")
            continue
        old, new = old_item[method], new_item[method]
        yield from _compare_parameters(
            sides.at(Position.INPUT),
            _parameters(sides.old, old_path, old_item, old),
            _parameters(sides.new, new_path, new_item, new),
            at,
        )
        yield from _compare_operations(sides, old, new, at)


def _compare_operations(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    names = old.get("operationId"), new.get("operationId")
    if names[0] is not None and names[0] != names[1]:
        yield Change(at, f"operationId was {names[0]} and is now {names[1]}")
    yield from _compare_security(sides, old, new, at)
    yield from _compare_bodies(sides.at(Position.INPUT), old, new, at)
    yield from _compare_responses(sides.at(Position.OUTPUT), old, new, at)


def _compare_security(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    """Each way in that was open must stay open, asking for no more than it did."""
    ways = []
    for document, operation in ((sides.old, old), (sides.new, new)):
        demands = operation.get("security", document.get("security", [])) or [{}]
        ways.append([{(name, *scopes) for name, scopes in demand.items()} for demand in demands])
    for demand in ways[0]:
        if not any(_asks_no_more(other, demand) for other in ways[1]):
            how = " and ".join(sorted(name for name, *_ in demand)) or "no credentials"
            yield Change(at, f"can no longer be called with {how}, or asks for more")


def _asks_no_more(new: set[tuple[str, ...]], old: set[tuple[str, ...]]) -> bool:
    return all(
        any(scheme[0] == held[0] and set(scheme[1:]) <= set(held[1:]) for held in old)
        for scheme in new
    )


def _parameters(document: Json, path: str, item: Json, operation: Json) -> Parameters:
    positions = {name: f"number {n}" for n, name in enumerate(_TEMPLATE.findall(path), start=1)}
    found: Parameters = {}
    for listed in (*item.get("parameters", ()), *operation.get("parameters", ())):
        parameter = resolve(document, listed)
        place, name = parameter["in"], parameter["name"]
        known_as = {"path": positions.get(name, name), "header": name.lower()}.get(place, name)
        found[place, known_as] = parameter
    return found


def _compare_parameters(
    sides: Sides, old: Parameters, new: Parameters, at: str
) -> Iterator[Change]:
    for key in sorted(new.keys() - old.keys()):
        if new[key].get("required", False):
            yield Change(f"{at} → {key[0]} parameter {key[1]}", "is new and required")
    for key, before in old.items():
        place = f"{at} → {key[0]} parameter {key[1]}"
        if key not in new:
            yield Change(place, "is gone")
            continue
        after = new[key]
        if after.get("required", False) and not before.get("required", False):
            yield Change(place, "is now required")
        if _written(before) != _written(after):
            yield Change(place, "several values are written differently (style, explode)")
        yield from compare_schemas(sides, _schema(before), _schema(after), place)


def _written(parameter: Json) -> tuple[Any, ...]:
    style = parameter.get("style", _DEFAULT_STYLE.get(parameter["in"]))
    media_types = tuple(sorted(parameter.get("content", ())))
    return style, parameter.get("explode", style == "form"), media_types


def _schema(holder: Json) -> Any:
    """Return the schema of a parameter, header or media type; anything goes when none is set."""
    return next(iter(holder.get("content", {}).values()), holder).get("schema", True)


def _compare_bodies(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    before = resolve(sides.old, old.get("requestBody"))
    after = resolve(sides.new, new.get("requestBody"))
    place = f"{at} → body"
    if before is None:
        if after and after.get("required", False):
            yield Change(place, "is new and required")
    elif after is None:
        yield Change(place, "is no longer accepted")
    else:
        if after.get("required", False) and not before.get("required", False):
            yield Change(place, "is now required")
        yield from _compare_content(sides, before, after, place)


def _compare_responses(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    """Compare the answers; a status may also be promised by its range (`4XX`) or by `default`."""
    answers = new.get("responses", {})
    for status, listed in old.get("responses", {}).items():
        place = f"{at} → {status}"
        promised = (answers.get(key) for key in (status, f"{status[0]}XX", "default"))
        replacement = next((answer for answer in promised if answer is not None), None)
        if replacement is None:
            yield Change(place, "the response is gone")
            continue
        before, after = resolve(sides.old, listed), resolve(sides.new, replacement)
        yield from _compare_headers(sides, before, after, place)
        yield from _compare_content(sides, before, after, place)


def _compare_headers(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    headers = {name.lower(): header for name, header in new.get("headers", {}).items()}
    for name, listed in old.get("headers", {}).items():
        place = f"{at} header {name}"
        if name.lower() not in headers:
            yield Change(place, "is gone")
            continue
        before = resolve(sides.old, listed)
        after = resolve(sides.new, headers[name.lower()])
        if before.get("required", False) and not after.get("required", False):
            yield Change(place, "is no longer always sent")
        yield from compare_schemas(sides, _schema(before), _schema(after), place)


def _compare_content(sides: Sides, old: Json, new: Json, at: str) -> Iterator[Change]:
    for media_type, before in old.get("content", {}).items():
        place = f"{at} {media_type}"
        after = new.get("content", {}).get(media_type)
        if after is None:
            yield Change(place, "the media type is gone")
        else:
            yield from compare_schemas(sides, _schema(before), _schema(after), place)


def compare(old: Json, new: Json, position: Position | None = None) -> list[Change]:
    """Compare two documents of the same kind, OpenAPI or JSON Schema.

    Raises:
        ValueError: one of them is an OpenAPI document and the other is not.
    """
    if ("openapi" in old) != ("openapi" in new):
        message = "One document is OpenAPI and the other is not; they cannot be compared."
        raise ValueError(message)
    if "openapi" in old:
        return compare_documents(old, new)
    return compare_json_schemas(old, new, position)


def main(arguments: list[str]) -> int:
    """Print what changed, the breaking changes first; return 1 when there are any of those."""
    parser = argparse.ArgumentParser(prog="python -m tests.contracts.api_changes")
    parser.add_argument("old", type=Path, help="the document others rely on")
    parser.add_argument("new", type=Path, help="the document that is to replace it")
    parser.add_argument(
        "--position",
        type=Position,
        choices=list(Position),
        help="who writes what a JSON Schema describes: input, callers; output, the register; "
        "both when left out",
    )
    given = parser.parse_args(arguments)
    old, new = (json.loads(path.read_text(encoding="utf-8")) for path in (given.old, given.new))
    found = compare(old, new, given.position)
    for severity in Severity:
        for change in found:
            if change.severity is severity:
                sys.stdout.write(f"{severity}: {change.where}: {change.what}\n")
    return 1 if breaks(found) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
