import asyncio
import socket
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI
from starlette.responses import Response

from app.http.streams import LongAnswer
from tests.http.support import client_of, make_app

SHORT = timedelta(milliseconds=200)
LONG = timedelta(minutes=10)
A_LOT = b"x" * 1_000_000
"""More than the buffers of a connection and its server hold, a few times over."""


class Watched:
    """Parts of an answer, and what became of them."""

    def __init__(self, *parts: bytes, then: Exception | None = None) -> None:
        self.parts = parts
        self.then = then
        self.closed = asyncio.Event()

    async def __call__(self) -> AsyncGenerator[bytes, None]:
        try:
            for part in self.parts:
                yield part
            if self.then is not None:
                raise self.then
        finally:
            self.closed.set()


def answering(parts: Callable[[], AsyncGenerator[bytes, None]], **kwargs: Any) -> FastAPI:
    app = make_app()
    kwargs.setdefault("places", asyncio.Semaphore(1))

    async def answer() -> Response:
        return LongAnswer(parts(), media_type="text/plain", **kwargs)

    app.add_api_route("/v1/long", answer)
    return app


@asynccontextmanager
async def listening(app: FastAPI) -> AsyncIterator[int]:
    """Serve on a port of loopback, as in production."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = uvicorn.Server(uvicorn.Config(app, log_level="critical", lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = server.force_exit = True
            await serving


async def ask(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Ask for the answer without reading more than a little of it ahead."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    writer.write(b"GET /v1/long HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
    await writer.drain()
    return reader, writer


class TestLongAnswer:
    async def test_sends_its_parts_in_order_and_closes_them(self) -> None:
        parts = Watched(b"one, ", b"two, ", b"three")

        async with client_of(answering(parts)) as client:
            answer = await client.get("/v1/long")

        assert (answer.status_code, answer.text) == (200, "one, two, three")
        assert parts.closed.is_set()

    async def test_a_failure_before_the_first_part_is_answered_as_any_other(self) -> None:
        parts = Watched(then=TimeoutError())

        async with client_of(answering(parts), strict=False) as client:
            answer = await client.get("/v1/long")

        assert answer.status_code == 503
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert parts.closed.is_set()

    async def test_no_more_are_sent_at_a_time_than_there_are_places(self) -> None:
        at_once: list[int] = []
        sending = 0

        async def parts() -> AsyncGenerator[bytes, None]:
            nonlocal sending
            sending += 1
            at_once.append(sending)
            await asyncio.sleep(0.01)
            yield b"part"
            sending -= 1

        async with client_of(answering(parts, places=asyncio.Semaphore(2))) as client:
            answers = await asyncio.gather(*(client.get("/v1/long") for _ in range(6)))

        assert [answer.text for answer in answers] == ["part"] * 6
        assert max(at_once) == 2

    async def test_a_failure_half_way_breaks_the_connection_off(self) -> None:
        parts = Watched(b"half", then=RuntimeError("of the other half"))

        async with listening(answering(parts)) as port:
            reader, writer = await ask(port)
            read = await reader.read(-1)
            writer.close()

        assert b"half" in read
        assert not read.endswith(b"0\r\n\r\n")
        assert parts.closed.is_set()

    async def test_a_reader_who_goes_away_ends_it_and_frees_the_place(self) -> None:
        parts, places = Watched(*[A_LOT] * 50), asyncio.Semaphore(1)

        async with listening(answering(parts, places=places)) as port:
            reader, writer = await ask(port)
            await reader.read(1_000)
            assert places.locked()
            writer.close()
            await asyncio.wait_for(parts.closed.wait(), timeout=30)
            async with asyncio.timeout(30), places:
                pass

    @pytest.mark.parametrize("limits", [{"stalled": SHORT}, {"stalled": LONG, "longest": SHORT}])
    async def test_a_reader_who_does_not_read_is_not_waited_for(
        self, limits: dict[str, timedelta]
    ) -> None:
        parts, places = Watched(*[A_LOT] * 50), asyncio.Semaphore(1)

        async with listening(answering(parts, places=places, **limits)) as port:
            reader, writer = await ask(port)
            await asyncio.wait_for(parts.closed.wait(), timeout=30)
            async with asyncio.timeout(30), places:
                pass
            with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
                await reader.readexactly(len(A_LOT) * 50)
            writer.close()
