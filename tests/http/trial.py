"""A small service on a test's register: things that callers add, change and read by every rule.

Whoever asks is named by their bearer token, and looked up among the actors a test sets out.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Annotated, Any

import asyncpg
import httpx
from fastapi import APIRouter, FastAPI, Form, UploadFile
from pydantic import BaseModel
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response

from app import clock
from app.access import Actor, Permission, Role
from app.db.transactions import Database
from app.errors import ConflictError, NotFoundError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import NotSignedInError
from app.http.security import CurrentActor
from app.http.sessions import Looking, Reading, Writing
from app.organisations.actors import ActingFor, machine_actor, person_actor
from app.organisations.terms import OrganisationKind
from app.values.uuid7 import uuid7
from tests.http.support import client_of, make_app

TABLE = """
CREATE TABLE things (
    id uuid PRIMARY KEY, name text NOT NULL, version int NOT NULL,
    hidden boolean NOT NULL DEFAULT false);
ALTER TABLE things ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON things TO ap_app USING (NOT hidden) WITH CHECK (true);
GRANT SELECT, INSERT, UPDATE, DELETE ON things TO ap_app;
CREATE FUNCTION refuse_late() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.name = 'late' THEN
        RAISE EXCEPTION 'late' USING ERRCODE = 'check_violation', CONSTRAINT = 'things_late_check';
    END IF;
    RETURN NEW;
END $$;
CREATE CONSTRAINT TRIGGER refused_at_commit AFTER INSERT ON things
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION refuse_late();
"""
SETTINGS = (
    *("app.person_id", "app.machine_id", "app.organisation_id", "app.la_code", "app.actor"),
    *("transaction_read_only", "lock_timeout", "idle_in_transaction_session_timeout"),
)


class TooLateError(ConflictError):
    """The database refused it when it was to be committed."""

    slug = "too-late"
    title = "Too late"


class ThingIn(BaseModel):
    """What is sent."""

    name: str


class Thing(BaseModel):
    """What is answered: the thing, and who looks at it."""

    id: uuid.UUID
    name: str
    version: int
    seen_by: str


@dataclass
class Trial:
    """A small service, and what a test may know of it.

    Attributes:
        app: the service.
        actors: who asks, by their token.
        asked: how often somebody's token was looked at.
        holding: while it is set, requests for things named `held` go on; they wait otherwise.
        reached: set when such a request waits.
    """

    app: FastAPI
    actors: dict[str, Actor] = field(default_factory=dict)
    asked: int = 0
    holding: asyncio.Event = field(default_factory=asyncio.Event)
    reached: asyncio.Event = field(default_factory=asyncio.Event)

    @asynccontextmanager
    async def client(self, who: str, *, strict: bool = False) -> AsyncIterator[httpx.AsyncClient]:
        """Open a client of somebody's."""
        async with client_of(self.app, strict=strict) as made:
            made.headers["Authorization"] = f"Bearer {who}"
            yield made

    async def post(
        self, name: str, key: str | None = None, who: str = "anna", **more: Any
    ) -> httpx.Response:
        """Add a thing, under a key or without one."""
        headers = {"Idempotency-Key": key} if key is not None else {}
        async with self.client(who) as client:
            return await client.post("/v1/things", json={"name": name}, headers=headers, **more)


def acting(name: str = "Example School") -> ActingFor:
    """Return an organisation to act for."""
    return ActingFor(uuid7(), name, None, OrganisationKind.SCHOOL)


def a_person(name: str, *roles: Role, organisation: ActingFor | None = None) -> Actor:
    """Return a person who signed in just now."""
    made = organisation or acting()
    return person_actor(uuid7(), name, made, roles, session=(None, clock.now()))


def a_machine(name: str, *scopes: Permission) -> Actor:
    """Return a machine of an organisation of its own."""
    return machine_actor(uuid7(), name, acting(), scopes)


