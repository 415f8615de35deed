"""Counts and times of requests, for whoever runs the service. Each worker counts its own."""

import hmac
import time
from dataclasses import dataclass
from functools import cache

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.exposition import choose_encoder
from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.errors import NotFoundError
from app.http.addresses import client_address
from app.http.middleware import CLIENT_GONE
from app.http.routes import method_label, template_of

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip", "via")


@dataclass(frozen=True, slots=True)
class Meters:
    """What is counted of requests. Slices may add their own to `registry`; never personal data."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    in_progress: Gauge


def make_meters() -> Meters:
    """Return new meters, at nought, apart from those of any other application."""
    registry = CollectorRegistry()
    return Meters(
        registry=registry,
        requests=Counter(
            "http_requests",
            "Requests answered, by method, route template and status.",
            ["method", "route", "status"],
            registry=registry,
        ),
        seconds=Histogram(
            "http_request_seconds",
            "Seconds until an answer was sent whole, by route template.",
            ["route"],
            registry=registry,
            buckets=_BUCKETS,
        ),
        in_progress=Gauge(
            "http_requests_in_progress", "Requests being answered now.", registry=registry
        ),
    )


def measure(app: ASGIApp, *, meters: Meters) -> ASGIApp:
    """Count and time each request under its route's template, never under its address."""

    @cache
    def children(method: str, route: str, status: int) -> tuple[Counter, Histogram]:
        """Return what is counted for a route: there are only so many, and finding them is slow."""
        return meters.requests.labels(method, route, str(status)), meters.seconds.labels(route)

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return
        began = time.perf_counter()
        status = CLIENT_GONE

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        meters.in_progress.inc()
        try:
            await app(scope, receive, watched)
        finally:
            meters.in_progress.dec()
            route = template_of(scope)
            requests, seconds = children(method_label(scope), route, status)
            requests.inc()
            seconds.observe(time.perf_counter() - began)

    return run


def add_metrics(app: FastAPI, meters: Meters, token: SecretStr | None) -> None:
    """Add the route that shows the meters to the machine itself and to holders of `token`."""

    @app.get("/metrics", include_in_schema=False)
    async def read_metrics(request: Request) -> Response:
        """Return the meters in the format of Prometheus."""
        if not (_holds_token(request, token) or _is_on_this_machine(request)):
            raise NotFoundError("There is nothing at this address. Check how it is spelt.")
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        return Response(
            encode(meters.registry),
            headers={"Content-Type": media_type, "Cache-Control": "no-store"},
        )


def _holds_token(request: Request, token: SecretStr | None) -> bool:
    wanted = token.get_secret_value() if token else ""
    scheme, _, given = request.headers.get("authorization", "").partition(" ")
    same = hmac.compare_digest(given.strip().encode(), wanted.encode())
    return bool(wanted) and scheme.lower() == "bearer" and same


def _is_on_this_machine(request: Request) -> bool:
    """Say whether the caller runs here. What a proxy passed on did not start here."""
    address = client_address(request.scope)
    passed_on = any(name in request.headers for name in _FORWARDED)
    return address is not None and address.is_loopback and not passed_on
