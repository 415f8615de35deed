"""How much a request may send, and how long its answer may be in coming."""

import asyncio
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import UnavailableError
from app.http.errors import ContentTooLargeError
from app.http.problems import problem_response


class BodyTooLargeError(HTTPException):
    """A body grew past the limit while it was read.

    An `HTTPException` because FastAPI lets nothing else through while it reads a body.
    """


MostBytes = Callable[[Scope], int]
"""How much the route that a request is going to meet takes; asked only of bodies that need it."""


def limit_body(app: ASGIApp, *, most_bytes: int, of_route: MostBytes) -> ASGIApp:
    """Refuse bodies that are too large, whether announced or found so while reading.

    Args:
        app: what answers.
        most_bytes: what every route takes.
        of_route: what some routes take beyond that, where files are sent.
    """

    def _most(scope: Scope) -> int:
        return max(most_bytes, of_route(scope))

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        most = _most(scope) if _announces_more(announced, most_bytes) else most_bytes
        if _announces_more(announced, most):
            error = ContentTooLargeError(_words(most), headers={"Connection": "close"})
            await problem_response(Request(scope), error)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read, most
            message = await receive()
            if message["type"] == "http.request":
                read += len(message.get("body", b""))
                most = _most(scope) if read > most else most
                if read > most:
                    raise BodyTooLargeError(413, _words(most), headers={"Connection": "close"})
            return message

        await app(scope, counted, send)

    return run


def _words(most_bytes: int) -> str:
    return f"The body is larger than {most_bytes} bytes. Send less, or send it in parts."


def _announces_more(content_length: str, most_bytes: int) -> bool:
    """Say whether a header announces too large a body; an unreadable one announces nothing."""
    digits = content_length.lstrip("0")
    if not digits.isdecimal():
        return False
    # By length first: Python refuses to make a number of thousands of digits.
    return len(digits) > len(str(most_bytes)) or int(digits) > most_bytes


def limit_time(app: ASGIApp, *, seconds: float) -> ASGIApp:
    """Refuse to work longer than `seconds` before an answer begins.

    The work is cancelled, so that its transaction is rolled back. An answer that has begun, such as
    a download, may take its time.
    """

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                if not deadline.expired():
                    deadline.reschedule(None)
            await send(message)

        deadline = asyncio.timeout(seconds)
        try:
            async with deadline:
                await app(scope, receive, watched)
        except TimeoutError:
            if started or not deadline.expired():
                raise
            error = UnavailableError(
                f"No answer was ready within {seconds:g} seconds. Ask for less, or try later.",
                headers={"Retry-After": "5"},
            )
            await problem_response(Request(scope), error)(scope, receive, send)

    return run
