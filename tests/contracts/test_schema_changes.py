from typing import Any

import pytest

from tests.contracts.changes import Change, Json, Position, Severity, breaks
from tests.contracts.schema_changes import compare_json_schemas

STRING = {"type": "string"}
NULL = {"type": "null"}
CLOSED = {"type": "object", "additionalProperties": False}


def an_object(required: tuple[str, ...] = (), **properties: Any) -> Json:
    return {"type": "object", "properties": properties, "required": list(required)}


def changes(old: Json, new: Json, position: Position) -> list[Change]:
    return compare_json_schemas(old, new, position)


INPUT_BREAKS: dict[str, tuple[Json, Json, str]] = {
    "a new required member": (
        an_object(name=STRING),
        an_object(("site",), name=STRING, site=STRING),
        "#/site: is now required",
    ),
    "a member made required": (
        an_object(name=STRING),
        an_object(("name",), name=STRING),
        "#/name: is now required",
    ),
    "a removed member": (
        an_object(name=STRING, site=STRING),
        an_object(name=STRING),
        "#/site: is no longer known",
    ),
    "another type": (STRING, {"type": "integer"}, "#: string is no longer accepted"),
    "number made integer": (
        {"type": "number"},
        {"type": "integer"},
        "#: number is no longer accepted",
    ),
    "a type of several dropped": (
        {"type": ["string", "integer"]},
        STRING,
        "#: integer is no longer accepted",
    ),
    "an alternative dropped": (
        {"anyOf": [STRING, {"type": "integer"}]},
        {"oneOf": [STRING]},
        "#: integer is no longer accepted",
    ),
    "null dropped": ({"anyOf": [STRING, NULL]}, STRING, "#: null is no longer accepted"),
    "a type where there was none": ({}, STRING, "#: any value is no longer accepted"),
    "a value dropped": (
        {"enum": ["a", "b"]},
        {"enum": ["a"]},
        '#: no longer accepts "b"',
    ),
    "a constant for a list": ({"enum": ["a", "b"]}, {"const": "a"}, '#: no longer accepts "b"'),
    "a list of values where there was none": (
        STRING,
        {"type": "string", "enum": ["a"]},
        '#: accepts only "a" now',
    ),
    "a longer shortest": (
        STRING,
        {"type": "string", "minLength": 1},
        "#: minLength was none and is now 1",
    ),
    "a shorter longest": (
        {"type": "string", "maxLength": 9},
        {"type": "string", "maxLength": 8},
        "#: maxLength was 9 and is now 8",
    ),
    "a higher minimum": (
        {"type": "integer", "minimum": 1},
        {"type": "integer", "minimum": 2},
        "#: the smallest value was 1 and is now 2",
    ),
    "a minimum that no longer counts": (
        {"type": "number", "minimum": 1},
        {"type": "number", "exclusiveMinimum": 1},
        "#: the smallest value was 1 and is now 1 (not itself allowed)",
    ),
    "a lower maximum": (
        {"type": "number"},
        {"type": "number", "exclusiveMaximum": 5},
        "#: the largest value was none and is now 5 (not itself allowed)",
    ),
    "fewer items": (
        {"type": "array", "maxItems": 200},
        {"type": "array", "maxItems": 100},
        "#: maxItems was 200 and is now 100",
    ),
    "no item twice": (
        {"type": "array"},
        {"type": "array", "uniqueItems": True},
        "#: uniqueItems was none and is now True",
    ),
    "a new pattern": (
        STRING,
        {"type": "string", "pattern": "^A"},
        '#: pattern was null and is now "^A"',
    ),
    "another format": (
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        '#: format was "date" and is now "date-time"',
    ),
    "narrower items": (
        {"type": "array", "items": STRING},
        {"type": "array", "items": {"type": "string", "maxLength": 3}},
        "#/[]: maxLength was none and is now 3",
    ),
    "a narrower leading item": (
        {"type": "array", "items": STRING},
        {"type": "array", "items": STRING, "prefixItems": [{"const": "a"}]},
        '#/[0]: accepts only "a" now',
    ),
    "an object closed": (an_object(), CLOSED, "#/*: any value is no longer accepted"),
    "narrower values of a map": (
        {"type": "object", "additionalProperties": {"type": ["string", "null"]}},
        {"type": "object", "additionalProperties": STRING},
        "#/*: null is no longer accepted",
    ),
    "a limit behind a reference": (
        {"$ref": "#/$defs/Name", "$defs": {"Name": STRING}},
        {"$ref": "#/$defs/Name", "$defs": {"Name": {"type": "string", "maxLength": 3}}},
        "#: maxLength was none and is now 3",
    ),
    "a limit beside a reference": (
        {"$ref": "#/$defs/Name", "$defs": {"Name": STRING}},
        {"$ref": "#/$defs/Name", "maxLength": 3, "$defs": {"Name": STRING}},
        "#: maxLength was none and is now 3",
    ),
    "a limit in one of all": (
        {"allOf": [STRING, {"maxLength": 9}]},
        {"allOf": [STRING, {"maxLength": 9}, {"maxLength": 8}]},
        "#: maxLength was 9 and is now 8",
    ),
    "a limit on one member of all": (
        {"allOf": [an_object(a=STRING), an_object(b=STRING)]},
        {"allOf": [an_object(a=STRING), an_object(a={"maxLength": 3}, b=STRING)]},
        "#/a: maxLength was none and is now 3",
    ),
}

