"""The whole register over HTTP: as it is, as it was, and from files that are ready."""

import asyncio
import csv
import hashlib
import io
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import orjson
import pytest
from starlette.types import Message

from app.access import WORKER
from app.config import Settings
from app.db.transactions import Database, transaction
from app.files.filing import filing_of
from app.main import create_app
from app.register import renditions
from app.register.columns import COLUMNS
from app.register.schemas.downloads import DataPackage
from app.register.terms import Shape, Table
from tests.factories.providers import make_provider, put_on_register
from tests.ledger.entries import take_out
from tests.register.asking import problem, rename

DOWNLOAD = "/v1/register/download"


@pytest.fixture
def small(settings: Settings, tmp_path: Any) -> Settings:
    """Settings of a service that takes two providers for a large register."""
    return settings.model_copy(update={"download_kept_from": 2, "data_dir": tmp_path})


@pytest.fixture
async def keeping(small: Settings) -> AsyncIterator[httpx.AsyncClient]:
    """A client of that service."""
    app = create_app(small)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://x.test") as made:
            yield made


async def make_files(database: Database, settings: Settings, *shapes: Shape) -> None:
    """Do the worker's jobs: keep files, and make those of some shapes."""
    filing = filing_of(settings)
    for shape in shapes:
        async with transaction(database, WORKER) as session:
            make = renditions.make_file(settings, filing)
            await make(session, {"shape": shape.value})
    async with transaction(database, WORKER) as session:
        await renditions.keep_files(settings, filing)(session, {})


async def asked_for(owner: asyncpg.Connection, kind: str) -> list[dict[str, Any]]:
    rows = await owner.fetch("SELECT payload FROM jobs WHERE kind = $1 ORDER BY id", kind)
    return [orjson.loads(row["payload"]) for row in rows]


