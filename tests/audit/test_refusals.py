import asyncio
import json
import uuid
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
import structlog
from fastapi import FastAPI, Request

from app import clock
from app.access import Actor, Role
from app.audit.refusals import ONE_BY_ONE, WINDOW, Tallies, refusal_noter
from app.db.transactions import Database
from app.errors import ForbiddenError, NotFoundError
from app.http.errors import NotPermittedError, NotSignedInError, TokenRefusedError
from tests.factories.people import Member, add_member, add_organisation
from tests.http.support import client_of, make_app

BEGAN = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner, "Example School")
    return await add_member(owner, school, Role.ANALYST)


def refusing(database: Database, error: Exception, **known: Actor | None) -> FastAPI:
    """Return an application that knows who asks, and refuses everything for the same reason."""
    app = make_app()
    app.state.database = database
    app.state.note_refusal = refusal_noter()

    async def refuse(request: Request) -> None:
        for name, actor in known.items():
            setattr(request.state, name, actor)
        raise error

    for path in (
        "/v1/examples",
        "/v1/examples/{example_id}",
        "/v1/examples/{example_id}/notes/{note_number}",
        "/v1/things/{reference}",
    ):
        app.add_api_route(path, refuse, methods=["GET", "POST"])
    return app


@pytest.fixture
async def asking(database: Database, member: Member) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose every request is refused as the member's."""
    app = refusing(database, NotPermittedError("Not yours."), actor=member.actor)
    async with client_of(app) as client:
        yield client


async def entries(owner: asyncpg.Connection) -> list[dict[str, Any]]:
    rows = await owner.fetch("SELECT * FROM audit_entries ORDER BY recorded_at, id")
    return [dict(row) for row in rows]


