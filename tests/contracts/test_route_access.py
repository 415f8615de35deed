"""Every route is listed here, with who may reach it; a route nobody listed fails the build."""

import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

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
from tests.contracts.routes import MOUNTED, Route, documented_routes, routes_of
from tests.factories.people import add_member, add_organisation, sign_in


class Access(StrEnum):
    """Who may reach a route that needs no permission."""

    PUBLIC = "anyone, without credentials"
    SIGNED_IN = "whoever is signed in, for what is their own; machines too"
    OPERATOR = "loopback, or the bearer of the operator's token"


@dataclass(frozen=True)
class Needs:
    """Who may reach a route: people whose roles, and machines whose scopes, permit it.

    Attributes:
        permission: what is needed.
        recently: only people who showed who they are within the last minutes.
    """

    permission: Permission
    recently: bool = False


ORGANISATION = "/v1/organisations/{organisation_id}"
MEMBERS, INVITATIONS, MACHINES = (
    f"{ORGANISATION}/members",
    f"{ORGANISATION}/invitations",
    f"{ORGANISATION}/machines",
)

PEOPLE_PAGES, MACHINE_PAGES = "/organisation/people", "/organisation/machines"
MEMBER_PAGE = f"{PEOPLE_PAGES}/{{membership_id}}"
INVITED_PAGE = f"{PEOPLE_PAGES}/invitations/{{invitation_id}}"
MANAGES = Needs(Permission.MEMBERS_MANAGE, recently=True)
DRAFTS, POLICY_DRAFTS = "/v1/standards-drafts", "/v1/policy-drafts"
DRAFTED = Needs(Permission.STANDARDS_DRAFT)
PUBLISHED = Needs(Permission.STANDARDS_PUBLISH, recently=True)
LETS_MACHINES_IN = Needs(Permission.MACHINES_MANAGE, recently=True)


def _form(path: str, needs: Needs) -> dict[Route, Access | Needs]:
    """A page with a form, and what the form is sent to."""
    return {("GET", path): needs, ("POST", path): needs}


