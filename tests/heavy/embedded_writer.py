"""A command with an embedded server, to be killed: commits numbers and tells each one afterwards.

Run as `python -m tests.heavy.embedded_writer FOLDER write|hold|spin`.
"""

import asyncio
import signal
import sys
from pathlib import Path

import asyncpg

from app.config import Settings
from app.db.embedded.connection import Connection
from app.db.embedded.supervisor import server

_ENDLESS = "SELECT count(*) FROM generate_series(1, 20000000000) AS n WHERE n % 3 = 1"


def main() -> None:
    """Start (or join) the server in the folder named, say so, and do as told."""
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
    folder, deed = Path(sys.argv[1]), sys.argv[2]
    with server(Settings(data_dir=folder)) as connection:
        _say(f"port {connection.port}")
        if deed == "hold":
            sys.stdin.read()
        else:
            asyncio.run(_write(connection) if deed == "write" else _spin(connection))


async def _write(connection: Connection) -> None:
    session = await asyncpg.connect(connection.url("postgres"))
    await session.execute("CREATE TABLE IF NOT EXISTS numbers (n int PRIMARY KEY, ballast text)")
    first = await session.fetchval("SELECT coalesce(max(n), 0) + 1 FROM numbers")
    for number in range(first, first + 1_000_000):
        await session.execute("INSERT INTO numbers VALUES ($1, repeat('x', 5000))", number)
        _say(str(number))


async def _spin(connection: Connection) -> None:
    session = await asyncpg.connect(connection.url("postgres"))
    asking = asyncio.create_task(session.execute(_ENDLESS))
    await asyncio.sleep(0.5)
    _say("spinning")
    await asking


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
