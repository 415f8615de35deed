import asyncpg
import orjson

from app.db.transactions import Database
from app.register.queries.documents import get_document, get_head
from tests.factories.providers import make_provider, put_on_register, record


async def test_a_document_is_got_by_its_number(
    database: Database, public: asyncpg.Connection
) -> None:
    await put_on_register(database, make_provider("A"), make_provider("B"))

    found = await get_document(public, "AP000002S")

    assert found is not None
    assert orjson.loads(found["document"])["name"] == "B"
    assert (found["entry"], found["demonstration"]) == (2, False)
    assert await get_document(public, "AP000009E") is None


async def test_the_head_counts_public_providers(
    database: Database, public: asyncpg.Connection
) -> None:
    head = await get_head(public)
    assert (head["entry"], head["recorded_at"], head["demonstration"]) == (0, None, False)
    assert (head["providers"], head["tombstones"]) == (0, 0)
    await record(database, make_provider())
    await put_on_register(database, make_provider(), make_provider())

    head = await get_head(public)

    assert (head["entry"], head["providers"]) == (2, 2)