OUTPUT_BREAKS: dict[str, tuple[Json, Json, str]] = {
    "a removed member": (
        an_object(name=STRING, site=STRING),
        an_object(name=STRING),
        "#/site: is no longer sent",
    ),
    "a removed required member": (
        an_object(("site",), site=STRING),
        an_object(),
        "#/site: is no longer sent",
    ),
    "a member made optional": (
        an_object(("name",), name=STRING),
        an_object(name=STRING),
        "#/name: is no longer always sent",
    ),
    "null added": (STRING, {"anyOf": [STRING, NULL]}, "#: may now be null"),
    "null added to a member": (
        an_object(name=STRING),
        an_object(name={"type": ["string", "null"]}),
        "#/name: may now be null",
    ),
    "another type": (STRING, {"type": "integer"}, "#: may now be integer"),
    "integer made number": ({"type": "integer"}, {"type": "number"}, "#: may now be number"),
    "no type any more": (STRING, {}, "#: may now be any value"),
    "a list of values replaced": (
        {"const": "provider"},
        {"const": "site"},
        '#: may now be "site"',
    ),
    "another format": (
        {"type": "string", "format": "date"},
        {"type": "string", "format": "date-time"},
        '#: format was "date" and is now "date-time"',
    ),
    "no format any more": (
        {"type": "string", "format": "date"},
        STRING,
        '#: format was "date" and is now null',
    ),
    "a member added to a closed object": (
        CLOSED,
        {**CLOSED, "properties": {"name": STRING}},
        "#/name: was added to an object that promised no others",
    ),
    "wider items": (
        {"type": "array", "items": STRING},
        {"type": "array"},
        "#/[]: may now be any value",
    ),
    "another alternative": (
        {"oneOf": [an_object(("a",), a=STRING)]},
        {"oneOf": [an_object(("a",), a=STRING), an_object(("b",), b=STRING)]},
        "#/a: is no longer sent",
    ),
}

OUTPUT_CARE: dict[str, tuple[Json, Json, str]] = {
    "a new value": ({"enum": ["a"]}, {"enum": ["a", "b"]}, '#: may now be "b"'),
    "no list of values any more": (
        {"enum": ["a"]},
        STRING,
        "#: may now be any value, not only those listed",
    ),
    "a longer longest": (
        {"type": "string", "maxLength": 8},
        {"type": "string", "maxLength": 9},
        "#: maxLength was 8 and is now 9",
    ),
    "a lower minimum": (
        {"type": "integer", "minimum": 0},
        {"type": "integer", "minimum": -1},
        "#: the smallest value was 0 and is now -1",
    ),
    "no pattern any more": (
        {"type": "string", "pattern": "^A"},
        STRING,
        '#: pattern was "^A" and is now null',
    ),
}

