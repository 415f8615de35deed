"""The register as a file: every row true of its record, and the last line of all before."""

import csv
import hashlib
import io
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.access import OPERATOR
from app.db.transactions import Database, transaction
from app.providers.service import recording as service
from app.providers.service.recording import Rename
from app.providers.terms import Status
from app.register.columns import COLUMNS
from app.register.queries.downloads import snapshot
from app.register.schemas.records import ProviderRecord
from app.register.terms import DownloadFormat, Table
from app.register.whole_files import MEMBERS, Chunk, Wanted, write
from app.values.cells import FORMULA_STARTS, plain_text_of, safe_cell
from tests.factories.providers import (
    LISTED_ON,
    make_offer,
    make_provider,
    make_site,
    move_to,
    put_on_register,
    record,
)
from tests.factories.worlds import make_register
from tests.ledger.entries import take_out

JSONL = Wanted(DownloadFormat.JSONL)
CSV = {table: Wanted(DownloadFormat.CSV, table) for table in Table}


async def chunks_of(
    public: asyncpg.Connection, wanted: Wanted, known: int | None = None
) -> AsyncIterator[Chunk]:
    async with snapshot(public, known) as state:
        async for chunk in write(public, state, wanted):
            yield chunk


async def read(public: asyncpg.Connection, wanted: Wanted, known: int | None = None) -> bytes:
    return b"".join([chunk.data async for chunk in chunks_of(public, wanted, known)])


async def rows_of(public: asyncpg.Connection, wanted: Wanted) -> list[list[str]]:
    text = (await read(public, wanted)).decode()
    return list(csv.reader(io.StringIO(text, newline="")))


async def records_of(public: asyncpg.Connection, wanted: Wanted) -> list[dict[str, str]]:
    """Return the rows of a table by column, without the last."""
    header, *rows, _ = await rows_of(public, wanted)
    return [dict(zip(header, row, strict=True)) for row in rows]


class TestJsonLines:
    async def test_each_line_is_a_record_as_the_api_gives_it_and_the_last_says_what_it_holds(
        self, database: Database, owner: asyncpg.Connection, public: asyncpg.Connection
    ) -> None:
        await make_register(database, seed=10, providers=12)
        await record(database, make_provider("Not public"))

        whole = await read(public, JSONL)

        *lines, last = whole.splitlines()
        held = await owner.fetch("SELECT document FROM register_documents ORDER BY number")
        assert lines == [row["document"] for row in held]
        for line in lines:
            ProviderRecord.model_validate_json(line, strict=True)
        head = await owner.fetchrow("SELECT entry, epoch FROM ledger_head")
        end = orjson.loads(last)
        assert end["register"]["entry"] == head["entry"]
        assert end["register"]["recorded_at"].endswith("Z")
        assert end["links"]["next"] == (
            f"/v1/register/entries?after={head['entry']}&epoch={head['epoch']}"
        )
        assert end["count"] == len(held) > 5
        assert end["sha256"] == hashlib.sha256(whole[: -len(last) - 1]).hexdigest()
        assert whole.endswith(b"\n")

    async def test_an_empty_register_says_that_it_is(self, public: asyncpg.Connection) -> None:
        end = orjson.loads(await read(public, JSONL))

        assert (end["register"]["entry"], end["register"]["recorded_at"]) == (0, None)
        assert (end["count"], end["sha256"]) == (0, hashlib.sha256(b"").hexdigest())

    async def test_chosen_members_follow_the_number_in_the_order_chosen(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("A"))
        wanted = Wanted(DownloadFormat.JSONL, fields=("status", "name"))

        line, _ = (await read(public, wanted)).splitlines()

        status = {"code": "listed", "since": "2026-09-01"}
        assert list(orjson.loads(line).items()) == [
            ("number", "AP000001U"),
            ("status", status),
            ("name", "A"),
        ]
        assert set(MEMBERS) == {
            field.alias or name for name, field in ProviderRecord.model_fields.items()
        }


