"""Requests under one key that meet, and the first of them cut off."""

import asyncio
from typing import Any

import asyncpg
import pytest

from app.http.failures import ResponseAbortedError
from tests.http.support import run, scope_of
from tests.http.trial import Trial, keys, things, trial_on, until

KEY = "6f1b2c3d-0000-4000-8000-000000000001"
BODY = {"type": "http.request", "body": b'{"name": "thing"}', "more_body": False}
JSON = {b"content-type": b"application/json", b"authorization": b"Bearer anna"}


class TestARequestThatIsBeingDone:
    async def test_is_waited_for(self, trial: Trial, owner: asyncpg.Connection) -> None:
        trial.holding.clear()
        first = asyncio.create_task(trial.post("held", KEY))
        await trial.reached.wait()
        second = asyncio.create_task(trial.post("held", KEY))
        await until(owner, "wait_event_type = 'Lock'")
        trial.holding.set()

        answers = [await first, await second]
        assert [answer.status_code for answer in answers] == [201, 201]
        assert answers[1].headers["idempotency-replayed"] == "true"
        assert answers[0].json() == answers[1].json()
        assert await things(owner) == 1

    async def test_and_fails_leaves_its_key_to_the_next(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        trial.holding.clear()
        first = asyncio.create_task(trial.post("held", KEY))
        await trial.reached.wait()
        second = asyncio.create_task(trial.post("held", KEY))
        await until(owner, "wait_event_type = 'Lock'")
        first.cancel()
        with pytest.raises(asyncio.CancelledError):
            await first
        trial.holding.set()

        answer = await second
        assert answer.status_code == 201
        assert "idempotency-replayed" not in answer.headers
        assert await things(owner) == 1

    async def test_is_not_waited_for_longer_than_a_lock_may_take(
        self, trial: Trial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("app.db.transactions.LOCK_TIMEOUT", "100ms")
        trial.holding.clear()
        first = asyncio.create_task(trial.post("held", KEY))
        await trial.reached.wait()
        second = await trial.post("held", KEY)
        trial.holding.set()

        assert second.status_code == 503
        assert second.headers["retry-after"] == "5"
        assert (await first).status_code == 201
        assert (await trial.post("held", KEY)).headers["idempotency-replayed"] == "true"


class TestTheFirstRequestCutOff:
    async def test_in_its_work_leaves_nothing_and_the_key_free(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        trial.holding.clear()
        asked = asyncio.create_task(trial.post("held", KEY))
        await trial.reached.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        trial.holding.set()

        assert (await things(owner), await keys(owner)) == (0, [])
        assert (await trial.post("held", KEY)).status_code == 201
        assert await things(owner) == 1

    async def test_by_its_time_limit_leaves_nothing_and_the_key_free(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        hurried = trial_on(trial.app.state.database, request_timeout_seconds=0.2)
        hurried.holding.clear()
        cut_off = await hurried.post("held", KEY)
        hurried.holding.set()

        assert cut_off.status_code == 503
        assert (await things(owner), await keys(owner)) == (0, [])
        assert (await hurried.post("held", KEY)).status_code == 201

    async def test_by_the_database_leaves_nothing_and_the_key_free(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        trial.holding.clear()
        asked = asyncio.create_task(trial.post("held", KEY))
        await trial.reached.wait()
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND xact_start IS NOT NULL "
            "AND pid <> pg_backend_pid()"
        )
        trial.holding.set()
        cut_off = await asked

        assert cut_off.status_code == 503
        assert (await things(owner), await keys(owner)) == (0, [])
        assert (await trial.post("held", KEY)).status_code == 201
        assert await things(owner) == 1

    async def test_before_its_body_was_all_there_leaves_nothing(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        headers = JSON | {b"idempotency-key": KEY.encode()}
        half = {"type": "http.request", "body": b'{"name": ', "more_body": True}
        for path in ("/v1/things", "/v1/things/raw"):
            await run(trial.app, scope_of(path, "POST", headers), half)

        pool: Any = trial.app.state.database.engine.pool
        assert pool.checkedout() == 0
        assert (await things(owner), await keys(owner)) == (0, [])

    async def test_after_it_was_done_is_done_and_told_when_asked_again(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        async def receive() -> Any:
            return BODY

        async def send(message: Any) -> None:
            raise OSError

        headers = JSON | {b"idempotency-key": KEY.encode()}
        with pytest.raises(ResponseAbortedError):
            await trial.app(scope_of("/v1/things", "POST", headers), receive, send)
        assert await things(owner) == 1

        sent = await run(trial.app, scope_of("/v1/things", "POST", headers), BODY)
        assert sent[0]["status"] == 201
        assert (b"idempotency-replayed", b"true") in sent[0]["headers"]
        assert await things(owner) == 1
