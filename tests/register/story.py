"""A story of publishes, reads and losses, told to one worker, and what must be true of its answers.

The standby is modelled by a connection in an older snapshot: it answers everything, consistently,
as the register was when its snapshot was taken, and moves on only when the story says so.
"""

import random
from collections import Counter
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import asyncpg
import httpx
from asyncpg.transaction import Transaction
from fastapi import FastAPI
from structlog.testing import capture_logs

from app.config import Settings
from app.db.transactions import Database
from app.http import wiring
from app.http.kept_answers import AnswerCache
from app.providers.service.recording import Recorded
from app.register.heads import KnownHead, admit, see_head
from app.register.router import feed, history, providers
from app.register.searching.memory import Memory
from tests.factories.providers import make_provider, put_on_register
from tests.register.asking import rename

PROVIDERS, CLIENTS = 4, 3
LIST, HEAD, ENTRIES = "/v1/providers?limit=100", "/v1/register", "/v1/register/entries?limit=200"

Happening: TypeAlias = Callable[[], Coroutine[Any, Any, None]]


@dataclass
class Client:
    """Somebody who asks, one thing after the other.

    Attributes:
        told: the newest head they were ever told.
        held: what they keep: tag and body, by address.
    """

    told: int = 0
    held: dict[str, tuple[str, Any]] = field(default_factory=dict)


