"""Forms with a file, sent to a route on a test's register as other people's programs send them."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Annotated

import asyncpg
import httpx
import pytest
from fastapi import APIRouter, Depends
from pydantic import BaseModel, ConfigDict
from starlette.responses import Response
from starlette.types import Message

from app.db.transactions import Database
from app.http.security import CurrentActor
from app.http.sessions import Writing
from app.http.uploads import OVERHEAD_BYTES, TakesFile, Upload
from tests.http.support import run, scope_of
from tests.http.trial import Trial, make_trial, things
from tests.http.trial import _insert as insert_thing

MOST = 300_000
BOUNDARY = "4b1d"


class Fields(BaseModel):
    """What is sent beside the file."""

    model_config = ConfigDict(extra="forbid")

    title: str
    until: date | None = None


TAKES = TakesFile(Fields)
router = APIRouter(prefix="/v1/papers")


@router.post("", status_code=201, openapi_extra=TAKES.openapi())
async def add(
    actor: CurrentActor,
    upload: Annotated[Upload[Fields], Depends(TAKES)],
    session: Writing,
    response: Response,
) -> dict[str, str | int | None]:
    """Take a file."""
    size = sum([len(piece) async for piece in upload.chunks()])
    thing_id = await insert_thing(session, upload.fields.title)
    response.headers["Location"] = f"/v1/things/{thing_id}"
    told: dict[str, str | int | None] = {
        "title": upload.fields.title,
        "until": str(upload.fields.until),
        "size": size,
    }
    return {**told, "name": upload.name, "declared": upload.declared_type}


@pytest.fixture
async def trial(
    database: Database, owner: asyncpg.Connection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Trial:
    """A service that takes files of 300,000 bytes, and bodies of 4,096 elsewhere."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    made = await make_trial(
        database, owner, max_body_bytes=4_096, max_file_bytes=MOST, request_timeout_seconds=0.5
    )
    made.app.include_router(router)
    return made


async def send(
    trial: Trial,
    data: bytes = b"some",
    fields: dict[str, str] | None = None,
    name: str = "a.pdf",
    key: str | None = None,
) -> httpx.Response:
    async with trial.client("anna") as client:
        return await client.post(
            "/v1/papers",
            data={"title": "Policy"} if fields is None else fields,
            files={"file": (name, data, "application/pdf")},
            headers={"Idempotency-Key": key} if key else {},
        )


async def test_a_file_comes_with_its_fields(trial: Trial, tmp_path: Path) -> None:
    answer = await send(trial, bytes(MOST), {"title": "Policy", "until": "2027-01-31"})

    assert answer.status_code == 201
    assert answer.json() == {
        "title": "Policy",
        "until": "2027-01-31",
        "size": MOST,
        "name": "a.pdf",
        "declared": "application/pdf",
    }
    assert left_in(tmp_path) == []


async def test_an_empty_field_is_left_out_as_browsers_send_every_field(trial: Trial) -> None:
    answer = await send(trial, fields={"title": "Policy", "until": ""})

    assert answer.json()["until"] == "None"


async def test_the_same_form_under_the_same_key_is_taken_once(
    trial: Trial, owner: asyncpg.Connection
) -> None:
    first = await send(trial, bytes(20_000), key="one")
    again = await send(trial, bytes(20_000), key="one")
    other = await send(trial, bytes(20_001), key="one")

    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 422)
    assert again.headers["Idempotency-Replayed"] == "true"
    assert other.json()["type"].endswith("idempotency-key-reused")
    assert await things(owner) == 1


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({}, "/title"),
        ({"title": "a", "until": "soon"}, "/until"),
        ({"title": "a", "colour": "red"}, "/colour"),
    ],
)
async def test_a_wrong_field_is_named(trial: Trial, fields: dict[str, str], pointer: str) -> None:
    answer = await send(trial, fields=fields)

    assert answer.status_code == 422
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


async def test_without_a_file_it_says_where_one_goes(trial: Trial) -> None:
    async with trial.client("anna") as client:
        answer = await client.post("/v1/papers", files={"title": (None, "Policy")})

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/file"


async def test_two_files_are_one_too_many(trial: Trial, owner: asyncpg.Connection) -> None:
    two = [("file", ("a.pdf", b"a")), ("file", ("b.pdf", b"b"))]
    async with trial.client("anna") as client:
        answer = await client.post("/v1/papers", data={"title": "a"}, files=two)

    assert answer.status_code == 400
    assert await things(owner) == 0


