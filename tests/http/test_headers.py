import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from app.access import OPERATOR, Actor
from app.http.errors import NotSignedInError
from app.http.security import CurrentActor
from tests.http.support import client_of, get, make_app

CSP = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)


def app(environment: str = "demonstration") -> FastAPI:
    made = make_app(environment=environment)

    @made.api_route("/v1/things", methods=["GET", "POST", "PUT"])
    async def things() -> str:
        return "things"

    @made.get("/own")
    async def own() -> Response:
        return PlainTextResponse("own", headers={"Content-Security-Policy": "default-src 'none'"})

    return made


@pytest.mark.parametrize("path", ["/v1/things", "/healthz", "/v1/nowhere", "/nowhere", "/metrics"])
async def test_every_answer_tells_browsers_what_it_may_never_do(path: str) -> None:
    headers = (await get(app(), path)).headers

    assert headers["content-security-policy"] == CSP
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "strict-transport-security" not in headers


async def test_only_production_insists_on_https() -> None:
    headers = (await get(app("production"), "/v1/things")).headers

    assert headers["strict-transport-security"] == "max-age=31536000"


async def test_a_route_keeps_its_own_policy() -> None:
    headers = (await get(app(), "/own")).headers

    assert headers.get_list("content-security-policy") == ["default-src 'none'"]


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
async def test_any_site_may_read_public_answers(method: str) -> None:
    async with client_of(app()) as client:
        response = await client.request(method, "/v1/things", headers={"Origin": "https://a.test"})

    assert response.headers["access-control-allow-origin"] == "*"
    exposed = response.headers["access-control-expose-headers"].split(", ")
    assert {"ETag", "Link", "RateLimit", "RateLimit-Policy", "X-Request-ID"} <= set(exposed)
    assert "access-control-allow-credentials" not in response.headers


async def test_refusals_can_be_read_as_well() -> None:
    response = await get(app(), "/v1/things?x=1", Origin="https://a.test")

    assert response.status_code == 422
    assert response.headers["access-control-allow-origin"] == "*"


@pytest.mark.parametrize("header", ["Authorization", "Cookie"])
async def test_an_answer_to_someone_in_particular_is_not_shared(header: str) -> None:
    response = await get(app(), "/v1/things", **{header: "x", "Origin": "https://a.test"})

    assert "access-control-allow-origin" not in response.headers


@pytest.mark.parametrize("header", ["Authorization", "Cookie"])
async def test_a_private_answer_is_shared_with_no_other_site(header: str) -> None:
    made = app()

    async def authenticate(request: Request) -> Actor:
        if header not in request.headers:
            raise NotSignedInError
        return OPERATOR

    made.state.authenticate = authenticate

    @made.get("/v1/private")
    async def private(actor: CurrentActor) -> str:
        """Show what only some may see."""
        return "private"

    mine = await get(made, "/v1/private", **{header: "x", "Origin": "https://a.test"})
    nobodys = await get(made, "/v1/private", Origin="https://a.test")

    assert (mine.status_code, "access-control-allow-origin" in mine.headers) == (200, False)
    assert nobodys.status_code == 401
    assert nobodys.headers["access-control-allow-origin"] == "*"
    assert "private" not in nobodys.text
    assert "www-authenticate" not in nobodys.headers["access-control-expose-headers"].lower()


@pytest.mark.parametrize("path", ["/own", "/healthz", "/v1things", "/"])
async def test_pages_are_not_shared(path: str) -> None:
    response = await get(app(), path, Origin="https://a.test")

    assert "access-control-allow-origin" not in response.headers


async def test_other_methods_are_not_shared() -> None:
    async with client_of(app()) as client:
        response = await client.put("/v1/things", headers={"Origin": "https://a.test"})

    assert "access-control-allow-origin" not in response.headers


async def test_a_preflight_is_answered_without_inviting_credentials() -> None:
    asked = {
        "Origin": "https://a.test",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, content-type, if-match, idempotency-key",
    }
    async with client_of(app()) as client:
        response = await client.options("/v1/things", headers=asked)

    assert response.status_code == 204
    assert response.content == b""
    assert response.headers["access-control-allow-origin"] == "*"
    assert response.headers["access-control-allow-methods"] == "GET, HEAD, POST"
    assert "Content-Type" in response.headers["access-control-allow-headers"]
    allowed = response.headers["access-control-allow-headers"].lower()
    for name in ("authorization", "cookie", "if-match", "idempotency-key", "register-organisation"):
        assert name not in allowed
    assert "access-control-allow-credentials" not in response.headers
    assert "x-request-id" in response.headers


async def test_options_that_is_no_preflight_is_a_wrong_method() -> None:
    async with client_of(app()) as client:
        response = await client.options("/v1/things")

    assert response.status_code == 405
    assert response.headers["allow"] == "GET, HEAD, POST, PUT"