class TestDownload:
    async def test_it_says_which_state_it_is_and_where_the_log_goes_on(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        held = await put_on_register(database, make_provider("A"), make_provider("B"))
        answer = await client.get(DOWNLOAD)

        *lines, last = answer.content.splitlines()
        assert [orjson.loads(line)["number"] for line in lines] == [one.number for one in held]
        assert answer.headers["Register-Entry"] == answer.headers["Register-Head"] == "2"
        assert answer.headers["Content-Disposition"] == 'attachment; filename="register-2.jsonl"'
        following = orjson.loads(last)["links"]["next"]
        assert f'<{following}>; rel="next"' in answer.headers["Link"]
        await rename(database, held[0], "New")
        news = (await client.get(following)).json()["items"]
        assert [one["entry"] for one in news] == [3]

    async def test_it_is_not_sent_again_until_it_differs(
        self, database: Database, client: httpx.AsyncClient, owner: asyncpg.Connection
    ) -> None:
        (held, _) = await put_on_register(database, make_provider("A"), make_provider("B"))
        await rename(database, held, "New")
        addresses = [
            DOWNLOAD,
            f"{DOWNLOAD}?format=csv",
            f"{DOWNLOAD}?format=csv&fields=name",
            f"{DOWNLOAD}?format=csv&table=sites",
            f"{DOWNLOAD}?as_at=1",
        ]
        tags = [(await client.get(one)).headers["ETag"] for one in addresses]

        assert len(set(tags)) == len(tags)
        for address, tag in zip(addresses, tags, strict=True):
            known = {"If-None-Match": tag}
            assert (await client.get(address, headers=known)).status_code == 304
        await take_out(owner, 1)
        again = await client.get(addresses[-1], headers={"If-None-Match": tags[-1]})
        assert (again.status_code, again.content.count(b"\n")) == (200, 1)

    async def test_head_tells_the_same_without_the_file_and_holds_no_connection(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("A"), make_provider("B"))
        heads = [await client.head(DOWNLOAD) for _ in range(9)]  # more than the pool has

        whole = await client.get(DOWNLOAD)
        head = heads[-1]
        assert (head.status_code, head.content) == (200, b"")
        for name in ("ETag", "Register-Entry", "Content-Disposition", "Last-Modified"):
            assert head.headers[name] == whole.headers[name]

    async def test_a_reader_who_lets_it_lie_keeps_no_connection(
        self, database: Database, settings: Settings
    ) -> None:
        await put_on_register(database, make_provider("A"))
        app, stalled = create_app(settings), asyncio.Event()

        async def send(message: Message) -> None:
            if message["type"] == "http.response.body":
                stalled.set()
                await asyncio.Event().wait()

        async def receive() -> Message:
            await asyncio.Event().wait()
            return {}

        path = {"path": DOWNLOAD, "raw_path": DOWNLOAD.encode(), "query_string": b""}
        scope = {"type": "http", "method": "GET", "headers": [], "client": ("x", 1), **path}
        async with app.router.lifespan_context(app):
            pool = app.state.read_pool
            lying = asyncio.create_task(app(scope, receive, send))
            await stalled.wait()
            async with asyncio.timeout(5):
                while pool.get_idle_size() < pool.get_size():  # noqa: ASYNC110 - the pool tells nobody
                    await asyncio.sleep(0.005)
            assert not lying.done()
            lying.cancel()

    async def test_chosen_columns_come_comma_separated_or_repeated(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("#1 Tuition"))
        one = await client.get(f"{DOWNLOAD}?format=csv&fields=name,status")
        two = await client.get(f"{DOWNLOAD}?format=csv&fields=name&fields=status&fields=number")

        assert one.content == two.content
        assert one.text.splitlines()[:2] == [
            "number,name,status",
            "AP000001U,#1 Tuition,listed",
        ]

    @pytest.mark.parametrize(
        ("asked", "parameter", "words"),
        [
            ("format=csv&fields=statsu", "fields", "Did you mean “status”?"),
            ("fields=age_from", "fields", "Fields: number, name"),
            ("fields=,", "fields", "Name a field"),
            ("table=sites", "table", "Only format=csv has tables."),
            ("format=xml", "format", "jsonl"),
            ("as_at=2", "as_at", "the newest is 1"),
            ("as_at=2999-01-01", "as_at", "has not come"),
            ("as_at=soon", "as_at", "a day such as"),
            ("field=name", "field", "Did you mean “fields”?"),
        ],
    )
    async def test_what_cannot_be_had_is_said_with_the_cure(
        self, database: Database, client: httpx.AsyncClient, asked: str, parameter: str, words: str
    ) -> None:
        await put_on_register(database, make_provider("A"))

        answer = await client.get(f"{DOWNLOAD}?{asked}")

        (fault,) = problem(answer)["errors"]
        assert (answer.status_code, fault["parameter"]) == (422, parameter)
        assert words in fault["detail"]

    async def test_before_the_first_entry_it_is_empty(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("A"))

        answer = await client.get(f"{DOWNLOAD}?as_at=2020-01-01")

        assert (answer.headers["Register-Entry"], answer.content.count(b"\n")) == ("0", 1)


class TestPackage:
    async def test_it_describes_every_table_as_it_is_sent(
        self, database: Database, client: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("A"))
        answer = await client.get(f"{DOWNLOAD}/datapackage.json")

        package = DataPackage.model_validate_json(answer.content)
        assert package.licenses[0].name == "OGL-UK-3.0"
        assert [one.name for one in package.resources] == [table.value for table in Table]
        for resource in package.resources:
            sent = await client.get(httpx.URL(resource.path).raw_path.decode())
            text = io.StringIO(sent.text, newline="")
            header, row, _ = csv.reader(text)
            assert header == [field.name for field in resource.schema_.fields]
            for field, cell in zip(resource.schema_.fields, row, strict=True):
                if cell and field.type in {"integer", "number"}:
                    float(cell)
        known = {"If-None-Match": answer.headers["ETag"]}
        address = f"{DOWNLOAD}/datapackage.json"
        assert (await client.get(address, headers=known)).status_code == 304
        assert {one.type for columns in COLUMNS.values() for one in columns} <= {
            *("string", "integer", "number", "date", "datetime")
        }


class TestKeptFiles:
    async def test_a_large_register_is_sent_from_the_newest_file_that_is_ready(
        self,
        database: Database,
        small: Settings,
        keeping: httpx.AsyncClient,
        owner: asyncpg.Connection,
    ) -> None:
        (held, _) = await put_on_register(database, make_provider("A"), make_provider("B"))
        streamed = {
            one: await keeping.get(f"{DOWNLOAD}?{one}")
            for one in ("format=jsonl", "format=csv", "format=csv&table=sites")
        }
        await make_files(database, small, Shape.JSONL, Shape.CSV_PROVIDERS, Shape.CSV_SITES)
        for asked, before in streamed.items():
            kept = await keeping.get(f"{DOWNLOAD}?{asked}")
            assert int(kept.headers["Content-Length"]) == len(kept.content)
            assert "Content-Length" not in before.headers
            assert (kept.content, kept.headers["ETag"]) == (before.content, before.headers["ETag"])
            known = {"If-None-Match": kept.headers["ETag"]}
            again = await keeping.get(f"{DOWNLOAD}?{asked}", headers=known)
            assert again.status_code == 304
        assert await asked_for(owner, renditions.MAKE) == [{"shape": "csv-offers"}]

        await rename(database, held, "New")

        older = await keeping.get(DOWNLOAD)
        assert (older.headers["Register-Entry"], older.headers["Register-Head"]) == ("2", "3")
        assert older.content == streamed["format=jsonl"].content
        for asked in ("as_at=3", "fields=name"):
            exact = await keeping.get(f"{DOWNLOAD}?{asked}")
            assert (exact.headers["Register-Entry"], b"New" in exact.content) == ("3", True)

    async def test_once_something_is_taken_out_no_earlier_file_is_sent_and_they_go(
        self,
        database: Database,
        small: Settings,
        keeping: httpx.AsyncClient,
        owner: asyncpg.Connection,
    ) -> None:
        (held, _) = await put_on_register(database, make_provider("A"), make_provider("B"))
        await make_files(database, small, Shape.JSONL)
        await rename(database, held, "New")
        assert b'"A"' in (await keeping.get(DOWNLOAD)).content

        await take_out(owner, 1)

        answer = await keeping.get(DOWNLOAD)
        assert (answer.headers["Register-Entry"], b'"name":"New"' in answer.content) == ("3", True)
        await make_files(database, small)
        assert await owner.fetchval("SELECT count(*) FROM register_renditions") == 0
        (dropped,) = await asked_for(owner, renditions.DROP)
        filing = filing_of(small)
        async with transaction(database, WORKER) as session:
            await renditions.drop_file(filing)(session, dropped)
        assert filing.store.folder is not None
        assert list((filing.store.folder / renditions.FOLDER).iterdir()) == []

    async def test_a_newer_file_takes_the_place_of_an_older(
        self,
        database: Database,
        small: Settings,
        keeping: httpx.AsyncClient,
        owner: asyncpg.Connection,
    ) -> None:
        (held, _) = await put_on_register(database, make_provider("A"), make_provider("B"))
        await make_files(database, small, Shape.JSONL)
        await make_files(database, small, Shape.JSONL)  # nothing new: nothing made
        await rename(database, held, "New")
        await make_files(database, small, Shape.JSONL)

        assert (await keeping.get(DOWNLOAD)).headers["Register-Entry"] == "3"
        assert [row["entry"] for row in await owner.fetch("TABLE register_renditions")] == [3]
        assert len(await asked_for(owner, renditions.DROP)) == 1

    async def test_whoever_is_killed_meanwhile_leaves_nothing_that_is_sent(
        self,
        database: Database,
        small: Settings,
        keeping: httpx.AsyncClient,
        owner: asyncpg.Connection,
    ) -> None:
        await put_on_register(database, make_provider("A"), make_provider("B"))
        filing = filing_of(small)

        async def make_and_die() -> None:
            async with transaction(database, WORKER) as session:
                await renditions.make_file(small, filing)(session, {"shape": "jsonl"})
                raise RuntimeError("killed")

        with pytest.raises(RuntimeError, match="killed"):
            await make_and_die()

        assert await owner.fetchval("SELECT count(*) FROM register_renditions") == 0
        whole = await keeping.get(DOWNLOAD)
        *_, last = whole.content.splitlines(keepends=True)
        before = hashlib.sha256(whole.content[: -len(last)]).hexdigest()
        assert ("Content-Length" in whole.headers, orjson.loads(last)["sha256"]) == (False, before)
        await make_files(database, small, Shape.JSONL)
        assert (await keeping.get(DOWNLOAD)).content == whole.content

    async def test_a_file_whose_content_is_lost_is_made_while_it_is_sent(
        self, database: Database, small: Settings, keeping: httpx.AsyncClient
    ) -> None:
        await put_on_register(database, make_provider("A"), make_provider("B"))
        await make_files(database, small, Shape.JSONL)
        kept = await keeping.get(DOWNLOAD)
        folder = filing_of(small).store.folder
        assert folder is not None
        for path in (folder / renditions.FOLDER).iterdir():
            path.unlink()

        answer = await keeping.get(DOWNLOAD)

        assert ("Content-Length" in answer.headers, answer.content) == (False, kept.content)

    async def test_a_small_register_keeps_none(
        self, database: Database, small: Settings, owner: asyncpg.Connection
    ) -> None:
        await put_on_register(database, make_provider("A"))
        await make_files(database, small)

        assert await asked_for(owner, renditions.MAKE) == []
