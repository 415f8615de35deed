import pytest
from fastapi import APIRouter, FastAPI
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from app.http.routes import allowed_methods, is_api_path, method_label, template_of
from tests.http.support import run, scope_of


def app() -> FastAPI:
    made = FastAPI(openapi_url="/openapi.json")

    async def plain(request: Request) -> Response:
        return PlainTextResponse("plain")

    @made.get("/direct/{number}")
    async def direct(number: int) -> None:
        """Be direct."""

    leaf = APIRouter(prefix="/leaf")

    @leaf.get("/{number}")
    async def read(number: int) -> None:
        """Read."""

    @leaf.delete("/{number}")
    async def end(number: int) -> None:
        """End."""

    leaf.add_route("/plain/{word}", plain)
    branch = APIRouter(prefix="/branch")
    branch.include_router(leaf)
    made.include_router(branch, prefix="/v1")
    made.include_router(leaf)
    made.add_route("/plain/{word}", plain)
    made.mount("/static", Starlette(routes=[Route("/x.css", plain)]))
    return made


@pytest.mark.parametrize(
    ("path", "template"),
    [
        ("/direct/4", "/direct/{number}"),
        ("/direct/x", "/direct/{number}"),
        ("/v1/branch/leaf/4", "/v1/branch/leaf/{number}"),
        ("/leaf/4", "/leaf/{number}"),
        ("/v1/branch/plain/w", "/v1/branch/plain/{word}"),
        ("/plain/w", "/plain/{word}"),
        ("/openapi.json", "/openapi.json"),
        ("/v1/branch", "unmatched"),
        ("/nowhere/child-name", "unmatched"),
    ],
)
async def test_a_request_is_known_by_its_template(path: str, template: str) -> None:
    scope = scope_of(path)
    await run(app(), scope)

    assert template_of(scope) == template


async def test_a_wrong_method_still_meets_the_route() -> None:
    scope = scope_of("/v1/branch/leaf/4", "PUT")
    await run(app(), scope)

    assert template_of(scope) == "/v1/branch/leaf/{number}"


def test_all_methods_at_an_address_are_found_across_routers() -> None:
    assert allowed_methods(app(), scope_of("/v1/branch/leaf/4")) == ["DELETE", "GET", "HEAD"]
    assert allowed_methods(app(), scope_of("/v1/branch/leaf")) == []
    mounted = scope_of("/base/leaf/4") | {"root_path": "/base"}
    assert allowed_methods(app(), mounted) == ["DELETE", "GET", "HEAD"]


@pytest.mark.parametrize("path", ["/v1", "/v1/x", "/healthz", "/static/a.css", "/openapi.json"])
def test_addresses_for_programs(path: str) -> None:
    assert is_api_path(path)


@pytest.mark.parametrize("path", ["/", "/v10", "/providers/v1", "/healthzy", ""])
def test_addresses_for_people(path: str) -> None:
    assert not is_api_path(path)


def test_only_common_methods_have_a_label_of_their_own() -> None:
    assert method_label(scope_of("/", "GET")) == "GET"
    assert method_label(scope_of("/", "X" * 1_000)) == "other"
