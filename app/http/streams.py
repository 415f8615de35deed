"""Answers that take long to send: few at a time, and not for ever.

Whoever reads one holds a connection to the database all the while, and there are few of those.
"""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from datetime import timedelta
from typing import Any

from starlette.responses import StreamingResponse
from starlette.types import Message, Receive, Scope, Send
from typing_extensions import override

from app.http.failures import ResponseAbortedError
from app.http.request_ids import request_id_of

STALLED = timedelta(seconds=30)
"""How long a reader may let it lie; PostgreSQL ends an idle transaction after twice that."""
LONGEST = timedelta(minutes=30)
"""How long one answer may take, however steadily it is read."""


class LongAnswer(StreamingResponse):
    """An answer that is made while it is sent.

    What it is made of is closed whatever becomes of it: sent to its end, given up by its reader, or
    broken off here because its reader stalled. One that is not whole ends in a broken connection,
    never as if it were whole. A failure before the first part is answered as any other.
    """

    def __init__(
        self,
        parts: AsyncGenerator[bytes, None],
        *,
        places: asyncio.Semaphore,
        stalled: timedelta = STALLED,
        longest: timedelta = LONGEST,
        **kwargs: Any,
    ) -> None:
        super().__init__(parts, **kwargs)
        self.parts = parts
        self.places = places
        self.stalled = stalled.total_seconds()
        self.longest = longest.total_seconds()

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        request_id = request_id_of(scope)
        started = False

        async def send_in_time(message: Message) -> None:
            nonlocal started
            started = True
            async with asyncio.timeout(self.stalled):
                await send(message)

        try:
            async with self.places:
                await super().__call__(scope, receive, send_in_time)
        except TimeoutError:
            if not started:
                raise
            raise ResponseAbortedError(request_id) from None
        finally:
            await _close(self.parts)

    @override
    async def stream_response(self, send: Send) -> None:
        async with asyncio.timeout(self.longest):
            part = await anext(self.parts, b"")
            head = {"type": "http.response.start", "status": self.status_code}
            await send({**head, "headers": self.raw_headers})
            while part:
                await send({"type": "http.response.body", "body": part, "more_body": True})
                part = await anext(self.parts, b"")
            await send({"type": "http.response.body", "body": b"", "more_body": False})


async def _close(parts: AsyncGenerator[bytes, None]) -> None:
    """Let go of whatever the parts hold, also while the request is being cancelled."""
    closing = asyncio.ensure_future(parts.aclose())
    with suppress(asyncio.CancelledError):
        await asyncio.shield(closing)
