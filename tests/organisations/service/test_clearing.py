import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import orjson
import pytest

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.organisations.service.clearing import SIGN_IN_CLEAR, clear_sign_in
from app.organisations.tokens import hash_token, new_token
from app.outbox.clearing import BATCH, MOST_BATCHES
from app.values.uuid7 import uuid7
from tests.factories.people import add_person, insert

DAY = timedelta(days=1)
TABLES = ("sign_in_attempts", "sign_in_steps", "emailed_links", "sign_in_sessions")


@dataclass(frozen=True)
class Rows:
    """Adds rows of sign-in for one person."""

    owner: asyncpg.Connection
    person_id: uuid.UUID

    async def add(self, table: str, **columns: Any) -> uuid.UUID:
        row_id = uuid7()
        await insert(self.owner, table, {"id": row_id} | columns)
        return row_id

    async def session(self, ends_at: datetime, ended_at: datetime | None = None) -> uuid.UUID:
        began = ends_at - timedelta(hours=8)
        return await self.add(
            "sign_in_sessions",
            token_hash=hash_token(new_token()),
            person_id=self.person_id,
            method="openid",
            began_at=began,
            seen_at=began,
            authenticated_at=began,
            ends_at=ends_at,
            ended_at=ended_at,
            ended_because="signed-out" if ended_at else None,
        )

    async def link(self, made_at: datetime, lasts: timedelta) -> uuid.UUID:
        return await self.add(
            "emailed_links",
            kind="sign-in",
            person_id=self.person_id,
            token_hash=hash_token(new_token()),
            made_at=made_at,
            expires_at=made_at + lasts,
        )

    async def attempt(self, expires_at: datetime, **names: uuid.UUID) -> uuid.UUID:
        return await self.add(
            "sign_in_attempts",
            state_hash=hash_token(new_token()),
            browser_hash=hash_token(new_token()),
            nonce="n",
            code_verifier="v",
            return_to="/",
            began_at=expires_at - timedelta(minutes=15),
            expires_at=expires_at,
            **names,
        )

    async def step(self, expires_at: datetime, **names: uuid.UUID) -> uuid.UUID:
        return await self.add(
            "sign_in_steps",
            kind="again",
            token_hash=hash_token(new_token()),
            person_id=self.person_id,
            return_to="/",
            began_at=expires_at - timedelta(minutes=10),
            expires_at=expires_at,
            failures=0,
            **names,
        )

    async def left(self) -> set[uuid.UUID]:
        found: set[uuid.UUID] = set()
        for table in TABLES:
            rows = await self.owner.fetch(f"SELECT id FROM {table}")  # noqa: S608 - our own
            found |= {uuid.UUID(str(row["id"])) for row in rows}
        return found


@pytest.fixture
async def rows(owner: asyncpg.Connection) -> Rows:
    return Rows(owner, await add_person(owner))


async def clear(database: Database) -> None:
    async with transaction(database, WORKER) as session:
        await clear_sign_in(session, {})


async def test_what_nobody_signs_in_with_any_more_goes_and_the_rest_stays(
    database: Database, rows: Rows
) -> None:
    present = clock.now()
    soon, past = present + timedelta(minutes=5), present - timedelta(minutes=1)
    live = await rows.session(present + timedelta(hours=1))
    stays = {
        live,
        await rows.session(present - 89 * DAY),
        await rows.link(present - 29 * DAY, timedelta(minutes=15)),
        await rows.link(present - 31 * DAY, 32 * DAY),
        await rows.attempt(soon, session_id=live),
        await rows.step(soon, session_id=live),
    }
    long_over = await rows.session(present - 91 * DAY)
    old_link = await rows.link(present - 31 * DAY, timedelta(minutes=15))
    await rows.session(present - 89 * DAY, present - 91 * DAY)
    await rows.attempt(past, session_id=long_over, link_id=old_link)
    await rows.step(past, session_id=long_over)

    await clear(database)

    assert await rows.left() == stays


async def test_what_a_live_attempt_or_step_still_names_is_left_for_later(
    database: Database, rows: Rows
) -> None:
    present = clock.now()
    soon = present + timedelta(minutes=5)
    session_id, other_id = [await rows.session(present - 91 * DAY) for _ in range(2)]
    link_id = await rows.link(present - 31 * DAY, timedelta(minutes=15))
    await rows.attempt(soon, session_id=session_id, link_id=link_id)
    await rows.step(soon, session_id=other_id)

    await clear(database)
    assert len(await rows.left()) == 5
    with clock.at(soon + timedelta(seconds=1)):
        await clear(database)

    assert await rows.left() == set()


async def test_the_record_of_acts_says_how_many_sessions_and_links_went(
    database: Database, rows: Rows, owner: asyncpg.Connection
) -> None:
    present = clock.now()
    await rows.attempt(present)
    await clear(database)
    before = await owner.fetchval("SELECT count(*) FROM audit_entries")
    for days in (91, 92):
        await rows.session(present - days * DAY)
    await rows.link(present - 31 * DAY, timedelta(minutes=15))
    await clear(database)

    entries = await owner.fetch("SELECT act, actor_name, after FROM audit_entries")
    assert before == 0, "expired attempts alone are nothing to remember"
    assert [(row["act"], row["actor_name"]) for row in entries] == [("sign_in.cleared", "worker")]
    assert orjson.loads(entries[0]["after"]) == {"emailed_links": 1, "sign_in_sessions": 2}


async def test_one_run_is_bounded_and_asks_for_the_next(
    database: Database, rows: Rows, owner: asyncpg.Connection
) -> None:
    over = clock.now() - timedelta(minutes=1)
    statement = """
        INSERT INTO sign_in_attempts (id, state_hash, browser_hash, nonce, code_verifier, return_to,
                                      began_at, expires_at)
        SELECT gen_random_uuid(), sha256(n::text::bytea), sha256('b'), 'n', 'v', '/', $1, $1
        FROM generate_series(1, $2) AS n
    """
    await owner.execute(statement, over, BATCH * MOST_BATCHES + 7)

    await clear(database)
    left = len(await rows.left())
    asked = [row["kind"] for row in await owner.fetch("SELECT kind FROM jobs")]
    await clear(database)

    assert (left, asked) == (7, [SIGN_IN_CLEAR])
    assert await rows.left() == set()
    assert await owner.fetchval("SELECT count(*) FROM jobs") == 1
