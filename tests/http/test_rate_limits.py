import asyncio
import math
import random
import re

import pytest
from fastapi import FastAPI
from limits import parse
from limits.aio import strategies
from limits.aio.storage import memory
from limits.aio.strategies import SlidingWindowCounterRateLimiter
from starlette.types import Message, Receive, Scope, Send

from app.config import ConfigurationError
from app.http import rate_limits
from app.http.rate_limits import (
    MOST_COUNTERS,
    BoundedStorage,
    caller_of,
    limit_rate,
    parse_limits,
)
from tests.http.support import client_of, get, make_app, run, scope_of


def app(rate_limit: str = "3/hour") -> FastAPI:
    made = make_app(rate_limit=rate_limit)

    @made.get("/v1/things")
    @made.get("/static/thing")
    async def things() -> str:
        return "things"

    return made


async def test_within_the_limit_the_standing_is_told() -> None:
    headers = (await get(app(), "/v1/things")).headers

    assert headers["ratelimit-policy"] == '"per-hour";q=3;w=3600'
    assert re.fullmatch(r'"per-hour";r=2;t=[1-9]\d*', headers["ratelimit"])
    assert "retry-after" not in headers


async def test_past_the_limit_the_caller_is_told_when_to_ask_again() -> None:
    made = app()
    for _ in range(3):
        assert (await get(made, "/v1/things")).status_code == 200
    response = await get(made, "/v1/things")
    problem = response.json()

    assert response.status_code == 429
    assert problem["type"].endswith("/too-many-requests")
    assert problem["limit"] == 3
    assert problem["window_seconds"] == 3600
    assert response.headers["retry-after"] == str(problem["retry_after_seconds"])
    assert response.headers["ratelimit"] == f'"per-hour";r=0;t={problem["retry_after_seconds"]}'
    assert response.headers["ratelimit-policy"] == '"per-hour";q=3;w=3600'
    assert "3 times in 3600 seconds" in problem["detail"]


async def test_refusals_count_and_carry_the_standing_as_well() -> None:
    made = app()

    assert (await get(made, "/v1/nowhere")).headers["ratelimit"].startswith('"per-hour";r=2')
    assert (await get(made, "/v1/things?x=1")).headers["ratelimit"].startswith('"per-hour";r=1')


async def test_whoever_waits_as_told_is_let_in_again() -> None:
    made = app("2/second")
    refused = None
    while refused is None:
        response = await get(made, "/v1/things")
        refused = response if response.status_code == 429 else None

    await asyncio.sleep(int(refused.headers["retry-after"]))

    assert (await get(made, "/v1/things")).status_code == 200


async def test_each_address_has_its_own_quota() -> None:
    made = app("1/hour")

    assert (await get(made, "/v1/things", "192.0.2.1")).status_code == 200
    assert (await get(made, "/v1/things", "192.0.2.1")).status_code == 429
    assert (await get(made, "/v1/things", "192.0.2.2")).status_code == 200


async def test_an_ipv6_network_shares_one_quota() -> None:
    made = app("1/hour")

    assert (await get(made, "/v1/things", "2001:db8:1:2::1")).status_code == 200
    assert (await get(made, "/v1/things", "2001:db8:1:2:ffff::9")).status_code == 429
    assert (await get(made, "/v1/things", "2001:db8:1:3::1")).status_code == 200


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics", "/static/thing"])
async def test_some_addresses_are_never_refused(path: str) -> None:
    made = app("1/hour")
    answers = [await get(made, path, "127.0.0.1") for _ in range(3)]

    assert {answer.status_code for answer in answers} == {200}
    assert "ratelimit" not in answers[0].headers


async def test_what_only_begins_like_an_exempt_address_is_counted() -> None:
    assert "ratelimit" in (await get(app(), "/healthzy")).headers


async def test_several_limits_are_told_and_the_longest_wait_counts() -> None:
    made = app("1/second; 2/hour")
    async with client_of(made) as client:
        first = await client.get("/v1/things")
        await client.get("/v1/things")
        last = await client.get("/v1/things")

    assert first.headers["ratelimit-policy"] == '"per-second";q=1;w=1, "per-hour";q=2;w=3600'
    assert '"per-hour";r=1' in first.headers["ratelimit"]
    assert last.status_code == 429
    assert last.json()["limit"] == 2


async def test_a_period_of_several_units_has_its_own_name() -> None:
    headers = (await get(app("5 per 2 minutes"), "/v1/things")).headers

    assert headers["ratelimit-policy"] == '"per-2-minute";q=5;w=120'


