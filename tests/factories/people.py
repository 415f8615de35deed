"""Organisations, people and sessions for tests, written by the superuser past every rule.

Names are such that nobody could take them for real ones.
"""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import httpx

from app import clock
from app.access import Actor, Role
from app.organisations.actors import acting_for, person_actor
from app.organisations.terms import OrganisationKind
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7
from app.values.words import sort_key

SAME_ORIGIN = {"Origin": "http://register.test"}
"""What a browser says of a form on our own pages."""


@dataclass(frozen=True)
class Member:
    """A person who works for an organisation, and what they hold."""

    person_id: uuid.UUID
    membership_id: uuid.UUID
    organisation_id: uuid.UUID
    actor: Actor


async def add_organisation(
    owner: asyncpg.Connection,
    name: str = "Example School",
    kind: OrganisationKind = OrganisationKind.SCHOOL,
    **changes: Any,
) -> uuid.UUID:
    """Add an organisation; `changes` are columns."""
    present = clock.now()
    row = {
        "id": uuid7(),
        "kind": kind.value,
        "name": name,
        "sort_name": sort_key(name),
        "source": "operator",
        "recorded_at": present,
        "changed_at": present,
        "version": 1,
    } | changes
    await insert(owner, "organisations", row)
    return uuid.UUID(str(row["id"]))


async def add_person(
    owner: asyncpg.Connection, name: str = "Example Person", email: str | None = None
) -> uuid.UUID:
    """Add a person with an e-mail address of their own."""
    present, person_id = clock.now(), uuid7()
    row = {"id": person_id, "name": name, "recorded_at": present, "changed_at": present}
    await insert(owner, "people", row | {"version": 1})
    address = email or f"person-{person_id.hex[-12:]}@example.org"
    await insert(owner, "person_contacts", {"person_id": person_id, "email": address})
    return person_id


async def add_member(
    owner: asyncpg.Connection,
    organisation_id: uuid.UUID,
    *roles: Role,
    person_id: uuid.UUID | None = None,
    name: str = "Example Person",
) -> Member:
    """Let a person, or a new one, work for an organisation; an analyst unless said otherwise."""
    held = roles or (Role.ANALYST,)
    who = person_id or await add_person(owner, name)
    membership_id = uuid7()
    await insert(
        owner,
        "memberships",
        {
            "id": membership_id,
            "person_id": who,
            "organisation_id": organisation_id,
            "roles": [role.value for role in held],
            "began_at": clock.now(),
            "version": 1,
        },
    )
    found = await owner.fetchrow(
        "SELECT o.name, o.kind, o.la_code, p.name AS person FROM organisations o, people p "
        "WHERE o.id = $1 AND p.id = $2",
        organisation_id,
        who,
    )
    assert found is not None
    organisation = acting_for(organisation_id, found["name"], found["kind"], found["la_code"])
    actor = person_actor(
        who, found["person"], organisation, held, session=(None, clock.now()), request_id="test"
    )
    return Member(who, membership_id, organisation_id, actor)


async def add_session(
    owner: asyncpg.Connection, member: Member, *, authenticated_at: datetime | None = None
) -> str:
    """Sign a member in, and return the token for their cookie."""
    token, present = new_token(), clock.now()
    await insert(
        owner,
        "sign_in_sessions",
        {
            "id": uuid7(),
            "token_hash": hash_token(token),
            "person_id": member.person_id,
            "membership_id": member.membership_id,
            "method": "openid",
            "began_at": present,
            "seen_at": present,
            "authenticated_at": authenticated_at or present,
            "ends_at": present + timedelta(hours=8),
        },
    )
    return token


async def sign_in(
    client: httpx.AsyncClient,
    owner: asyncpg.Connection,
    member: Member,
    *,
    authenticated_at: datetime | None = None,
) -> httpx.AsyncClient:
    """Let an ordinary client go on as a signed-in member, as a browser would."""
    token = await add_session(owner, member, authenticated_at=authenticated_at)
    client.cookies.clear()
    client.cookies.set("session", token)
    client.headers.update(SAME_ORIGIN)
    return client


async def insert(owner: asyncpg.Connection, table: str, row: Mapping[str, Any]) -> None:
    """Insert one row."""
    columns = ", ".join(row)
    places = ", ".join(f"${number}" for number in range(1, len(row) + 1))
    statement = f"INSERT INTO {table} ({columns}) VALUES ({places})"  # noqa: S608 - our own tables
    await owner.execute(statement, *row.values())
