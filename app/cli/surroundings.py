"""Where a command finds its database: the one that is configured, or the embedded one."""

import asyncio
import json
import os
import secrets
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pydantic import SecretStr

from app import clock, models  # noqa: F401 - whatever a command looks for, it knows every table
from app.config import DEFAULT_DATABASE, ConfigurationError, Environment, Settings
from app.db.embedded.connection import Connection
from app.db.embedded.supervisor import server
from app.db.engine import open_engine
from app.db.migrating import Migrated, migrate, role_prefix_of
from app.db.owning import as_owner, create_database
from app.db.roles import LOGIN, READ, role_name
from app.db.transactions import Database
from app.handlers import INSIDE
from app.keyring.ring import new_keyring
from app.keyring.ring import save as save_keyring
from app.ledger import queries as ledger_queries
from app.organisations.queries import facts as organisation_facts
from app.places import queries as place_queries
from app.standards.queries import facts as standards_facts

PASSWORDS = "role-passwords.json"
MAINTENANCE = "postgres"
"""The database every server has; others are created from it."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A database that is there, and the settings that reach it.

    Attributes:
        settings: with every database address filled in.
        embedded: the database is our own child, or another command's.
    """

    settings: Settings
    embedded: bool


@contextmanager
def database(settings: Settings) -> Iterator[Surroundings]:
    """Reach the configured database, or start (or join) the embedded one, brought up to date.

    Raises:
        ConfigurationError: addresses are missing, or the embedded database may not be used here.
        EmbeddedDatabaseError: it cannot be started; the message says what to do.
    """
    if settings.database_url is not None:
        address(settings.database_url, "DATABASE_URL")
        address(settings.database_read_url, "DATABASE_READ_URL")
        yield Surroundings(settings, embedded=False)
        return
    if settings.database_read_url or settings.database_owner_url:
        message = "DATABASE_URL is not set, though another address is; set it too, or none."
        raise ConfigurationError(message)
    if settings.environment is Environment.PRODUCTION:
        message = "In production DATABASE_URL must be set: the embedded database is for trying out."
        raise ConfigurationError(message)
    with server(settings) as connection:
        reached = _with_addresses(settings, connection)
        asyncio.run(create_database(connection.url(MAINTENANCE), DEFAULT_DATABASE))
        asyncio.run(bring_up_to_date(reached))
        _make_keyring_once(reached.keyring_path)
        yield Surroundings(reached, embedded=True)


async def bring_up_to_date(settings: Settings) -> Migrated:
    """Migrate, and load the facts and standards that this release ships.

    Raises:
        ConfigurationError: an address is missing.
    """
    owner = address(settings.database_owner_url, "DATABASE_OWNER_URL")
    prefix = role_prefix_of(settings)
    migrated = await migrate(
        owner,
        role_prefix=prefix,
        login_password=_password(settings.database_url, "DATABASE_URL"),
        read_password=_password(settings.database_read_url, "DATABASE_READ_URL"),
    )
    async with as_owner(owner, prefix) as connection:
        await place_queries.load_facts(connection)
        await organisation_facts.load_facts(connection)
        await standards_facts.load_facts(connection)
        await ledger_queries.stir_as_owner(connection)
    return migrated


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Database]:
    """Open the database for work that takes a role in each transaction."""
    engine = open_engine(address(settings.database_url, "DATABASE_URL"))
    try:
        yield Database(engine, role_prefix_of(settings), INSIDE)
    finally:
        await engine.dispose()


def _with_addresses(settings: Settings, connection: Connection) -> Settings:
    passwords = _embedded_passwords(settings.data_dir)
    prefix = role_prefix_of(settings)

    def login(suffix: str) -> SecretStr:
        name = role_name(prefix, suffix)
        return SecretStr(connection.url(DEFAULT_DATABASE, name, passwords[suffix]))

    return settings.model_copy(
        update={
            "database_url": login(LOGIN),
            "database_read_url": login(READ),
            "database_owner_url": SecretStr(connection.url(DEFAULT_DATABASE)),
        }
    )


def _make_keyring_once(path: Path) -> None:
    """A database of our own comes with a keyring of its own; a configured one brings its own."""
    if not path.exists():
        save_keyring(new_keyring(clock.now()), path)


def _embedded_passwords(data_dir: Path) -> dict[str, str]:
    """Return the roles' passwords, made at the first start and kept beside the data."""
    path = data_dir / PASSWORDS
    if not path.exists():
        made = {suffix: secrets.token_urlsafe(24) for suffix in (LOGIN, READ)}
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump(made, file)
        draft.replace(path)
    kept: dict[str, str] = json.loads(path.read_text())
    return kept


def address(url: SecretStr | None, name: str) -> str:
    """Return an address that must be there by now.

    Raises:
        ConfigurationError: it is not set, or cannot be read; the message names it.
    """
    if url is None:
        message = f"{name} is not set."
        raise ConfigurationError(message)
    if not _hosts_can_be_read(url.get_secret_value()):
        message = (
            f"{name} cannot be read as an address: what follows a host's colon is no port number. "
            "In user and password, write / as %2F, ? as %3F, # as %23, @ as %40 and : as %3A."
        )
        raise ConfigurationError(message)
    return url.get_secret_value()


def _hosts_can_be_read(url: str) -> bool:
    """Drivers quote what they take for a port; a password with a bare `/` in it looks like one."""
    hosts = urlsplit(url).netloc.rpartition("@")[2].split(",")
    ports = (host.rpartition("]")[2].partition(":") for host in hosts)
    return all(not colon or port.isdecimal() for _, colon, port in ports)


def _password(url: SecretStr | None, name: str) -> str:
    password = urlsplit(address(url, name)).password
    if not password:
        message = f"{name} carries no password; `migrate` gives its role the one it carries."
        raise ConfigurationError(message)
    return unquote(password)