async def make_trial(database: Database, owner: asyncpg.Connection, **settings: Any) -> Trial:
    """Make the table and the service; Anna and Ben are people, `robot` is a machine."""
    await owner.execute(TABLE)
    return trial_on(database, **settings)


def trial_on(database: Database, **settings: Any) -> Trial:
    """Make a service on a register that has the table already."""
    app = make_app(constraint_errors={"things_late_check": TooLateError}, **settings)
    trial = Trial(app)
    for name in ("Anna", "Ben"):
        trial.actors[name.lower()] = a_person(name)
    trial.actors["robot"] = a_machine("Robot")
    trial.holding.set()

    async def authenticate(request: Request) -> Actor:
        trial.asked += 1
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        if token not in trial.actors:
            raise NotSignedInError
        return trial.actors[token]

    app.state.database = database
    app.state.authenticate = authenticate
    app.state.trial = trial
    outer = APIRouter(prefix="/v1")
    outer.include_router(router)
    app.include_router(outer)
    return trial


async def things(owner: asyncpg.Connection) -> int:
    """Count the things there are."""
    return int(await owner.fetchval("SELECT count(*) FROM things"))


async def keys(owner: asyncpg.Connection) -> list[dict[str, Any]]:
    """Return what is kept of every key."""
    return [dict(row) for row in await owner.fetch("SELECT * FROM idempotency_keys ORDER BY id")]


async def until(owner: asyncpg.Connection, condition: str) -> None:
    """Wait until some connection of this test's register is in a state."""
    query = (
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "  # noqa: S608
        f"AND pid <> pg_backend_pid() AND {condition}"
    )
    async with asyncio.timeout(10):
        while not await owner.fetchval(query):  # noqa: ASYNC110 - PostgreSQL tells no event
            await asyncio.sleep(0.01)


router = APIRouter(prefix="/things")


async def _insert(session: Writing, name: str) -> uuid.UUID:
    thing_id = uuid7()
    await session.execute(
        text("INSERT INTO things (id, name, version) VALUES (:id, :name, 1)"),
        {"id": thing_id, "name": name},
    )
    return thing_id


async def _read(session: Reading | Writing, thing_id: uuid.UUID, actor: Actor) -> Thing:
    found = await session.execute(text("SELECT * FROM things WHERE id = :id"), {"id": thing_id})
    row = found.one_or_none()
    if row is None:
        raise NotFoundError
    return Thing(id=row.id, name=row.name, version=row.version, seen_by=actor.name)


def _dress(response: Response, thing: Thing) -> Thing:
    response.headers["ETag"] = version_tag(thing.version)
    response.headers["Cache-Control"] = "no-store"
    return thing


@router.post("", status_code=201)
async def add(
    request: Request, response: Response, session: Writing, actor: CurrentActor, body: ThingIn
) -> Thing:
    """Add a thing."""
    thing_id = await _insert(session, body.name)
    trial: Trial = request.app.state.trial
    if body.name == "held":
        trial.reached.set()
        await trial.holding.wait()
    if body.name == "refused":
        raise ConflictError
    if body.name == "broken":
        raise RuntimeError(body.name)
    response.headers["Location"] = f"/v1/things/{thing_id}"
    return _dress(response, await _read(session, thing_id, actor))


@router.post("/form", status_code=201)
async def add_by_form(
    response: Response,
    session: Writing,
    actor: CurrentActor,
    name: Annotated[str, Form()],
    file: UploadFile | None = None,
) -> Thing:
    """Add a thing by a form, with a file perhaps, whose words are added to its name."""
    words = (await file.read()).decode() if file else ""
    thing_id = await _insert(session, name + words)
    response.headers["Location"] = f"/v1/things/{thing_id}"
    return _dress(response, await _read(session, thing_id, actor))


