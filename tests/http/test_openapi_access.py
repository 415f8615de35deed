from typing import Annotated, Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from openapi_spec_validator import validate
from starlette.responses import Response

from app.access import SCOPES, Actor, Permission
from app.config import Settings
from app.errors import NotFoundError
from app.http.conditions import ExpectedVersion
from app.http.errors import NotPermittedError
from app.http.problems import MEDIA_TYPE, problems
from app.http.routes import operations_of
from app.http.security import CurrentActor, Requires, current_actor
from app.http.sessions import Looking, Reading, Writing
from app.main import create_app
from app.organisations.cookies import SESSION, cookie_name
from tests.http.support import make_app

Read = Requires(Permission.MEMBERS_READ)
Manage = Requires(Permission.MEMBERS_MANAGE, recently=True)

router = APIRouter(prefix="/things", dependencies=[Depends(Read)])


@router.get("", responses=problems(NotFoundError))
async def read_all(session: Reading) -> list[str]:
    """List them."""
    return []


@router.post("", status_code=201, responses=problems(NotPermittedError))
async def add(
    session: Writing, actor: Annotated[Actor, Depends(Manage)], body: dict[str, int]
) -> str:
    """Add one."""
    return actor.name


@router.get("/{thing}")
async def read(session: Looking, thing: str) -> str:
    """Read one, which is written down."""
    return thing


@router.patch("/{thing}")
async def edit(session: Writing, version: ExpectedVersion, thing: str) -> str:
    """Edit one."""
    return thing


@router.post("/{thing}/acts")
async def act(session: Writing, thing: str) -> Response:
    """Do something, and answer by hand."""
    return Response(thing)


@pytest.fixture
def app() -> FastAPI:
    made = make_app()
    outer = APIRouter(prefix="/v1")
    outer.include_router(router)
    made.include_router(outer)

    @made.get("/v1/mine")
    async def mine(actor: CurrentActor) -> str:
        """Show what is somebody's own."""
        return actor.name

    @made.get("/v1/public")
    async def public() -> str:
        """Show what anybody may see."""
        return "public"

    @made.post("/oauth/token", openapi_extra={"security": [{"client": []}]})
    async def token() -> str:
        """Answer clients, who show themselves in another way."""
        return "token"

    @made.get("/hidden", include_in_schema=False)
    async def hidden(actor: CurrentActor) -> str:
        """Answer what is not documented."""
        return "hidden"

    return made


def operation(app: FastAPI, method: str, path: str) -> Any:
    """An operation as its reader sees it: what it shares with others put back in its place."""
    document = app.openapi()
    described = dict(document["paths"][f"/v1{path}"][method])
    described["responses"] = {
        status: referred(document, response) for status, response in described["responses"].items()
    }
    if "parameters" in described:
        described["parameters"] = [
            one if one.get("$ref", "").endswith("/Organisation") else referred(document, one)
            for one in described["parameters"]
        ]
    return described


def referred(document: Any, held: Any) -> Any:
    if "$ref" not in held:
        return held
    kind, name = held["$ref"].split("/")[-2:]
    return document["components"][kind][name]


def slugs(described: Any, status: int) -> set[str]:
    return set(described["responses"][str(status)]["content"][MEDIA_TYPE].get("examples", {}))


def parameter(described: Any, name: str) -> Any:
    held = described.get("parameters", [])
    return next((one for one in held if one.get("name", "").lower() == name.lower()), None)


def headers(described: Any, status: int) -> set[str]:
    return set(described["responses"][str(status)].get("headers", {}))


def test_the_document_is_valid(app: FastAPI) -> None:
    document = app.openapi()
    document["components"]["securitySchemes"]["client"] = {"type": "http", "scheme": "basic"}

    validate(document)


def test_a_public_route_says_that_it_needs_nothing(app: FastAPI) -> None:
    for described in (
        operation(app, "get", "/public"),
        app.openapi()["paths"]["/healthz"]["get"],
    ):
        assert described["security"] == []
        assert not {"401", "403"} & set(described["responses"])


def test_a_route_that_says_it_itself_is_taken_at_its_word(app: FastAPI) -> None:
    described = app.openapi()["paths"]["/oauth/token"]["post"]

    assert described["security"] == [{"client": []}]


def test_what_is_somebodys_own_needs_only_somebody(app: FastAPI) -> None:
    described = operation(app, "get", "/mine")

    assert described["security"] == [{"machineToken": []}, {"personToken": []}, {"session": []}]
    assert slugs(described, 401) == {"not-signed-in", "token-refused"}
    assert headers(described, 401) == {"WWW-Authenticate"}
    assert "403" not in described["responses"]
    assert described["description"] == "Show what is somebody's own."


def test_a_permission_is_named_with_every_way_in(app: FastAPI) -> None:
    described = operation(app, "get", "/things")

    needed = ["members:read"]
    assert described["security"] == [
        {"machineToken": needed},
        {"personToken": needed},
        {"session": needed},
    ]
    assert "Needs the permission `members:read`." in described["description"]
    assert slugs(described, 403) == {"organisation-not-chosen", "not-permitted"}
    assert slugs(described, 404) == {"not-found"}


