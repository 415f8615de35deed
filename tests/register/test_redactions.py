"""A fact leaves the log: what goes, what stays, and that every proof still holds."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import asyncpg
import httpx
import pytest

from app.access import OPERATOR, Role
from app.config import Settings
from app.db.transactions import Database, reading, transaction
from app.ledger import hashing
from app.ledger import service as ledger
from app.register.publishing import rebuild
from app.register.queries.checks import PUBLIC_TABLES
from app.register.schemas.search import SearchQuery
from app.register.verifying import stale_documents
from tests.factories.invitations import entries as acts
from tests.factories.providers import make_provider, put_on_register
from tests.factories.records import add_civil_servant, add_officer
from tests.organisations.asking import browsers
from tests.register.asking import search
from tests.register.looking import read_model
from tests.register.redacting import (
    HOME,
    REASON,
    address,
    asked,
    change,
    correct,
    propose,
    publish_a_home,
)

PAST = ("register_past", "register_past_sites")


@pytest.fixture
async def two(
    settings: Settings, owner: asyncpg.Connection
) -> AsyncIterator[Sequence[httpx.AsyncClient]]:
    """An authority's assessor, and a second officer of the department."""
    officer = await add_officer(owner)
    second = await add_civil_servant(owner, Role.SECOND_OFFICER)
    async with browsers(settings, owner, officer, second) as made:
        yield made


async def leaves(owner: asyncpg.Connection) -> list[bytes]:
    """Work every leaf hash out from what is stored beside it."""
    rows = await owner.fetch("SELECT * FROM ledger_entries ORDER BY entry")
    return [
        hashing.leaf_hash(row["entry"], row["recorded_at"], row["number"], row["record_hash"])
        for row in rows
    ]


async def where_it_stands(connection: asyncpg.Connection, text: str) -> set[str]:
    """Return the tables, of those the public may read, any byte of which tells a text."""
    found = set()
    for table in PUBLIC_TABLES:
        columns = await connection.fetch(
            "SELECT attname, atttypid = 'bytea'::regtype AS raw FROM pg_attribute "
            "WHERE attrelid = $1::text::regclass AND attnum > 0 AND NOT attisdropped "
            "AND has_column_privilege(attrelid, attnum, 'SELECT')",
            table,
        )
        for column in columns:
            rows = await connection.fetch(f'SELECT "{column["attname"]}" AS held FROM {table}')  # noqa: S608
            for row in rows:
                held = row["held"]
                told = held if isinstance(held, bytes) else str(held).encode()
                if text.lower().encode() in told.lower():
                    found.add(table)
    return found


