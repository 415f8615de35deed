"""Every route is listed here, with who may reach it; a route nobody listed fails the build."""

from collections.abc import AsyncIterator
from enum import StrEnum

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from app.config import Settings
from app.main import create_app
from tests.contracts.routes import MOUNTED, Route, documented_routes, routes_of


class Access(StrEnum):
    """Who may reach a route."""

    PUBLIC = "anyone, without credentials"
    OPERATOR = "loopback, or the bearer of the operator's token"


ACCESS: dict[Route, Access] = {
    ("GET", "/"): Access.PUBLIC,
    ("GET", "/about"): Access.PUBLIC,
    ("GET", "/providers/{number}"): Access.PUBLIC,
    ("GET", "/v1/providers"): Access.PUBLIC,
    ("GET", "/v1/providers/{number}"): Access.PUBLIC,
    ("GET", "/openapi.json"): Access.PUBLIC,
    ("GET", "/healthz"): Access.PUBLIC,
    ("GET", "/readyz"): Access.PUBLIC,
    ("GET", "/metrics"): Access.OPERATOR,
    (MOUNTED, "/static"): Access.PUBLIC,
}

PAGES = {"/", "/about", "/providers/{number}"}
"""Addresses for people, who follow links with marks that others added; those are overlooked."""

CALLED = sorted(route for route in ACCESS if route[0] != MOUNTED)
ELSEWHERE = ("203.0.113.7", 40_000)
"""A caller from another machine (an address kept for examples)."""


@pytest.fixture(scope="module")
def app() -> FastAPI:
    return create_app(Settings(public_url=None, metrics_token=None))


@pytest.fixture
async def stranger(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """Someone without credentials, on another machine.

    Nothing is connected to: what is tested here is decided before a database is asked.
    """
    transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=ELSEWHERE)
    async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as client:
        yield client


class TestRoutesOf:
    def test_finds_routes_however_deep_their_router_lies(self) -> None:
        inner, outer, app = APIRouter(prefix="/deep"), APIRouter(prefix="/v1"), FastAPI()

        @inner.post("/{number}")
        async def planted(number: str) -> str:
            return number

        outer.include_router(inner)
        app.include_router(outer)
        app.mount("/files", FastAPI())

        assert {("POST", "/v1/deep/{number}"), (MOUNTED, "/files")} <= routes_of(app)

    def test_finds_everything_that_is_documented(self, app: FastAPI) -> None:
        assert documented_routes(app)
        assert documented_routes(app) <= routes_of(app)


class TestAccess:
    def test_every_route_is_listed_and_every_listed_route_is_there(self, app: FastAPI) -> None:
        assert routes_of(app) == ACCESS.keys()

    @pytest.mark.parametrize(
        ("method", "path"), [called for called in CALLED if called[1] not in PAGES]
    )
    async def test_no_route_for_programs_takes_a_parameter_it_does_not_know(
        self, stranger: httpx.AsyncClient, method: str, path: str
    ) -> None:
        address = path.format(number="AP000000")

        response = await stranger.request(method, address, params={"no_such_parameter": "1"})

        assert response.status_code == 422
        assert response.headers["Content-Type"] == "application/problem+json"
        assert "no_such_parameter" in response.text

    @pytest.mark.parametrize(
        "path", [path for (_, path), access in ACCESS.items() if access is Access.OPERATOR]
    )
    async def test_operators_routes_are_closed_to_strangers(
        self, stranger: httpx.AsyncClient, path: str
    ) -> None:
        response = await stranger.get(path)

        assert response.status_code in {401, 403, 404}