async def test_two_applications_count_apart() -> None:
    assert (await get(app("1/hour"), "/v1/things")).status_code == 200
    assert (await get(app("1/hour"), "/v1/things")).status_code == 200


@pytest.mark.parametrize("notation", ["", "many", "600", "600/fortnight", "minute"])
def test_a_limit_that_cannot_be_read_is_refused_at_the_start(notation: str) -> None:
    with pytest.raises(ConfigurationError, match="RATE_LIMIT"):
        make_app(rate_limit=notation)


def test_limits_are_read_in_the_order_given() -> None:
    assert [item.amount for item in parse_limits("20/second; 600/minute")] == [20, 600]


@pytest.mark.parametrize(
    ("client", "caller"),
    [
        (("192.0.2.1", 1), "192.0.2.1"),
        (("::ffff:192.0.2.1", 1), "192.0.2.1"),
        (("2001:db8:1:2:3:4:5:6", 1), "2001:db8:1:2::/64"),
        (("fe80::1%eth0", 1), "fe80::/64"),
        (("::1", 1), "::/64"),
        (("no address", 1), "unknown"),
        (None, "unknown"),
    ],
)
def test_whom_a_request_is_counted_against(client: tuple[str, int] | None, caller: str) -> None:
    assert caller_of(scope_of("/") | {"client": client}) == caller


async def test_a_caller_without_an_address_is_limited_too() -> None:
    made = app("1/hour")

    for status in (200, 429):
        sent = await run(made, scope_of("/v1/things") | {"client": None})
        assert sent[0]["status"] == status


async def test_fifty_thousand_addresses_do_not_grow_the_memory() -> None:
    storage = BoundedStorage()
    largest = 0

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        """Listen to nothing."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        """Answer nothing."""

    limited = limit_rate(answer, limits=[parse("600/minute")], storage=storage)
    for number in range(50_000):
        address = f"10.{number >> 16}.{number >> 8 & 255}.{number & 255}"
        await limited(scope_of("/v1/x") | {"client": (address, 1)}, receive, send)
        largest = max(largest, len(storage.storage), len(storage.expirations))

    assert largest == MOST_COUNTERS
    assert not storage.locks
    assert not storage.events


async def test_the_newest_counts_survive_a_flood() -> None:
    storage = BoundedStorage(most=10)
    for number in range(100):
        await storage.incr(f"key{number}", 60)

    assert await storage.get("key99") == 1
    assert await storage.get("key0") == 0
    assert len(storage.storage) == 10


async def test_spent_counters_make_room_by_themselves() -> None:
    storage = BoundedStorage(most=1_000)
    for number in range(100):
        await storage.incr(f"key{number}", -1)

    await storage.incr("live", 60)

    assert list(storage.storage) == ["live"]


async def test_counts_add_up_and_are_taken_back_to_nought_at_most() -> None:
    storage = BoundedStorage()

    assert await storage.incr("key", 60) == 1
    assert await storage.incr("key", 60, amount=4) == 5
    assert await storage.decr("key", 2) == 3
    assert await storage.decr("key", 9) == 0
    assert await storage.get("key") == 0


class _Moment:
    """A computer's time that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = 1_700_000_000.0

    def time(self) -> float:
        return self.now


@pytest.mark.parametrize("seed", range(20))
async def test_it_counts_as_the_library_would(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    chance, moment = random.Random(seed), _Moment()  # noqa: S311
    for module in (rate_limits, memory, strategies):
        monkeypatch.setattr(module, "time", moment)
    item = parse(chance.choice(["5/second", "3/minute", "40/minute", "7/5 minute"]))
    ours, theirs = BoundedStorage(), BoundedStorage()
    limiter = SlidingWindowCounterRateLimiter(theirs)
    refused = 0

    for _ in range(200):
        moment.now += chance.expovariate(2 * item.amount / item.get_expiry())
        caller = chance.choice(["198.51.100.1", "198.51.100.2"])
        standing = ours.take(item, caller)
        allowed = await limiter.hit(item, caller)
        stats = await limiter.get_window_stats(item, caller)
        seconds = max(1, math.ceil(stats.reset_time - moment.now - 1e-6))
        refused += not allowed

        assert standing.allowed == allowed
        assert standing.remaining == (stats.remaining if allowed else 0)
        assert abs(standing.seconds - seconds) <= 1
    assert 0 < refused < 200
    assert ours.storage == theirs.storage