class TestPropose:
    async def test_it_finds_every_entry_that_tells_the_fact_and_changes_none(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner, times=2)

        made = await two[0].post(address(held), json=asked())
        read = await two[0].get(made.headers["Location"])

        shown = made.json()
        assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
        assert [entry["entry"] for entry in shown["entries"]] == [1, 2]
        assert all(entry["recorded_at"] for entry in shown["entries"])
        assert (shown["state"], shown["elsewhere"]) == ("proposed", [])
        assert read.json() == shown | {"elsewhere": None}
        assert await where_it_stands(owner, HOME) == {"ledger_bodies"}
        assert HOME not in made.text + read.text

    async def test_the_fact_is_not_written_down_anywhere_beside_the_log(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        key = {"Idempotency-Key": "a-key-of-my-own"}
        for _ in range(2):
            await two[0].post(address(held), json=asked(), headers=key)

        rows = await owner.fetch("SELECT t::text FROM redactions t")
        written = await owner.fetch("SELECT t::text FROM audit_entries t")
        kept = await owner.fetch("SELECT t::text FROM idempotency_keys t")
        assert len(rows) == 1
        assert not any("Hiddenlea" in row[0] for row in [*rows, *written, *kept])

    async def test_the_same_words_elsewhere_are_pointed_at(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        await change(database, owner, held, f"name = 'At {HOME}'")

        made = await two[0].post(address(held), json=asked())

        assert made.json()["elsewhere"] == [{"entry": 4, "pointer": "/sites/0/name"}]

    async def test_whoever_answers_for_the_provider_sees_it_and_another_authority_does_not(
        self,
        settings: Settings,
        database: Database,
        owner: asyncpg.Connection,
        two: Sequence[httpx.AsyncClient],
    ) -> None:
        held = await publish_a_home(database, owner)
        where = await propose(two[0], held)
        stranger = await add_officer(owner, la_code="937")
        async with browsers(settings, owner, stranger) as (other,):
            seen = await other.get(where)
            listed = await other.get("/v1/redactions")

        assert (seen.status_code, listed.json()["items"]) == (404, [])
        for mine in two:
            page = (await mine.get("/v1/redactions?state=proposed&limit=1")).json()
            assert [item["number"] for item in page["items"]] == [held.number]
            assert page["links"]["next"] is None
        done = await two[1].get("/v1/redactions?state=done")
        assert done.json()["items"] == []


class TestConfirm:
    async def test_the_fact_is_gone_everywhere_and_every_proof_holds(
        self,
        database: Database,
        owner: asyncpg.Connection,
        public: asyncpg.Connection,
        two: Sequence[httpx.AsyncClient],
    ) -> None:
        held = await publish_a_home(database, owner)
        before, model = await leaves(owner), await read_model(owner)
        kept = await owner.fetch("SELECT * FROM ledger_entries ORDER BY entry")
        where = await propose(two[0], held)

        done = await two[1].post(f"{where}/confirmation")

        assert (done.status_code, done.json()["state"]) == (200, "done")
        assert await where_it_stands(owner, "Hiddenlea") == set()
        assert await where_it_stands(public, "Hiddenlea") == set()
        assert await owner.fetch("SELECT * FROM ledger_entries ORDER BY entry") == kept
        assert await leaves(owner) == before == [row["leaf_hash"] for row in kept]
        after = await read_model(owner)
        assert [len(after.pop(table)) for table in PAST] == [1, 1]
        assert [len(model.pop(table)) for table in PAST] == [3, 3]
        assert after == model
        async with reading(database, OPERATOR) as reader:
            assert await ledger.broken_entries(reader) == []
            assert await stale_documents(reader) == []
        bodies = await owner.fetch("SELECT * FROM ledger_bodies ORDER BY entry")
        assert [row["record"] is None for row in bodies] == [True, True, False]
        assert [row["salt"] is None for row in bodies] == [True, True, False]
        assert bodies[0]["redaction_reason"] == f"home-address: {REASON}"
        asked = await owner.fetch("SELECT kind FROM jobs WHERE kind = 'register.keep_files'")
        assert len(asked) == 1, "files of the register that tell it are to go at once"

    @pytest.mark.parametrize("rebuilt", [False, True])
    async def test_no_search_of_the_past_finds_it_nor_is_told_what_came_before_it(
        self,
        database: Database,
        owner: asyncpg.Connection,
        public: asyncpg.Connection,
        two: Sequence[httpx.AsyncClient],
        rebuilt: bool,
    ) -> None:
        (held,) = await put_on_register(database, make_provider("Example Forge"))
        await change(database, owner, held, f"address_lines = '{{{HOME}}}'")
        await correct(database, owner, held)
        where = await propose(two[0], held)

        assert (await two[1].post(f"{where}/confirmation")).status_code == 200

        if rebuilt:
            async with transaction(database, OPERATOR) as session:
                await rebuild(session)
        found = [len((await search(public, SearchQuery(as_at=entry))).hits) for entry in (1, 2, 3)]
        assert found == [1, 0, 1]

    async def test_history_shows_the_entry_and_why_and_nothing_brings_the_fact_back(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        history = f"/v1/providers/{held.number}/history"
        before = await two[0].get(history)
        await two[1].post(f"{await propose(two[0], held)}/confirmation")
        async with transaction(database, OPERATOR) as session:
            await rebuild(session)

        after = await two[0].get(history, headers={"If-None-Match": before.headers["ETag"]})

        assert HOME in before.text
        assert after.status_code == 200
        newest, second, first = after.json()["items"]
        assert newest["record"]["sites"][0]["address"]["lines"] == ["1 Example Street"]
        assert (first["entry"], first["record"]) == (1, None)
        assert second["redacted"]["reason"] == f"home-address: {REASON}"
        assert first["recorded_at"] == before.json()["items"][2]["recorded_at"]
        whole = await two[0].get(f"/v1/providers/{held.number}")
        assert "Hiddenlea" not in after.text + whole.text

    async def test_what_finds_the_fact_again_is_gone_too(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        await two[1].post(f"{await propose(two[0], held)}/confirmation")

        assert await owner.fetchval("SELECT salt FROM redactions") is None

    async def test_entries_published_after_the_proposal_are_taken_too(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        where = await propose(two[0], held)
        await change(database, owner, held, f"address_lines = ARRAY['{HOME}']")
        early = await two[1].post(f"{where}/confirmation")
        await change(database, owner, held, "address_lines = '{}'")
        done = await two[1].post(f"{where}/confirmation")

        assert early.status_code == 409
        assert early.json()["type"].endswith("/still-published")
        assert [entry["entry"] for entry in done.json()["entries"]] == [1, 2, 4]
        assert await where_it_stands(owner, "Hiddenlea") == set()

    async def test_publishing_at_the_same_moment_loses_and_leaks_nothing(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        where = await propose(two[0], held)

        done, _ = await asyncio.gather(
            two[1].post(f"{where}/confirmation"),
            change(database, owner, held, "town = 'Example Town 7'"),
        )

        assert done.status_code == 200
        assert await where_it_stands(owner, "Hiddenlea") == set()
        async with reading(database, OPERATOR) as reader:
            assert await ledger.broken_entries(reader) == []
            assert await stale_documents(reader) == []

    async def test_a_second_confirmation_changes_nothing(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        where = await propose(two[0], held)
        key = {"Idempotency-Key": "a-key-of-my-own"}
        first = await two[1].post(f"{where}/confirmation", headers=key)
        bodies = await owner.fetch("SELECT * FROM ledger_bodies ORDER BY entry")

        again = await two[1].post(f"{where}/confirmation", headers=key)
        anew = await two[1].post(f"{where}/confirmation")

        assert again.json() == first.json()
        assert anew.status_code == 409
        assert anew.json()["type"].endswith("/redaction-settled")
        assert await owner.fetch("SELECT * FROM ledger_bodies ORDER BY entry") == bodies

    async def test_both_acts_are_written_down_without_the_fact(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        await two[1].post(f"{await propose(two[0], held)}/confirmation")

        proposed = await acts(owner, "redaction.proposed")
        done = await acts(owner, "redaction.done")
        assert (len(proposed), len(done)) == (1, 1)
        assert "Hiddenlea" not in str([dict(row) for row in [*proposed, *done]])


class TestRefuse:
    async def test_a_refused_one_leaves_the_log_and_can_be_proposed_anew(
        self, database: Database, owner: asyncpg.Connection, two: Sequence[httpx.AsyncClient]
    ) -> None:
        held = await publish_a_home(database, owner)
        where = await propose(two[0], held)

        refused = await two[1].post(f"{where}/refusal")

        assert (refused.status_code, refused.json()["state"]) == (200, "declined")
        assert await where_it_stands(owner, HOME) == {"ledger_bodies"}
        assert await owner.fetchval("SELECT salt FROM redactions") is None
        await propose(two[0], held)
