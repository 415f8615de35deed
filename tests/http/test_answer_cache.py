"""Answers from memory, as whoever asks meets them."""

import uuid
from dataclasses import dataclass, replace
from typing import Any

import httpx
import pytest
from fastapi import FastAPI, Request, Response
from fastapi.responses import StreamingResponse

from app.http.answer_cache import state_entry
from app.register.heads import KnownHead, Version
from tests.http.support import client_of, make_app, run, scope_of

PATH, TAG = "/v1/things", '"a-tag"'
TEN = Version(uuid.UUID(int=1), entry=10, written_by=700)


@dataclass
class Kind:
    """What the service answers.

    Attributes:
        entry: that it states, if any.
        headers: of the answer.
        status: of the answer.
        streamed: whether it comes in pieces, and breaks off after so many.
        reader: the version of a reader that has a part in it, if not the present one.
        made: how often it was made.
    """

    entry: int | None = 10
    headers: Any = None
    status: int = 200
    pieces: int = 0
    reader: Version | None = None
    made: int = 0


def service(kind: Kind, **settings: Any) -> tuple[FastAPI, KnownHead]:
    app = make_app(**settings)

    @app.api_route(PATH, methods=["GET", "POST"])
    async def answer(request: Request, q: str = "", a: str = "") -> Response:
        kind.made += 1
        if kind.reader is not None:
            known.compare(kind.reader)
        if kind.entry is not None:
            state_entry(request, kind.entry)
        headers = {"ETag": TAG, "Cache-Control": "public"} if kind.headers is None else kind.headers
        if kind.pieces:

            async def pieces() -> Any:
                for _ in range(kind.pieces):
                    yield b"x" * 40_000

            return StreamingResponse(pieces(), headers=headers)
        body = f"made {kind.made}"
        return Response(body, kind.status, headers, "application/json")

    known = app.state.answer_cache.freshness = KnownHead()
    app.state.answer_cache.serve((PATH,))
    look(known)
    return app, known


def look(known: KnownHead, version: Version = TEN) -> None:
    known.end_look(known.begin_look(), version, standby=False)


async def get(app: FastAPI, query: str = "", **headers: str) -> httpx.Response:
    async with client_of(app) as client:
        return await client.get(
            PATH + query, headers={k.replace("_", "-"): headers[k] for k in headers}
        )


async def test_an_answer_is_made_once_and_dressed_each_time() -> None:
    kind = Kind()
    app, _ = service(kind)
    first, second = await get(app), await get(app)

    assert (first.content, second.content, kind.made) == (b"made 1", b"made 1", 1)
    differing = {"ratelimit", "x-request-id"}
    assert {n: v for n, v in first.headers.items() if n not in differing} == {
        n: v for n, v in second.headers.items() if n not in differing
    }
    assert first.headers["RateLimit"] != second.headers["RateLimit"]
    assert first.headers["X-Request-ID"] != second.headers["X-Request-ID"]


async def test_who_has_it_already_is_told_so() -> None:
    kind = Kind()
    app, _ = service(kind)
    await get(app)
    answer = await get(app, if_none_match=f'"other", {TAG}')
    whole = await get(app, if_none_match='"other"')

    assert (answer.status_code, answer.content, answer.headers["ETag"]) == (304, b"", TAG)
    assert answer.headers["Cache-Control"] == "public"
    assert not {"content-type", "content-length"} & set(answer.headers)
    assert (whole.status_code, kind.made) == (200, 1)


async def test_a_tag_that_the_service_confirmed_is_known_without_its_answer() -> None:
    kind = Kind(status=304)
    app, _ = service(kind)
    await get(app, if_none_match=TAG)
    kind.status = 200
    again = await get(app, if_none_match=TAG)
    whole = await get(app)

    assert (again.status_code, whole.status_code, whole.content) == (304, 200, b"made 2")


