"""Small whole applications, and clients that speak to them without a network."""

from collections.abc import Mapping
from typing import Any

import httpx
from fastapi import FastAPI
from starlette.types import Message

from app.config import Settings
from app.errors import AppError
from app.http.problems import RenderPage
from app.http.wiring import install

ADDRESS = "203.0.113.7"


def make_app(
    *,
    constraint_errors: Mapping[str, type[AppError]] | None = None,
    render_page: RenderPage | None = None,
    **settings: Any,
) -> FastAPI:
    """Return an application with all the plumbing and no routes of its own."""
    app = FastAPI(openapi_url=None)
    install(
        app,
        Settings(**({"rate_limit": "100000/minute"} | settings)),
        constraint_errors=constraint_errors or {},
        render_page=render_page,
    )
    return app


def client_of(app: FastAPI, address: str = ADDRESS, *, strict: bool = True) -> httpx.AsyncClient:
    """Return a client calling from `address`; `strict` lets what the app raises reach the test."""
    transport = httpx.ASGITransport(app=app, client=(address, 50_000), raise_app_exceptions=strict)
    return httpx.AsyncClient(transport=transport, base_url="http://register.test")


async def get(app: FastAPI, url: str, address: str = ADDRESS, **headers: str) -> httpx.Response:
    """Get one address once; header names are written with underscores."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    async with client_of(app, address) as client:
        return await client.get(url, headers=named)


def scope_of(
    path: str, method: str = "GET", headers: Mapping[bytes, bytes] | None = None, query: bytes = b""
) -> dict[str, Any]:
    """Return the scope a server would hand over, for what no client library would send."""
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "root_path": "",
        "query_string": query,
        "headers": list((headers or {}).items()),
        "client": (ADDRESS, 50_000),
        "server": ("register.test", 80),
    }


async def run(app: FastAPI, scope: dict[str, Any], *incoming: Message) -> list[Message]:
    """Hand over `incoming`, then the news that the caller is gone; return what was answered."""
    waiting = list(incoming)
    sent: list[Message] = []

    async def receive() -> Message:
        return waiting.pop(0) if waiting else {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    await app(scope, receive, send)
    return sent
