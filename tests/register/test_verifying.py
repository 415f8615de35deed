import asyncpg
import pytest

from app.access import OPERATOR
from app.db.transactions import Database, reading
from app.register.verifying import stale_documents
from tests.factories.providers import make_provider, put_on_register, record

STRANGER = """
    INSERT INTO register_search
      SELECT 9, status, sort_name, words, vocabulary, identifiers
      FROM register_search WHERE id = 1;
    INSERT INTO register_documents
      SELECT 9, 'AP000009E', entry, format, summary, document FROM register_documents WHERE id = 1
"""
TOMBSTONE = """
    SET session_replication_role = replica;
    UPDATE ledger_bodies SET record = NULL, salt = NULL, redacted_at = now(),
      redaction_reason = 'It named a child.' WHERE entry = 1
"""
PLANTED = {
    "a document": ("UPDATE register_documents SET document = '{}' WHERE id = 2", ["AP000002S"]),
    "a summary": ("UPDATE register_documents SET summary = '{}' WHERE id = 2", ["AP000002S"]),
    "one missing": ("DELETE FROM register_search WHERE id = 1", ["AP000001U"]),
    "one too many": (STRANGER, ["AP000009E"]),
    "one taken out of the log": (TOMBSTONE, ["AP000001U"]),
}
"""What may go wrong with the read model, and the numbers at which it shows."""


async def stale(database: Database) -> list[str]:
    async with reading(database, OPERATOR) as session:
        return await stale_documents(session)


async def test_a_read_model_that_says_what_the_log_says_is_not_stale(database: Database) -> None:
    await record(database, make_provider())
    await put_on_register(database, make_provider(), make_provider())

    assert await stale(database) == []


@pytest.mark.parametrize(("change", "numbers"), PLANTED.values(), ids=PLANTED)
async def test_every_number_that_differs_is_told(
    database: Database, owner: asyncpg.Connection, change: str, numbers: list[str]
) -> None:
    await put_on_register(database, make_provider(), make_provider())
    await owner.execute(change)

    assert await stale(database) == numbers