@router.post("/raw", status_code=201)
async def add_raw(request: Request, response: Response, session: Writing) -> None:
    """Add a thing named by whatever bytes are sent."""
    thing_id = await _insert(session, (await request.body()).decode())
    response.headers["Location"] = f"/v1/things/{thing_id}"


@router.post("/silently", status_code=204)
async def add_silently(session: Writing, body: ThingIn) -> None:
    """Add a thing, and say nothing of it."""
    await _insert(session, body.name)


@router.post("/sending-to")
async def add_sending_to(response: Response, session: Writing, to: str, status: int) -> None:
    """Add a thing, and answer as asked."""
    await _insert(session, "sent")
    response.status_code = status
    response.headers["Location"] = to


@router.post("/answered-itself", response_model=None)
async def answered_itself(session: Writing, body: ThingIn) -> Response | Thing:
    """Add a thing, and make the response by hand."""
    await _insert(session, body.name)
    return Response(status_code=303, headers={"Location": "/v1/things"})


@router.get("/looking")
async def look(session: Looking) -> str:
    """Look at things, and note it, as reads of protected records do."""
    await _insert(session, "looked")
    return "looked"


@router.get("/writing")
async def look_and_write(session: Writing) -> str:
    """Look at things in a session for changing them, which takes keys elsewhere."""
    await _insert(session, "looked")
    return "looked"


@router.get("/write-while-reading")
async def write_while_reading(session: Reading) -> None:
    """Try to write where nothing may be written."""
    await session.execute(text("INSERT INTO things VALUES (gen_random_uuid(), 'never', 1)"))


@router.get("/failing")
async def fail_while_reading(session: Reading) -> None:
    """Break a transaction."""
    await session.execute(text("SELECT 1 / 0"))


@router.get("/slow")
async def read_slowly(session: Reading) -> None:
    """Keep a statement running for longer than anybody waits."""
    await session.execute(text("SELECT pg_sleep(60)"))


@router.get("/settings")
async def read_settings(session: Reading) -> dict[str, str | None]:
    """Return what PostgreSQL knows of whoever asks."""
    columns = ", ".join(f"current_setting('{name}', true) AS \"{name}\"" for name in SETTINGS)
    found = await session.execute(
        text(f"SELECT {columns}, current_user::text AS role, pg_backend_pid()::text AS pid")
    )
    return dict(found.one()._mapping)


@router.get("/stream")
async def stream(request: Request, session: Reading) -> AsyncIterator[str]:
    """Go on reading while the answer leaves, which cannot be."""
    database: Database = request.app.state.database
    yield f"{database.engine.pool.checkedout()} connections held"  # type: ignore[attr-defined]
    yield str((await session.execute(text("SELECT 1"))).scalar_one())


@router.get("/{thing_id}")
async def read(
    response: Response, session: Reading, actor: CurrentActor, thing_id: uuid.UUID
) -> Thing:
    """Read a thing."""
    return _dress(response, await _read(session, thing_id, actor))


@router.patch("/{thing_id}")
async def rename(
    response: Response,
    session: Writing,
    actor: CurrentActor,
    version: ExpectedVersion,
    thing_id: uuid.UUID,
    body: ThingIn,
) -> Thing:
    """Rename a thing."""
    held = await _read(session, thing_id, actor)
    if held.version != version:
        raise VersionChangedError
    await session.execute(
        text("UPDATE things SET name = :name, version = version + 1 WHERE id = :id"),
        {"id": thing_id, "name": body.name},
    )
    return _dress(response, await _read(session, thing_id, actor))


@router.delete("/{thing_id}", status_code=204)
async def remove(session: Writing, thing_id: uuid.UUID) -> None:
    """Remove a thing."""
    await session.execute(text("DELETE FROM things WHERE id = :id"), {"id": thing_id})


def at_another(organisation: str, actor: Actor) -> Actor:
    """Return the same person, acting for another of their organisations."""
    return replace(actor, organisation_id=uuid7(), organisation_name=organisation)