class TestSnapshot:
    async def test_it_is_one_state_whatever_is_published_meanwhile(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        held = await put_on_register(database, *(make_provider(f"P{n}") for n in range(120)))
        data = b""
        async for chunk in chunks_of(public, CSV[Table.PROVIDERS]):
            if not data:
                async with transaction(database, OPERATOR) as session:
                    renames = [Rename(one.id, "Changed", LISTED_ON) for one in held]
                    await service.rename_providers(session, OPERATOR, renames)
            data += chunk.data

        assert b"Changed" not in data
        assert data.count(b"\r\n") == 122

    @pytest.mark.parametrize("wanted", [JSONL, *CSV.values()])
    async def test_as_it_was_with_an_entry_it_is_what_it_was_then_byte_for_byte(
        self, database: Database, public: asyncpg.Connection, wanted: Wanted
    ) -> None:
        (first, _) = await put_on_register(database, make_provider("A"), make_provider("B"))
        then = await read(public, wanted)
        await move_to(database, first, Status.SUSPENDED, effective_on=LISTED_ON)
        await put_on_register(database, make_provider("C"))

        assert await read(public, wanted, 2) == then
        assert await read(public, wanted, 4) == await read(public, wanted) != then

    async def test_what_was_taken_out_is_in_no_earlier_state(
        self, database: Database, public: asyncpg.Connection, owner: asyncpg.Connection
    ) -> None:
        (first, _) = await put_on_register(database, make_provider("A"), make_provider("B"))
        await move_to(database, first, Status.SUSPENDED, effective_on=LISTED_ON)
        await take_out(owner, 1)

        *lines, last = (await read(public, JSONL, 2)).splitlines()

        assert [orjson.loads(line)["name"] for line in lines] == ["B"]
        end = orjson.loads(last)
        assert (end["count"], end["register"]["tombstones"]) == (1, 1)


class TestCsv:
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
            identifiers=[{"scheme": "ukprn", "value": "10000001"}],
        )
        await put_on_register(database, provider, make_provider("Bare", make_site(offers=())))

        first, second = await records_of(public, CSV[Table.PROVIDERS])

        assert {name: cell for name, cell in first.items() if cell and name != "recorded_at"} == {
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
            "evidence": first["evidence"],
            "outcome": "not-yet-assessed",
            "identifiers": "ukprn:10000001",
            "entry": "1",
        }
        assert (second["age_from"], second["age_to"], second["programmes"]) == ("", "", "")

    async def test_sites_and_offers_have_rows_of_their_own(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        tuition = make_offer("Tuition", needs=("SEMH",), hours_per_week=12.5)
        held = make_provider("Two", make_site(offers=(tuition, make_offer())), make_site("Second"))
        await put_on_register(database, held)

        sites = await records_of(public, CSV[Table.SITES])
        offers = await records_of(public, CSV[Table.OFFERS])

        assert [(one["number"], one["reference"], one["name"]) for one in sites] == [
            ("AP000001U", "1", "Example Yard"),
            ("AP000001U", "2", "Second"),
        ]
        site = sites[0]
        assert (site["status"], site["status_since"], site["decided_by"]) == (
            *("listed", "2026-09-01"),
            "331",
        )
        assert (site["postcode"], site["easting"], site["needs"]) == ("CV1 2WT", "433000", "SEMH")
        assert float(site["longitude"]) == pytest.approx(-1.51, abs=0.05)
        assert [(one["reference"], one["programme"]) for one in offers] == [
            *(("1", "Blacksmithing"), ("1", "Tuition"), ("2", "Blacksmithing"))
        ]
        assert (offers[1]["hours_per_week"], offers[1]["site_status"]) == ("12.5", "listed")

    @pytest.mark.parametrize("table", Table)
    async def test_the_last_row_says_what_the_file_holds(
        self, database: Database, public: asyncpg.Connection, table: Table
    ) -> None:
        await put_on_register(database, make_provider("A"), make_provider("B"))

        pieces = [chunk.data async for chunk in chunks_of(public, CSV[table])]

        end = pieces[-1].decode().strip().split(",")
        assert end[:4] == ["#end", "2", "2", hashlib.sha256(b"".join(pieces[:-1])).hexdigest()]
        assert all(piece.endswith(b"\r\n") for piece in pieces)

    @pytest.mark.parametrize("table", Table)
    async def test_an_empty_register_is_a_header_and_an_end(
        self, public: asyncpg.Connection, table: Table
    ) -> None:
        header, end = await rows_of(public, CSV[table])

        assert header == [column.name for column in COLUMNS[table]]
        assert len(set(header)) == len(header)
        assert end[:3] == ["#end", "0", "0"]

    async def test_text_is_never_a_formula_and_a_number_stays_one(
        self, database: Database, public: asyncpg.Connection
    ) -> None:
        site = make_site(town="+44", offers=(make_offer("-1"),))
        await put_on_register(database, make_provider('=HYPERLINK("https://x.example")', site))

        rows = [await records_of(public, wanted) for wanted in CSV.values()]

        for (row,), table in zip(rows, Table, strict=True):
            types = {column.name: column.type for column in COLUMNS[table]}
            texts = [cell for name, cell in row.items() if types[name] == "string"]
            assert not [cell for cell in texts if cell.startswith(FORMULA_STARTS)]
        assert rows[0][0]["name"] == '\'=HYPERLINK("https://x.example")'


texts: Any = st.text(st.sampled_from([*FORMULA_STARTS, "'", '"', ",", "|", "#", " ", "a", "é"]))


@given(st.lists(texts, min_size=1, max_size=5))
def test_a_cell_is_never_a_formula_and_gives_its_text_back(told: list[str]) -> None:
    line = io.StringIO(newline="")
    csv.writer(line, lineterminator="\r\n").writerow([safe_cell(text) for text in told])

    (cells,) = csv.reader(io.StringIO(line.getvalue(), newline=""))

    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]
    assert [plain_text_of(cell) for cell in cells] == told
