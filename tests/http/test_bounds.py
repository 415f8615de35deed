import asyncio
from collections.abc import AsyncIterator

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message

from tests.http.support import client_of, get, make_app, run, scope_of

JSON = {"Content-Type": "application/json"}


def app() -> FastAPI:
    made = make_app(max_body_bytes=1_024)

    @made.post("/v1/read")
    async def read(body: dict[str, str]) -> int:
        return len(str(body))

    @made.post("/v1/stream")
    async def stream(request: Request) -> int:
        return sum([len(chunk) async for chunk in request.stream()])

    @made.post("/v1/ignore")
    async def ignore() -> str:
        return "ignored"

    return made


async def chunked(total: int) -> AsyncIterator[bytes]:
    for _ in range(total // 256):
        yield b"x" * 256


@pytest.mark.parametrize("path", ["/v1/read", "/v1/stream", "/v1/ignore", "/v1/nowhere"])
async def test_a_body_announced_too_large_is_refused_before_it_is_read(path: str) -> None:
    async with client_of(app()) as client:
        response = await client.post(path, content=b"x" * 1_025, headers=JSON)

    assert response.status_code == 413
    assert response.json()["type"].endswith("/content-too-large")
    assert "1024 bytes" in response.json()["detail"]
    assert response.headers["connection"] == "close"
    assert response.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("path", ["/v1/read", "/v1/stream"])
async def test_a_streamed_body_is_refused_as_soon_as_it_is_too_large(path: str) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 256
            yield b"x" * 256

    async with client_of(app()) as client:
        response = await client.post(path, content=endless(), headers=JSON)

    assert response.status_code == 413
    assert response.json()["type"].endswith("/content-too-large")
    assert "1024 bytes" in response.json()["detail"]
    assert response.headers["connection"] == "close"
    assert taken == 1_280


async def test_a_body_of_just_the_limit_is_read() -> None:
    async with client_of(app()) as client:
        streamed = await client.post("/v1/stream", content=chunked(1_024))
        announced = await client.post("/v1/stream", content=b"x" * 1_024)

    assert (streamed.status_code, streamed.json()) == (200, 1_024)
    assert (announced.status_code, announced.json()) == (200, 1_024)


@pytest.mark.parametrize(
    ("announced", "status"),
    [(b"9" * 5_000, 413), (b"0" * 5_000 + b"4", 200), (b"-5", 200), (b"x", 200), (b"\xb2", 200)],
)
async def test_an_odd_announcement_is_harmless(announced: bytes, status: int) -> None:
    scope = scope_of("/v1/stream", "POST", {b"content-length": announced})
    sent = await run(app(), scope, {"type": "http.request", "body": b"four", "more_body": False})

    assert sent[0]["status"] == status


async def test_a_lie_about_the_length_is_found_out() -> None:
    scope = scope_of("/v1/stream", "POST", {b"content-length": b"4"})
    chunk: Message = {"type": "http.request", "body": b"x" * 1_000, "more_body": True}
    sent = await run(app(), scope, chunk, chunk)

    assert sent[0]["status"] == 413


async def test_a_slow_handler_is_cancelled_and_the_caller_told() -> None:
    made = make_app(request_timeout_seconds=0.05)
    ended: list[str] = []

    @made.get("/v1/slow")
    async def slow() -> None:
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            ended.append("cancelled")
            raise

    response = await get(made, "/v1/slow")

    assert response.status_code == 503
    assert response.json()["type"].endswith("/unavailable")
    assert response.json()["detail"].startswith("No answer was ready within 0.05 seconds.")
    assert response.headers["retry-after"] == "5"
    assert "content-security-policy" in response.headers
    assert ended == ["cancelled"]


async def test_a_body_that_never_comes_is_not_waited_for() -> None:
    made = make_app(request_timeout_seconds=0.05)

    @made.post("/v1/read")
    async def read(body: dict[str, str]) -> None:
        """Read."""

    async def stuck() -> AsyncIterator[bytes]:
        yield b"{"
        await asyncio.Event().wait()

    async with client_of(made) as client:
        assert (await client.post("/v1/read", content=stuck(), headers=JSON)).status_code == 503


async def test_an_answer_that_has_begun_may_take_its_time() -> None:
    made = make_app(request_timeout_seconds=0.05)

    @made.get("/v1/long")
    async def long() -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"begun, "
            await asyncio.sleep(0.2)
            yield b"ended"

        return StreamingResponse(chunks())

    response = await get(made, "/v1/long")

    assert (response.status_code, response.text) == (200, "begun, ended")


async def test_a_timeout_of_the_handlers_own_is_told_as_one() -> None:
    made = make_app()

    @made.get("/v1/own")
    async def own() -> None:
        async with asyncio.timeout(0.01):
            await asyncio.Event().wait()

    response = await get(made, "/v1/own")

    assert response.status_code == 503
    assert response.json()["detail"].startswith("The answer took longer")


async def test_an_upload_too_large_is_refused_like_any_body() -> None:
    made = app()

    @made.post("/v1/upload")
    async def upload(request: Request) -> int:
        return len(await request.body())

    async with client_of(made) as client:
        assert (await client.post("/v1/upload", content=chunked(4_096))).status_code == 413
