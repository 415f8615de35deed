import asyncio
from collections.abc import AsyncIterator, MutableMapping
from typing import Any

import pytest
import structlog
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse
from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from app import log
from app.http.failures import ResponseAbortedError
from tests.http.support import client_of, get, make_app, run, scope_of

SECRET = "A123456789012"


def app() -> FastAPI:
    made = make_app()

    @made.get("/v1/things/{name}")
    async def read(name: str, q: str | None = None) -> dict[str, Any]:
        log.get("test").info("inside")
        return {"id": structlog.contextvars.get_contextvars().get("request_id")}

    @made.post("/v1/things")
    async def add(body: dict[str, int]) -> None:
        """Add."""

    @made.get("/v1/fail")
    async def fail() -> None:
        raise RuntimeError(SECRET)

    @made.get("/v1/half")
    async def half() -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            yield b"half"
            raise RuntimeError(SECRET)

        return StreamingResponse(chunks(), media_type="text/plain")

    return made


def logged(
    lines: list[MutableMapping[str, Any]], event: str = "request"
) -> list[MutableMapping[str, Any]]:
    return [line for line in lines if line["event"] == event]


async def test_the_id_is_returned_named_in_problems_and_bound_to_every_line() -> None:
    with capture_logs(processors=[merge_contextvars]) as lines:
        kept = await get(app(), "/v1/things/x", X_Request_ID="web-1")
        refused = await get(app(), "/v1/nowhere", X_Request_ID="web-2")

    assert kept.headers["x-request-id"] == "web-1"
    assert kept.json() == {"id": "web-1"}
    assert refused.headers["x-request-id"] == "web-2"
    assert refused.json()["instance"] == "urn:request:web-2"
    assert [line["request_id"] for line in lines] == ["web-1", "web-1", "web-2"]
    assert "request_id" not in structlog.contextvars.get_contextvars()


@pytest.mark.parametrize("hostile", ["a b", "x" * 10_240, "<script>", "a\tb"])
async def test_a_harmful_id_is_not_returned(hostile: str) -> None:
    response = await get(app(), "/v1/things/x", X_Request_ID=hostile)

    assert response.headers["x-request-id"] != hostile
    assert len(response.headers["x-request-id"]) == 32


async def test_line_breaks_in_an_id_reach_neither_headers_nor_logs() -> None:
    scope = scope_of("/v1/things/x", headers={b"x-request-id": b"a\r\nSet-Cookie: b=c"})
    with capture_logs(processors=[merge_contextvars]) as lines:
        sent = await run(app(), scope)

    assert "Set-Cookie" not in str(sent)
    assert "Set-Cookie" not in str(lines)


async def test_two_requests_at_once_keep_their_own_ids() -> None:
    made = app()
    answers = await asyncio.gather(
        *(get(made, "/v1/things/x", X_Request_ID=f"req-{number}") for number in range(20))
    )

    assert [answer.json()["id"] for answer in answers] == [f"req-{n}" for n in range(20)]


async def test_the_log_has_one_line_with_the_template_and_nothing_that_was_searched() -> None:
    with capture_logs() as lines:
        await get(app(), f"/v1/things/{SECRET}?q={SECRET}")

    (line,) = logged(lines)
    assert {key: line[key] for key in ("method", "route", "status")} == {
        "method": "GET",
        "route": "/v1/things/{name}",
        "status": 200,
    }
    assert line["ms"] >= 0
    assert SECRET not in str(lines)
    assert "203.0.113.7" not in str(lines)


async def test_a_failure_is_logged_with_its_id_and_place_but_not_its_words() -> None:
    with capture_logs(processors=[merge_contextvars]) as lines:
        response = await get(app(), "/v1/fail", X_Request_ID="web-3")

    (line,) = logged(lines, "request.failed")
    assert response.status_code == 500
    assert line["request_id"] == "web-3"
    assert line["error"] == "RuntimeError"
    assert "test_middleware.py" in line["stack"]
    assert SECRET not in str([line for line in lines if line["log_level"] != "debug"])


async def test_a_failure_carries_every_header_that_other_answers_carry() -> None:
    response = await get(app(), "/v1/fail")

    assert {
        "x-request-id",
        "content-security-policy",
        "access-control-allow-origin",
        "ratelimit",
    } <= set(response.headers)


async def test_an_answer_that_fails_half_way_is_broken_off_and_not_ended() -> None:
    scope = scope_of("/v1/half") | {"asgi": {"version": "3.0", "spec_version": "2.4"}}
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> MutableMapping[str, Any]:
        await asyncio.Event().wait()
        raise AssertionError

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    with capture_logs() as lines, pytest.raises(ResponseAbortedError) as raised:
        await app()(scope, receive, send)

    assert [message.get("body") for message in sent] == [None, b"half"]
    assert sent[-1]["more_body"]
    assert SECRET not in str(raised.value)
    assert raised.value.__cause__ is None
    assert [line["event"] for line in lines if line["log_level"] == "error"] == ["answer.aborted"]
    assert logged(lines, "answer.aborted")[0]["error"] == "RuntimeError"


