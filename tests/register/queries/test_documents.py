import asyncpg
import orjson

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers.service import recording as service
from app.providers.service.recording import Rename
from app.register.queries.documents import get_document, get_head, stream_register
from tests.factories.providers import LISTED_ON, make_provider, put_on_register, record


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


class TestStreamRegister:
    async def test_an_empty_register_is_one_row_without_a_document(
        self, public: asyncpg.Connection
    ) -> None:
        rows = [row async for row in stream_register(public)]

        assert [(row["entry"], row["document"], row["summary"]) for row in rows] == [
            (0, None, None)
        ]

    async def test_is_one_state_whatever_is_published_meanwhile(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        held = await put_on_register(database, *(make_provider(f"P{n}") for n in range(600)))
        rows: list[asyncpg.Record] = []
        async for row in stream_register(public):
            if not rows:
                async with transaction(database, OPERATOR) as session:
                    renames = [Rename(one.id, "Changed", LISTED_ON) for one in held]
                    await service.rename_providers(session, OPERATOR, renames)
            rows.append(row)

        assert {row["entry"] for row in rows} == {600}
        assert [orjson.loads(row["document"])["number"] for row in rows] == [
            one.number for one in held
        ]
        assert not any(b"Changed" in row["document"] for row in rows)