ACCESS: dict[Route, Access | Needs] = {
    # The register, for everybody
    ("GET", "/"): Access.PUBLIC,
    ("GET", "/about"): Access.PUBLIC,
    ("GET", "/providers/{number}"): Access.PUBLIC,
    ("GET", "/standards"): Access.PUBLIC,
    ("GET", "/standards/{code}"): Access.PUBLIC,
    ("GET", "/v1/providers"): Access.PUBLIC,
    ("GET", "/v1/providers/{number}"): Access.PUBLIC,
    ("GET", "/v1/providers/{number}/history"): Access.PUBLIC,
    ("GET", "/v1/standards"): Access.PUBLIC,
    ("GET", "/v1/standards/{code}"): Access.PUBLIC,
    ("GET", "/v1/standards/{code}/crosswalk"): Access.PUBLIC,
    ("GET", "/v1/policies"): Access.PUBLIC,
    ("GET", "/openapi.json"): Access.PUBLIC,
    ("GET", "/healthz"): Access.PUBLIC,
    ("GET", "/readyz"): Access.PUBLIC,
    ("GET", "/metrics"): Access.OPERATOR,
    (MOUNTED, "/static"): Access.PUBLIC,
    # Machines show who they are
    ("POST", "/oauth/token"): Access.PUBLIC,
    ("GET", "/oauth/keys"): Access.PUBLIC,
    ("GET", "/.well-known/oauth-authorization-server"): Access.PUBLIC,
    # People, on the pages
    ("GET", "/sign-in"): Access.PUBLIC,
    ("GET", "/sign-in/openid"): Access.PUBLIC,
    ("GET", "/sign-in/again"): Access.PUBLIC,
    ("GET", "/sign-in/return"): Access.PUBLIC,
    ("POST", "/sign-in/demonstration"): Access.PUBLIC,
    ("POST", "/sign-out"): Access.PUBLIC,
    ("POST", "/sign-out/everywhere"): Access.PUBLIC,
    ("GET", "/signed-out"): Access.PUBLIC,
    ("GET", "/account/organisation"): Access.PUBLIC,
    ("POST", "/account/organisation"): Access.PUBLIC,
    ("POST", "/sign-in/link"): Access.PUBLIC,
    ("GET", "/sign-in/link/{token}"): Access.PUBLIC,
    ("POST", "/sign-in/link/{token}"): Access.PUBLIC,
    ("GET", "/sign-in/second-factor"): Access.PUBLIC,
    ("POST", "/sign-in/second-factor"): Access.PUBLIC,
    ("GET", "/sign-in/second-factor/again"): Access.PUBLIC,
    ("POST", "/sign-in/second-factor/passkey"): Access.PUBLIC,
    ("POST", "/sign-in/second-factor/passkey/options"): Access.PUBLIC,
    ("GET", "/sign-in/set-up"): Access.PUBLIC,
    ("POST", "/sign-in/set-up"): Access.PUBLIC,
    ("GET", "/sign-in/set-up/another"): Access.PUBLIC,
    ("POST", "/sign-in/set-up/passkey"): Access.PUBLIC,
    ("POST", "/sign-in/set-up/passkey/options"): Access.PUBLIC,
    ("GET", "/invitations/{token}"): Access.PUBLIC,
    ("POST", "/invitations/{token}"): Access.PUBLIC,
    # People, about themselves and their organisation, on the pages
    ("GET", "/account"): Access.SIGNED_IN,
    ("GET", "/account/name"): Access.SIGNED_IN,
    ("POST", "/account/name"): Access.SIGNED_IN,
    ("POST", "/account/sessions/{session_id}/end"): Access.SIGNED_IN,
    ("GET", "/organisation"): Needs(Permission.ORGANISATIONS_READ),
    ("GET", PEOPLE_PAGES): Needs(Permission.MEMBERS_READ),
    ("GET", MEMBER_PAGE): Needs(Permission.MEMBERS_READ),
    **_form(f"{MEMBER_PAGE}/contact", Needs(Permission.MEMBERS_READ)),
    **_form(f"{MEMBER_PAGE}/roles", MANAGES),
    **_form(f"{MEMBER_PAGE}/end", MANAGES),
    **_form(f"{MEMBER_PAGE}/second-factors", MANAGES),
    **_form(f"{PEOPLE_PAGES}/invite", MANAGES),
    ("GET", INVITED_PAGE): Needs(Permission.MEMBERS_MANAGE),
    **_form(f"{INVITED_PAGE}/send-again", MANAGES),
    **_form(f"{INVITED_PAGE}/withdraw", MANAGES),
    ("GET", MACHINE_PAGES): Needs(Permission.MACHINES_READ),
    ("GET", f"{MACHINE_PAGES}/{{machine_id}}"): Needs(Permission.MACHINES_READ),
    **_form(f"{MACHINE_PAGES}/add", LETS_MACHINES_IN),
    **_form(f"{MACHINE_PAGES}/{{machine_id}}/secrets/add", LETS_MACHINES_IN),
    **_form(f"{MACHINE_PAGES}/{{machine_id}}/revoke", Needs(Permission.MACHINES_MANAGE)),
    **_form(
        f"{MACHINE_PAGES}/{{machine_id}}/secrets/{{secret_id}}/revoke",
        Needs(Permission.MACHINES_MANAGE),
    ),
    ("GET", "/organisation/acts"): Needs(Permission.AUDIT_READ),
    # Facts that leave the log
    ("POST", "/v1/provider-records/{number}/redactions"): Needs(
        Permission.DECISIONS_PROPOSE, recently=True
    ),
    ("GET", "/v1/redactions"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("GET", "/v1/redactions/{redaction_id}"): Needs(Permission.PROVIDER_RECORDS_READ),
    ("POST", "/v1/redactions/{redaction_id}/confirmation"): Needs(
        Permission.DECISIONS_CONFIRM, recently=True
    ),
    ("POST", "/v1/redactions/{redaction_id}/refusal"): Needs(
        Permission.DECISIONS_CONFIRM, recently=True
    ),
    # Whoever asks, about themselves
    ("GET", "/v1/me"): Access.SIGNED_IN,
    ("PATCH", "/v1/me"): Access.SIGNED_IN,
    ("GET", "/v1/sessions"): Access.SIGNED_IN,
    ("DELETE", "/v1/sessions"): Access.SIGNED_IN,
    ("DELETE", "/v1/sessions/{session_id}"): Access.SIGNED_IN,
    # Organisations
    ("GET", "/v1/organisations"): Needs(Permission.ORGANISATIONS_READ),
    ("POST", "/v1/organisations"): Needs(Permission.ORGANISATIONS_ADD),
    ("GET", ORGANISATION): Needs(Permission.ORGANISATIONS_READ),
    ("PATCH", ORGANISATION): Needs(Permission.ORGANISATIONS_ADD),
    # Their people
    ("GET", MEMBERS): Needs(Permission.MEMBERS_READ),
    ("GET", f"{MEMBERS}/{{membership_id}}"): Needs(Permission.MEMBERS_READ),
    ("GET", f"{MEMBERS}/{{membership_id}}/contact"): Needs(Permission.MEMBERS_READ),
    ("PATCH", f"{MEMBERS}/{{membership_id}}"): Needs(Permission.MEMBERS_MANAGE, recently=True),
    ("DELETE", f"{MEMBERS}/{{membership_id}}"): Needs(Permission.MEMBERS_MANAGE, recently=True),
    ("DELETE", f"{MEMBERS}/{{membership_id}}/second-factors"): Needs(
        Permission.MEMBERS_MANAGE, recently=True
    ),
    ("GET", INVITATIONS): Needs(Permission.MEMBERS_MANAGE),
    ("POST", INVITATIONS): Needs(Permission.MEMBERS_MANAGE, recently=True),
    ("GET", f"{INVITATIONS}/{{invitation_id}}"): Needs(Permission.MEMBERS_MANAGE),
    ("POST", f"{INVITATIONS}/{{invitation_id}}/send-again"): Needs(
        Permission.MEMBERS_MANAGE, recently=True
    ),
    ("DELETE", f"{INVITATIONS}/{{invitation_id}}"): Needs(Permission.MEMBERS_MANAGE, recently=True),
    # Standards and policies, as the department drafts and publishes them
    ("GET", DRAFTS): DRAFTED,
    ("POST", DRAFTS): DRAFTED,
    ("GET", f"{DRAFTS}/{{code}}"): DRAFTED,
    ("PATCH", f"{DRAFTS}/{{code}}"): DRAFTED,
    ("PUT", f"{DRAFTS}/{{code}}/criteria/{{number}}"): DRAFTED,
    ("DELETE", f"{DRAFTS}/{{code}}/criteria/{{number}}"): DRAFTED,
    ("PUT", f"{DRAFTS}/{{code}}/crosswalk"): DRAFTED,
    ("POST", f"{DRAFTS}/{{code}}/publication"): PUBLISHED,
    ("GET", POLICY_DRAFTS): DRAFTED,
    ("POST", POLICY_DRAFTS): DRAFTED,
    ("GET", f"{POLICY_DRAFTS}/{{policy_id}}"): DRAFTED,
    ("PATCH", f"{POLICY_DRAFTS}/{{policy_id}}"): DRAFTED,
    ("POST", f"{POLICY_DRAFTS}/{{policy_id}}/publication"): PUBLISHED,
    # What was done
    ("GET", "/v1/audit"): Needs(Permission.AUDIT_READ),
    ("GET", "/v1/audit/export"): Needs(Permission.AUDIT_READ),
    # Their machines
    ("GET", MACHINES): Needs(Permission.MACHINES_READ),
    ("POST", MACHINES): Needs(Permission.MACHINES_MANAGE, recently=True),
    ("GET", f"{MACHINES}/{{machine_id}}"): Needs(Permission.MACHINES_READ),
    ("PATCH", f"{MACHINES}/{{machine_id}}"): Needs(Permission.MACHINES_MANAGE),
    ("DELETE", f"{MACHINES}/{{machine_id}}"): Needs(Permission.MACHINES_MANAGE),
    ("POST", f"{MACHINES}/{{machine_id}}/secrets"): Needs(
        Permission.MACHINES_MANAGE, recently=True
    ),
    ("DELETE", f"{MACHINES}/{{machine_id}}/secrets/{{secret_id}}"): Needs(
        Permission.MACHINES_MANAGE
    ),
}

PAGES = {"/", "/about", "/providers/{number}", "/standards", "/standards/{code}"} | {
    path
    for _, path in ACCESS
    if path.startswith(("/sign", "/account", "/invitations", "/organisation"))
}
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
    return re.sub(r"{\w*number}", "AP000000", re.sub(r"{\w*id}", str(NOBODYS), path))


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

    @pytest.mark.parametrize(("method", "path"), NOT_FOR_EVERY_ROLE)
    async def test_whose_roles_permit_nothing_of_it_is_refused(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, method: str, path: str
    ) -> None:
        access = ACCESS[method, path]
        assert isinstance(access, Needs)
        organisation = await add_organisation(
            owner,
            kind=OrganisationKind.LOCAL_AUTHORITY_TEAM,
            parent_id=fact_id(OrganisationKind.LOCAL_AUTHORITY, "331"),
        )
        without = [role for role in Role if access.permission not in ROLE_PERMISSIONS[role]]
        member = await add_member(owner, organisation, *without)
        await sign_in(client, owner, member)

        response = await client.request(
            method, address_of(path), headers={"If-Match": '"1"'}, json={}
        )

        assert response.status_code == 403
        assert response.json()["permission"] == access.permission

    @pytest.mark.parametrize(
        ("method", "path"),
        [one for one in PERMITTED if getattr(ACCESS[one], "recently", False)],
    )
    async def test_whose_sign_in_is_long_ago_is_asked_to_do_it_again(
        self, client: httpx.AsyncClient, owner: asyncpg.Connection, method: str, path: str
    ) -> None:
        organisation = await add_organisation(owner)
        permission = getattr(ACCESS[method, path], "permission", None)
        permitted = [role for role in Role if permission in ROLE_PERMISSIONS[role]]
        member = await add_member(owner, organisation, *permitted)
        long_ago = clock.now() - timedelta(hours=1)
        await sign_in(client, owner, member, authenticated_at=long_ago)

        response = await client.request(method, address_of(path), json={})

        assert response.status_code == 403
        assert response.json()["type"].endswith("/sign-in-again")