async def test_a_caller_who_leaves_while_sending_is_no_failure() -> None:
    scope = scope_of("/v1/things", "POST", {b"content-type": b"application/json"})
    with capture_logs() as lines:
        await run(app(), scope, {"type": "http.request", "body": b'{"a"', "more_body": True})

    assert logged(lines)[0]["route"] == "/v1/things"
    assert not [line for line in lines if line["log_level"] in {"warning", "error"}]


async def test_a_caller_who_leaves_while_reading_is_no_failure() -> None:
    made = make_app()
    produced = 0

    @made.get("/v1/endless")
    async def endless() -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            nonlocal produced
            while True:
                produced += 1
                yield b"more"
                await asyncio.sleep(0)

        return StreamingResponse(chunks())

    with capture_logs() as lines:
        await run(made, scope_of("/v1/endless"))

    assert logged(lines)[0]["status"] == 200
    assert not [line for line in lines if line["log_level"] in {"warning", "error"}]


async def test_a_caller_who_is_gone_when_the_answer_is_sent_is_no_failure() -> None:
    scope = scope_of("/v1/half") | {"asgi": {"version": "3.0", "spec_version": "2.4"}}

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.body":
            raise OSError("gone")

    with capture_logs() as lines:
        await app()(scope, receive, send)

    assert logged(lines, "request.abandoned")
    assert not [line for line in lines if line["log_level"] in {"warning", "error"}]


async def test_a_request_cut_off_by_the_server_is_logged_as_left() -> None:
    made = make_app()
    began = asyncio.Event()

    @made.get("/v1/slow")
    async def slow() -> None:
        began.set()
        await asyncio.Event().wait()

    with capture_logs() as lines:
        task = asyncio.create_task(run(made, scope_of("/v1/slow")))
        await began.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    assert logged(lines)[0]["status"] == 499


async def test_head_is_get_without_the_body_and_with_its_length() -> None:
    made = app()
    async with client_of(made) as client:
        read = await client.get("/v1/things/x", headers={"X-Request-ID": "same"})
        asked = await client.head("/v1/things/x", headers={"X-Request-ID": "same"})

    assert asked.status_code == 200
    assert asked.content == b""
    assert asked.headers["content-length"] == str(len(read.content)) != "0"
    assert asked.headers["content-type"] == read.headers["content-type"]


@pytest.mark.parametrize("path", ["/healthz", "/openapi.json", "/v1/things/x"])
async def test_head_works_everywhere(path: str) -> None:
    async with client_of(app()) as client:
        assert (await client.head(path)).status_code == 200


@pytest.mark.parametrize(
    ("path", "status"), [("/v1/nowhere", 404), ("/v1/things", 405), ("/v1/fail", 500)]
)
async def test_a_refused_head_has_no_body_either(path: str, status: int) -> None:
    async with client_of(app()) as client:
        response = await client.head(path)

    assert response.status_code == status
    assert response.content == b""
    assert int(response.headers["content-length"]) > 0
    assert response.headers["content-type"] == "application/problem+json"


async def test_head_is_logged_as_head_on_its_route() -> None:
    with capture_logs() as lines:
        async with client_of(app()) as client:
            await client.head("/v1/things/x")

    assert (logged(lines)[0]["method"], logged(lines)[0]["route"]) == ("HEAD", "/v1/things/{name}")


async def test_the_server_still_sees_head_so_that_it_sends_no_body() -> None:
    scope = scope_of("/v1/things/x", "HEAD")
    seen: list[str] = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: MutableMapping[str, Any]) -> None:
        seen.append(scope["method"])

    await app()(scope, receive, send)

    assert seen == ["HEAD", "HEAD"]


async def test_head_does_not_wait_for_a_stream_to_end() -> None:
    made = make_app()

    @made.get("/v1/endless")
    async def endless() -> Response:
        async def chunks() -> AsyncIterator[bytes]:
            while True:
                yield b"more"
                await asyncio.sleep(0)

        return StreamingResponse(chunks())

    async with client_of(made) as client:
        response = await client.head("/v1/endless")

    assert response.status_code == 200
    assert response.content == b""


async def test_what_is_no_http_passes_untouched() -> None:
    made = make_app()
    sent = []

    async def receive() -> MutableMapping[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message["type"])

    scope = scope_of("/v1/nowhere") | {"type": "websocket", "subprotocols": []}
    del scope["method"]
    await made(scope, receive, send)

    assert sent == ["websocket.close"]


async def test_an_own_head_route_and_plain_routes_work_too() -> None:
    made = make_app()

    async def plain(request: Request) -> Response:
        return PlainTextResponse("plain")

    made.add_route("/plain", plain)
    async with client_of(made) as client:
        response = await client.head("/plain")

    assert response.status_code == 200
    assert response.headers["content-length"] == "5"