def test_what_no_machine_may_is_not_offered_to_machines(app: FastAPI) -> None:
    described = operation(app, "post", "/things")

    needed = ["members:manage", "members:read"]
    assert described["security"] == [{"personToken": needed}, {"session": needed}]
    assert "within the last 15 minutes" in described["description"]
    assert slugs(described, 403) == {
        *("organisation-not-chosen", "not-permitted", "sign-in-again", "cross-site-request"),
    }
    titles = described["responses"]["403"]["description"].split("; ")
    assert len(titles) == len(set(titles)) == 4


def test_a_person_may_say_for_whom_they_act(app: FastAPI) -> None:
    reference = {"$ref": "#/components/parameters/Organisation"}

    assert reference in operation(app, "get", "/mine")["parameters"]
    assert reference not in operation(app, "get", "/public").get("parameters", [])


def test_what_takes_a_key_says_so_and_what_does_not_does_not(app: FastAPI) -> None:
    for method, path, status in (("post", "/things", 201), ("patch", "/things/{thing}", 200)):
        described = operation(app, method, path)
        key = parameter(described, "Idempotency-Key")
        assert (key["name"], key["in"], key["required"]) == ("Idempotency-Key", "header", False)
        assert key["schema"] == {"type": "string", "minLength": 1, "maxLength": 200}
        assert slugs(described, 422) == {"idempotency-key-reused"}
        assert "Idempotency-Replayed" in headers(described, status)
    for method, path in (
        *(("get", "/things"), ("get", "/things/{thing}"), ("get", "/public")),
        ("post", "/things/{thing}/acts"),
    ):
        described = operation(app, method, path)
        assert parameter(described, "Idempotency-Key") is None
        assert "Idempotency-Replayed" not in headers(described, 200)


def test_an_edit_needs_the_version_that_reading_names(app: FastAPI) -> None:
    edited, read = (operation(app, one, "/things/{thing}") for one in ("patch", "get"))

    assert parameter(edited, "If-Match")["required"] is True
    assert parameter(edited, "If-Match")["schema"]["type"] == "string"
    assert (slugs(edited, 412), slugs(edited, 428)) == ({"changed-meanwhile"}, {"version-needed"})
    assert "ETag" in headers(edited, 200)
    assert headers(read, 200) == {"ETag"}
    assert parameter(read, "If-Match") is None
    assert "ETag" not in headers(operation(app, "get", "/things"), 200)


def test_what_adds_something_says_where_it_is(app: FastAPI) -> None:
    assert headers(operation(app, "post", "/things"), 201) == {"Location", "Idempotency-Replayed"}
    assert "Location" not in headers(operation(app, "patch", "/things/{thing}"), 200)


def test_the_ways_in_are_described(app: FastAPI) -> None:
    schemes = app.openapi()["components"]["securitySchemes"]

    flow = schemes["machineToken"]["flows"]["clientCredentials"]
    assert flow["tokenUrl"] == "/oauth/token"
    assert flow["scopes"].keys() == {scope.value for scope in SCOPES}
    assert flow["scopes"]["members:read"] == "Read members"
    assert (schemes["personToken"]["type"], schemes["personToken"]["scheme"]) == ("http", "bearer")
    https = Settings(public_url="https://register.example")
    assert schemes["session"]["name"] == cookie_name(https, SESSION)


def test_nothing_is_described_that_nobody_needs() -> None:
    components = make_app().openapi()["components"]

    assert not {"securitySchemes", "parameters", "headers"} & components.keys()


def test_the_document_stays_the_same_and_takes_in_what_comes_later(app: FastAPI) -> None:
    first = app.openapi()
    assert app.openapi() == first
    things = operation(app, "get", "/things")

    @app.get("/v1/late")
    async def late(actor: Annotated[Actor, Depends(Read)]) -> str:
        """Come late."""
        return actor.name

    assert operation(app, "get", "/late")["security"][0] == {"machineToken": ["members:read"]}
    assert operation(app, "get", "/things") == things


def test_changing_a_document_does_not_change_the_next() -> None:
    def private() -> FastAPI:
        made = make_app()

        @made.get("/v1/mine")
        async def mine(actor: CurrentActor) -> str:
            """Show what is somebody's own."""
            return actor.name

        return made

    private().openapi()["components"]["securitySchemes"].clear()

    assert private().openapi()["components"]["securitySchemes"]


class TestTheService:
    @pytest.fixture
    def service(self) -> FastAPI:
        return create_app(Settings(public_url=None))

    def test_says_of_every_operation_whether_it_needs_anybody(self, service: FastAPI) -> None:
        paths = service.openapi()["paths"]
        for one in operations_of(service):
            if one.documented and not one.path.startswith("/oauth/"):
                described = paths[one.path][one.method.lower()]
                assert bool(described["security"]) == (current_actor in one.needs), one

    def test_lists_every_refusal_of_who_may_not(self, service: FastAPI) -> None:
        paths = service.openapi()["paths"]
        for one in operations_of(service):
            if one.documented and any(isinstance(need, Requires) for need in one.needs):
                answers = paths[one.path][one.method.lower()]["responses"]
                assert {"401", "403"} <= set(answers), one
