import asyncio
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI

from app.http.metrics import Meters, make_meters
from tests.http.support import ADDRESS, client_of, get, make_app, run, scope_of

TOKEN = "correct-horse"
HERE = "127.0.0.1"


def app(**settings: Any) -> FastAPI:
    made = make_app(**settings)
    inner = APIRouter(prefix="/inner")

    @inner.get("/{name}")
    async def read(name: str) -> str:
        return name

    made.include_router(inner, prefix="/v1")
    return made


def value(made: FastAPI, name: str, **labels: str) -> float | None:
    meters: Meters = made.state.metrics
    return meters.registry.get_sample_value(name, labels)


async def test_requests_are_counted_by_method_template_and_status() -> None:
    made = app()
    await get(made, "/v1/inner/a-child")
    await get(made, "/v1/inner/another")
    async with client_of(made) as client:
        await client.post("/v1/inner/x")
        await client.head("/v1/inner/x")

    route = "/v1/inner/{name}"
    name = "http_requests_total"
    assert value(made, name, method="GET", route=route, status="200") == 2
    assert value(made, name, method="POST", route=route, status="405") == 1
    assert value(made, name, method="HEAD", route=route, status="200") == 1
    assert value(made, "http_request_seconds_count", route=route) == 4


async def test_addresses_that_are_no_route_are_counted_together() -> None:
    made = app()
    for number in range(20):
        await get(made, f"/nowhere/{number}")
    async with client_of(made) as client:
        await client.request("BREW", "/nowhere/21")

    count = value(made, "http_requests_total", method="GET", route="unmatched", status="404")
    assert count == 20
    odd = value(made, "http_requests_total", method="other", route="unmatched", status="404")
    assert odd == 1


async def test_refusals_of_the_outer_layers_are_counted() -> None:
    made = app(rate_limit="1/hour")
    await get(made, "/v1/inner/x")
    await get(made, "/v1/inner/x")

    assert value(made, "http_requests_total", method="GET", route="unmatched", status="429") == 1


async def test_requests_in_progress_are_counted_and_uncounted() -> None:
    made = app()
    began, end = asyncio.Event(), asyncio.Event()

    @made.get("/v1/slow")
    async def slow() -> None:
        began.set()
        await end.wait()

    task = asyncio.create_task(run(made, scope_of("/v1/slow")))
    await began.wait()
    during = value(made, "http_requests_in_progress")
    end.set()
    await task

    assert (during, value(made, "http_requests_in_progress")) == (1, 0)


async def test_an_abandoned_request_is_counted_and_no_longer_in_progress() -> None:
    made = app()
    began = asyncio.Event()

    @made.get("/v1/slow")
    async def slow() -> None:
        began.set()
        await asyncio.Event().wait()

    task = asyncio.create_task(run(made, scope_of("/v1/slow")))
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    assert value(made, "http_requests_in_progress") == 0
    assert value(made, "http_requests_total", method="GET", route="/v1/slow", status="499") == 1


def test_two_applications_count_apart() -> None:
    assert make_meters().registry is not make_meters().registry


@pytest.mark.parametrize("address", ["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"])
async def test_the_machine_itself_may_read_them(address: str) -> None:
    response = await get(app(), "/metrics", address)

    assert response.status_code == 200
    assert response.headers["content-type"].startswith("text/plain; version=")
    assert response.headers["cache-control"] == "no-store"
    assert "http_requests_in_progress 1.0" in response.text


@pytest.mark.parametrize("address", [ADDRESS, "10.0.0.1", "::2", "localhost", ""])
async def test_others_find_nothing(address: str) -> None:
    made = app(metrics_token=TOKEN)
    response = await get(made, "/metrics", address)
    nowhere = await get(made, "/metricz", address)

    assert response.status_code == 404
    assert response.json()["detail"] == nowhere.json()["detail"]
    assert response.json()["type"] == nowhere.json()["type"]


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "Via"])
async def test_what_a_proxy_passes_on_is_not_from_this_machine(header: str) -> None:
    assert (await get(app(), "/metrics", HERE, **{header: HERE})).status_code == 404


@pytest.mark.parametrize("sent", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER  {TOKEN} "])
async def test_the_token_lets_anyone_read_them(sent: str) -> None:
    response = await get(app(metrics_token=TOKEN), "/metrics", Authorization=sent)

    assert response.status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        "",
        "Bearer",
        "Bearer ",
        f"Bearer {TOKEN}x",
        TOKEN,
        f"Basic {TOKEN}",
        "Bearer corréct",
        "B " * 99,
    ],
)
async def test_a_wrong_token_finds_nothing(sent: str) -> None:
    async with client_of(app(metrics_token=TOKEN)) as client:
        response = await client.get("/metrics", headers={b"Authorization": sent.encode()})

    assert response.status_code == 404


@pytest.mark.parametrize("token", [None, ""])
async def test_without_a_token_none_is_right(token: str | None) -> None:
    response = await get(make_app(metrics_token=token), "/metrics", Authorization="Bearer ")

    assert response.status_code == 404


async def test_they_are_no_part_of_the_published_interface() -> None:
    assert "/metrics" not in app().openapi()["paths"]
