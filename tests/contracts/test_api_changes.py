from collections.abc import Callable
from typing import Any

import pytest

from tests.contracts.api_changes import compare_documents
from tests.contracts.changes import Change, Json, Severity, breaks

Edit = Callable[[Json], object]

SEARCH = ("paths", "/v1/providers", "get")
RECORD = ("paths", "/v1/providers/{number}", "get")
LOOKUP = ("paths", "/v1/providers/lookup", "post")
ANSWER = (*SEARCH, "responses", "200")
ASKED = ("components", "schemas", "Lookup")
PROVIDER = ("components", "schemas", "Provider")


def a_document() -> Json:
    """A small register: a search, a record and a lookup, with what they share as components."""
    answer = {
        "description": "Found.",
        "headers": {"ETag": {"required": True, "schema": {"type": "string"}}},
        "content": {
            "application/json": {
                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Provider"}}
            }
        },
    }
    number = {"name": "number", "in": "path", "required": True, "schema": {"type": "string"}}
    asked = {"$ref": "#/components/schemas/Lookup"}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Register", "version": "1"},
        "paths": {
            "/v1/providers": {
                "parameters": [{"$ref": "#/components/parameters/Limit"}],
                "get": {
                    "operationId": "find_providers",
                    "parameters": [
                        {"name": "near", "in": "query", "schema": {"type": "string"}},
                        {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
                    ],
                    "responses": {"200": answer, "404": {"$ref": "#/components/responses/Gone"}},
                },
            },
            "/v1/providers/{number}": {
                "get": {"parameters": [number], "responses": {"200": answer}}
            },
            "/v1/providers/lookup": {
                "post": {
                    "requestBody": {"content": {"application/json": {"schema": asked}}},
                    "responses": {"200": answer},
                    "security": [{"token": ["read"]}, {"key": []}],
                }
            },
        },
        "components": {
            "parameters": {
                "Limit": {"name": "limit", "in": "query", "schema": {"type": "integer"}}
            },
            "responses": {"Gone": {"description": "Nothing is here.", "content": {}}},
            "schemas": {
                "Lookup": {
                    "type": "object",
                    "properties": {"numbers": {"type": "array", "maxItems": 200}},
                },
                "Provider": {
                    "type": "object",
                    "properties": {
                        "number": {"type": "string"},
                        "part_of": {"$ref": "#/components/schemas/Provider"},
                    },
                    "required": ["number"],
                },
            },
        },
    }