INPUT_HARMLESS: dict[str, tuple[Json, Json]] = {
    "a new optional member": (an_object(a=STRING), an_object(a=STRING, b=STRING)),
    "a new optional member of a closed object": (CLOSED, {**CLOSED, "properties": {"b": STRING}}),
    "a member made optional": (an_object(("a",), a=STRING), an_object(a=STRING)),
    "null allowed": (STRING, {"anyOf": [STRING, NULL]}),
    "integer made number": ({"type": "integer"}, {"type": "number"}),
    "a value added": ({"enum": ["a"]}, {"enum": ["b", "a"]}),
    "no list of values any more": ({"enum": ["a"]}, STRING),
    "looser limits": (
        {"type": "string", "minLength": 1, "maxLength": 9},
        {"type": "string", "maxLength": 10},
    ),
    "a minimum that now counts": (
        {"type": "number", "exclusiveMinimum": 1},
        {"type": "number", "minimum": 1},
    ),
    "a pattern dropped": ({"type": "string", "pattern": "^A"}, STRING),
    "an object opened": (CLOSED, an_object()),
}

OUTPUT_HARMLESS: dict[str, tuple[Json, Json]] = {
    "a new member": (an_object(a=STRING), an_object(("b",), a=STRING, b=STRING)),
    "a member made required": (an_object(a=STRING), an_object(("a",), a=STRING)),
    "never null any more": ({"anyOf": [STRING, NULL]}, STRING),
    "a value never sent any more": ({"enum": ["a", "b"]}, {"enum": ["a"]}),
    "tighter limits": (STRING, {"type": "string", "minLength": 1, "pattern": "^A"}),
    "number made integer": ({"type": "number"}, {"type": "integer"}),
}

SAME_MEANING: dict[str, tuple[Json, Json]] = {
    "a list of types or alternatives": (
        {"type": ["string", "null"], "maxLength": 3},
        {"anyOf": [{"type": "string", "maxLength": 3}, NULL]},
    ),
    "anyOf or oneOf": ({"anyOf": [STRING, NULL]}, {"oneOf": [NULL, STRING]}),
    "constants or a list of values": (
        {"enum": ["a", "b"]},
        {"oneOf": [{"const": "b", "title": "B"}, {"const": "a"}]},
    ),
    "inline or behind a reference": (
        an_object(name=STRING),
        {
            **an_object(name={"$ref": "#/$defs/a~1b%20c"}),
            "$defs": {"a/b c": STRING},
        },
    ),
    "all of one": ({"allOf": [STRING]}, STRING),
    "words": (
        {"type": "string", "title": "A", "description": "Old.", "examples": ["x"]},
        {"type": "string", "title": "B", "description": "New.", "deprecated": True},
    ),
    "limits that refuse nothing": (
        {"type": "array", "minItems": 0, "uniqueItems": False},
        {"type": "array"},
    ),
    "whole numbers above nought or from one": (
        {"type": "integer", "exclusiveMinimum": 0},
        {"type": "integer", "minimum": 1},
    ),
    "limits of another type": ({"type": "integer", "maxLength": 3}, {"type": "integer"}),
    "everything or nothing in particular": (
        {"type": "array", "items": True},
        {"type": "array", "items": {}},
    ),
}


