"""The cookies that tie a browser to a session or to a sign-in under way."""

from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from app.config import Settings

SESSION = "session"
ATTEMPT = "sign-in"
"""Ties a visit to the OpenID provider, or a second factor, to the browser that began it."""


def cookie_name(settings: Settings, name: str) -> str:
    """Return a cookie's full name; over HTTPS one no other host can set (RFC 6265bis)."""
    return f"__Host-{name}" if settings.address.startswith("https://") else name


def read_cookie(request: Request, name: str) -> str | None:
    """Return a cookie of ours, or `None`."""
    return request.cookies.get(cookie_name(request.app.state.settings, name))


def set_cookie(
    response: Response, settings: Settings, name: str, value: str, expires: datetime
) -> None:
    """Give the browser a cookie that scripts cannot read and other sites cannot post with."""
    response.set_cookie(
        cookie_name(settings, name),
        value,
        expires=expires,
        path="/",
        secure=settings.address.startswith("https://"),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(response: Response, settings: Settings, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(
        cookie_name(settings, name),
        path="/",
        secure=settings.address.startswith("https://"),
        httponly=True,
        samesite="lax",
    )
