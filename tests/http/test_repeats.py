import asyncio
from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse

from app.errors import AppError
from app.http.errors import NotPermittedError
from app.http.security import CurrentActor
from app.http.sessions import Writing
from tests.http.trial import Trial, keys, things

KEY = "6f1b2c3d-0000-4000-8000-000000000001"


async def ask(trial: Trial, method: str, path: str, **sent: Any) -> httpx.Response:
    """Ask as Anna, under the key."""
    headers = {"Idempotency-Key": KEY} | dict(sent.pop("headers", {}))
    async with trial.client("anna") as client:
        return await client.request(method, f"/v1/things{path}", headers=headers, **sent)


async def sent_to(trial: Trial, to: str, status: int = 200) -> list[httpx.Response]:
    """Ask twice for what is answered with a status and a location."""
    params = {"to": to, "status": str(status)}
    return [await ask(trial, "POST", "/sending-to", params=params) for _ in range(2)]


def assert_replayed(answer: httpx.Response, *, of: httpx.Response) -> None:
    assert answer.headers["idempotency-replayed"] == "true"
    assert "idempotency-replayed" not in of.headers
    assert answer.status_code == of.status_code
    assert answer.headers.get("location") == of.headers.get("location")
    assert answer.headers["cache-control"] == "no-store"


