import csv
import hashlib
import io
from collections.abc import AsyncIterator

import asyncpg
import orjson

from app.db.transactions import Database
from app.interchange.register_files import (
    CSV_COLUMNS,
    Chunk,
    as_csv,
    as_json_lines,
)
from app.register.schemas.records import ProviderRecord
from tests.factories.providers import make_offer, make_provider, make_site, put_on_register, record
from tests.factories.worlds import make_register


async def read(chunks: AsyncIterator[Chunk]) -> tuple[list[bytes], list[int]]:
    """Return the pieces of a file, and how many providers each said the file held so far."""
    read = [chunk async for chunk in chunks]
    return [chunk.data for chunk in read], [chunk.providers for chunk in read]


async def rows_of(public: asyncpg.Connection) -> list[list[str]]:
    pieces, _ = await read(as_csv(public))
    return list(csv.reader(io.StringIO(b"".join(pieces).decode(), newline="")))


class TestAsJsonLines:
    async def test_each_line_is_a_record_as_the_api_gives_it_and_the_last_says_what_it_holds(
        self, database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
    ) -> None:
        await make_register(database, seed=10, providers=12)
        await record(database, make_provider("Not public"))

        pieces, counts = await read(as_json_lines(public))

        whole = b"".join(pieces)
        *lines, last = whole.splitlines()
        held = await owner.fetch("SELECT document FROM register_documents ORDER BY number")
        assert lines == [row["document"] for row in held]
        for line in lines:
            ProviderRecord.model_validate_json(line, strict=True)
        head = await owner.fetchval("SELECT entry FROM ledger_head")
        end = orjson.loads(last)
        assert end["register"]["entry"] == head
        assert end["register"]["recorded_at"].endswith("Z")
        assert end["count"] == len(held) > 5
        before = whole[: -len(last) - 1]
        assert end["sha256"] == hashlib.sha256(before).hexdigest()
        assert counts == [*range(1, len(held) + 1), len(held)]
        assert whole.endswith(b"\n")

    async def test_an_empty_register_says_that_it_is(self, public: asyncpg.Connection) -> None:
        (line,), counts = await read(as_json_lines(public))

        assert orjson.loads(line) == {
            "register": {"entry": 0, "recorded_at": None},
            "count": 0,
            "sha256": hashlib.sha256(b"").hexdigest(),
        }
        assert counts == [0]

    async def test_the_same_register_gives_the_same_bytes(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("B"), make_provider("A"))

        assert await read(as_json_lines(public)) == await read(as_json_lines(public))
        assert await read(as_csv(public)) == await read(as_csv(public))


class TestAsCsv:
    async def test_a_row_says_the_same_as_the_record(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        offers = (
            make_offer("Tuition", needs=("SEMH", "ASD"), key_stages=(4, 3)),
            make_offer('Café, bar & "grill"', age_from=5, age_to=6),
        )
        provider = make_provider(
            "Noah's, Ark",
            make_site(offers=offers),
            make_site(la_code="937", town="Kenilworth", offers=()),
            other_names=[{"name": "One"}, {"name": "Two"}],
        )
        await put_on_register(database, provider, make_provider("Bare", make_site(offers=())))

        header, first, second, _ = await rows_of(public)

        assert tuple(header) == CSV_COLUMNS
        assert dict(zip(header, first, strict=True)) == {
            "number": "AP000001U",
            "name": "Noah's, Ark",
            "other_names": "One|Two",
            "status": "listed",
            "status_since": "2026-09-01",
            "la_codes": "331|937",
            "local_authorities": "Coventry|Warwickshire",
            "towns": "Coventry|Kenilworth",
            "programmes": 'Café, bar & "grill"|Tuition',
            "age_from": "5",
            "age_to": "16",
            "key_stages": "3|4",
            "needs": "ASD|SEMH",
            "sites": "2",
        }
        bare = dict(zip(header, second, strict=True))
        assert (bare["age_from"], bare["age_to"], bare["programmes"]) == ("", "", "")

    async def test_the_last_row_says_what_the_file_holds(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("A"), make_provider("B"))

        pieces, counts = await read(as_csv(public))

        end = pieces[-1].decode().strip().split(",")
        assert end == ["#end", "2", "2", hashlib.sha256(b"".join(pieces[:-1])).hexdigest()]
        assert counts == [0, 1, 2, 2]
        assert all(piece.endswith(b"\r\n") for piece in pieces)

    async def test_an_empty_register_is_a_header_and_an_end(
        self, public: asyncpg.Connection
    ) -> None:
        header, end = await rows_of(public)

        assert tuple(header) == CSV_COLUMNS
        assert end[:3] == ["#end", "0", "0"]

    async def test_a_name_is_never_a_formula(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        site = make_site(town="+44", offers=(make_offer("-1"),))
        await put_on_register(database, make_provider('=HYPERLINK("https://x.example")', site))

        _, row, _ = await rows_of(public)

        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]
        assert row[1] == '\'=HYPERLINK("https://x.example")'
