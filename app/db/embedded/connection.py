"""How to reach the embedded server, and whether it is really there."""

import asyncio
import json
import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from enum import Enum, auto
from pathlib import Path
from urllib.parse import quote

import asyncpg

from app.db.embedded.folder import Folder, write_private

HOST = "127.0.0.1"
SUPERUSER = "postgres"
_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Connection:
    """A running embedded server and its superuser's login."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)

    def url(self, database: str, user: str | None = None, password: str | None = None) -> str:
        """Return the address of a database on this server.

        Args:
            database: its name.
            user: who logs in; the superuser if not given.
            password: that user's; the superuser's own if no user is given.
        """
        if user is None:
            user, password = self.user, password or self.password
        secret = "" if password is None else f":{quote(password, safe='')}"
        name = quote(database, safe="")
        return f"postgresql://{quote(user, safe='')}{secret}@{self.host}:{self.port}/{name}"


class Answer(Enum):
    """What came back from where a server is said to be."""

    OURS = auto()
    """The server of this folder, ready for work."""
    BUSY = auto()
    """A PostgreSQL that is starting, stopping, or has no connection to spare."""
    NONE = auto()
    """Nothing, or somebody else's server on a port that was ours once."""


def save(folder: Folder, connection: Connection, pid: int) -> None:
    """Tell other processes of this user how to reach the server."""
    facts = asdict(connection) | {"pid": pid, "owner_pid": os.getpid()}
    write_private(folder.facts, json.dumps(facts, indent=2) + "\n")


def load(folder: Folder) -> Connection | None:
    """Return what was last told of a server here, true or not; `None` if nothing readable was."""
    try:
        facts = json.loads(folder.facts.read_text(encoding="utf-8"))
        return Connection(
            str(facts["host"]), int(facts["port"]), str(facts["user"]), str(facts["password"])
        )
    except (FileNotFoundError, NotADirectoryError, ValueError, TypeError, KeyError):
        return None


def forget(folder: Folder) -> None:
    """Tell other processes that no server can be reached here."""
    with suppress(FileNotFoundError):
        folder.facts.unlink()


def ask(connection: Connection, cluster: Path) -> Answer:
    """Log in and ask the server whose data it serves.

    In a thread of its own, because the caller may or may not have an event loop running.
    """
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, _ask(connection, cluster)).result()


async def _ask(connection: Connection, cluster: Path) -> Answer:
    try:
        session = await asyncpg.connect(
            host=connection.host,
            port=connection.port,
            user=connection.user,
            password=connection.password,
            database="postgres",
            ssl=False,
            timeout=_SECONDS,
        )
        try:
            served = await session.fetchval("SHOW data_directory", timeout=_SECONDS)
        finally:
            session.terminate()
    except (asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError, TimeoutError):
        return Answer.BUSY
    except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError):
        return Answer.NONE
    return Answer.OURS if Path(served) == cluster else Answer.NONE
