"""Machines, their secrets and tokens for tests; rows are written by the superuser."""

import json
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx
from joserfc import jwt
from joserfc.jwk import ECKey
from joserfc.util import urlsafe_b64decode

from app import clock
from app.access import Permission
from app.config import Settings
from app.keyring.ring import load
from app.keyring.sealing import open_sealed
from app.organisations.service.signing_keys import sealing_context
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7
from tests.factories.people import Member, insert


@dataclass(frozen=True)
class HeldMachine:
    """A machine, and what its organisation keeps for it."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    secret_id: uuid.UUID
    secret: str

    @property
    def address(self) -> str:
        """Where its administrators look at it."""
        return f"/v1/organisations/{self.organisation_id}/machines/{self.id}"

    @property
    def credentials(self) -> dict[str, str]:
        """What it sends for a token, in the body."""
        return {
            "grant_type": "client_credentials",
            "client_id": str(self.id),
            "client_secret": self.secret,
        }


async def add_machine(
    owner: asyncpg.Connection,
    by: Member,
    *scopes: str,
    name: str = "Example system",
    organisation_id: uuid.UUID | None = None,
    **changes: Any,
) -> HeldMachine:
    """Add a machine with one secret; it may read organisations unless said otherwise."""
    machine_id, of = uuid7(), organisation_id or by.organisation_id
    row = {
        "id": machine_id,
        "organisation_id": of,
        "name": name,
        "scopes": list(scopes) or [Permission.ORGANISATIONS_READ.value],
        "added_by": by.person_id,
        "added_at": clock.now(),
        "version": 1,
    } | changes
    await insert(owner, "machines", row)
    secret_id, secret = await add_secret(owner, machine_id)
    return HeldMachine(machine_id, of, secret_id, secret)


async def add_secret(
    owner: asyncpg.Connection, machine_id: uuid.UUID, *, expires_at: datetime | None = None
) -> tuple[uuid.UUID, str]:
    """Add a secret to a machine; return its id and itself."""
    secret_id, secret, present = uuid7(), new_token(), clock.now()
    row = {
        "id": secret_id,
        "machine_id": machine_id,
        "secret_hash": hash_token(secret),
        "ending": secret[-4:],
        "made_at": present - timedelta(days=1),
        "expires_at": expires_at or present + timedelta(days=100),
    }
    await insert(owner, "machine_secrets", row)
    return secret_id, secret


async def get_token(client: httpx.AsyncClient, machine: HeldMachine, scope: str = "") -> str:
    """Let a machine get a token as it would, with all its scopes unless said otherwise."""
    answer = await client.post("/oauth/token", data={**machine.credentials, "scope": scope})
    assert answer.status_code == 200, answer.text
    return str(answer.json()["access_token"])


def bearer(token: str) -> dict[str, str]:
    """Return the header a machine sends its token in."""
    return {"Authorization": f"Bearer {token}"}


async def signing_key(owner: asyncpg.Connection, settings: Settings) -> ECKey:
    """Return the service's own newest signing key, as only somebody with its keyring can."""
    row = await owner.fetchrow("SELECT * FROM signing_keys ORDER BY signs_from DESC LIMIT 1")
    assert row is not None, "no token was ever signed"
    ring = load(settings.keyring_path)
    opened = open_sealed(ring, row["sealed_private_jwk"], sealing_context(row["kid"]))
    return ECKey.import_key(json.loads(opened))


def claims_of(token: str) -> dict[str, Any]:
    """Read what a token says, without believing it."""
    read: dict[str, Any] = json.loads(urlsafe_b64decode(token.split(".")[1].encode()))
    return read


def sign(key: ECKey, claims: dict[str, Any], **header: Any) -> str:
    """Sign claims as the service would; `header` changes the header."""
    whole = {"alg": "ES256", "typ": "at+jwt", "kid": key.kid} | header
    kept = {name: value for name, value in whole.items() if value is not None}
    return jwt.encode(kept, claims, key, algorithms=["ES256"], default_type=None)
