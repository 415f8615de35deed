"""Telling one request from another, and answering one that was done before.

It is answered with its status, and its outcome as it is now.
"""

import hashlib
from http import HTTPStatus
from typing import Any
from urllib.parse import SplitResult, quote, unquote, urlsplit

from starlette.datastructures import Headers, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from app.access import Actor
from app.config import Settings
from app.errors import UnavailableError
from app.http.problems import UNNOTED

REPLAYED = "Idempotency-Replayed"

_UNREADABLE = (
    "This was done when you first sent it. What came of it cannot be read just now; send it again, "
    "unchanged and under the same key, in a few seconds."
)
_WITHOUT_BODY = frozenset({204, 205})
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_SHOWN_AGAIN = ("content-type", "etag", "cache-control")
_LEFT_OUT = frozenset(
    {b"content-length", b"content-type", b"transfer-encoding", b"idempotency-key", b"range"}
    | {b"if-match", b"if-none-match", b"if-modified-since", b"if-unmodified-since", b"if-range"}
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


async def fingerprint_of(request: Request, actor: Actor) -> bytes:
    """Return what tells a request from any other its caller may send under the same key.

    Whom the caller acts for is part of it: done for one organisation is not done for the other.
    """
    scope = request.scope
    digest = hashlib.sha256()
    for part in (
        scope["method"].encode(),
        scope["path"].encode("utf-8", "surrogatepass"),
        scope["query_string"],
        str(actor.organisation_id or "").encode(),
        *await _body_parts(request),
    ):
        # Each with its length before it, so that nothing can pass from one part into the next.
        digest.update(len(part).to_bytes(8, "big") + part)
    return digest.digest()


async def _body_parts(request: Request) -> list[bytes]:
    try:
        return [await request.body()]
    except RuntimeError:  # it is read away; of a form the fields are left, of all else nothing
        if not request.headers.get("content-type", "").startswith(_FORMS):
            raise
        form = await request.form()
    parts: list[bytes] = []
    for name, value in form.multi_items():
        parts.append(name.encode("utf-8", "surrogatepass"))
        if isinstance(value, UploadFile):
            parts += [(value.filename or "").encode("utf-8", "surrogatepass"), await _hash(value)]
        else:
            parts.append(value.encode("utf-8", "surrogatepass"))
    return parts


async def _hash(file: UploadFile) -> bytes:
    digest = hashlib.sha256()
    await file.seek(0)
    while piece := await file.read(65_536):
        digest.update(piece)
    await file.seek(0)
    return digest.digest()


async def answer_again(request: Request, repeated: Exception) -> Response:
    """Answer as before, the body read anew by the caller's own right to see it.

    What may no longer be seen, or was shown only once, is not shown again.

    Raises:
        UnavailableError: the outcome cannot be read just now; it stands all the same.
    """
    if not isinstance(repeated, RepeatedRequest):
        raise repeated
    answer = Response(status_code=repeated.status)
    target = _target_of(request, repeated)
    if target is not None:
        status, headers, body = await _get(request, target)
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UnavailableError(_UNREADABLE, headers={"Retry-After": "5"})
        if status == HTTPStatus.OK:
            if repeated.status not in _WITHOUT_BODY:
                answer = Response(body, status_code=repeated.status)
            answer.headers.update({name: headers[name] for name in _SHOWN_AGAIN if name in headers})
    if repeated.location is not None:
        answer.headers["Location"] = repeated.location
    answer.headers[REPLAYED] = "true"
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def _target_of(request: Request, repeated: RepeatedRequest) -> SplitResult | None:
    """Return the address of ours at which the outcome can be read, or `None`.

    It is where `Location` points; of an edit that names none, the address of what was edited.
    """
    if not HTTPStatus.OK <= repeated.status < HTTPStatus.MULTIPLE_CHOICES:
        return None  # whoever is sent elsewhere asks there
    location = repeated.location
    if location is None:
        edited = request.method in {"PUT", "PATCH"}
        return SplitResult("", "", quote(request.scope["path"]), "", "") if edited else None
    settings: Settings = request.app.state.settings
    location = location.removeprefix(settings.address)
    ours = location.startswith("/") and not location.startswith("//")
    return urlsplit(location) if ours else None


async def _get(request: Request, target: SplitResult) -> tuple[int, Headers, bytes]:
    """Ask our own router, with the credentials of the request at hand."""
    scope: dict[str, Any] = {
        **{name: held for name, held in request.scope.items() if name not in _OF_THE_ROUTE},
        UNNOTED: True,
        "method": "GET",
        "path": unquote(target.path),
        "raw_path": target.path.encode(),
        "query_string": target.query.encode(),
        "headers": [pair for pair in request.scope["headers"] if pair[0] not in _LEFT_OUT],
    }
    status, headers, body = 0, Headers(), bytearray()
    asked = False

    async def receive() -> Message:
        nonlocal asked
        if asked:  # whoever asks again waits for the caller to leave, as at any request
            return await request.receive()
        asked = True
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status, headers
        if message["type"] == "http.response.start":
            status, headers = message["status"], Headers(raw=message.get("headers", []))
        else:
            body.extend(message.get("body", b""))

    try:
        await request.app.router(scope, receive, send)
    except HTTPException as nowhere:  # no route of ours is there
        return nowhere.status_code, headers, b""
    return status, headers, bytes(body)
