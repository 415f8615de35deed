"""Values sealed under a keyring, one in every column that holds such."""

import secrets
import uuid
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, TypeAlias

import asyncpg

from app import clock
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of, seal
from app.values.uuid7 import uuid7
from tests.factories.people import add_organisation, add_person, insert

Held: TypeAlias = dict[str, bytes]
"""What was sealed, by what it is bound to."""
Row: TypeAlias = Mapping[str, Any]


async def _signing_key(owner: asyncpg.Connection) -> tuple[str, Row]:
    present = clock.now()
    kid = secrets.token_urlsafe(16)
    return kid, {
        "kid": kid,
        "algorithm": "ES256",
        "public_jwk": "{}",
        "made_at": present,
        "signs_from": present,
        "signs_until": present + timedelta(days=1),
        "published_until": present + timedelta(days=2),
    }


async def _authenticator(owner: asyncpg.Connection) -> tuple[uuid.UUID, Row]:
    person_id = await add_person(owner)
    return person_id, {"person_id": person_id, "last_counter": 0, "added_at": clock.now()}


async def _emailed_link(owner: asyncpg.Connection) -> tuple[uuid.UUID, Row]:
    link_id, present = uuid7(), clock.now()
    return link_id, {
        "id": link_id,
        "kind": "sign-in",
        "person_id": await add_person(owner),
        "token_hash": secrets.token_bytes(32),
        "made_at": present,
        "expires_at": present + timedelta(hours=1),
    }


async def _sign_in_step(owner: asyncpg.Connection) -> tuple[uuid.UUID, Row]:
    step_id, present = uuid7(), clock.now()
    return step_id, {
        "id": step_id,
        "kind": "enrolment",
        "token_hash": secrets.token_bytes(32),
        "person_id": await add_person(owner),
        "return_to": "/",
        "began_at": present,
        "expires_at": present + timedelta(hours=1),
        "failures": 0,
    }


async def _sign_in_session(owner: asyncpg.Connection) -> tuple[uuid.UUID, Row]:
    session_id, present = uuid7(), clock.now()
    return session_id, {
        "id": session_id,
        "token_hash": secrets.token_bytes(32),
        "person_id": await add_person(owner),
        "method": "openid",
        "began_at": present,
        "seen_at": present,
        "authenticated_at": present,
        "ends_at": present + timedelta(hours=8),
    }


async def _matching_key(owner: asyncpg.Connection) -> tuple[str, Row]:
    purpose = f"test-{secrets.token_hex(4)}"
    return purpose, {"purpose": purpose, "made_at": clock.now()}


async def _child(owner: asyncpg.Connection) -> tuple[uuid.UUID, Row]:
    child_id, present = uuid7(), clock.now()
    return child_id, {
        "id": child_id,
        "commissioner_id": await add_organisation(owner, "Example School"),
        "reference": secrets.token_hex(4),
        "date_of_birth": present.date() - timedelta(days=5_000),
        "recorded_at": present,
        "changed_at": present,
        "version": 1,
    }


Rows: TypeAlias = Callable[[asyncpg.Connection], Awaitable[tuple[Any, Row]]]
ROWS: Mapping[str, Rows] = MappingProxyType(
    {
        "signing_keys.sealed_private_jwk": _signing_key,
        "authenticators.sealed_secret": _authenticator,
        "emailed_links.sealed_token": _emailed_link,
        "sign_in_steps.sealed_secret": _sign_in_step,
        "sign_in_sessions.sealed_id_token": _sign_in_session,
        "matching_keys.sealed_secret": _matching_key,
        "children.sealed_key": _child,
    }
)
"""How a row of each place is made: its key, and everything but the sealed value."""


_KEYS = {"signing_keys": "kid", "authenticators": "person_id", "matching_keys": "purpose"}


async def add_sealed(
    owner: asyncpg.Connection, ring: Keyring, *places: str, times: int = 1
) -> Held:
    """Add rows with values sealed as the service seals them, in these places or in every one."""
    held: Held = {}
    for place in (places or tuple(ROWS)) * times:
        table, column = place.split(".")
        key, row = await ROWS[place](owner)
        context, value = context_of(place, key), secrets.token_bytes(24)
        await insert(owner, table, {**row, column: seal(ring, value, context)})
        held[context] = value
    return held


async def all_sealed(owner: asyncpg.Connection) -> Held:
    """Return every sealed value as it lies in the database, by what it is bound to."""
    found: Held = {}
    for place in ROWS:
        table, column = place.split(".")
        key = _KEYS.get(table, "id")
        statement = f"SELECT {key}, {column} FROM {table} WHERE {column} IS NOT NULL"  # noqa: S608 - our own tables
        found |= {context_of(place, row[0]): row[1] for row in await owner.fetch(statement)}
    return found