async def test_nothing_comes_from_memory_while_the_version_is_not_sure() -> None:
    kind = Kind()
    app, known = service(kind)
    await get(app)
    known.doubt()
    doubted = await get(app, if_none_match=TAG)
    look(known)
    sure = await get(app, if_none_match=TAG)

    assert (doubted.status_code, doubted.content) == (200, b"made 2")
    assert sure.status_code == 304
    assert app.state.answer_cache.aside._value.get() == 1


@pytest.mark.parametrize("name", ["Authorization", "Cookie"])
async def test_who_brings_credentials_is_never_answered_from_memory(name: str) -> None:
    kind = Kind()
    app, _ = service(kind)
    await get(app)
    for _ in range(2):
        assert (await get(app, **{name: "a=b"})).content == f"made {kind.made}".encode()

    assert kind.made == 3
    assert (await get(app)).content == b"made 1"


@pytest.mark.parametrize(
    "kind",
    [
        Kind(status=404),
        Kind(headers={"Cache-Control": "public"}),
        Kind(headers={"ETag": TAG, "Set-Cookie": "a=b"}),
        Kind(entry=None),
        Kind(entry=9),
        Kind(pieces=30),
        Kind(reader=replace(TEN, written_by=699)),
    ],
    ids=[
        "not found",
        "no tag",
        "a cookie",
        "no entry",
        "another entry",
        "too large",
        "a strayed reader",
    ],
)
async def test_what_must_not_be_kept_is_made_each_time(kind: Kind) -> None:
    app, _ = service(kind)
    first, second = await get(app), await get(app)

    assert kind.made == 2
    assert app.state.answer_cache.bytes == 0
    assert len(first.content) == len(second.content)


async def test_an_answer_in_pieces_is_kept_whole() -> None:
    kind = Kind(pieces=3)
    app, _ = service(kind)
    first, second = await get(app), await get(app)

    assert (kind.made, first.content) == (1, second.content)
    assert len(second.content) == 120_000


async def test_parameters_in_another_order_ask_for_the_same() -> None:
    kind = Kind()
    app, _ = service(kind)
    for query in ("?q=x&a=y", "?a=y&q=x", "?a=%79&q=x"):
        await get(app, query)
    assert kind.made == 1
    await get(app, "?q=y&a=x")
    assert kind.made == 2
    assert (await get(app, "?q=y&z=x")).status_code == 422


async def test_head_is_answered_from_memory_without_a_body() -> None:
    kind = Kind()
    app, _ = service(kind)
    async with client_of(app) as client:
        heads = [await client.head(PATH) for _ in range(2)]
    assert [(one.status_code, one.content, one.headers["content-length"]) for one in heads] == [
        (200, b"", "6")
    ] * 2
    assert (await get(app)).content == b"made 1"
    assert kind.made == 1


async def test_whoever_changes_something_sees_it_at_once() -> None:
    kind = Kind()
    app, known = service(kind)
    await get(app)
    async with client_of(app) as client:
        await client.post(PATH)
    assert known.present() is None
    assert (await get(app)).content == b"made 3"


async def test_what_an_answer_states_is_known_before_it_leaves() -> None:
    kind = Kind()
    app, known = service(kind)
    await get(app)
    kind.entry = 11
    await get(app, "?q=other")

    assert known.told == 11
    assert (await get(app)).content == b"made 3"


async def test_it_is_counted_under_its_route() -> None:
    app, _ = service(Kind())
    for _ in range(3):
        await get(app)
    counted = app.state.metrics.requests.labels("GET", PATH, "200")._value.get()

    cache = app.state.answer_cache
    assert (counted, cache.hits._value.get(), cache.misses._value.get()) == (3, 2, 1)


async def test_a_cache_without_room_keeps_nothing() -> None:
    kind = Kind()
    app, _ = service(kind, answer_cache_bytes=0)
    await get(app)
    await run(app, scope_of(PATH))

    assert (kind.made, app.state.answer_cache.bytes) == (2, 0)
