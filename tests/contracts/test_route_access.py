"""Every route does what `route_table` says of it; a route nobody listed fails the build."""

import re
import uuid
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, FastAPI

from app import clock
from app.access import ROLE_PERMISSIONS, Permission, Role
from app.config import Settings
from app.http.routes import operations_of
from app.http.security import Requires, current_actor
from app.main import create_app
from app.organisations.queries.facts import fact_id
from app.organisations.terms import OrganisationKind
from tests.contracts.route_table import ACCESS, Access, Needs
from tests.contracts.routes import MOUNTED, Route, documented_routes, routes_of
from tests.factories.people import add_member, add_organisation, sign_in

OFFICERS_PAGES = (
    *("/applications", "/known-providers", "/listings", "/merges", "/provider-records"),
    *("/redactions", "/inspections", "/inspection-results", "/interim-suspensions"),
    *("/reliances", "/declared-interests", "/concerns"),
)
PEOPLES_PAGES = (
    *("/sign", "/account", "/invitations", "/organisation", "/claims", "/records"),
    *OFFICERS_PAGES,
)
EVERYBODYS_PAGES = (
    *("/about", "/providers/", "/compare", "/standards", "/rules", "/data", "/developers"),
)
PAGES = {"/"} | {path for _, path in ACCESS if path.startswith((*EVERYBODYS_PAGES, *PEOPLES_PAGES))}
"""Addresses for people, who follow links with marks that others added; those are overlooked."""

CALLED = sorted(route for route in ACCESS if route[0] != MOUNTED)
CLOSED = sorted(
    route
    for route, access in ACCESS.items()
    if access is Access.SIGNED_IN or isinstance(access, Needs)
)
PERMITTED = sorted(
    route
    for route, access in ACCESS.items()
    if isinstance(access, Needs) and route[1].startswith("/v1")
)
"""What programs may call; of pages, `tests/pages/test_access.py` shows the same."""
NOT_FOR_EVERY_ROLE = [
    route
    for route in PERMITTED
    if not all(
        getattr(ACCESS[route], "permission", None) in held for held in ROLE_PERMISSIONS.values()
    )
]
"""Those that some role does not permit; who has no role at all is not let in anywhere."""
ELSEWHERE = ("203.0.113.7", 40_000)
"""A caller from another machine (an address kept for examples)."""
NOBODYS = uuid.UUID(int=0)


def address_of(path: str) -> str:
    """Fill a template's places with what fits and names nothing."""
    named = re.sub(r"{\w*number}", "AP000000", re.sub(r"{\w*id}", str(NOBODYS), path))
    return named.replace("{reference}", "1")


def required(app: FastAPI) -> dict[Route, Access | Needs]:
    """Read off every route what it really needs."""
    found: dict[Route, Access | Needs] = {}
    for operation in operations_of(app):
        needs = [one for one in operation.needs if isinstance(one, Requires)]
        route = (operation.method, operation.path)
        if needs:
            found[route] = Needs(needs[0].permission, needs[0].recently)
        elif current_actor in operation.needs:
            found[route] = Access.SIGNED_IN
        else:
            found[route] = Access.PUBLIC
    return found


def by_permission(routes: Iterable[Route]) -> dict[Permission | None, list[Route]]:
    """Gather routes by what they need, so that one person is made for all of them."""
    found: dict[Permission | None, list[Route]] = {}
    for route in routes:
        found.setdefault(getattr(ACCESS[route], "permission", None), []).append(route)
    return found


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

    def test_every_route_needs_what_is_listed(self, app: FastAPI) -> None:
        listed = {
            route: Access.PUBLIC if access is Access.OPERATOR else access
            for route, access in ACCESS.items()
            if route[0] != MOUNTED
        }

        assert required(app) == listed

    @pytest.mark.parametrize(
        ("method", "path"),
        [one for one in CALLED if one[1] not in PAGES and one not in CLOSED and one[0] == "GET"],
    )
    async def test_no_route_for_programs_takes_a_parameter_it_does_not_know(
        self, stranger: httpx.AsyncClient, method: str, path: str
    ) -> None:
        response = await stranger.request(
            method, address_of(path), params={"no_such_parameter": "1"}
        )

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

    @pytest.mark.parametrize(
        ("method", "path"), [one for one in CLOSED if one[1].startswith("/v1")]
    )
    async def test_private_routes_are_closed_to_strangers(
        self, stranger: httpx.AsyncClient, method: str, path: str
    ) -> None:
        response = await stranger.request(method, address_of(path))

        assert response.status_code == 401
        assert response.headers["Content-Type"] == "application/problem+json"
        assert response.headers["WWW-Authenticate"].startswith("Bearer")

    async def test_whose_roles_permit_nothing_of_it_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(
            owner,
            kind=OrganisationKind.LOCAL_AUTHORITY_TEAM,
            parent_id=fact_id(OrganisationKind.LOCAL_AUTHORITY, "331"),
        )
        let_in = {}
        for permission, routes in by_permission(NOT_FOR_EVERY_ROLE).items():
            without = [role for role in Role if permission not in ROLE_PERMISSIONS[role]]
            await sign_in(client, owner, await add_member(owner, organisation, *without))
            for method, path in routes:
                response = await client.request(
                    method, address_of(path), headers={"If-Match": '"1"'}, json={}
                )
                if (response.status_code, response.json().get("permission")) != (403, permission):
                    let_in[method, path] = response.text

        assert NOT_FOR_EVERY_ROLE
        assert let_in == {}

    async def test_whose_sign_in_is_long_ago_is_asked_to_do_it_again(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        organisation = await add_organisation(owner)
        long_ago = clock.now() - timedelta(hours=1)
        recently = [one for one in PERMITTED if getattr(ACCESS[one], "recently", False)]
        let_in = {}
        for permission, routes in by_permission(recently).items():
            permitted = [role for role in Role if permission in ROLE_PERMISSIONS[role]]
            member = await add_member(owner, organisation, *permitted)
            await sign_in(client, owner, member, authenticated_at=long_ago)
            for method, path in routes:
                response = await client.request(method, address_of(path), json={})
                slug = str(response.json().get("type")).rpartition("/")[2]
                if (response.status_code, slug) != (403, "sign-in-again"):
                    let_in[method, path] = response.text

        assert recently
        assert let_in == {}
