"""Pages of a search: what a cursor may be, and what happens when the register moves."""

import base64
from collections.abc import AsyncIterator

import asyncpg
import orjson
import pytest
from hypothesis import given
from hypothesis import settings as trying
from hypothesis import strategies as st

from app.db.transactions import Database
from app.providers.terms import Status
from app.register.errors import DistancePagesEndError, SearchRefusedError
from app.register.schemas.search import SearchQuery
from app.register.searching.asked import Found, loads
from tests.databases import TestServer, copied_database, opened_database
from tests.factories.providers import make_provider, move_to, put_on_register
from tests.register.asking import rename, search


@pytest.fixture(scope="module")
async def three(postgres: TestServer) -> AsyncIterator[asyncpg.Connection]:
    """The public's look at a register of three, which no test changes."""
    async with copied_database(postgres) as settings:
        async with opened_database(settings) as database:
            names = ["Forest A", "Forest B", "Forest C"]
            await put_on_register(database, *map(make_provider, names))
        assert settings.database_read_url is not None
        connection = await asyncpg.connect(settings.database_read_url.get_secret_value())
        yield connection
        await connection.close()


def forged(cursor: str, **changes: object) -> str:
    """A cursor of this very search with parts of it replaced."""
    raw = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    names = ["search", "first_entry", "told", "k1", "k2", "k3"]
    parts = dict(zip(names, raw, strict=True)) | changes
    return base64.urlsafe_b64encode(orjson.dumps(list(parts.values()))).rstrip(b"=").decode()


class TestCursors:
    async def first_page(self, three: asyncpg.Connection, **asked: object) -> Found:
        return await search(three, SearchQuery.model_validate({"limit": 1, **asked}))

    async def second_page(
        self, three: asyncpg.Connection, cursor: str | None, **asked: object
    ) -> Found:
        query = SearchQuery.model_validate({"limit": 1, "cursor": cursor, **asked})
        return await search(three, query)

    @pytest.mark.parametrize(
        ("asked", "then"),
        [
            ({}, {"q": "forest"}),
            ({"q": "forest"}, {"q": "oak"}),
            ({"near": "CV1"}, {"near": "CV2"}),
            ({"near": "CV1"}, {"near": "CV1", "sort": "name"}),
            ({"near": "CV1"}, {"near": "CV1", "within_miles": 11}),
            ({"age": 12}, {"age": 13}),
            ({"status": ["listed"]}, {"status": ["listed", "closed"]}),
            ({"la": "331"}, {}),
        ],
    )
    async def test_one_of_another_search_is_refused(
        self,
        three: asyncpg.Connection,
        asked: dict[str, object],
        then: dict[str, object],
    ) -> None:
        cursor = (await self.first_page(three, **asked)).cursor
        assert cursor is not None

        with pytest.raises(SearchRefusedError, match="belongs to another search") as refused:
            await self.second_page(three, cursor, **then)

        assert [fault.parameter for fault in refused.value.errors] == ["cursor"]

    async def test_the_size_of_the_page_may_change_on_the_way(
        self, three: asyncpg.Connection
    ) -> None:
        cursor = (await self.first_page(three)).cursor

        rest = await self.second_page(three, cursor, limit=5, include=["total"])

        assert [hit["k2"] for hit in rest.hits] == ["forest b", "forest c"]
        assert rest.total == 3

    @pytest.mark.parametrize(
        "changes",
        [
            {"k1": 2**31},
            {"k1": 2**63},
            {"k1": -1},
            {"k3": 2**31},
            {"k3": 2**64 - 1},
            {"k2": "a\x00b"},
            {"k2": 1},
            {"k1": "0"},
            {"k1": None},
            {"k1": True},
            {"told": -1},
            {"told": "1"},
            {"first_entry": None},
            {"extra": 1},
        ],
    )
    @pytest.mark.parametrize("asked", [{}, {"near": "CV1"}], ids=["by name", "by distance"])
    async def test_a_forged_one_is_refused_and_breaks_nothing(
        self,
        three: asyncpg.Connection,
        asked: dict[str, object],
        changes: dict[str, object],
    ) -> None:
        cursor = (await self.first_page(three, **asked)).cursor
        assert cursor is not None

        with pytest.raises(SearchRefusedError, match="damaged"):
            await self.second_page(three, forged(cursor, **changes), **asked)

    async def test_a_search_by_distance_ends_after_a_thousand_and_says_how_to_go_on(
        self, three: asyncpg.Connection
    ) -> None:
        asked = {"near": "CV1"}
        cursor = (await self.first_page(three, **asked)).cursor
        assert cursor is not None
        assert len((await self.second_page(three, forged(cursor, told=999), **asked)).hits) == 1

        with pytest.raises(DistancePagesEndError, match="sort=name") as refused:
            await self.second_page(three, forged(cursor, told=1_000), **asked)

        assert [fault.parameter for fault in refused.value.errors] == ["sort"]
        by_name = (await self.first_page(three)).cursor
        assert by_name is not None
        assert (await self.second_page(three, forged(by_name, told=1_000))).hits

    @pytest.mark.parametrize("first_entry", [-1, 0, 2**63, 2**64 - 1])
    async def test_a_forged_beginning_only_makes_the_register_seem_to_have_moved(
        self, three: asyncpg.Connection, first_entry: int
    ) -> None:
        cursor = (await self.first_page(three)).cursor
        assert cursor is not None

        found = await self.second_page(three, forged(cursor, first_entry=first_entry))

        assert found.entry != found.first_entry
        assert len(found.hits) == 1
        assert found.cursor is not None

    @given(
        st.text(max_size=80) | st.binary(max_size=80).map(lambda b: base64.b64encode(b).decode())
    )
    @trying(max_examples=100, deadline=None)
    async def test_a_made_up_one_is_refused_and_breaks_nothing(
        self, three: asyncpg.Connection, cursor: str
    ) -> None:
        with pytest.raises(SearchRefusedError, match="damaged"):
            await self.second_page(three, cursor)


class TestPublicationBetweenPages:
    async def test_an_unchanged_row_is_neither_skipped_nor_repeated(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        names = [f"Forest {letter}" for letter in "BDFHJLNP"]
        held = await put_on_register(database, *map(make_provider, names))
        renames = [(held[0], "Forest O"), (held[7], "Forest A"), (held[3], "Forest E")]
        seen: list[str] = []
        moved: list[bool] = []
        cursor = None
        while len(seen) < 100:
            found = await search(public, SearchQuery(limit=2, cursor=cursor))
            seen += [loads(hit["summary"])["name"] for hit in found.hits]
            moved.append(found.entry != found.first_entry)
            cursor = found.cursor
            if cursor is None:
                break
            if renames:
                provider, name = renames.pop()
                await rename(database, provider, name)
                await put_on_register(database, make_provider(f"Forest C{len(renames)}"))
            else:
                await move_to(database, held[1], Status.CLOSED)

        unchanged = [name for name in names if name not in {"Forest B", "Forest P", "Forest H"}]
        assert [name for name in seen if name in unchanged] == unchanged
        assert moved == [False, *[True] * (len(moved) - 1)]
        assert len(moved) > 3

    async def test_a_register_that_did_not_move_says_so(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider(), make_provider())
        first = await search(public, SearchQuery(limit=1))

        second = await search(public, SearchQuery(limit=1, cursor=first.cursor))

        assert (second.entry, second.first_entry) == (2, 2)
