"""The outermost and innermost layers: identity and log of a request, `HEAD`, and failures.

Every layer is a plain ASGI function around another. Requests that are not HTTP pass untouched.
"""

import time

import structlog
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import log
from app.http import failures, request_ids
from app.http.problems import failure_response
from app.http.routes import method_label, template_of

CLIENT_GONE = 499
"""Logged as the status when the caller left before it was answered."""

_logger = log.get(__name__)


def identify_and_log(app: ASGIApp) -> ASGIApp:
    """Give each request an id and one log line: method, template, status, milliseconds.

    Neither the address asked for nor the query string is logged; either may tell of a child.
    """
    logger = _logger.bind()  # once, not for each line
    wire_name = request_ids.HEADER.lower().encode()

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        request_id = request_ids.request_id_of(scope)
        began = time.perf_counter()
        status = CLIENT_GONE

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = [pair for pair in message.get("headers", ()) if pair[0] != wire_name]
                message["headers"] = [*given, (wire_name, request_id.encode())]
            await send(message)

        bound = structlog.contextvars.bind_contextvars(request_id=request_id)
        try:
            await app(scope, receive, send_with_id)
        finally:
            logger.info(
                "request",
                method=method_label(scope),
                route=template_of(scope),
                status=status,
                ms=round((time.perf_counter() - began) * 1000, 1),
            )
            structlog.contextvars.reset_contextvars(**bound)

    return run


def answer_head(app: ASGIApp) -> ASGIApp:
    """Answer `HEAD` as `GET` without the body, the length of the body kept.

    FastAPI's routes, unlike Starlette's, refuse `HEAD` on a route that takes `GET`.
    """

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await app(scope, receive, send)
            return
        # A copy: the server reads its own scope to know that no body may follow.
        inner = {**scope, "method": "GET"}
        ended = False

        async def send_head(message: Message) -> None:
            nonlocal ended
            if message["type"] != "http.response.body":
                await send(message)
            elif not ended:
                ended = True
                await send({"type": "http.response.body", "body": b"", "more_body": False})

        async def receive_head() -> Message:
            # Once the head is out, whoever still produces the body is told that nobody listens.
            return {"type": "http.disconnect"} if ended else await receive()

        try:
            await app(inner, receive_head, send_head)
        finally:
            scope.update({**inner, "method": "HEAD"})

    return run


def answer_failures(app: ASGIApp) -> ASGIApp:
    """Turn whatever is still raised into an answer, inside the layers that dress answers.

    Starlette's own last resort sits outside every other layer, so its answers would carry neither
    the request's id nor the security headers.
    """

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        started = False

        async def watched(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await app(scope, receive, watched)
        except ClientDisconnect:
            _logger.info("request.abandoned")
        except Exception as failure:  # noqa: BLE001 - this is where the unknown is answered
            if started:
                failures.record("answer.aborted", failure, ours=True)
                raise failures.ResponseAbortedError(request_ids.request_id_of(scope)) from None
            response = failure_response(Request(scope, receive), failure)
            await response(scope, receive, send)

    return run
