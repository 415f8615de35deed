"""What a public answer costs: from memory, as a 304, made anew; and where its time goes.

The whole application answers in this process, without a socket between, so that the ratios are of
our own work. Everything is asked turn about: each way once a round, in short blocks.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import Awaitable, Callable
from typing import Annotated, Any
from urllib.parse import urlencode

import asyncpg
import uvloop
from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.responses import Response
from starlette.types import Message, Receive, Scope, Send

from app import log
from app.cli.output import say
from app.config import Settings
from app.db.read_pool import open_read_pool
from app.demo.plan import MOST_PROVIDERS
from app.http import wiring
from app.http.direct_routes import DirectRoute
from app.http.kept_answers import AnswerCache
from app.http.query_models import query_reader
from app.main import FIRST_LOOK_SECONDS, create_app
from app.register.schemas.search import SearchQuery
from app.register.searching.memory import Memory
from app.register.searching.present import search
from tests.benchmarks import measuring
from tests.benchmarks.asking import ask

PROVIDERS, ROUNDS, BLOCK = 5_000, 9, 100
ASKED = {"la": "331"}
ADDRESS = f"/v1/providers?{urlencode(ASKED)}"
"""One of the quickest searches: whatever is slower gains more from memory."""
UNLIMITED = "100000000/minute"

Taken = tuple[float, float]
Way = Callable[[], Awaitable[None]]


def main() -> None:
    """Measure, and print the tables."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Ask for one search in every way, and print how they compare."""
    conditions = await measuring.surroundings(bench)
    async with measuring.demonstration(bench.server, told.providers) as made:
        settings = made.model_copy(update={"rate_limit": UNLIMITED})
        app = create_app(settings)
        assert settings.database_read_url is not None
        url = settings.database_read_url.get_secret_value()
        async with app.router.lifespan_context(app), await open_read_pool(url, size=1) as pool:
            await asyncio.sleep(FIRST_LOOK_SECONDS + 0.5)
            answer, etag = await _warm(app)
            ways = {
                **_ways(app, etag),
                **_pieces(settings, answer),
                "the statements alone": await _statements(pool),
            }
            seconds: dict[str, list[Taken]] = {name: [] for name in ways}
            for number in range(told.rounds):
                say(f"Round {number + 1} of {told.rounds} …")
                for name in measuring.turn_about(list(ways), number):
                    seconds[name].append(await _time(ways[name]))
    size = f"one search of {told.providers:,} providers, {len(answer):,} bytes"
    conditions += [f"sizes: {size}", f"rounds: {told.rounds}, blocks of {BLOCK} requests"]
    _show(conditions, seconds)


async def _warm(app: FastAPI) -> tuple[bytes, bytes]:
    """Ask until the answer comes from memory; return it, and its tag."""
    cache: AnswerCache = app.state.answer_cache
    for _ in range(100):
        sent = await ask(app, ADDRESS)
        if cache.hits._value.get():
            return sent[1]["body"], dict(sent[0]["headers"])[b"etag"]
    raise SystemExit("The head was never sure: nothing comes from memory.")


def _ways(app: FastAPI, etag: bytes) -> dict[str, Way]:
    cache: AnswerCache = app.state.answer_cache
    asked = (b"if-none-match", etag)

    def forgetful(*headers: tuple[bytes, bytes], status: int) -> Way:
        async def made() -> None:
            cache.clear()
            _check(await ask(app, ADDRESS, headers), status)

        return made

    def remembering(*headers: tuple[bytes, bytes], status: int) -> Way:
        async def remembered() -> None:
            _check(await ask(app, ADDRESS, headers), status)

        return remembered

    return {
        "200, made": forgetful(status=200),
        "304, made": forgetful(asked, status=304),
        "200, from memory": remembering(status=200),
        "304, from memory": remembering(asked, status=304),
    }


def _pieces(settings: Settings, body: bytes) -> dict[str, Way]:
    """Return ways to send the same bytes through less and less of what is around a route."""
    app = FastAPI(openapi_url=None)
    wiring.install(app, settings, constraint_errors={}, render_page=None)

    @app.get("/v1/parameters")
    async def parameters(query: Annotated[SearchQuery, Query()]) -> Response:
        return Response(body, headers={"Limit": str(query.limit)}, media_type="application/json")

    router = APIRouter(prefix="/v1/direct", route_class=DirectRoute)

    @router.get("")
    async def direct(
        request: Request, query: Annotated[SearchQuery, Depends(query_reader(SearchQuery))]
    ) -> Response:
        return Response(body, headers={"Limit": str(query.limit)}, media_type="application/json")

    app.include_router(router)

    @app.get("/v1/none")
    async def none() -> Response:
        return Response(body, media_type="application/json")

    async def bare(_: Scope, __: Receive, send: Send) -> None:
        headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    def asking(of: Any, address: str) -> Way:
        async def asked() -> None:
            _check(await ask(of, address), 200)

        return asked

    return {
        "same bytes, read by FastAPI": asking(app, ADDRESS.replace("providers", "parameters")),
        "same bytes, as a search is read": asking(app, ADDRESS.replace("providers", "direct")),
        "same bytes, no parameters": asking(app, "/v1/none"),
        "same bytes, bare": asking(bare, "/"),
    }


async def _statements(pool: asyncpg.Pool) -> Way:
    query = SearchQuery.model_validate(ASKED)
    noted: list[Any] = []
    memory = Memory()
    async with pool.acquire() as connection:
        await search(connection, query, memory)  # which reads the memory first
        with connection.query_logger(noted.append):
            await search(connection, query, memory)
            await asyncio.sleep(0)

    async def run() -> None:
        async with pool.acquire() as connection:
            for sent in noted:
                await connection.fetch(sent.query, *sent.args)

    return run


async def _time(way: Way) -> Taken:
    """Return the seconds one request of a block takes, and those of this process's own work."""
    began, worked = time.perf_counter(), time.process_time()
    for _ in range(BLOCK):
        await way()
    return (time.perf_counter() - began) / BLOCK, (time.process_time() - worked) / BLOCK


def _check(sent: list[Message], status: int) -> None:
    if sent[0]["status"] != status:
        raise SystemExit(f"It was answered with {sent[0]['status']}, not {status}.")


def _show(conditions: list[str], seconds: dict[str, list[Taken]]) -> None:
    made = list(zip(*seconds["200, made"], strict=True))
    rows = []
    for name, measured in seconds.items():
        row = [name]
        for base, taken in zip(made, zip(*measured, strict=True), strict=True):
            row.append(f"{statistics.median(taken) * 1e6:,.0f}")
            row.append(measuring.ratio(measuring.median_ratio(base, taken)))
        rows.append(row)
    headings = ["way", "microseconds", "a 200 made takes", "of our own CPU", "a 200 made takes"]
    measuring.show("## cached answers", conditions, headings, rows)


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    many = measuring.up_to(MOST_PROVIDERS)
    parser.add_argument("--providers", type=many, default=PROVIDERS, help="in the demonstration")
    return parser


if __name__ == "__main__":
    main()
