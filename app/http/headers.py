"""Headers that every answer carries, and those that let other sites' pages read public answers."""

from collections.abc import Mapping

from starlette.datastructures import Headers
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

_PUBLIC_METHODS = "GET, HEAD, POST"
_SHARED = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": (
        "Content-Disposition, ETag, Link, RateLimit, RateLimit-Policy, Register-Entry, "
        "Register-Epoch, Register-Head, Retry-After, X-Request-ID"
    ),
}
_PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": _PUBLIC_METHODS,
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

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def send_dressed(message: Message) -> None:
            if message["type"] == "http.response.start":
                present = {name for name, _ in message.get("headers", [])}
                message["headers"] = [
                    *message.get("headers", []),
                    *(pair for pair in dress if pair[0] not in present),
                ]
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
        headers = Headers(scope=scope)
        if _is_preflight(scope, headers):
            await Response(status_code=204, headers=_PREFLIGHT)(scope, receive, send)
            return
        if not _is_public(scope, headers):
            await app(scope, receive, send)
            return

        async def send_shared(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *shared]
            await send(message)

        await app(scope, receive, send_shared)

    return run


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    """Return headers as they go over the wire; made once, since every answer carries them."""
    return [(name.lower().encode(), value.encode()) for name, value in headers.items()]


def _is_preflight(scope: Scope, headers: Headers) -> bool:
    return (
        scope["method"] == "OPTIONS"
        and "origin" in headers
        and "access-control-request-method" in headers
    )


def _is_public(scope: Scope, headers: Headers) -> bool:
    keyless = "authorization" not in headers and "cookie" not in headers
    return keyless and scope["method"] in {"GET", "HEAD", "POST"}
