"""How fast the whole register leaves as one file, and what that adds to the server's memory.

Beside our own download: the same records read through the ORM's stream and written by Pydantic.
"""

import argparse
import asyncio
import statistics
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path

import orjson
import uvloop
from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import StreamingResponse

from app import log
from app.cli.output import say
from app.config import Settings
from app.db.engine import open_engine
from app.db.migrating import role_prefix_of
from app.demo.plan import MOST_PROVIDERS
from app.register.models import RegisterDocument
from app.register.schemas.records import ProviderRecord
from tests.benchmarks import measuring
from tests.benchmarks.loading import HOST, ready
from tests.benchmarks.reads import UNLIMITED, served
from tests.cli.services import free_port

PROVIDERS, ROUNDS = 10_000, 3
DOWNLOAD = "/v1/register/download"
_KILOBYTES = 1_000


def by_orm() -> FastAPI:
    """Return an application that writes the register as JSON Lines by the ORM and Pydantic."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        settings = Settings.load()
        assert settings.database_url is not None
        app.state.engine = open_engine(settings.database_owner_url.get_secret_value(), pool_size=2)  # type: ignore[union-attr]
        yield
        await app.state.engine.dispose()

    app = FastAPI(openapi_url=None, lifespan=lifespan)

    @app.get("/v1/providers")
    async def answer() -> dict[str, bool]:
        return {"ready": True}

    @app.get(DOWNLOAD)
    async def download() -> StreamingResponse:
        async def lines() -> AsyncIterator[bytes]:
            async with AsyncSession(app.state.engine) as session:
                async for held in await session.stream_scalars(
                    select(RegisterDocument).order_by(RegisterDocument.number)
                ):
                    record = ProviderRecord.model_validate(orjson.loads(held.document))
                    yield record.model_dump_json(by_alias=True).encode() + b"\n"

        return StreamingResponse(lines())

    return app


def main() -> None:
    """Measure, and print the table."""
    parser = measuring.options(__doc__, ROUNDS)
    many = measuring.up_to(MOST_PROVIDERS)
    parser.add_argument("--providers", type=many, default=PROVIDERS, help="in the demonstration")
    told = parser.parse_args()
    log.set_up("text", "WARNING")
    with measuring.bench() as bench:
        uvloop.run(compare(bench, told))


async def compare(bench: measuring.Bench, told: argparse.Namespace) -> None:
    """Download in every way once a round, and print how they compare."""
    conditions = await measuring.surroundings(bench)
    async with measuring.demonstration(bench.server, told.providers) as settings:
        service = {"RATE_LIMIT": UNLIMITED, "LOG_LEVEL": "WARNING"}
        service["ROLE_PREFIX"] = role_prefix_of(settings)
        with ExitStack() as running:
            ways: dict[str, Callable[[], Awaitable[list[float]]]] = {}
            started: dict[str, float] = {}
            for name, factory, query in (
                ("JSON Lines", "tests.benchmarks.served:ours", "format=jsonl"),
                ("CSV of providers", "tests.benchmarks.served:ours", "format=csv"),
                ("ORM and Pydantic", "tests.benchmarks.exports:by_orm", ""),
            ):
                port, began = int(free_port()), time.perf_counter()
                process = running.enter_context(served(factory, port, settings, service))
                await ready(port, "/v1/providers?limit=1")
                started[name] = time.perf_counter() - began
                ways[name] = _downloading(port, f"{DOWNLOAD}?{query}", process.pid)
            taken: dict[str, list[list[float]]] = {name: [] for name in ways}
            for number in range(told.rounds):
                say(f"Round {number + 1} of {told.rounds} …")
                for name in measuring.turn_about(list(ways), number):
                    taken[name].append(await ways[name]())
    conditions.append(f"sizes: demonstration of {told.providers:,}, nothing kept ready")
    cold = started["JSON Lines"]
    conditions.append(f"cold start: {cold:.1f} s from starting the process to its first answer")
    _show(conditions, taken)


def _downloading(port: int, address: str, pid: int) -> Callable[[], Awaitable[list[float]]]:
    async def download() -> list[float]:
        before = _megabytes(pid, "VmRSS")
        _forget_peak(pid)
        began = time.perf_counter()
        reader, writer = await asyncio.open_connection(HOST, port, limit=2**24)
        writer.write(f"GET {address} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        size, first = 0, 0.0
        while part := await reader.read(2**20):
            first = first or time.perf_counter() - began
            size += len(part)
        writer.close()
        seconds = time.perf_counter() - began
        return [size / 1e6, seconds, first, _megabytes(pid, "VmHWM") - before]

    return download


def _forget_peak(pid: int) -> None:
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def _megabytes(pid: int, name: str) -> float:
    lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    (found,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(found.split()[1]) / _KILOBYTES


def _show(conditions: list[str], taken: dict[str, list[list[float]]]) -> None:
    rates = {name: [size / seconds for size, seconds, *_ in held] for name, held in taken.items()}
    slow = rates["ORM and Pydantic"]
    rows = [
        [
            name,
            f"{_middle(held, 0):,.1f}",
            f"{_middle(held, 1):.2f}",
            f"{statistics.median(rates[name]):,.0f}",
            measuring.ratio(measuring.median_ratio(rates[name], slow)),
            measuring.milliseconds(_middle(held, 2)),
            f"{_middle(held, 3):,.1f}",
        ]
        for name, held in taken.items()
    ]
    headings = ["way", "MB", "seconds", "MB/s", "of the ORM's", "first byte, ms", "peak adds MB"]
    measuring.show("## exports", conditions, headings, rows)


def _middle(held: list[list[float]], place: int) -> float:
    return statistics.median(one[place] for one in held)


if __name__ == "__main__":
    main()
