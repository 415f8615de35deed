"""Answering a request that was done before: with its status, and its outcome as it is now."""

from typing import Any
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

REPLAYED = "Idempotency-Replayed"

_LEFT_OUT = frozenset(
    {b"content-length", b"content-type", b"transfer-encoding", b"idempotency-key"}
    | {b"if-match", b"if-none-match"}
)
_OF_THE_ROUTE = frozenset({"route", "endpoint", "path_params", "router", "fastapi"})


class RepeatedRequest(Exception):  # noqa: N818 - not a failure; a way out of the transaction
    """This very request was done before.

    Attributes:
        status: it was answered with.
        location: where its outcome can be read, if anywhere.
    """

    def __init__(self, status: int, location: str | None) -> None:
        super().__init__()
        self.status = status
        self.location = location


async def answer_again(request: Request, repeated: Exception) -> Response:
    """Answer as before, the body read anew by the caller's own right to see it.

    What may no longer be seen, or was shown only once, is not shown again.
    """
    if not isinstance(repeated, RepeatedRequest):
        raise repeated
    if repeated.location is None:
        return Response(status_code=repeated.status, headers={REPLAYED: "true"})
    status, headers, body = await _get(request, repeated.location)
    found = status == 200  # noqa: PLR2004 - the status itself
    answer = Response(body if found else b"", status_code=repeated.status)
    for name in ("content-type", "etag", "cache-control"):
        if found and name in headers:
            answer.headers[name] = headers[name]
    answer.headers["Location"] = repeated.location
    answer.headers[REPLAYED] = "true"
    return answer


async def _get(request: Request, location: str) -> tuple[int, dict[str, str], bytes]:
    """Ask our own router, with the credentials of the request at hand."""
    target = urlsplit(location)
    scope: dict[str, Any] = {
        **{name: held for name, held in request.scope.items() if name not in _OF_THE_ROUTE},
        "method": "GET",
        "path": target.path,
        "raw_path": target.path.encode(),
        "query_string": target.query.encode(),
        "headers": [pair for pair in request.scope["headers"] if pair[0] not in _LEFT_OUT],
    }
    status, headers, body = 500, {}, b""

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers, body
        if message["type"] == "http.response.start":
            status = message["status"]
            headers = {k.decode().lower(): v.decode() for k, v in message.get("headers", [])}
        else:
            body += message.get("body", b"")

    await request.app.router(scope, receive, send)
    return status, headers, body
