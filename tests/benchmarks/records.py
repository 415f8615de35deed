"""What one provider's record costs, beside reading its rows and making an answer of models.

Both answer in this process, without a socket between, turn about in short blocks. The other way
reads what a record is composed from, composes it and validates the answer by `response_model`; it
is given our own statements and our own composing, to its advantage.
"""

import argparse
import asyncio
import statistics
import time
from contextlib import AsyncExitStack
from typing import Any

import orjson
import uvloop
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncEngine

from app import clock, log
from app.access import Actor, DbRole
from app.cli.output import say
from app.db.engine import open_engine
from app.db.migrating import role_prefix_of
from app.db.transactions import Database, transaction
from app.demo.plan import MOST_PROVIDERS
from app.main import FIRST_LOOK_SECONDS, create_app
from app.providers.models.providers import Provider
from app.register.composing import compose
from app.register.queries.records import lock_public_providers, read_whole
from app.register.rendering import render
from app.register.schemas.records import ProviderRecord
from tests.benchmarks import measuring
from tests.benchmarks.asking import read

PROVIDERS, ROUNDS, BLOCK = 5_000, 7, 100
UNLIMITED = "100000000/minute"
PUBLISHER = Actor(name="benchmark", role=DbRole.PUBLISHER)
"""Who reads records whole."""


def main() -> None:
    """Measure, and print the table."""
    told = _options().parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Ask for a hundred records in each way once a round, and print how they compare."""
    conditions = await measuring.surroundings(bench)
    async with measuring.demonstration(bench.server, told.providers) as made:
        plain = made.model_copy(update={"rate_limit": UNLIMITED, "answer_cache_bytes": 0})
        kept = made.model_copy(update={"rate_limit": UNLIMITED})
        engine = open_engine(measuring.owner_url(made), pool_size=1)
        ways = {
            "ours": create_app(plain),
            "ours, from memory": create_app(kept),
            "rows, composed, response_model": _by_rows(engine, role_prefix_of(made)),
        }
        seconds: dict[str, list[float]] = {name: [] for name in ways}
        async with AsyncExitStack() as running:
            for app in ways.values():
                await running.enter_async_context(app.router.lifespan_context(app))
            await asyncio.sleep(FIRST_LOOK_SECONDS + 0.5)
            numbers = await _numbers(ways["ours"])
            for number in range(told.rounds):
                say(f"Round {number + 1} of {told.rounds} …")
                for name in measuring.turn_about(list(ways), number):
                    seconds[name].append(await _block(ways[name], numbers))
        await engine.dispose()
    conditions.append(f"sizes: {told.providers:,} providers; {BLOCK} records a block")
    conditions.append(f"rounds: {told.rounds}; medians of rounds")
    rows = [
        [
            name,
            measuring.milliseconds(statistics.median(taken)),
            measuring.ratio(measuring.median_ratio(taken, seconds["ours"])),
        ]
        for name, taken in seconds.items()
    ]
    measuring.show("## records", conditions, ["way", "ms a record", "of ours"], rows)


async def _numbers(app: FastAPI) -> list[str]:
    """Return the numbers of the first providers there are."""
    found = orjson.loads(await read(app, f"/v1/providers?limit={BLOCK}"))
    return [one["provider"]["number"] for one in found["items"]]


async def _block(app: FastAPI, numbers: list[str]) -> float:
    began = time.perf_counter()
    for number in numbers:
        await read(app, f"/v1/providers/{number}")
    return (time.perf_counter() - began) / len(numbers)


def _by_rows(engine: AsyncEngine, prefix: str) -> FastAPI:
    app, database = FastAPI(openapi_url=None), Database(engine, prefix, {})

    @app.get("/v1/providers/{number}", response_model=ProviderRecord)
    async def get_provider(number: str) -> Any:
        async with transaction(database, PUBLISHER) as session:
            asked = select(Provider.id).where(Provider.number == number)
            providers = await lock_public_providers(session, (await session.scalars(asked)).all())
            (whole,) = await read_whole(session, providers)
            record = compose(whole, clock.today())
        return orjson.loads(render(record, 1, clock.now()).document)

    return app


def _options() -> argparse.ArgumentParser:
    parser = measuring.options(__doc__, ROUNDS)
    many = measuring.up_to(MOST_PROVIDERS)
    parser.add_argument("--providers", type=many, default=PROVIDERS, help="in the demonstration")
    return parser


if __name__ == "__main__":
    main()
