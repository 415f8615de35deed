import asyncio
from threading import Event
from typing import Any

from fastapi import FastAPI
from openapi_spec_validator import validate

from app.errors import NotFoundError
from app.http.problems import MEDIA_TYPE, problems
from tests.http.support import client_of, get, make_app


def app() -> FastAPI:
    made = make_app()

    @made.post("/v1/things")
    async def add(body: dict[str, int], limit: int = 1) -> None:
        """Add."""

    return made


async def test_the_document_is_valid_and_knows_only_problems() -> None:
    response = await get(app(), "/openapi.json")

    validate(response.json())
    assert "HTTPValidationError" not in response.text
    schemas = response.json()["components"]["schemas"]
    assert {"Problem", "ProblemFault"} <= set(schemas)
    assert "ValidationError" not in schemas
    answers = response.json()["paths"]["/v1/things"]["post"]["responses"]
    assert answers["422"]["content"] == {
        "application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}
    }
    assert "default" in answers


async def test_the_document_has_the_routes_of_the_plumbing_that_are_for_others() -> None:
    paths = (await get(app(), "/openapi.json")).json()["paths"]

    assert {"/healthz", "/readyz", "/v1/things"} == set(paths)


async def test_the_document_is_the_same_every_time_and_after_a_route_is_added() -> None:
    made = app()
    first = made.openapi()
    assert made.openapi() == first

    @made.get("/v1/late")
    async def late() -> None:
        """Come late."""

    assert "/v1/late" in made.openapi()["paths"]
    assert "Problem" in made.openapi()["components"]["schemas"]


async def test_who_holds_the_document_is_told_so() -> None:
    made = app()
    async with client_of(made) as client:
        first = await client.get("/openapi.json")
        again = await client.get("/openapi.json", headers={"If-None-Match": first.headers["etag"]})

    assert first.headers["cache-control"] == "public, no-cache"
    assert again.status_code == 304
    assert again.headers["etag"] == first.headers["etag"]
    assert again.headers["cache-control"] == "public, no-cache"
    assert again.content == b""


async def test_others_are_answered_while_the_document_is_made_once_for_all_who_ask() -> None:
    made = app()
    made_of, asked, answered = made.openapi, Event(), Event()
    documents: list[dict[str, Any]] = []

    def openapi() -> dict[str, Any]:
        asked.set()
        assert answered.wait(10), "nobody else was answered meanwhile"
        documents.append(made_of())
        return documents[-1]

    made.openapi = openapi  # type: ignore[method-assign]
    async with client_of(made) as client:
        waiting = [asyncio.create_task(client.get("/openapi.json")) for _ in range(3)]
        await asyncio.to_thread(asked.wait)
        other = await client.get("/healthz")
        answered.set()
        told = [await one for one in waiting]

    assert other.status_code == 200
    assert {one.status_code for one in told} == {200}
    assert len({one.content for one in told}) == 1
    assert all(one is documents[0] for one in documents)


async def test_what_is_served_is_of_the_routes_there_are_now() -> None:
    made = app()
    async with client_of(made) as client:
        first = await client.get("/openapi.json")

        @made.get("/v1/late")
        async def late() -> None:
            """Come late."""

        later = await client.get("/openapi.json")

    assert "/v1/late" not in first.json()["paths"]
    assert "/v1/late" in later.json()["paths"]
    assert later.headers["etag"] != first.headers["etag"]


class TestSharing:
    @staticmethod
    def document(*paths: str) -> Any:
        made = app()

        async def find(limit: int = 1) -> None:
            """Find nothing."""

        for path in paths:
            made.get(path, operation_id=path[1:], responses=problems(NotFoundError))(find)
        return made.openapi()

    def test_a_refusal_is_told_once_however_many_routes_refuse_it(self) -> None:
        document = self.document("/a", "/b")

        shared = document["components"]["responses"]["404.not-found"]
        assert shared["content"][MEDIA_TYPE]["examples"] == {
            "not-found": {"$ref": "#/components/examples/not-found"}
        }
        assert document["components"]["examples"]["not-found"]["value"]["status"] == 404
        for path in ("/a", "/b"):
            answers = document["paths"][path]["get"]["responses"]
            assert answers["404"] == {"$ref": "#/components/responses/404.not-found"}

    def test_so_is_a_parameter(self) -> None:
        document = self.document("/a", "/b")

        assert document["components"]["parameters"]["query.limit"]["schema"]["type"] == "integer"
        for path in ("/a", "/b"):
            taken = document["paths"][path]["get"]["parameters"]
            assert taken == [{"$ref": "#/components/parameters/query.limit"}]

    def test_what_one_route_alone_says_stays_with_it(self) -> None:
        answers = self.document("/a")["paths"]["/a"]["get"]["responses"]

        assert "not-found" in answers["404"]["content"][MEDIA_TYPE]["examples"]

    def test_what_differs_under_one_name_stays_where_it_is(self) -> None:
        document = self.document("/a", "/b")
        answer = document["paths"]["/a"]["get"]["responses"]

        assert "$ref" not in answer["200"]