class TestCompareJsonSchemas:
    @pytest.mark.parametrize(("old", "new", "said"), INPUT_BREAKS.values(), ids=INPUT_BREAKS)
    def test_finds_each_break_of_what_callers_write(self, old: Json, new: Json, said: str) -> None:
        found = changes(old, new, Position.INPUT)

        assert said in [f"{one.where}: {one.what}" for one in breaks(found)]

    @pytest.mark.parametrize(("old", "new", "said"), OUTPUT_BREAKS.values(), ids=OUTPUT_BREAKS)
    def test_finds_each_break_of_what_we_write(self, old: Json, new: Json, said: str) -> None:
        found = changes(old, new, Position.OUTPUT)

        assert said in [f"{one.where}: {one.what}" for one in breaks(found)]

    @pytest.mark.parametrize(("old", "new", "said"), OUTPUT_CARE.values(), ids=OUTPUT_CARE)
    def test_asks_for_care_where_a_ready_reader_copes(
        self, old: Json, new: Json, said: str
    ) -> None:
        found = changes(old, new, Position.OUTPUT)

        assert [f"{one.where}: {one.what}" for one in found] == [said]
        assert found[0].severity is Severity.CAREFUL

    @pytest.mark.parametrize(("old", "new"), INPUT_HARMLESS.values(), ids=INPUT_HARMLESS)
    def test_lets_callers_write_more(self, old: Json, new: Json) -> None:
        assert changes(old, new, Position.INPUT) == []

    @pytest.mark.parametrize(("old", "new"), OUTPUT_HARMLESS.values(), ids=OUTPUT_HARMLESS)
    def test_lets_us_write_less(self, old: Json, new: Json) -> None:
        assert changes(old, new, Position.OUTPUT) == []

    @pytest.mark.parametrize(("old", "new"), SAME_MEANING.values(), ids=SAME_MEANING)
    def test_sees_through_other_words_for_the_same(self, old: Json, new: Json) -> None:
        assert compare_json_schemas(old, new) == []
        assert compare_json_schemas(new, old) == []

    def test_reports_a_changed_default_without_calling_it_a_break(self) -> None:
        old, new = {"type": "integer", "default": 20}, {"type": "integer", "default": 50}

        found = changes(old, new, Position.INPUT)

        assert found == [Change("#", "the default was 20 and is now 50", Severity.CAREFUL)]

    def test_compares_both_ways_round_when_nobody_says_who_writes(self) -> None:
        wider = {"anyOf": [STRING, NULL]}

        assert breaks(compare_json_schemas(STRING, wider))
        assert breaks(compare_json_schemas(wider, STRING))

    def test_comes_to_an_end_on_a_schema_that_contains_itself(self) -> None:
        def tree(leaf: Json) -> Json:
            branches = {"type": "array", "items": {"$ref": "#"}}
            return an_object(leaf=leaf, branches=branches)

        found = changes(tree(STRING), tree({"type": "integer"}), Position.INPUT)

        assert {one.where for one in found} == {"#/leaf", "#/branches/[]/leaf"}
        assert {one.what for one in found} == {"string is no longer accepted"}

    def test_comes_to_an_end_on_schemas_that_demand_each_other(self) -> None:
        def twins(leaf: Json) -> Json:
            both = {"allOf": [{"$ref": "#/$defs/A"}, {"$ref": "#/$defs/B"}]}
            definitions = {
                "A": an_object(child={"$ref": "#/$defs/A"}, leaf=leaf),
                "B": an_object(child=both, leaf=leaf),
            }
            return {**both, "$defs": definitions}

        assert changes(twins(STRING), twins(STRING), Position.INPUT) == []
        found = changes(twins(STRING), twins(NULL), Position.INPUT)
        assert {"#/leaf", "#/child/leaf"} <= {one.where for one in found}

    def test_names_the_nearest_alternative_when_none_fits(self) -> None:
        old = {"anyOf": [an_object(a=STRING, b=STRING), STRING]}
        new = {"anyOf": [an_object(a=STRING), an_object(c=STRING), STRING]}

        assert changes(old, new, Position.INPUT) == [Change("#/b", "is no longer known")]
