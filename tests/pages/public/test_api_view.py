import json
from typing import Any

import pytest

from app.pages.public.api_schema import describe_kind, list_members, write_example
from app.pages.public.api_view import build_api, build_api_part

DOCUMENT: dict[str, Any] = {
    "info": {"version": "1"},
    "paths": {
        "/v1/things/{number}": {
            "get": {
                "operationId": "getThing",
                "tags": ["our things"],
                "security": [],
                "description": "Look at one.\n\nIt is `there` or not.",
                "parameters": [
                    {
                        "name": "number",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string", "examples": ["AP1"]},
                    }
                ],
                "responses": {
                    "200": {
                        "description": "Successful Response",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                        },
                    },
                    "404": {
                        "description": "",
                        "content": {
                            "application/problem+json": {
                                "examples": {"not-found": {"value": {"title": "Nothing is here"}}}
                            }
                        },
                    },
                },
            },
            "patch": {
                "operationId": "changeThing",
                "tags": ["our things"],
                "security": [{"machineToken": ["things:write"]}, {"session": ["things:write"]}],
                "summary": "Change one",
                "requestBody": {
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}
                    }
                },
                "responses": {"204": {"description": "Successful Response"}},
            },
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "maxLength": 1200, "description": "Its own"},
                    "on": {"anyOf": [{"type": "string", "format": "date"}, {"type": "null"}]},
                    "kind": {"enum": ["a", "b"]},
                    "parts": {
                        "type": "array",
                        "items": {"$ref": "#/components/schemas/Thing"},
                    },
                },
            }
        },
        "securitySchemes": {"session": {"description": "A cookie."}},
    },
}
THING = DOCUMENT["components"]["schemas"]["Thing"]


class TestIndex:
    def test_what_is_open_is_apart_from_what_is_kept(self) -> None:
        view = build_api(DOCUMENT, demonstration=False)

        (open_,), (kept,) = view.open, view.kept
        assert [(one.method, one.href) for one in open_.operations] == [
            ("GET", "/developers/api/our-things#getThing")
        ]
        assert [(one.summary, one.who) for one in kept.operations] == [
            ("Change one", "People and machines with `things:write`")
        ]
        assert [(way.name, way.words) for way in view.ways_in] == [
            ("Signed in on the pages", "A cookie.")
        ]


class TestPart:
    def test_an_operation_says_everything_about_itself(self) -> None:
        view = build_api_part(DOCUMENT, "our-things", "https://a.example", demonstration=False)

        assert view is not None
        first, second = view.operations
        assert (first.anchor, first.who) == ("getThing", "Everybody, without a key")
        assert (first.summary, first.paragraphs) == ("Look at one.", ("It is `there` or not.",))
        assert first.call == "curl 'https://a.example/v1/things/AP1'"
        assert [(one.name, one.place, one.needed) for one in first.parameters] == [
            ("number", "in the path", True)
        ]
        assert [(one.status, one.words) for one in first.answers] == [("200", "Done")]
        assert [(one.status, one.title) for one in first.refusals] == [("404", "Nothing is here")]
        assert first.refusals[0].type.endswith("/problems/not-found")
        assert second.call == (
            "curl -X PATCH -H 'Authorization: Bearer TOKEN' -H 'Content-Type: application/json' "
            "--data @body.json 'https://a.example/v1/things/{number}'"
        )

    def test_a_subject_there_is_not_has_no_page(self) -> None:
        assert build_api_part(DOCUMENT, "others", "", demonstration=False) is None


class TestSchema:
    @pytest.mark.parametrize(
        ("schema", "words"),
        [
            (
                {"type": "integer", "minimum": 2, "maximum": 25.0},
                "a whole number, at least 2, at most 25",
            ),
            (THING["properties"]["on"], "a day or null"),
            (THING["properties"]["kind"], "one of `a`, `b`"),
            ({"type": "array", "items": {"type": "boolean"}}, "a list, each true or false"),
            ({"const": "x"}, "`x`"),
            ({}, "any value"),
        ],
    )
    def test_a_kind_is_said_in_words(self, schema: dict[str, Any], words: str) -> None:
        assert describe_kind(DOCUMENT, schema) == words

    def test_members_are_listed_by_where_they_stand_and_end_where_they_come_round(self) -> None:
        members = list_members(DOCUMENT, {"$ref": "#/components/schemas/Thing"})

        assert [(one.path, one.meaning) for one in members] == [
            ("name", "Its own"),
            ("on", ""),
            ("kind", ""),
            ("parts", ""),
        ]
        assert members[0].kind == "a text, at most 1,200 characters"
        assert members[1].kind.endswith(", may be left out")

    def test_an_example_fits(self) -> None:
        example = json.loads(write_example(DOCUMENT, {"$ref": "#/components/schemas/Thing"}))

        assert example == {"name": "text", "on": "2026-09-01", "kind": "a", "parts": [None]}
