"""What the tables of the log refuse, whoever asks: the owner and a superuser too."""

from dataclasses import replace

import asyncpg
import pytest

from app.db.transactions import Database
from app.ledger.terms import ChangedBy
from tests.ledger.entries import append, draft, take_out

TOMBSTONE = (
    "record = NULL",
    "salt = NULL",
    "redacted_at = now()",
    "redaction_reason = 'It named a child.'",
)
NEVER_CHANGED = {
    "an entry's time": "UPDATE ledger_entries SET recorded_at = now() WHERE entry = 1",
    "an entry's number": "UPDATE ledger_entries SET number = 'AP000002S' WHERE entry = 1",
    "an entry, to what it was": "UPDATE ledger_entries SET number = number",
    "an entry's day": "UPDATE ledger_entries SET effective_on = '2020-01-01'",
    "an entry taken out": "DELETE FROM ledger_entries WHERE entry = 2",
    "all entries": "TRUNCATE ledger_entries CASCADE",
    "a record": "UPDATE ledger_bodies SET record = '{}' WHERE entry = 1",
    "a record, to what it was": "UPDATE ledger_bodies SET record = record",
    "a salt": "UPDATE ledger_bodies SET salt = '\\x00' WHERE entry = 1",
    "whose body it is": (
        "UPDATE ledger_bodies SET entry = 3, record = NULL, salt = NULL, redacted_at = now(), "
        "redaction_reason = 'x' WHERE entry = 1"
    ),
    "a body taken out": "DELETE FROM ledger_bodies WHERE entry = 1",
    "all bodies": "TRUNCATE ledger_bodies",
    "who caused it": "UPDATE ledger_causes SET by = 'department' WHERE entry = 1",
    "a cause taken out": "DELETE FROM ledger_causes WHERE entry = 1",
    "all causes": "TRUNCATE ledger_causes",
    "a cause nobody knows": "INSERT INTO ledger_causes VALUES (2, 'Zoe Example')",
    "a second cause": "INSERT INTO ledger_causes VALUES (1, 'operator')",
    "the head backwards": "UPDATE ledger_head SET entry = entry - 1",
    "the head's time backwards": "UPDATE ledger_head SET recorded_at = now() - '1h'::interval",
    "the head to nothing": "UPDATE ledger_head SET entry = 0, recorded_at = NULL",
    "the head's time to nothing": "UPDATE ledger_head SET recorded_at = NULL",
    "the name of the log": "UPDATE ledger_head SET epoch = gen_random_uuid()",
    "a real log into an invented one": "UPDATE ledger_head SET demonstration = true",
    "the head taken out": "DELETE FROM ledger_head",
    "the head emptied": "TRUNCATE ledger_head",
    "a second head": "INSERT INTO ledger_head VALUES (2, 0, NULL, gen_random_uuid(), false)",
    "the same head again": "INSERT INTO ledger_head VALUES (1, 0, NULL, gen_random_uuid(), false)",
    "a number given twice": (
        "INSERT INTO ledger_entries SELECT entry, now(), effective_on, number, record_hash, "
        "leaf_hash FROM ledger_entries WHERE entry = 1"
    ),
    "a time given twice": (
        "INSERT INTO ledger_entries SELECT 3, recorded_at, effective_on, number, record_hash, "
        "leaf_hash FROM ledger_entries WHERE entry = 1"
    ),
    "an entry before the first": (
        "INSERT INTO ledger_entries SELECT 0, now(), effective_on, number, record_hash, "
        "leaf_hash FROM ledger_entries WHERE entry = 1"
    ),
    "a hash of another length": (
        "INSERT INTO ledger_entries SELECT 3, now(), effective_on, number, '\\x00', leaf_hash "
        "FROM ledger_entries WHERE entry = 1"
    ),
}


@pytest.mark.parametrize("role", ["postgres", "ap_owner"])
async def test_the_log_is_never_changed(
    database: Database, owner: asyncpg.Connection, role: str
) -> None:
    await append(database, replace(draft("a"), by=ChangedBy.PROVIDER), draft("b"))
    await owner.execute(f"SET ROLE {role}")

    done = [what for what, change in NEVER_CHANGED.items() if not await is_refused(owner, change)]

    assert done == []


async def is_refused(owner: asyncpg.Connection, change: str) -> bool:
    attempt = owner.transaction()
    await attempt.start()
    try:
        await owner.execute(change)
    except asyncpg.IntegrityConstraintViolationError:
        return True
    else:
        return False
    finally:
        await attempt.rollback()


async def entomb(owner: asyncpg.Connection, *parts: str) -> None:
    changes = ", ".join(parts)
    await owner.execute(f"UPDATE ledger_bodies SET {changes} WHERE entry = 1")  # noqa: S608


class TestATombstone:
    async def test_takes_the_place_of_a_record(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await append(database)
        await take_out(owner, 1)

        row = await owner.fetchrow("SELECT * FROM ledger_bodies")
        assert (row["record"], row["salt"]) == (None, None)
        assert row["redaction_reason"] == "It named a child."

    async def test_is_not_kept_without_a_redaction_that_two_people_settled(
        self, database: Database, owner: asyncpg.Connection
    ) -> None:
        await append(database)

        with pytest.raises(asyncpg.IntegrityConstraintViolationError, match="no settled redaction"):
            await entomb(owner, *TOMBSTONE)

        assert await owner.fetchval("SELECT record FROM ledger_bodies") is not None

    @pytest.mark.parametrize("missing", TOMBSTONE)
    async def test_is_whole_or_nothing(
        self, database: Database, owner: asyncpg.Connection, missing: str
    ) -> None:
        await append(database)

        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await entomb(owner, *(part for part in TOMBSTONE if part != missing))

    @pytest.mark.parametrize(
        "change",
        [
            ("record = '{}'", "salt = '\\x00'", "redacted_at = NULL", "redaction_reason = NULL"),
            ("redaction_reason = 'Another reason.'",),
            TOMBSTONE,
        ],
    )
    async def test_stands_for_good(
        self, database: Database, owner: asyncpg.Connection, change: tuple[str, ...]
    ) -> None:
        await append(database)
        await take_out(owner, 1)

        with pytest.raises(asyncpg.IntegrityConstraintViolationError):
            await entomb(owner, *change)
