import asyncpg
import pytest

from app.db.transactions import Database
from app.register.queries.checks import (
    PUBLIC_TABLES,
    count_words_that_differ,
    find_tables_beyond_the_public,
)
from tests.factories.providers import make_provider, put_on_register


class TestTablesBeyondThePublic:
    async def test_the_read_role_sees_what_it_should_and_nothing_else(
        self, public: asyncpg.Connection
    ) -> None:
        for table in PUBLIC_TABLES:
            await public.execute(f"SELECT FROM {table}")

        assert await find_tables_beyond_the_public(public) == []

    @pytest.mark.parametrize(
        ("grant", "found"),
        [
            ("GRANT SELECT ON providers TO ap_read", ["providers"]),
            ("GRANT SELECT ON sites, offers TO PUBLIC", ["offers", "sites"]),
            ("GRANT DELETE ON register_words TO ap_read", ["register_words"]),
            ("GRANT INSERT ON ledger_entries TO ap_read", ["ledger_entries"]),
            ("GRANT SELECT (name) ON providers TO ap_read", ["providers"]),
            ("GRANT UPDATE (name) ON providers TO ap_read", ["providers"]),
            (
                "CREATE VIEW seen AS SELECT * FROM providers; GRANT SELECT ON seen TO ap_read",
                ["seen"],
            ),
        ],
    )
    async def test_a_grant_too_many_is_found(
        self, owner: asyncpg.Connection, public: asyncpg.Connection, grant: str, found: list[str]
    ) -> None:
        await owner.execute(grant)

        assert await find_tables_beyond_the_public(public) == found


class TestWordsThatDiffer:
    @pytest.mark.parametrize(
        ("change", "count"),
        [
            ("SELECT 1", 0),
            ("UPDATE register_words SET documents = documents + 1 WHERE word = 'forge'", 1),
            ("DELETE FROM register_words WHERE word IN ('forge', 'coventry')", 2),
            ("INSERT INTO register_words VALUES ('nowhere', 1)", 1),
            ("UPDATE register_search SET vocabulary = '{forge}'", 5),
        ],
    )
    async def test_every_word_counted_wrongly_is_counted(
        self,
        database: Database,
        owner: asyncpg.Connection,
        public: asyncpg.Connection,
        change: str,
        count: int,
    ) -> None:
        await put_on_register(database, make_provider("Example Forge"))
        await owner.execute(change)

        assert await count_words_that_differ(public) == count
