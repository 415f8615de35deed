"""Thirty times the same request at once: done once, and everybody is told the same."""

import asyncio
import random
from collections.abc import AsyncIterator
from dataclasses import replace

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app.config import Settings
from app.db.engine import open_engine
from app.db.transactions import Database
from tests.http.trial import Trial, keys, make_trial, things

pytestmark = pytest.mark.heavy

REQUESTS, ROUNDS, CUT_OFF = 30, 5, 40
ENOUGH_LOST, MOST_ROUNDS = 6, 25
POOL_SIZES = (1, 2, 20)
"""As many again may be opened under load; two, four, and more than there are requests."""


@pytest.fixture(params=POOL_SIZES)
async def trial(
    request: pytest.FixtureRequest,
    settings: Settings,
    database: Database,
    owner: asyncpg.Connection,
) -> AsyncIterator[Trial]:
    assert settings.database_url is not None
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=request.param)
    with capture_logs():
        yield await make_trial(replace(database, engine=engine), owner)
    await engine.dispose()


def outcome(answer: httpx.Response) -> tuple[int, str, str | None, str | None]:
    headers = answer.headers
    return answer.status_code, answer.text, headers.get("location"), headers.get("etag")


async def test_one_effect_and_one_outcome(trial: Trial, owner: asyncpg.Connection) -> None:
    for number in range(ROUNDS):
        asked = (trial.post("thing", f"key-{number}") for _ in range(REQUESTS))
        answers = await asyncio.gather(*asked)

        assert len({outcome(answer) for answer in answers}) == 1
        assert answers[0].status_code == 201
        first = [one for one in answers if "idempotency-replayed" not in one.headers]
        assert len(first) == 1
        assert await things(owner) == number + 1

    assert len(await keys(owner)) == ROUNDS


async def test_one_effect_for_each_of_many_callers_and_keys_at_once(
    trial: Trial, owner: asyncpg.Connection
) -> None:
    sent = [(who, key) for who in ("anna", "ben", "robot") for key in ("a", "b", "c", "d")] * 8
    random.Random(1).shuffle(sent)  # noqa: S311 - nothing here is secret
    answers = await asyncio.gather(*(trial.post("thing", key, who) for who, key in sent))

    outcomes: dict[tuple[str, str], set[object]] = {}
    for one, answer in zip(sent, answers, strict=True):
        outcomes.setdefault(one, set()).add(outcome(answer))
    assert {len(found) for found in outcomes.values()} == {1}
    assert {answer.status_code for answer in answers} == {201}
    assert await things(owner) == len(outcomes) == 12
    assert len({answer.headers["location"] for answer in answers}) == 12


async def test_the_first_of_all_that_fails_leaves_it_to_one_other(
    trial: Trial, owner: asyncpg.Connection
) -> None:
    """Each that is cut off is undone; of all that are not, one does it."""
    chance = random.Random(2)  # noqa: S311 - nothing here is secret
    for number in range(ROUNDS):
        asked = [asyncio.create_task(trial.post("thing", f"key-{number}")) for _ in range(REQUESTS)]
        for one in chance.sample(asked, REQUESTS // 2):
            await asyncio.sleep(0)
            one.cancel()
        told = await asyncio.gather(*asked, return_exceptions=True)

        answers = [one for one in told if isinstance(one, httpx.Response)]
        assert len(answers) >= REQUESTS // 2
        assert len({outcome(answer) for answer in answers}) == 1
        assert await things(owner) == number + 1


async def test_connections_lost_at_any_moment_never_do_it_twice_or_by_half(
    trial: Trial, owner: asyncpg.Connection
) -> None:
    """Whoever asks until they are answered finds it done once, whatever was lost meanwhile.

    A machine that answers quickly loses few: further keys are asked until enough were.
    """
    chance, lost = random.Random(3), 0  # noqa: S311 - nothing here is secret

    async def until_answered(key: str) -> httpx.Response:
        nonlocal lost
        while True:
            answer = await trial.post("thing", key)
            if answer.status_code != 503:
                return answer
            lost += 1

    async def cut_off() -> None:
        while True:
            await owner.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND usename = 'ap_login' "
                "AND xact_start IS NOT NULL AND random() < 0.5"
            )
            await asyncio.sleep(chance.random() / 20)

    answers: list[httpx.Response] = []
    rounds = 0
    cutting = asyncio.create_task(cut_off())
    with capture_logs() as told:
        while lost < ENOUGH_LOST and rounds < MOST_ROUNDS:
            keyed = [f"key-{rounds}-{key}" for key in range(CUT_OFF) for _ in range(3)]
            answers += await asyncio.gather(*[until_answered(key) for key in keyed])
            rounds += 1
    cutting.cancel()
    await asyncio.gather(cutting, return_exceptions=True)

    assert lost >= ENOUGH_LOST
    failed = [one for one in told if one["event"] == "request.failed"]
    assert {answer.status_code for answer in answers} == {201}, failed
    for start in range(0, len(answers), 3):
        three = answers[start : start + 3]
        assert len({answer.headers["location"] for answer in three}) == 1
    assert await things(owner) == CUT_OFF * rounds
    assert {(row["status"], row["location"] is None) for row in await keys(owner)} == {(201, False)}
