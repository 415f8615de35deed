"""A direct route answers, checks and is documented as the same route of FastAPI's own."""

from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI, Request, Response
from fastapi.routing import APIRoute, iter_route_contexts
from pydantic import BaseModel

from app.config import Settings
from app.errors import InvalidRequestError
from app.http.direct_routes import DirectRoute, wants_more
from app.http.query_models import query_reader
from app.main import create_app
from tests.http.support import get, make_app


class Search(BaseModel):
    q: str
    limit: int = 20


async def refuse_limits(request: Request) -> None:
    if request.query_params.get("limit") == "13":
        raise InvalidRequestError("Thirteen is refused.")


async def count(request: Request) -> int:
    return len(request.query_params)


def app_with(kind: type[APIRoute]) -> FastAPI:
    leaf = APIRouter(prefix="/leaf", route_class=kind, dependencies=[Depends(refuse_limits)])

    @leaf.get("/{kind}", response_model=None)
    async def search(
        request: Request,
        query: Annotated[Search, Depends(query_reader(Search))],
        given: Annotated[int, Depends(count)],
    ) -> Response:
        return Response(f"{request.path_params} {query!r} {given}")

    made = make_app()
    trunk = APIRouter(prefix="/v1")
    trunk.include_router(leaf)
    made.include_router(trunk)
    return made


@pytest.mark.parametrize(
    "asked", ["?q=x", "?q=x&limit=4", "?q=x&limit=four", "", "?q=x&qq=y", "?q=x&q=y", "?limit=13"]
)
async def test_it_answers_and_refuses_as_fastapi_would(asked: str) -> None:
    answers = [await get(app_with(kind), f"/v1/leaf/a{asked}") for kind in (DirectRoute, APIRoute)]

    def told(one: Any) -> Any:
        return one.json() | {"instance": None} if one.is_error else one.text

    assert answers[0].status_code == answers[1].status_code
    assert told(answers[0]) == told(answers[1])


def test_it_is_documented_as_ever() -> None:
    assert app_with(DirectRoute).openapi() == app_with(APIRoute).openapi()


def test_what_wants_more_than_the_request_is_refused_when_it_is_made() -> None:
    async def paging(request: Request, limit: int = 20) -> int:
        return limit

    async def nested(request: Request, inner: Annotated[int, Depends(count)]) -> int:
        return inner

    async def by_number(request: Request, number: int) -> Response:
        return Response(str(number))

    async def paged(request: Request, limit: Annotated[int, Depends(paging)]) -> Response:
        return Response(str(limit))

    async def deep(request: Request, given: Annotated[int, Depends(nested)]) -> Response:
        return Response(str(given))

    for function in (by_number, paged, deep):
        with pytest.raises(TypeError, match="the request alone"):
            DirectRoute("/v1/{number}", function, response_model=None)


def test_what_every_router_around_one_adds_wants_no_more_either() -> None:
    found = [
        needed
        for route in iter_route_contexts(create_app(Settings()).routes)
        if isinstance(route.original_route, DirectRoute)
        for needed in route.dependant.dependencies
    ]

    assert found
    assert not any(map(wants_more, found))
