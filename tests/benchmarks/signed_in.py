"""What it costs to know who is asking, and to do a request only once.

The whole application answers in this process, without a socket between. Every request does the same
one statement under row security, or writes the same one entry into the record of acts; what differs
is a session's cookie, or an idempotency key.
"""

import argparse
import statistics
import time
import uuid
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count, repeat

import asyncpg
import uvloop
from fastapi import APIRouter, FastAPI
from sqlalchemy import text
from starlette.requests import Request
from starlette.responses import Response

from app import log
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.cli.output import say
from app.db.transactions import reading
from app.http.security import CurrentActor
from app.http.sessions import Reading, Writing
from app.main import create_app
from tests.benchmarks import measuring
from tests.benchmarks.asking import ask, body_of
from tests.databases import copied_database
from tests.factories.people import Member, add_member, add_organisation, add_session

ROUNDS, REQUESTS = 11, 100
PATH = "/v1/benchmark"
ONE = text("SELECT name FROM organisations WHERE id = :id")

router = APIRouter(prefix=PATH)


@dataclass(slots=True)
class Way:
    """One way of asking, and how long it took.

    Attributes:
        name: for the table.
        method: `GET` or `POST`.
        path: below the benchmark's own prefix.
        beside: names the way it is compared with.
        signed_in: whether the cookie goes along.
        keys: what the `Idempotency-Key` of each request is; none are sent without.
        seconds: a request's median, a value a round.
    """

    name: str
    method: str
    path: str
    beside: str | None
    signed_in: bool = True
    keys: Iterator[str] | None = None
    seconds: list[float] = field(default_factory=list)


@router.get("/nothing")
async def read_nothing() -> dict[str, bool]:
    """Answer without asking anybody or anything."""
    return {"ok": True}


@router.get("/unasked")
async def read_unasked(request: Request) -> dict[str, str]:
    """Read in a transaction of somebody's without finding out who asks."""
    actor: Actor = request.app.state.somebody
    async with reading(request.app.state.database, actor) as session:
        found = await session.execute(ONE, {"id": actor.organisation_id})
    return {"name": found.scalar_one()}


@router.get("/signed-in")
async def read_signed_in(session: Reading, actor: CurrentActor) -> dict[str, str]:
    """Read as whoever asks."""
    found = await session.execute(ONE, {"id": actor.organisation_id})
    return {"name": found.scalar_one()}


@router.post("/acts", status_code=201)
async def write(response: Response, session: Writing, actor: CurrentActor) -> dict[str, str]:
    """Write one entry into the record of acts."""
    await record(session, actor, "benchmark.made", Subject("benchmark", uuid.uuid4()))
    response.headers["Location"] = f"{PATH}/signed-in"
    return {"name": "benchmark"}


def ways() -> list[Way]:
    """Return the ways that are compared."""
    fresh = (f"fresh-{number}" for number in count())
    same = repeat("same")
    unasked, plain = "GET, the same read by nobody in particular", "POST without a key"
    return [
        Way("GET that reads nothing", "GET", "/nothing", unasked, signed_in=False),
        Way(unasked, "GET", "/unasked", None, signed_in=False),
        Way("GET, signed in by a cookie", "GET", "/signed-in", unasked),
        Way(plain, "POST", "/acts", None),
        Way("POST with a new key", "POST", "/acts", plain, keys=fresh),
        Way("POST with a key that was used", "POST", "/acts", plain, keys=same),
    ]


def main() -> None:
    """Measure, and print the table."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Ask in every way in turn, and print each beside what it is compared with."""
    conditions = await measuring.surroundings(bench)
    compared = ways()
    async with _service(bench) as (app, cookie):
        for one in compared:
            await _ask_often(app, one, cookie, told.requests)
        for round_number in range(told.rounds):
            say(f"Round {round_number + 1} of {told.rounds} …")
            for one in measuring.turn_about(compared, round_number):
                one.seconds.append(await _ask_often(app, one, cookie, told.requests))
    conditions.append(f"rounds: {told.rounds} of {told.requests} requests each way, one by one")
    conditions.append("ratios are the median of the rounds' ratios of medians")
    headings = ["way", "p50 ms", "least", "most", "takes", "of"]
    measuring.show("## signed_in", conditions, headings, [_row(one, compared) for one in compared])


@asynccontextmanager
async def _service(bench: measuring.Bench) -> AsyncIterator[tuple[FastAPI, str]]:
    """Run the application on a register with one person in it, who is signed in."""
    async with copied_database(bench.server) as settings:
        owner = await asyncpg.connect(measuring.owner_url(settings))
        member: Member = await add_member(owner, await add_organisation(owner))
        cookie = await add_session(owner, member)
        await owner.close()
        app = create_app(settings)
        app.include_router(router)
        app.state.somebody = member.actor
        async with app.router.lifespan_context(app):
            yield app, cookie


async def _ask_often(app: FastAPI, one: Way, cookie: str, requests: int) -> float:
    """Return the median of so many requests, in seconds."""
    taken = []
    for _ in range(requests):
        began = time.perf_counter()
        await _ask(app, one, cookie)
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


async def _ask(app: FastAPI, one: Way, cookie: str) -> None:
    """Ask once; anything but success ends the benchmark."""
    headers = [(b"origin", b"http://register.test")]
    if one.signed_in:
        headers.append((b"cookie", f"session={cookie}".encode()))
    if one.keys is not None:
        headers.append((b"idempotency-key", next(one.keys).encode()))
    sent = await ask(app, PATH + one.path, headers, method=one.method)
    if sent[0]["status"] not in {200, 201}:
        raise SystemExit(f"{one.name} answered {sent[0]['status']}: {body_of(sent).decode()}")


def _row(one: Way, compared: Sequence[Way]) -> list[str]:
    beside = next((other for other in compared if other.name == one.beside), None)
    times = "" if beside is None else measuring.ratio(_ratio(one, beside))
    taken = (statistics.median(one.seconds), min(one.seconds), max(one.seconds))
    return [one.name, *(f"{value * 1_000:.2f}" for value in taken), times, one.beside or ""]


def _ratio(one: Way, other: Way) -> float:
    return measuring.median_ratio(one.seconds, other.seconds)


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    few = measuring.up_to(10_000)
    parser.add_argument("--requests", type=few, default=REQUESTS, help="a round and way")
    return parser


if __name__ == "__main__":
    main()