class TestWhatIsWrittenDown:
    async def test_who_tried_what_at_what_and_why_not(
        self, asking: httpx.AsyncClient, owner: asyncpg.Connection, member: Member
    ) -> None:
        about = str(uuid.uuid4())

        answer = await asking.post(f"/v1/examples/{about}")

        assert answer.status_code == 403
        [entry] = await entries(owner)
        assert (entry["actor_id"], entry["actor_name"]) == (member.person_id, "Example Person")
        assert entry["organisation_id"] == member.organisation_id
        assert (entry["act"], entry["outcome"]) == ("POST /v1/examples/{example_id}", "refused")
        assert entry["reason"] == "not-permitted"
        assert (entry["subject_kind"], entry["subject_id"]) == ("example", about)
        assert entry["roles"] == ["analyst"]
        assert entry["after"] is None

    async def test_an_address_puts_nothing_before_another_organisations_eyes(
        self, asking: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        elsewhere = await add_organisation(owner, "Another School")

        await asking.post(f"/v1/examples/{elsewhere}")

        [entry] = await entries(owner)
        assert entry["subject_id"] == str(elsewhere)
        assert entry["subject_organisation_id"] is None

    async def test_what_an_address_names_last_if_it_looks_like_an_identifier(
        self, asking: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        named: dict[str, tuple[str | None, str | None]] = {
            "/v1/examples": (None, None),
            "/v1/examples/7": ("example", "7"),
            "/v1/examples/7/notes/AP000001U": ("note", "AP000001U"),
            "/v1/things/a-b.c": ("thing", "a-b.c"),
            "/v1/things/what%20Tom%20did": (None, None),
            "/v1/things/" + "x" * 65: (None, None),
            "/v1/things/%00": (None, None),
        }
        for path in named:
            await asking.get(path)

        held = await entries(owner)
        assert [(entry["subject_kind"], entry["subject_id"]) for entry in held] == list(
            named.values()
        )
        assert "Tom" not in str(held)

    async def test_who_holds_a_credential_that_is_no_longer_good_is_known_too(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        app = refusing(database, TokenRefusedError("Revoked."), refused_actor=member.actor)
        async with client_of(app) as client:
            answer = await client.get("/v1/examples")

        assert answer.status_code == 401
        [entry] = await entries(owner)
        assert (entry["actor_id"], entry["reason"]) == (member.person_id, "token-refused")

    async def test_of_nobody_known_nothing_is_written(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        app = refusing(database, NotSignedInError("Sign in."), refused_actor=None)
        async with client_of(app) as client:
            answers = [await client.get("/v1/examples") for _ in range(5)]

        assert {answer.status_code for answer in answers} == {401}
        assert await entries(owner) == []

    async def test_what_is_no_refusal_of_access_is_not_written(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        app = refusing(database, NotFoundError("Nothing."), actor=member.actor)
        async with client_of(app) as client:
            answer = await client.get("/v1/examples")

        assert answer.status_code == 404
        assert await entries(owner) == []

    async def test_that_it_cannot_be_written_down_hides_no_refusal(
        self, database: Database, owner: asyncpg.Connection, member: Member
    ) -> None:
        app = refusing(database, ForbiddenError("No."), actor=member.actor)
        await owner.execute("ALTER TABLE audit_entries RENAME TO elsewhere")

        with structlog.testing.capture_logs() as logged:
            async with client_of(app) as client:
                answer = await client.get("/v1/examples")

        assert (answer.status_code, answer.json()["detail"]) == (403, "No.")
        assert "refusal.not_noted" in {line["event"] for line in logged}


class TestThatItStaysLittle:
    async def test_a_flood_leaves_few_entries_and_they_tell_of_all_of_it(
        self, asking: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        for _ in range(10):
            await asyncio.gather(*(asking.post("/v1/examples") for _ in range(26)))

        held = await entries(owner)
        left_out = [
            json.loads(entry["after"])["left_out"] if entry["after"] else 0 for entry in held
        ]
        assert len(held) == ONE_BY_ONE + 5  # the 16th, 32nd, 64th, 128th and 256th
        assert len(held) + sum(left_out) == 256

    async def test_a_flood_hides_no_attempt_at_something_else(
        self, asking: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        for _ in range(30):
            await asking.post("/v1/examples")
        await asking.get("/v1/examples/5")

        assert (await entries(owner))[-1]["act"] == "GET /v1/examples/{example_id}"


class TestTallies:
    def test_the_first_are_told_one_by_one_then_at_each_doubling(self) -> None:
        tallies = Tallies()
        with clock.at(BEGAN):
            counted = [tallies.count("person:1", "GET /v1/examples") for _ in range(64)]

        told = {number: left for number, left in enumerate(counted, start=1) if left is not None}
        assert told == {**dict.fromkeys(range(1, 11), 0), 16: 5, 32: 15, 64: 31}

    def test_at_each_moment_what_is_told_is_at_least_half_of_what_was(self) -> None:
        tallies, told = Tallies(), 0
        with clock.at(BEGAN):
            for happened in range(1, 3_000):
                left_out = tallies.count("person:1", "GET /v1/examples")
                told += 0 if left_out is None else left_out + 1
                assert happened / 2 < told <= happened

    def test_the_next_hour_begins_anew_and_tells_what_was_left_over(self) -> None:
        tallies = Tallies()
        with clock.at(BEGAN):
            for _ in range(20):
                tallies.count("person:1", "GET /v1/examples")
        with clock.at(BEGAN + WINDOW - timedelta(microseconds=1)):
            assert tallies.count("person:1", "GET /v1/examples") is None
        with clock.at(BEGAN + WINDOW):
            assert tallies.count("person:1", "GET /v1/examples") == 5
            assert tallies.count("person:1", "GET /v1/examples") == 0

    def test_callers_and_acts_are_counted_apart(self) -> None:
        tallies = Tallies()
        with clock.at(BEGAN):
            for _ in range(11):
                tallies.count("person:1", "GET /v1/examples")

            assert tallies.count("person:1", "GET /v1/examples") is None
            assert tallies.count("person:2", "GET /v1/examples") == 0
            assert tallies.count("person:1", "POST /v1/examples") == 0

    def test_memory_is_bounded_and_whoever_was_not_met_for_longest_makes_room(self) -> None:
        tallies = Tallies(most=2)
        with clock.at(BEGAN):
            for caller in ("one", "two", "one", "three"):
                for _ in range(11):
                    tallies.count(caller, "GET")

            assert tallies.count("one", "GET") is None
            assert tallies.count("two", "GET") == 0
