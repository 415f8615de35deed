import asyncio
from typing import Any

import pytest
from fastapi import APIRouter, Depends, FastAPI
from fastapi.routing import APIRoute
from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send
from structlog.testing import capture_logs

from app.access import OPERATOR, Actor
from app.config import Settings
from app.http.security import CurrentActor
from app.http.wiring import BEFORE_EVERY_ROUTE, install, strict_routes
from app.main import create_app
from tests.http.support import client_of, get, make_app, run, scope_of
from tests.http.trial import Trial


def test_routes_must_come_after_the_plumbing() -> None:
    with pytest.raises(RuntimeError, match=r"FastAPI\(openapi_url=None\)"):
        install(FastAPI(), Settings(), constraint_errors={}, render_page=None)


async def test_the_rate_is_limited_before_a_body_is_looked_at() -> None:
    made = make_app(rate_limit="1/hour", max_body_bytes=1_024)
    async with client_of(made) as client:
        first = await client.post("/v1/x", content=b"x" * 2_000)
        second = await client.post("/v1/x", content=b"x" * 2_000)

    assert (first.status_code, second.status_code) == (413, 429)
    assert "ratelimit" in first.headers


async def test_a_preflight_costs_nothing() -> None:
    made = make_app(rate_limit="1/hour")
    asked = {"Origin": "https://a.test", "Access-Control-Request-Method": "GET"}
    async with client_of(made) as client:
        answers = [await client.options("/v1/x", headers=asked) for _ in range(3)]

    assert {answer.status_code for answer in answers} == {204}
    assert "content-security-policy" in answers[0].headers


@pytest.mark.parametrize(
    ("settings", "path", "status"),
    [
        ({"rate_limit": "0/hour"}, "/v1/wait", 429),
        ({"request_timeout_seconds": 0.02}, "/v1/wait", 503),
        ({}, "/v1/fail", 500),
        ({}, "/v1/nowhere", 404),
        ({}, "/v1/wait?x=1", 422),
    ],
)
async def test_every_refusal_is_identified_logged_counted_and_dressed(
    settings: dict[str, Any], path: str, status: int
) -> None:
    made = make_app(**settings)

    @made.get("/v1/wait")
    async def wait() -> None:
        await asyncio.Event().wait()

    @made.get("/v1/fail")
    async def fail() -> None:
        raise RuntimeError

    with capture_logs() as lines:
        response = await get(made, path, X_Request_ID="req-1")

    assert response.status_code == status
    assert response.headers["content-type"] == "application/problem+json"
    assert response.json()["instance"] == "urn:request:req-1"
    assert response.headers["x-request-id"] == "req-1"
    assert response.headers["access-control-allow-origin"] == "*"
    assert "content-security-policy" in response.headers
    assert "ratelimit" in response.headers
    assert [line["status"] for line in lines if line["event"] == "request"] == [status]
    counted = made.state.metrics.registry.collect()
    assert any(
        sample.labels.get("status") == str(status) and sample.value == 1
        for metric in counted
        for sample in metric.samples
    )


async def test_no_answer_repeats_the_host_it_was_asked_under() -> None:
    made = make_app()

    @made.get("/things")
    async def things() -> str:
        return "things"

    response = await get(made, "/things/", Host="evil.test")

    assert response.status_code == 404
    assert "evil.test" not in str(response.headers)


async def test_a_hostile_host_is_harmless() -> None:
    sent = await run(make_app(), scope_of("/v1/x", headers={b"host": b"[::1"}))

    assert sent[0]["status"] == 404


async def test_nobody_is_asked_who_they_are_before_it_is_known_where_they_come_from() -> None:
    asked: list[str] = []
    made = make_app()

    async def authenticate(request: Request) -> Actor:
        asked.append(request.url.path)
        return OPERATOR

    made.state.authenticate = authenticate
    inner, outer = APIRouter(), APIRouter(prefix="/v1")

    @inner.post("/things")
    async def add(actor: CurrentActor) -> str:
        return actor.name

    outer.include_router(inner)
    made.include_router(outer)
    cookie = {"Cookie": "session=x"}
    async with client_of(made) as client:
        foreign = await client.post("/v1/things", headers=cookie | {"Origin": "http://evil.test"})
        unknown = await client.post("/v1/things?x=1")
        plain = await client.post("/v1/things")

    assert [one.status_code for one in (foreign, unknown, plain)] == [403, 422, 200]
    assert len(asked) == 1


def test_shared_routes_are_made_ready_once_and_checked_before_all_else() -> None:
    async def own() -> None: ...

    router = APIRouter(prefix="/v1", dependencies=[Depends(own)])

    @router.get("/things")
    async def things() -> str:
        return "things"

    made = list(router.routes)
    for _ in range(2):
        routes = strict_routes(router)
        assert all(one is two for one, two in zip(routes, made, strict=True))
        (route,) = routes
        assert isinstance(route, APIRoute)
        assert route.dependencies == [*BEFORE_EVERY_ROUTE, Depends(own)]
        needed = [one.call for one in route.dependant.dependencies]
        assert needed == [*(one.dependency for one in BEFORE_EVERY_ROUTE), own]


def test_every_route_of_the_service_is_checked() -> None:
    checks = [one.dependency for one in BEFORE_EVERY_ROUTE]
    routes = [one for one in create_app(Settings()).routes if isinstance(one, APIRoute)]

    assert len(routes) > 500
    for route in routes:
        assert [one.call for one in route.dependant.dependencies[: len(checks)]] == checks


def test_what_could_not_be_checked_is_refused() -> None:
    outer, inner = APIRouter(), APIRouter(prefix="/v1")
    outer.include_router(inner)
    mounted = APIRouter()
    mounted.mount("/static", make_app())

    for router in (outer, mounted):
        with pytest.raises(TypeError, match="cannot be checked"):
            strict_routes(router)


async def test_a_repeated_request_is_answered_dressed_like_any_other(trial: Trial) -> None:
    first, again = [await trial.post("thing", "key") for _ in range(2)]

    for name in ("content-security-policy", "ratelimit", "x-request-id", "cache-control"):
        assert name in again.headers
    assert again.headers["x-request-id"] != first.headers["x-request-id"]
    assert "access-control-allow-origin" not in again.headers


async def test_middleware_that_was_there_before_stays_innermost() -> None:
    seen: list[str] = []

    def inner(app: ASGIApp) -> ASGIApp:
        async def record(scope: Scope, receive: Receive, send: Send) -> None:
            seen.append(scope["method"])
            await app(scope, receive, send)

        return record

    made = FastAPI(openapi_url=None)
    made.add_middleware(inner)
    install(made, Settings(rate_limit="1/hour"), constraint_errors={}, render_page=None)
    async with client_of(made) as client:
        await client.head("/v1/x")
        await client.head("/v1/x")

    assert seen == ["GET"]


@given(query=st.binary(max_size=60), body=st.binary(max_size=60), path=st.text(max_size=20))
async def test_whatever_bytes_arrive_nothing_breaks(query: bytes, body: bytes, path: str) -> None:
    made = make_app()

    @made.post("/v1/{name}")
    async def take(name: str, content: dict[str, int], q: int | None = None) -> None:
        """Take."""

    json = {b"content-type": b"application/json"}
    for where in ("/v1/x", f"/v1/{path}", path):
        for message in (body, b'{"' + body + b'": "x"}'):
            sent = await run(
                made,
                scope_of(where, "POST", json, query),
                {"type": "http.request", "body": message, "more_body": False},
            )
            assert sent[0]["status"] in {200, 400, 404, 405, 422}
