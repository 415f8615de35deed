import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from app.access import Actor
from app.config import Settings
from app.db.engine import open_engine
from app.db.transactions import IDLE_TIMEOUT, LOCK_TIMEOUT, Database
from app.http.failures import ResponseAbortedError
from app.http.routes import SAFE_METHODS, operations_of
from app.http.sessions import write_session
from app.main import create_app
from tests.http.support import scope_of
from tests.http.trial import Trial, keys, make_trial, things, trial_on, until

KEY = "6f1b2c3d-0000-4000-8000-000000000001"
BODY = {"type": "http.request", "body": b'{"name": "thing"}', "more_body": False}
JSON = {b"content-type": b"application/json", b"authorization": b"Bearer anna"}


@pytest.fixture
async def single(
    settings: Settings, database: Database, owner: asyncpg.Connection
) -> AsyncIterator[Trial]:
    """The service with one connection, which everybody gets in turn."""
    assert settings.database_url is not None
    engine = open_engine(settings.database_url.get_secret_value(), pool_size=1)
    with capture_logs():
        yield await make_trial(replace(database, engine=engine), owner)
    await engine.dispose()


async def ask(
    trial: Trial, method: str, path: str, who: str = "anna", **sent: Any
) -> httpx.Response:
    async with trial.client(who) as client:
        return await client.request(method, f"/v1/things{path}", **sent)


async def settings_of(trial: Trial, who: str) -> dict[str, str | None]:
    answer = await ask(trial, "GET", "/settings", who)
    assert answer.status_code == 200
    found: dict[str, str | None] = answer.json()
    return found


