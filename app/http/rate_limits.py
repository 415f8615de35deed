"""How often one caller may ask: counted per client address, in each worker by itself.

The headers follow draft-ietf-httpapi-ratelimit-headers-11: `RateLimit-Policy` states the quota
(`q`) and its window in seconds (`w`), `RateLimit` what is left (`r`) and for how long (`t`).
"""

import ipaddress
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from limits import RateLimitItem, parse_many
from limits.aio.storage import MemoryStorage
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from typing_extensions import override

from app.config import ConfigurationError
from app.errors import TooManyRequestsError
from app.http.addresses import address_of
from app.http.problems import problem_response

MOST_COUNTERS = 20_000
"""How many counters are kept; an address has two for each limit at most. Some 6 MB."""

_EXEMPT = ("/healthz", "/readyz", "/metrics", "/static")
_BELOW_EXEMPT = tuple(f"{prefix}/" for prefix in _EXEMPT)
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
        return self._add(key, expiry, time.time(), amount)

    @override
    async def decr(self, key: str, amount: int = 1) -> int:
        """Take back what was counted; a count never falls below nought."""
        self.storage[key] = max(self.storage[key] - amount, 0)
        return self.storage[key]

    def take(self, item: RateLimitItem, caller: str) -> "Standing":
        """Count a request against a limit, if it is within it, and say how the caller stands.

        This is the library's `SlidingWindowCounterRateLimiter`, `hit` and `get_window_stats`, at
        one go and without its dozen coroutines, which cost more than a whole answer from memory; a
        test holds the two against each other.
        """
        now, expiry = time.time(), item.get_expiry()
        before, current = self.sliding_window_keys(item.key_for(caller), expiry, now)
        earlier, counted = self._held(before, now), self._held(current, now)
        gone = now / expiry % 1
        weighted = earlier * (1 - gone) + counted
        allowed = math.floor(weighted) + 1 <= item.amount
        if allowed:
            self._add(current, 2 * expiry, now)
            counted, weighted = counted + 1, weighted + 1
        resets = [expiry * (1 - gone) % (expiry / earlier)] if earlier else []
        resets += [expiry * (1 - gone)] if counted else []
        left = max(0, item.amount - math.floor(weighted)) if allowed else 0
        return Standing(item, allowed, left, max(1, math.ceil(min(resets, default=0))))

    def _held(self, key: str, now: float) -> int:
        return self.storage[key] if self.expirations.get(key, 0) > now else 0

    def _add(self, key: str, expiry: float, now: float, amount: int = 1) -> int:
        if self.expirations.get(key, 0) <= now:
            self._forget(key)
            self._make_room(now)
            self.expirations[key] = now + expiry
        self.storage[key] += amount
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
    policy = ", ".join(f'"{_name(item)}";q={item.amount};w={item.get_expiry()}' for item in limits)
    policy_pair = (b"ratelimit-policy", policy.encode())
    names = {b"ratelimit-policy", b"ratelimit"}

    async def run(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_exempt(scope["path"]):
            await app(scope, receive, send)
            return
        caller = caller_of(scope)
        standings = [storage.take(item, caller) for item in limits]
        told = (policy_pair, (b"ratelimit", _current(standings).encode()))

        async def send_with_standing(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = [pair for pair in message.get("headers", ()) if pair[0] not in names]
                message["headers"] = [*given, *told]
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
    client = scope.get("client")
    return _caller_at(client[0]) if client else UNKNOWN_CALLER


@lru_cache(maxsize=4_096)
def _caller_at(host: str) -> str:
    address = address_of(host)
    if isinstance(address, ipaddress.IPv6Address):
        return str(ipaddress.IPv6Network((int(address), _NETWORK_BITS), strict=False))
    return str(address or UNKNOWN_CALLER)


def _is_exempt(path: str) -> bool:
    return path in _EXEMPT or path.startswith(_BELOW_EXEMPT)


@cache
def _name(item: RateLimitItem) -> str:
    """Return the policy's name in the headers, such as `per-minute` or `per-5-minute`."""
    several = f"{item.multiples}-" if item.multiples > 1 else ""
    return f"per-{several}{item.GRANULARITY.name}"


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
