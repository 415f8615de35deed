"""What somebody known changes leaves an entry, on every route, or it is said why none is owed."""

from collections.abc import AsyncIterator

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from app.access import Role
from app.audit import service
from app.audit.service import record
from app.config import Settings
from app.db.transactions import Database
from app.http.security import CurrentActor
from app.http.sessions import Looking, Writing
from app.main import create_app
from app.organisations.authentication import authenticate
from tests.audit.trails import EXCUSED, leaves_a_trail, owing, reached_from, writes_nothing
from tests.factories.people import Member, add_member, add_organisation, sign_in
from tests.http.support import make_app


async def through_another(session: Writing, actor: CurrentActor) -> None:
    await service.record(session, actor, "example.done", None)


async def honest(session: Writing, actor: CurrentActor) -> None:
    await through_another(session, actor)


async def silent(session: Writing, actor: CurrentActor) -> None:
    _ = (session, actor)


async def forgetful(session: Writing, actor: CurrentActor, *, told: bool = False) -> None:
    if told:
        await record(session, actor, "example.done", None)


async def secretive(session: Looking, actor: CurrentActor) -> None:
    _ = (session, actor)


async def nobody_known() -> None:
    """Anybody may."""


@pytest.fixture
def planted(settings: Settings, database: Database) -> FastAPI:
    """An application with one route of each kind."""
    app = make_app()
    app.state.settings, app.state.database = settings, database
    app.state.authenticate = authenticate
    for function in (honest, silent, forgetful, nobody_known):
        app.add_api_route(f"/v1/{function.__name__}/{{number}}", function, methods=["POST"])
    app.add_api_route("/v1/secretive", secretive, methods=["GET"])
    app.add_api_route("/v1/honest/{number}", nobody_known, methods=["GET"])
    return app


@pytest.fixture
async def member(owner: asyncpg.Connection) -> Member:
    school = await add_organisation(owner)
    return await add_member(owner, school, Role.ADMINISTRATOR)


@pytest.fixture
async def watched(
    planted: FastAPI, settings: Settings, owner: asyncpg.Connection, member: Member
) -> AsyncIterator[httpx.AsyncClient]:
    """A signed-in member's browser that is watched."""
    transport = httpx.ASGITransport(planted)
    async with (
        leaves_a_trail(planted, settings) as hook,
        httpx.AsyncClient(
            transport=transport, base_url="http://register.test", event_hooks={"response": [hook]}
        ) as client,
    ):
        yield await sign_in(client, owner, member)


class TestTheApplication:
    def test_every_route_that_owes_an_entry_comes_to_a_function_that_writes_one(self) -> None:
        assert writes_nothing(create_app(Settings(public_url=None))) == set()

    def test_every_excuse_is_of_a_route_that_would_owe_one(self) -> None:
        assert EXCUSED.keys() <= owing(create_app(Settings(public_url=None))).keys()

    def test_reading_the_record_of_acts_is_among_what_owes_one(self) -> None:
        routes = owing(create_app(Settings(public_url=None)))

        assert {("GET", "/v1/audit"), ("GET", "/v1/audit/export")} <= routes.keys()


class TestWritesNothing:
    def test_names_routes_that_never_write_and_no_others(self, planted: FastAPI) -> None:
        assert writes_nothing(planted) == {
            ("POST", "/v1/silent/{number}"),
            ("GET", "/v1/secretive"),
        }

    def test_an_excuse_is_taken(self, planted: FastAPI) -> None:
        excused = {("POST", "/v1/silent/{number}"): "it changes nothing"}

        assert writes_nothing(planted, excused) == {("GET", "/v1/secretive")}

    def test_a_function_is_followed_through_names_and_modules(self) -> None:
        assert {honest, through_another, service.record} <= reached_from(honest)
        assert service.record in reached_from(forgetful)
        assert service.record not in reached_from(silent)


class TestLeavesATrail:
    async def test_a_route_that_writes_is_let_be(
        self, watched: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        answer = await watched.post("/v1/honest/1")

        assert answer.status_code == 200
        assert await owner.fetchval("SELECT act FROM audit_entries") == "example.done"

    @pytest.mark.parametrize(
        ("method", "path"),
        [("POST", "/v1/silent/1"), ("POST", "/v1/forgetful/1"), ("GET", "/v1/secretive")],
    )
    async def test_one_that_succeeds_without_is_caught_also_if_it_could_have_written(
        self, watched: httpx.AsyncClient, method: str, path: str
    ) -> None:
        with pytest.raises(AssertionError, match="left no entry in the record of acts"):
            await watched.request(method, path)

    @pytest.mark.parametrize(
        ("method", "path"),
        [("POST", "/v1/nobody_known/1"), ("GET", "/v1/honest/1"), ("POST", "/v1/nowhere")],
    )
    async def test_what_owes_nothing_or_fails_is_let_be(
        self, watched: httpx.AsyncClient, method: str, path: str
    ) -> None:
        assert (await watched.request(method, path)).status_code in {200, 404}

    async def test_an_outcome_told_again_is_let_be(
        self, watched: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        key = {"Idempotency-Key": "one-and-the-same"}

        answers = [await watched.post("/v1/honest/1", headers=key) for _ in range(2)]

        assert [answer.status_code for answer in answers] == [200, 200]
        assert await owner.fetchval("SELECT count(*) FROM audit_entries") == 1
