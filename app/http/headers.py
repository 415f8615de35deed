"""Headers that every answer carries, and those that let other sites' pages read public answers."""

from collections.abc import Mapping

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
)
SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
}
HTTPS_ONLY = {"Strict-Transport-Security": "max-age=31536000"}

_SHARED_METHODS = ("GET", "HEAD", "POST")
_CREDENTIALS = frozenset({b"authorization", b"cookie"})
_ASKED_BEFORE = frozenset({b"origin", b"access-control-request-method"})
"""What a browser's question before a request from another site's page carries."""
_SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Register-Entry, "
        "Register-Epoch, Register-Head, Retry-After, X-Request-ID"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": ", ".join(_SHARED_METHODS),
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match, X-Request-ID",
    "Access-Control-Max-Age": "86400",
}


def secure(app: ASGIApp, *, https_only: bool) -> ASGIApp:
    """Tell browsers what a page here may never do. A route that sets one of these keeps its own.

    Args:
        app: what answers.
        https_only: whether browsers shall refuse plain HTTP from now on; only where TLS is certain.
    """
    dress = _raw(SECURITY_HEADERS | (HTTPS_ONLY if https_only else {}))

    ours = {name for name, _ in dress}

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", ())
                present = {name for name, _ in given}
                if ours.isdisjoint(present):
                    message["headers"] = [*given, *dress]
                else:
                    message["headers"] = [*given, *(p for p in dress if p[0] not in present)]
            await send(message)

        await app(scope, receive, send_dressed)

    return run


def share_public_answers(app: ASGIApp) -> ASGIApp:
    """Let any site's pages read what anyone may read: `/v1` without credentials.

    The answer to a request with credentials is never shared, and no credentials are ever invited:
    a preflight allows neither `Authorization` nor what edits and repeats need, and a browser sends
    no cookie along to `*`. Which routes are private need not be known here. Asked without
    credentials they answer 401, which tells nothing, and that may be read like anything else.
    """
    shared = _raw(_SHARED)

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith("/v1/"):
            await app(scope, receive, send)
            return
        sent = {name for name, _ in scope["headers"]}
        if scope["method"] == "OPTIONS" and sent >= _ASKED_BEFORE:
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
            return
        if scope["method"] not in _SHARED_METHODS or not sent.isdisjoint(_CREDENTIALS):
            await app(scope, receive, send)
            return

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", ()), *shared]
            await send(message)

        await app(scope, receive, send_shared)

    return run


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return headers as they go over the wire; made once, since every answer carries them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]