@dataclass
class Story:
    """One worker, its register and its readers; `happened` counts what came up."""

    chance: random.Random
    database: Database
    app: FastAPI
    asking: httpx.AsyncClient
    primary: asyncpg.Connection
    standby: asyncpg.Connection
    happened: Counter[str] = field(default_factory=Counter)
    clients: list[Client] = field(default_factory=lambda: [Client() for _ in range(CLIENTS)])
    recorded: list[Recorded] = field(default_factory=list)
    states: list[dict[str, tuple[str, int]]] = field(default_factory=lambda: [{}])
    """By entry: every provider's name, and the entry that gave it."""
    snapshot: Transaction | None = None
    deep: int = 0

    @property
    def known(self) -> KnownHead:
        """What the worker knows of the head."""
        known: KnownHead = self.app.state.known_head
        return known

    async def run(self, steps: int) -> None:
        """Live through so many happenings."""
        for number in range(PROVIDERS):
            (held,) = await put_on_register(self.database, make_provider(f"Example {number}"))
            self.recorded.append(held)
            self._note(held, f"Example {number}")
        await self.replay()
        await self.look()
        for _ in range(steps):
            await self.step(self.ask)

    async def step(self, usual: Happening) -> None:
        """Let one thing happen: mostly the usual one."""
        happening = self.chance.choices(
            [usual, self.publish, self.look, self.notify, self.replay, self.drop, self.wait_long],
            [70, 6, 14, 4, 4, 1, 1],
        )[0]
        self.happened[happening.__name__] += 1
        await happening()

    async def publish(self) -> None:
        """Publish a change; whether anybody is told of it is another matter."""
        held = self.chance.choice(self.recorded)
        name = f"Example {len(self.states)}"
        await rename(self.database, held, name)
        self._note(held, name)

    async def look(self) -> None:
        """Look at the head as the watcher does, slowly, on either server."""
        behind = self.chance.random() < 0.25
        begun = self.known.begin_look()
        seen, _ = await see_head(self.standby if behind else self.primary)
        await self.meanwhile(often=0.4)
        self.known.end_look(begun, seen, standby=behind)

    async def notify(self) -> None:
        """Be told by PostgreSQL, late perhaps, that the head was written."""
        self.known.doubt()

    async def drop(self) -> None:
        """Lose the connection that listens, and look from the standby first."""
        self.known.doubt()
        begun = self.known.begin_look()
        seen, _ = await see_head(self.standby)
        self.known.end_look(begun, seen, standby=True)

    async def wait_long(self) -> None:
        """Hear nothing for longer than a look counts."""
        if self.known._sure_since is not None:
            self.known._sure_since -= 60

    async def replay(self) -> None:
        """Let the standby catch up."""
        if self.snapshot is not None:
            await self.snapshot.rollback()
        self.snapshot = self.standby.transaction(isolation="repeatable_read", readonly=True)
        await self.snapshot.start()
        await self.standby.fetchval("SELECT entry FROM ledger_head")

    async def meanwhile(self, often: float = 0.15) -> None:
        """Let a few things happen while something else is under way."""
        while self.deep < 2 and self.chance.random() < often:
            self.deep += 1
            await self.step(self.ask)
            self.deep -= 1

    @asynccontextmanager
    async def acquire(self) -> AsyncIterator[asyncpg.Connection]:
        """Hand out a connection, as the read pool does."""
        await self.meanwhile()
        behind = self.chance.random() < 0.4
        connection = self.standby if behind else self.primary
        await admit(self.known, connection, may_lag=lambda _: behind, patience_seconds=0)
        yield connection
        await self.meanwhile()

    async def ask(self) -> None:
        """Ask for something as some client, and judge the answer by all that was ever true."""
        client = self.chance.choice(self.clients)
        address = self.chance.choice([LIST, LIST, HEAD, ENTRIES, *self._records()])
        told = client.told
        tag, body = client.held.get(address, ("", None))
        asks_whole = not tag or self.chance.random() < 0.5
        headers = {} if asks_whole else {"If-None-Match": tag}
        answer = await self.asking.get(address, headers=headers)
        if answer.status_code == 503:
            assert answer.headers["Retry-After"]
            self.happened["behind"] += 1
            return
        if answer.status_code == 200:
            body = answer.json()
            client.held[address] = (answer.headers["ETag"], body)
        else:
            assert answer.status_code == 304, answer.text
        client.told = max(client.told, self._judge(address, body, told))

    def _judge(self, address: str, body: Any, told: int) -> int:
        """Return the head an answer states; fail if it is untrue, or older than what was told."""
        if address.startswith("/v1/providers/"):
            name, entry = body["name"], body["register"]["entry"]
            assert self.states[entry][body["number"]] == (name, entry)
            since = self.states[told].get(body["number"], ("", 0))[1]
            assert entry >= since, "a record older than was told"
            return told
        head: int = body["register"]["entry"] if "register" in body else body["entry"]
        assert head >= told, "a head older than was told"
        if address == LIST:
            found = {item["provider"]["number"]: item["provider"]["name"] for item in body["items"]}
            true = {number: name for number, (name, _) in self.states[head].items()}
            assert found == true, "a body older than its own head"
        if address == ENTRIES:
            entries = [item["entry"] for item in body["items"]]
            assert entries == list(range(1, min(head, 200) + 1)), "a body older than its own head"
        return head

    def _records(self) -> list[str]:
        return [f"/v1/providers/{self.chance.choice(self.recorded).number}"]

    def _note(self, held: Recorded, name: str) -> None:
        entry = len(self.states)
        self.states.append(self.states[-1] | {held.number: (name, entry)})


@asynccontextmanager
async def a_story(settings: Settings, database: Database, seed: int) -> AsyncIterator[Story]:
    """Set a story up on an empty register."""
    assert settings.database_read_url is not None
    url = settings.database_read_url.get_secret_value()
    app = FastAPI(openapi_url=None)
    wiring.install(app, settings, constraint_errors={}, render_page=None)
    for router in (providers.router, history.router, feed.router):
        app.include_router(router)
    cache: AnswerCache = app.state.answer_cache
    cache.serve(providers.KEPT_IN_MEMORY)
    app.state.known_head = cache.freshness = KnownHead()
    app.state.memory = Memory()
    transport = httpx.ASGITransport(app, raise_app_exceptions=True)
    primary, standby = await asyncpg.connect(url), await asyncpg.connect(url)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://register.test") as made:
            story = Story(random.Random(seed), database, app, made, primary, standby)  # noqa: S311
            app.state.read_pool = story
            with capture_logs():
                yield story
    finally:
        await primary.close()
        await standby.close()