class TestARequestDoneBefore:
    async def test_is_not_done_again_and_answered_as_the_first_time(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        first = await trial.post("thing", KEY)
        again = [await trial.post("thing", KEY) for _ in range(3)]

        for answer in again:
            assert_replayed(answer, of=first)
            assert answer.json() == first.json()
            assert answer.headers["etag"] == first.headers["etag"]
            assert answer.headers["content-type"] == "application/json"
            assert answer.headers["content-length"] == str(len(answer.content))
        assert await things(owner) == 1
        assert len(await keys(owner)) == 1

    async def test_asks_who_is_asking_once_and_tells_nobody_of_two(self, trial: Trial) -> None:
        await trial.post("thing", KEY)
        asked = trial.asked
        await trial.post("thing", KEY)

        assert trial.asked == asked + 1

    async def test_shows_its_outcome_as_it_is_now(self, trial: Trial) -> None:
        first = await trial.post("thing", KEY)
        async with trial.client("ben") as client:
            headers = {"If-Match": first.headers["etag"]}
            await client.patch(first.headers["location"], json={"name": "new"}, headers=headers)
        again = await trial.post("thing", KEY)

        assert_replayed(again, of=first)
        assert (again.json()["name"], again.headers["etag"]) == ("new", '"2"')

    async def test_shows_its_outcome_as_its_caller_sees_it_now(self, trial: Trial) -> None:
        first = await trial.post("thing", KEY)
        trial.actors["anna"] = replace(trial.actors["anna"], name="Anna Newname")
        again = await trial.post("thing", KEY)

        assert first.json()["seen_by"] == "Anna"
        assert again.json()["seen_by"] == "Anna Newname"

    @pytest.mark.parametrize("change", ["UPDATE things SET hidden = true", "DELETE FROM things"])
    async def test_shows_nothing_of_what_is_gone_or_hidden_since(
        self, trial: Trial, owner: asyncpg.Connection, change: str
    ) -> None:
        first = await trial.post("thing", KEY)
        await owner.execute(change)
        again = await trial.post("thing", KEY)

        assert_replayed(again, of=first)
        assert again.content == b""
        assert "etag" not in again.headers
        assert "content-type" not in again.headers

    async def test_without_a_body_is_answered_without_one(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        first, again = [
            await ask(trial, "POST", "/silently", json={"name": "thing"}) for _ in range(2)
        ]

        assert first.status_code == 204
        assert_replayed(again, of=first)
        assert (again.content, "location" in again.headers) == (b"", False)
        assert await things(owner) == 1

    async def test_to_remove_something_is_answered_without_a_body(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        made = await trial.post("thing", "another")
        path = "/" + made.headers["location"].rsplit("/", 1)[-1]
        answers = [await ask(trial, "DELETE", path) for _ in range(2)]

        assert answers[0].status_code == 204
        assert_replayed(answers[1], of=answers[0])
        assert await things(owner) == 0

    async def test_to_edit_something_is_answered_with_what_was_edited_as_it_is_now(
        self, trial: Trial
    ) -> None:
        made = await trial.post("thing", "another")
        path = "/" + made.headers["location"].rsplit("/", 1)[-1]
        sent: dict[str, Any] = {"json": {"name": "new"}, "headers": {"If-Match": '"1"'}}
        first, again = [await ask(trial, "PATCH", path, **sent) for _ in range(2)]

        assert_replayed(again, of=first)
        assert (first.status_code, "location" in first.headers) == (200, False)
        assert (again.json(), again.headers["etag"]) == (first.json(), '"2"')

    async def test_is_answered_though_the_version_it_edits_is_past(self, trial: Trial) -> None:
        """It was the present one when the request was done, and that is what is asked."""
        made = await trial.post("thing", "another")
        path = "/" + made.headers["location"].rsplit("/", 1)[-1]
        body = {"name": "new"}
        await ask(trial, "PATCH", path, json=body, headers={"If-Match": '"1"'})
        other = await ask(trial, "PATCH", path, json=body, headers={"If-Match": '"2"'})

        assert other.headers["idempotency-replayed"] == "true"
        assert other.headers["etag"] == '"2"'

    @pytest.mark.parametrize("status", [301, 303, 307])
    async def test_that_sent_its_caller_elsewhere_sends_them_there_again(
        self, trial: Trial, status: int
    ) -> None:
        first, again = await sent_to(trial, "/v1/things/settings", status)

        assert_replayed(again, of=first)
        assert (again.status_code, again.content) == (status, b"")

    @pytest.mark.parametrize(
        "to",
        [
            *("https://elsewhere.test/v1/things/settings", "//elsewhere.test/v1/things/settings"),
            *("/nowhere", "/v1/things/%zz", "settings", "/v1/things/settings?unknown=1"),
            *("http://127.0.0.1:8000.elsewhere.test/v1/things/settings", "/healthz/x"),
        ],
    )
    async def test_shows_nothing_from_an_address_that_is_not_ours_or_leads_nowhere(
        self, trial: Trial, to: str
    ) -> None:
        first, again = await sent_to(trial, to)

        assert first.headers["location"] == to
        assert_replayed(again, of=first)
        assert again.content == b""

    @pytest.mark.parametrize(
        "to",
        [
            *("/v1/things/settings", "http://127.0.0.1:8000/v1/things/settings"),
            *("/v1/things/%73ettings", "/v1/things/settings#part"),
        ],
    )
    async def test_reads_addresses_of_ours_however_they_are_written(
        self, trial: Trial, to: str
    ) -> None:
        first, again = await sent_to(trial, to, 202)

        assert_replayed(again, of=first)
        assert again.json()["app.person_id"] == str(trial.actors["anna"].id)
        assert again.json()["transaction_read_only"] == "on"

    async def test_reads_with_the_query_of_the_location(self, trial: Trial) -> None:
        @trial.app.get("/v1/echo")
        async def echo(words: str) -> str:
            return words

        _, answer = await sent_to(trial, "/v1/echo?words=one%20two%26three")

        assert answer.json() == "one two&three"

    async def test_that_cannot_be_read_just_now_says_so_and_stands(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        first = await trial.post("thing", KEY)
        await owner.execute("ALTER TABLE things RENAME TO gone")
        troubled = await trial.post("thing", KEY)
        await owner.execute("ALTER TABLE gone RENAME TO things")
        again = await trial.post("thing", KEY)

        assert troubled.status_code >= 500
        assert "things" not in troubled.text
        assert_replayed(again, of=first)
        assert await things(owner) == 1

    async def test_whose_outcome_answers_503_says_that_it_stands(self, trial: Trial) -> None:
        @trial.app.get("/v1/troubled")
        async def troubled() -> None:
            raise TimeoutError

        first, again = await sent_to(trial, "/v1/troubled")

        assert first.status_code == 200
        assert (again.status_code, again.headers["retry-after"]) == (503, "5")
        assert "was done" in again.json()["detail"]

    async def test_is_read_to_its_end_though_it_comes_in_parts(self, trial: Trial) -> None:
        @trial.app.get("/v1/parts")
        async def parts() -> StreamingResponse:
            async def made() -> Any:
                for part in (b"a", b"b", b"c"):
                    await asyncio.sleep(0)
                    yield part

            return StreamingResponse(made(), media_type="text/plain")

        _, answer = await sent_to(trial, "/v1/parts")

        assert answer.text == "abc"

    async def test_is_no_attempt_of_its_caller_at_what_they_may_no_longer_see(
        self, trial: Trial
    ) -> None:
        noted: list[str] = []

        async def note(request: Request, error: AppError) -> None:
            noted.append(error.slug)

        @trial.app.get("/v1/closed")
        async def closed() -> None:
            raise NotPermittedError

        trial.app.state.note_refusal = note
        first, again = await sent_to(trial, "/v1/closed")

        assert_replayed(again, of=first)
        assert (again.content, noted) == (b"", [])

    async def test_holds_no_connection_while_its_outcome_is_read(self, trial: Trial) -> None:
        """Or a pool of one would wait for itself."""
        held: list[int] = []

        @trial.app.get("/v1/counting")
        async def counting(request: Request) -> None:
            held.append(request.app.state.database.engine.pool.checkedout())

        await sent_to(trial, "/v1/counting")

        assert held == [0]

    async def test_without_a_location_is_answered_with_its_status_alone(self, trial: Trial) -> None:
        @trial.app.post("/v1/posted", status_code=201)
        async def posted(session: Writing, actor: CurrentActor) -> str:
            return actor.name

        async with trial.client("anna") as client:
            await client.post("/v1/posted", headers={"Idempotency-Key": KEY})
            answer = await client.post("/v1/posted", headers={"Idempotency-Key": KEY})

        assert (answer.status_code, answer.content) == (201, b"")
        assert answer.headers["idempotency-replayed"] == "true"
