"""How often one caller may ask: counted per client address, in each worker by itself.

The headers follow draft-ietf-httpapi-ratelimit-headers-11: `RateLimit-Policy` states the quota
(`q`) and its window in seconds (`w`), `RateLimit` what is left (`r`) and for how long (`t`).
"""

import ipaddress
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from app.config import ConfigurationError
from app.errors import TooManyRequestsError
from app.http.addresses import client_address
from app.http.problems import problem_response

MOST_COUNTERS = 20_000
"""How many counters are kept; an address has two for each limit at most. Some 6 MB."""

_EXEMPT = ("/healthz", "/readyz", "/metrics", "/static")
_NETWORK_BITS = 64
UNKNOWN_CALLER = "unknown"
"""Whom all requests without an address are counted against together."""


class BoundedStorage(MemoryStorage):
    """Counters in memory, never more than `most`; the oldest make room.

    The library's own storage walks over every counter at almost every request, and has no upper
    end. Making room forgets somebody's count early: a flood from many addresses is let through a
    little more easily, rather than everyone else being refused.
    """

    STORAGE_SCHEME = ["async+bounded-memory"]

    def __init__(self, most: int = MOST_COUNTERS) -> None:
        super().__init__()
        self.most = most

    @override
    async def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Count `amount` more under `key`, which is forgotten `expiry` seconds after its first."""
        now = time.time()
        if self.expirations.get(key, 0) <= now:
            self._forget(key)
            self._make_room(now)
            self.expirations[key] = now + expiry
        self.storage[key] += amount
        return self.storage[key]

    @override
    async def decr(self, key: str, amount: int = 1) -> int:
        """Take back what was counted; a count never falls below nought."""
        self.storage[key] = max(self.storage[key] - amount, 0)
        return self.storage[key]

    def _make_room(self, now: float) -> None:
        """Drop the oldest counters while they are spent or too many; they lie in order of age."""
        while self.expirations:
            oldest = next(iter(self.expirations))
            if self.expirations[oldest] > now and len(self.expirations) < self.most:
                return
            self._forget(oldest)

    def _forget(self, key: str) -> None:
        self.expirations.pop(key, None)
        self.storage.pop(key, None)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a caller stands under one limit after a request was counted.

    Attributes:
        limit: the limit.
        allowed: whether the request is within it.
        remaining: requests left.
        seconds: until more are available, at least one.
    """

    limit: RateLimitItem
    allowed: bool
    remaining: int
    seconds: int


def parse_limits(notation: str) -> list[RateLimitItem]:
    """Return the limits that a setting names, such as `600/minute` or `20/second; 600/minute`.

    Raises:
        ConfigurationError: the notation cannot be read.
    """
    try:
        return parse_many(notation)
    except ValueError:
        raise ConfigurationError(
            "RATE_LIMIT: must be a number and a period, such as 600/minute."
        ) from None


def limit_rate(
    app: ASGIApp, *, limits: Sequence[RateLimitItem], storage: BoundedStorage
) -> ASGIApp:
    """Refuse callers who ask more often than the published limits allow."""
    limiter = SlidingWindowCounterRateLimiter(storage)
    policy = ", ".join(f'"{_name(item)}";q={item.amount};w={item.get_expiry()}' for item in limits)

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_exempt(scope["path"]):
            await app(scope, receive, send)
            return
        caller = caller_of(scope)
        standings = [await _count(limiter, item, caller) for item in limits]
        headers = {"RateLimit-Policy": policy, "RateLimit": _current(standings)}

        async def send_with_standing(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        refused = [standing for standing in standings if not standing.allowed]
        if refused:
            worst = max(refused, key=lambda standing: standing.seconds)
            response = problem_response(Request(scope), _refusal(worst))
            await response(scope, receive, send_with_standing)
            return
        await app(scope, receive, send_with_standing)

    return run


def caller_of(scope: Scope) -> str:
    """Return whom a request is counted against: an IPv4 address, or an IPv6 network of /64.

    One household or server holds a whole /64, so counting single addresses would limit nobody.
    """
    address = client_address(scope)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(address), _NETWORK_BITS), strict=False))
    return str(address or UNKNOWN_CALLER)


def _is_exempt(path: str) -> bool:
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in _EXEMPT)


def _name(item: RateLimitItem) -> str:
    """Return the policy's name in the headers, such as `per-minute` or `per-5-minute`."""
    several = f"{item.multiples}-" if item.multiples > 1 else ""
    return f"per-{several}{item.GRANULARITY.name}"


async def _count(
    limiter: SlidingWindowCounterRateLimiter, item: RateLimitItem, caller: str
) -> Standing:
    allowed = await limiter.hit(item, caller)
    stats = await limiter.get_window_stats(item, caller)
    seconds = max(1, math.ceil(stats.reset_time - time.time()))
    return Standing(item, allowed, stats.remaining if allowed else 0, seconds)


def _current(standings: list[Standing]) -> str:
    return ", ".join(
        f'"{_name(standing.limit)}";r={standing.remaining};t={standing.seconds}'
        for standing in standings
    )


def _refusal(standing: Standing) -> TooManyRequestsError:
    most, window = standing.limit.amount, standing.limit.get_expiry()
    return TooManyRequestsError(
        f"Your address asked more than {most} times in {window} seconds. "
        f"Ask again in {standing.seconds} seconds.",
        headers={"Retry-After": str(standing.seconds)},
        limit=most,
        window_seconds=window,
        retry_after_seconds=standing.seconds,
    )