def at(document: Json, path: tuple[str, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def gone(*path: str) -> Edit:
    return lambda document: at(document, path[:-1]).pop(path[-1])


def put(value: Any, *path: str) -> Edit:
    return lambda document: at(document, path[:-1]).__setitem__(path[-1], value)


def added(value: Any, *path: str) -> Edit:
    return lambda document: at(document, path).append(value)


def renamed(old: str, new: str, *path: str) -> Edit:
    return lambda document: at(document, path).__setitem__(new, at(document, path).pop(old))


def a_query(name: str, **rest: Any) -> Json:
    return {"name": name, "in": "query", "schema": {"type": "string"}, **rest}


def changed_by(edit: Edit) -> list[Change]:
    document = a_document()
    edit(document)
    return compare_documents(a_document(), document)


BREAKS: dict[str, tuple[Edit, str]] = {
    "a path": (gone("paths", "/v1/providers"), "/v1/providers: the path is gone"),
    "an operation": (
        renamed("get", "post", "paths", "/v1/providers"),
        "GET /v1/providers: the operation is gone",
    ),
    "an operationId": (
        put("search", *SEARCH, "operationId"),
        "GET /v1/providers: operationId was find_providers and is now search",
    ),
    "a parameter removed": (
        put([], *SEARCH, "parameters"),
        "GET /v1/providers → query parameter near: is gone",
    ),
    "a shared parameter removed": (
        gone("paths", "/v1/providers", "parameters"),
        "GET /v1/providers → query parameter limit: is gone",
    ),
    "a new required parameter": (
        added(a_query("q", required=True), *SEARCH, "parameters"),
        "GET /v1/providers → query parameter q: is new and required",
    ),
    "a parameter made required": (
        put([a_query("near", required=True)], *SEARCH, "parameters"),
        "GET /v1/providers → query parameter near: is now required",
    ),
    "a parameter moved": (
        put([a_query("near") | {"in": "header"}], *SEARCH, "parameters"),
        "GET /v1/providers → query parameter near: is gone",
    ),
    "a parameter of another type": (
        put("string", "components", "parameters", "Limit", "schema", "type"),
        "GET /v1/providers → query parameter limit: integer is no longer accepted",
    ),
    "a parameter with tighter limits": (
        put(100, "components", "parameters", "Limit", "schema", "maximum"),
        "GET /v1/providers → query parameter limit: the largest value was none and is now 100",
    ),
    "a parameter's values written otherwise": (
        put([a_query("near", explode=False)], *SEARCH, "parameters"),
        (
            "GET /v1/providers → query parameter near: "
            "several values are written differently (style, explode)"
        ),
    ),
    "a parameter in JSON": (
        put(
            [{"name": "near", "in": "query", "content": {"application/json": {}}}],
            *SEARCH,
            "parameters",
        ),
        (
            "GET /v1/providers → query parameter near: "
            "several values are written differently (style, explode)"
        ),
    ),
    "a new required body": (
        put({"required": True, "content": {}}, *SEARCH, "requestBody"),
        "GET /v1/providers → body: is new and required",
    ),
    "a body made required": (
        put(True, *LOOKUP, "requestBody", "required"),
        "POST /v1/providers/lookup → body: is now required",
    ),
    "a body no longer taken": (
        gone(*LOOKUP, "requestBody"),
        "POST /v1/providers/lookup → body: is no longer accepted",
    ),
    "a body of another kind": (
        renamed("application/json", "text/csv", *LOOKUP, "requestBody", "content"),
        "POST /v1/providers/lookup → body application/json: the media type is gone",
    ),
    "a new required member of a body": (
        put(["numbers"], *ASKED, "required"),
        "POST /v1/providers/lookup → body application/json/numbers: is now required",
    ),
    "a tighter limit on a member of a body": (
        put(100, *ASKED, "properties", "numbers", "maxItems"),
        (
            "POST /v1/providers/lookup → body application/json/numbers: "
            "maxItems was 200 and is now 100"
        ),
    ),
    "a response": (
        gone(*SEARCH, "responses", "404"),
        "GET /v1/providers → 404: the response is gone",
    ),
    "a response of another kind": (
        renamed("application/json", "text/csv", *ANSWER, "content"),
        "GET /v1/providers → 200 application/json: the media type is gone",
    ),
    "a header": (gone(*ANSWER, "headers", "ETag"), "GET /v1/providers → 200 header ETag: is gone"),
    "a header not always sent": (
        put(False, *ANSWER, "headers", "ETag", "required"),
        "GET /v1/providers → 200 header ETag: is no longer always sent",
    ),
    "a header of another type": (
        put("integer", *ANSWER, "headers", "ETag", "schema", "type"),
        "GET /v1/providers → 200 header ETag: may now be integer",
    ),
    "a member of an answer": (
        gone(*PROVIDER, "properties", "number"),
        "GET /v1/providers → 200 application/json/[]/number: is no longer sent",
    ),
    "a member of an answer made optional": (
        put([], *PROVIDER, "required"),
        "GET /v1/providers/{number} → 200 application/json/[]/number: is no longer always sent",
    ),
    "a member of an answer made nullable": (
        put({"type": ["string", "null"]}, *PROVIDER, "properties", "number"),
        "POST /v1/providers/lookup → 200 application/json/[]/number: may now be null",
    ),
    "a token where none was asked for": (
        put([{"token": []}], *SEARCH, "security"),
        "GET /v1/providers: can no longer be called with no credentials, or asks for more",
    ),
    "a token everywhere": (
        put([{"token": []}], "security"),
        "GET /v1/providers/{number}: can no longer be called with no credentials, or asks for more",
    ),
    "a way in": (
        put([{"token": ["read"]}], *LOOKUP, "security"),
        "POST /v1/providers/lookup: can no longer be called with key, or asks for more",
    ),
    "a wider scope": (
        put([{"token": ["read", "write"]}, {"key": []}], *LOOKUP, "security"),
        "POST /v1/providers/lookup: can no longer be called with token, or asks for more",
    ),
}

HARMLESS: dict[str, Edit] = {
    "another path": put({"get": {"responses": {}}}, "paths", "/v1/standards"),
    "another operation": put({"responses": {}}, "paths", "/v1/providers", "head"),
    "a first operationId": put("lookup", *LOOKUP, "operationId"),
    "another optional parameter": added(a_query("q"), *SEARCH, "parameters"),
    "a header parameter in other letters": lambda document: at(document, SEARCH)["parameters"][
        1
    ].update(name="x-trace"),
    "the style that holds anyway": put(
        [
            a_query("near", style="form", explode=True),
            {"name": "X-Trace", "in": "header", "schema": {"type": "string"}},
        ],
        *SEARCH,
        "parameters",
    ),
    "an optional body": put({"content": {}}, *SEARCH, "requestBody"),
    "another optional member of a body": put({"type": "string"}, *ASKED, "properties", "note"),
    "a looser limit in a body": put(500, *ASKED, "properties", "numbers", "maxItems"),
    "another kind of body": put({}, *LOOKUP, "requestBody", "content", "text/csv"),
    "another response": put({"description": "Busy."}, *SEARCH, "responses", "429"),
    "a range instead of a status": renamed("404", "4XX", *SEARCH, "responses"),
    "another kind of answer": put({}, *ANSWER, "content", "text/csv"),
    "another header": put({"schema": {"type": "string"}}, *ANSWER, "headers", "Link"),
    "a header in other letters": renamed("ETag", "etag", *ANSWER, "headers"),
    "another member of an answer": put({"type": "string"}, *PROVIDER, "properties", "name"),
    "a member always sent": put(["number", "part_of"], *PROVIDER, "required"),
    "no token any more": put([], *LOOKUP, "security"),
    "another way in": put([{"token": ["read"]}, {"key": []}, {"card": []}], *LOOKUP, "security"),
    "a narrower scope": put([{"token": []}, {"key": []}], *LOOKUP, "security"),
    "words": put("The register", "info", "title"),
}


class TestCompareDocuments:
    @pytest.mark.parametrize(("edit", "said"), BREAKS.values(), ids=BREAKS)
    def test_finds_each_break(self, edit: Edit, said: str) -> None:
        found = changed_by(edit)

        assert said in [f"{one.where}: {one.what}" for one in breaks(found)]

    @pytest.mark.parametrize("edit", HARMLESS.values(), ids=HARMLESS)
    def test_says_nothing_of_what_harms_nobody(self, edit: Edit) -> None:
        assert changed_by(edit) == []

    def test_does_not_mind_what_a_path_parameter_is_called(self) -> None:
        old, new = a_document(), a_document()
        operation = new["paths"].pop("/v1/providers/{number}")
        operation["get"]["parameters"][0]["name"] = "provider_number"
        new["paths"]["/v1/providers/{provider_number}"] = operation

        assert compare_documents(old, new) == []

    def test_does_not_mind_where_a_schema_is_written(self) -> None:
        old, new = a_document(), a_document()
        asked = new["components"]["schemas"].pop("Lookup")
        at(new, (*LOOKUP, "requestBody"))["content"]["application/json"]["schema"] = asked

        assert compare_documents(old, new) == []

    def test_tells_what_callers_write_from_what_we_write(self) -> None:
        old, new = a_document(), a_document()
        for document, kinds in ((old, "string"), (new, ["string", "null"])):
            document["components"]["schemas"]["Lookup"] = document["components"]["schemas"][
                "Provider"
            ]
            document["components"]["schemas"]["Provider"]["properties"]["number"] = {"type": kinds}

        found = breaks(compare_documents(old, new))

        assert found
        assert not [one for one in found if "body" in one.where]

    def test_asks_for_care_when_we_may_send_a_new_value(self) -> None:
        old, new = a_document(), a_document()
        for document, values in ((old, ["listed"]), (new, ["listed", "left"])):
            put({"enum": values}, *PROVIDER, "properties", "status")(document)

        found = compare_documents(old, new)

        assert {one.severity for one in found} == {Severity.CAREFUL}
        assert found[0].what == 'may now be "left"'