class TestOneTransaction:
    async def test_is_committed_before_the_answer_leaves(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        seen: list[int] = []

        async def send(message: Any) -> None:
            if message["type"] == "http.response.start":
                seen.append(await things(owner))

        async def receive() -> Any:
            return BODY

        await trial.app(scope_of("/v1/things", "POST", JSON), receive, send)

        assert seen == [1]

    async def test_that_fails_at_commit_is_answered_as_the_refusal_it_is(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        answer = await trial.post("late", KEY)

        assert answer.status_code == 409
        assert answer.json()["type"].endswith("/too-late")
        assert "location" not in answer.headers
        assert await things(owner) == 0
        assert await keys(owner) == []

    @pytest.mark.parametrize(("name", "status"), [("refused", 409), ("broken", 500)])
    async def test_is_undone_whatever_goes_wrong(
        self, trial: Trial, owner: asyncpg.Connection, name: str, status: int
    ) -> None:
        answer = await trial.post(name)

        assert answer.status_code == status
        assert await things(owner) == 0

    async def test_is_undone_when_another_part_of_the_request_cannot_be_understood(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        answer = await ask(
            trial, "POST", "", json={"nam": "thing"}, headers={"Idempotency-Key": KEY}
        )

        assert answer.status_code == 422
        assert (await things(owner), await keys(owner)) == (0, [])

    async def test_for_reading_cannot_write(self, trial: Trial, owner: asyncpg.Connection) -> None:
        with capture_logs() as lines:
            answer = await ask(trial, "GET", "/write-while-reading")

        assert answer.status_code == 500
        assert any("ReadOnlySQLTransactionError" in str(line.get("stack")) for line in lines)
        assert await things(owner) == 0

    async def test_for_looking_can_write_down_who_looked(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        answer = await ask(trial, "GET", "/looking")

        assert (answer.status_code, await things(owner)) == (200, 1)

    async def test_holds_no_connection_while_the_answer_leaves_and_cannot_be_used_any_more(
        self, trial: Trial
    ) -> None:
        parts: list[str] = []
        with pytest.raises(ResponseAbortedError):
            async with trial.client("anna", strict=True) as client:
                parts.append((await client.get("/v1/things/stream")).text)

        assert parts == []
        cut_off = await ask(trial, "GET", "/stream")
        assert cut_off.text == '"0 connections held"\n'

    async def test_waits_neither_for_ever_nor_lies_idle_for_ever(self, trial: Trial) -> None:
        found = await settings_of(trial, "anna")

        assert found["lock_timeout"] == LOCK_TIMEOUT
        assert found["idle_in_transaction_session_timeout"] == IDLE_TIMEOUT


class TestOneConnectionForEverybodyInTurn:
    async def test_knows_only_the_present_actor(self, single: Trial) -> None:
        anna, robot = single.actors["anna"], single.actors["robot"]
        single.actors["lost"] = replace(anna, organisation_id=None, la_code=None)
        single.actors["anna"] = replace(anna, la_code="331")

        found = [await settings_of(single, who) for who in ("anna", "robot", "ben", "lost")]

        assert len({one["pid"] for one in found}) == 1
        assert {one["role"] for one in found} == {"ap_app"}
        assert {one["transaction_read_only"] for one in found} == {"on"}
        people = [str(single.actors[who].id) for who in ("anna", "ben", "lost")]
        assert [one["app.person_id"] for one in found] == [people[0], "", *people[1:]]
        assert [one["app.machine_id"] for one in found] == ["", str(robot.id), "", ""]
        organisations = [single.actors[who].organisation_id for who in ("anna", "robot", "ben")]
        assert [one["app.organisation_id"] for one in found] == [*map(str, organisations), ""]
        assert [one["app.la_code"] for one in found] == ["331", "", "", ""]

    @pytest.mark.parametrize("path", ["/failing", "/write-while-reading"])
    async def test_knows_only_the_present_actor_after_an_error(
        self, single: Trial, path: str
    ) -> None:
        before = await settings_of(single, "anna")
        assert (await ask(single, "GET", path)).status_code == 500
        after = await settings_of(single, "robot")

        assert_only(single.actors["robot"], after)
        assert before["pid"] == after["pid"]

    async def test_knows_only_the_present_actor_after_a_request_was_cancelled(
        self, single: Trial, owner: asyncpg.Connection
    ) -> None:
        for path in ("/slow", "/slow"):
            asked = asyncio.create_task(ask(single, "GET", path))
            await until(owner, "query = 'SELECT pg_sleep(60)' AND state = 'active'")
            asked.cancel()
            with pytest.raises(asyncio.CancelledError):
                await asked

            assert_only(single.actors["robot"], await settings_of(single, "robot"))

    async def test_knows_only_the_present_actor_after_a_request_took_too_long(
        self, single: Trial
    ) -> None:
        hurried = trial_on(single.app.state.database, request_timeout_seconds=0.2)
        assert (await ask(hurried, "GET", "/slow")).status_code == 503

        assert_only(hurried.actors["ben"], await settings_of(hurried, "ben"))
        assert (await hurried.post("thing")).status_code == 201

    async def test_is_given_back_by_every_request(self, single: Trial) -> None:
        pool: Any = single.app.state.database.engine.pool
        for path in ("/settings", "/failing", "/looking", "/writing", "/nowhere"):
            await ask(single, "GET", path)
        for _ in range(2):
            await single.post("thing", KEY)
        await single.post("other", KEY)
        await single.post("broken", "another")

        assert pool.checkedout() == 0

    async def test_when_it_is_taken_too_long_the_next_is_told_to_come_again(
        self, single: Trial, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        pool: Any = single.app.state.database.engine.sync_engine.pool
        monkeypatch.setattr(pool, "_timeout", 0.05)
        monkeypatch.setattr(pool, "_max_overflow", 0)
        single.holding.clear()
        holding = asyncio.create_task(single.post("held"))
        await single.reached.wait()
        answer = await single.post("thing")
        single.holding.set()

        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "5"
        assert (await holding).status_code == 201


def assert_only(actor: Actor, found: dict[str, str | None]) -> None:
    person = str(actor.id) if actor.caller.startswith("person:") else ""
    machine = str(actor.id) if actor.caller.startswith("machine:") else ""
    assert (found["app.person_id"], found["app.machine_id"]) == (person, machine)
    assert found["app.organisation_id"] == str(actor.organisation_id)
    assert found["app.actor"] == actor.name
    assert found["role"] == "ap_app"


class TestIdempotencyKey:
    async def test_keeps_status_and_location_and_nothing_of_what_was_sent_or_answered(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        name = "A123456789012 Alice Example"
        answer = await trial.post(name, KEY)
        (row,) = await keys(owner)

        assert answer.status_code == 201
        assert row.pop("made_at") is not None
        assert row.pop("id") is not None
        assert len(row.pop("fingerprint")) == 32
        assert row == {
            "caller": f"person:{trial.actors['anna'].id}",
            "key": KEY,
            "status": 201,
            "location": answer.headers["location"],
        }
        assert name not in str(await keys(owner))

    async def test_keeps_the_status_that_the_route_itself_chose(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        path = "/sending-to?to=/v1/things/x&status=202"
        await ask(trial, "POST", path, headers={"Idempotency-Key": KEY})

        (row,) = await keys(owner)
        assert (row["status"], row["location"]) == (202, "/v1/things/x")

    @pytest.mark.parametrize(
        "key",
        ["", " ", '""', "a b", '"a', 'a"', 'a"b', "ä", "a\tb", "x" * 201, '"' + "x" * 201 + '"'],
    )
    async def test_that_cannot_be_one_is_refused_by_name(
        self, trial: Trial, owner: asyncpg.Connection, key: str
    ) -> None:
        headers = [(b"Idempotency-Key", key.encode())]
        answer = await ask(trial, "POST", "", json={"name": "thing"}, headers=headers)

        assert answer.status_code == 422
        assert answer.json()["type"].endswith("/invalid-request")
        assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"
        assert await things(owner) == 0

    async def test_that_is_sent_twice_is_refused_by_name(self, trial: Trial) -> None:
        headers = [("Idempotency-Key", "a"), ("Idempotency-Key", "a")]
        answer = await ask(trial, "POST", "", json={"name": "thing"}, headers=headers)

        assert answer.status_code == 422
        assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"

    @pytest.mark.parametrize("key", ["x", "~!#$%&'()*+,-./:;<=>?@[]^_`{|}", "\\", "x" * 200])
    async def test_may_be_any_visible_characters_in_quotes_or_without(
        self, trial: Trial, owner: asyncpg.Connection, key: str
    ) -> None:
        first = await trial.post("thing", key)
        again = await trial.post("thing", f'"{key}"')

        assert again.headers["location"] == first.headers["location"]
        assert (await keys(owner))[0]["key"] == key

    @pytest.mark.parametrize(("name", "status"), [("refused", 409), ("broken", 500), ("late", 409)])
    async def test_of_a_request_that_failed_is_free(
        self, trial: Trial, owner: asyncpg.Connection, name: str, status: int
    ) -> None:
        assert (await trial.post(name, KEY)).status_code == status
        assert await keys(owner) == []
        again = await trial.post("thing", KEY)

        assert again.status_code == 201
        assert "idempotency-replayed" not in again.headers
        assert await things(owner) == 1

    @pytest.mark.parametrize("method", ["GET", "HEAD"])
    async def test_is_overlooked_where_nothing_is_changed(
        self, trial: Trial, owner: asyncpg.Connection, method: str
    ) -> None:
        headers = {"Idempotency-Key": "not one"}
        for path in ("/writing", "/looking", "/settings"):
            answers = [await ask(trial, method, path, headers=headers) for _ in range(2)]
            assert [answer.status_code for answer in answers] == [200, 200]

        assert await keys(owner) == []
        assert await things(owner) == 4

    async def test_with_options_meets_no_route(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        answer = await ask(trial, "OPTIONS", "", headers={"Idempotency-Key": KEY})

        assert answer.status_code == 405
        assert await keys(owner) == []

    async def test_is_refused_where_the_outcome_could_not_be_noted(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        path, sent, headers = "/answered-itself", {"name": "thing"}, {"Idempotency-Key": KEY}
        keyed = await ask(trial, "POST", path, json=sent, headers=headers)
        plain = await ask(trial, "POST", path, json=sent)

        assert keyed.status_code == 422
        assert keyed.json()["type"].endswith("/idempotency-key-not-taken")
        assert plain.status_code == 303
        assert await things(owner) == 1

    def test_is_taken_by_every_address_for_programs_that_changes_something(self) -> None:
        """A route under `/v1` answers with a model, and sets `Location` on its `Response`."""
        app = create_app(Settings(public_url=None))
        careless = [
            f"{one.method} {one.path}"
            for one in operations_of(app)
            if one.path.startswith("/v1/") and write_session in one.needs and one.answers_itself
        ]
        unguarded = [
            f"{one.method} {one.path}"
            for one in operations_of(app)
            if one.method in SAFE_METHODS and write_session in one.needs
        ]

        assert careless == []
        assert unguarded == []  # a read that writes down who looked is `Looking`
