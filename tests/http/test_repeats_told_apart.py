"""What tells one request under a key from another."""

from dataclasses import replace
from typing import Any

import asyncpg
import httpx
import pytest

from app.http.errors import KeyReusedError
from tests.http.trial import Trial, at_another, things

KEY = "6f1b2c3d-0000-4000-8000-000000000001"


async def ask(trial: Trial, method: str, path: str, **sent: Any) -> httpx.Response:
    """Ask as Anna, under the key."""
    headers = {"Idempotency-Key": KEY} | dict(sent.pop("headers", {}))
    async with trial.client("anna") as client:
        return await client.request(method, f"/v1/things{path}", headers=headers, **sent)


class TestAFormWithAKey:
    FORM = {"name": "thing"}

    async def test_is_known_again_though_its_body_is_read_away(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        first = await ask(trial, "POST", "/form", data=self.FORM)
        again = await ask(trial, "POST", "/form", data=self.FORM)

        assert first.status_code == 201
        assert again.headers["idempotency-replayed"] == "true"
        assert again.json() == first.json()
        assert await things(owner) == 1

    @pytest.mark.parametrize(
        "other", [{"name": "other"}, {"name": "thing", "more": ""}, {"name": ["thing", "x"]}]
    )
    async def test_is_told_from_another_form(self, trial: Trial, other: dict[str, Any]) -> None:
        await ask(trial, "POST", "/form", data=self.FORM)
        answer = await ask(trial, "POST", "/form", data=other)

        assert answer.status_code == 422
        assert answer.json()["type"].endswith(f"/{KeyReusedError.slug}")

    async def test_and_a_file_is_known_again_by_what_is_in_the_file(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        def sent(words: bytes, name: str = "a.txt") -> dict[str, Any]:
            return {"data": self.FORM, "files": {"file": (name, words)}}

        first = await ask(trial, "POST", "/form", **sent(b" and words"))
        again = await ask(trial, "POST", "/form", **sent(b" and words"))
        others = [
            await ask(trial, "POST", "/form", **sent(b" and others")),
            await ask(trial, "POST", "/form", **sent(b" and words", "b.txt")),
            await ask(trial, "POST", "/form", data=self.FORM),
        ]

        assert first.json()["name"] == "thing and words"  # the route still reads all of it
        assert again.headers["idempotency-replayed"] == "true"
        assert [answer.status_code for answer in others] == [422, 422, 422]
        assert await things(owner) == 1

    async def test_a_body_that_is_no_form_is_told_by_its_bytes(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        answers = [await ask(trial, "POST", "/raw", content=raw) for raw in (b"a", b"a", b"b")]

        assert [answer.status_code for answer in answers] == [201, 201, 422]
        assert await things(owner) == 1


class TestAnotherRequestUnderTheSameKey:
    @pytest.mark.parametrize(
        ("method", "path", "sent"),
        [
            ("POST", "", {"json": {"name": "other"}}),
            ("POST", "", {"content": b'{"name":  "thing"}', "headers": {}}),
            ("POST", "/silently", {"json": {"name": "thing"}}),
            ("PATCH", f"/{KEY}", {"json": {"name": "thing"}, "headers": {"If-Match": '"1"'}}),
            ("DELETE", f"/{KEY}", {}),
        ],
    )
    async def test_of_another_request_is_refused_by_name(
        self, trial: Trial, owner: asyncpg.Connection, method: str, path: str, sent: dict[str, Any]
    ) -> None:
        await trial.post("thing", KEY)
        headers = {"Idempotency-Key": KEY, "Content-Type": "application/json"}
        answer = await ask(
            trial, method, path, **{**sent, "headers": headers | sent.get("headers", {})}
        )

        assert answer.status_code == 422
        assert answer.json()["type"].endswith(f"/{KeyReusedError.slug}")
        assert answer.json()["errors"][0]["parameter"] == "Idempotency-Key"
        assert await things(owner) == 1

    @pytest.mark.parametrize("query", [{"to": "/b", "status": 200}, {"status": 200, "to": "/a"}])
    async def test_of_another_query_is_refused(self, trial: Trial, query: dict[str, Any]) -> None:
        headers = {"Idempotency-Key": KEY}
        first = {"to": "/a", "status": 200}
        await ask(trial, "POST", "/sending-to", params=first, headers=headers)
        answer = await ask(trial, "POST", "/sending-to", params=query, headers=headers)

        assert answer.status_code == 422

    async def test_done_for_one_organisation_is_not_done_for_the_other(self, trial: Trial) -> None:
        await trial.post("thing", KEY)
        trial.actors["anna"] = at_another("Example Trust", trial.actors["anna"])
        answer = await trial.post("thing", KEY)

        assert answer.status_code == 422
        assert answer.json()["type"].endswith(f"/{KeyReusedError.slug}")

    async def test_of_one_caller_says_nothing_to_another(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        anna = trial.actors["anna"]
        trial.actors["machine of hers"] = replace(
            trial.actors["robot"], organisation_id=anna.organisation_id
        )
        trial.actors["colleague"] = replace(
            trial.actors["ben"], organisation_id=anna.organisation_id
        )
        callers = ("anna", "ben", "robot", "colleague")
        answers = [await trial.post("thing", KEY, who) for who in callers]
        others = [await trial.post("other", f"{KEY}-2", who) for who in ("anna", "robot")]

        assert [answer.status_code for answer in (*answers[:3], *others)] == [201] * 5
        assert len({answer.headers["location"] for answer in (*answers[:3], *others)}) == 5
        assert all("idempotency-replayed" not in answer.headers for answer in answers[:3])
        assert answers[3].status_code == 422  # the same person as Ben, for another organisation
        assert await things(owner) == 5

    async def test_of_a_person_and_a_machine_with_one_id_are_two(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        trial.actors["robot"] = replace(trial.actors["robot"], id=trial.actors["anna"].id)
        await trial.post("thing", KEY)
        await trial.post("thing", KEY, "robot")

        assert await things(owner) == 2