async def test_a_field_sent_twice_is_refused(trial: Trial) -> None:
    twice = [("title", (None, b"a")), ("title", (None, b"b")), ("file", ("a.pdf", b"a"))]
    async with trial.client("anna") as client:
        answer = await client.post("/v1/papers", files=twice)

    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/title")


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", ""])
async def test_anything_but_a_form_of_parts_is_refused(trial: Trial, content_type: str) -> None:
    async with trial.client("anna") as client:
        headers = {"Content-Type": content_type}
        answer = await client.post("/v1/papers", content=b"{}", headers=headers)

    assert answer.status_code == 415
    assert answer.json()["type"].endswith("/form-needed")


# Starlette leaves the file of a part without end to be closed when it is collected: at once.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
async def test_a_form_that_is_cut_off_is_refused(trial: Trial, owner: asyncpg.Connection) -> None:
    headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
    async with trial.client("anna") as client:
        answer = await client.post("/v1/papers", content=form(b"some")[:-10], headers=headers)

    assert 400 <= answer.status_code < 500
    assert await things(owner) == 0


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir())


def form(data: bytes, *, ended: bool = True) -> bytes:
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="title"\r\n\r\nPolicy\r\n'
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n'
    )
    return head.encode() + data + (f"\r\n--{BOUNDARY}--\r\n".encode() if ended else b"")


class TestBounds:
    async def test_a_file_too_large_is_refused_by_its_announcement(
        self, trial: Trial, owner: asyncpg.Connection
    ) -> None:
        answer = await send(trial, bytes(MOST + OVERHEAD_BYTES))

        assert answer.status_code == 413
        assert str(MOST + OVERHEAD_BYTES) in answer.json()["detail"]
        assert await things(owner) == 0

    async def test_other_routes_take_no_more_than_before(self, trial: Trial) -> None:
        for method, path in (("POST", "/v1/things"), ("PUT", "/v1/papers"), ("POST", "/v1/none")):
            async with trial.client("anna") as client:
                answer = await client.request(method, path, content=bytes(4_097))

            assert answer.status_code == 413
            assert "4096 bytes" in answer.json()["detail"]

    async def test_a_body_without_end_is_refused_as_soon_as_it_is_too_large(
        self, trial: Trial, tmp_path: Path
    ) -> None:
        taken = 0

        async def endless() -> AsyncIterator[bytes]:
            nonlocal taken
            yield form(b"", ended=False)
            while True:
                taken += 10_000
                yield bytes(10_000)

        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        async with trial.client("anna") as client:
            answer = await client.post("/v1/papers", content=endless(), headers=headers)

        assert answer.status_code == 413
        assert taken <= MOST + OVERHEAD_BYTES + 10_000
        assert left_in(tmp_path) == []

    async def test_a_lie_about_the_length_is_found_out(self, trial: Trial) -> None:
        sent = await run(
            trial.app,
            scope_of("/v1/papers", "POST", header(b"400")),
            {"type": "http.request", "body": form(b"", ended=False), "more_body": True},
            {"type": "http.request", "body": bytes(MOST + OVERHEAD_BYTES), "more_body": True},
        )

        assert sent[0]["status"] == 413

    async def test_nothing_is_read_of_somebody_who_is_not_signed_in(self, trial: Trial) -> None:
        read = 0

        async def counted() -> AsyncIterator[bytes]:
            nonlocal read
            for _ in range(10):
                read += 1
                yield bytes(1_000)

        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        async with trial.client("nobody") as client:
            answer = await client.post("/v1/papers", content=counted(), headers=headers)

        assert (answer.status_code, read) == (401, 0)

    async def test_whoever_leaves_in_the_middle_leaves_nothing(
        self, trial: Trial, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        half = form(bytes(90_000), ended=False)
        part: Message = {"type": "http.request", "body": half, "more_body": True}
        sent = await run(trial.app, scope_of("/v1/papers", "POST", header(b"200000")), part)

        assert sent == []
        assert await things(owner) == 0
        assert left_in(tmp_path) == []

    async def test_a_body_that_comes_too_slowly_is_not_waited_for(
        self, trial: Trial, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        async def slow() -> AsyncIterator[bytes]:
            yield form(bytes(90_000), ended=False)
            await asyncio.Event().wait()

        headers = {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}"}
        async with trial.client("anna") as client:
            answer = await client.post("/v1/papers", content=slow(), headers=headers)

        assert answer.status_code == 503
        assert await things(owner) == 0
        assert left_in(tmp_path) == []


def header(length: bytes) -> dict[bytes, bytes]:
    return {
        b"content-type": f"multipart/form-data; boundary={BOUNDARY}".encode(),
        b"content-length": length,
        b"authorization": b"Bearer anna",
    }


def test_what_a_route_takes_can_be_read_in_its_description() -> None:
    schema = TAKES.openapi()["requestBody"]["content"]["multipart/form-data"]["schema"]

    assert schema["properties"]["file"]["format"] == "binary"
    assert schema["required"] == ["file", "title"]
