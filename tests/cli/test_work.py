import asyncio
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import asyncpg

from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from app.outbox.clearing import IDEMPOTENCY_CLEAR
from tests.cli.running import addresses, environment, prepared, run
from tests.cli.services import HEAR_CTRL_C, free_port, get
from tests.outbox.effects import ask, job, until

SECONDS = 60


@contextmanager
def working(
    folder: Path, settings: Settings, *words: str
) -> Iterator[tuple[subprocess.Popen[bytes], Path]]:
    """Let `ap-register work` run until the block ends; what it says is in the file."""
    said_in = folder / "said.txt"
    with said_in.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            prepared(HEAR_CTRL_C, "work", *words),
            cwd=folder,
            env=environment(LOG_FORMAT="json", **addresses(settings)),
            stderr=output,
        )
    try:
        yield process, said_in
    finally:
        process.kill()
        process.wait(SECONDS)


async def ended(owner: asyncpg.Connection, name: str) -> bool:
    return bool((await job(owner, name))["state"] != "waiting")


async def test_does_jobs_keeps_schedules_and_ends_when_told_to(
    settings: Settings, database: Database, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await ask(database, "one", kind=IDEMPOTENCY_CLEAR)
    with working(tmp_path, settings) as (process, said_in):
        await until(partial(ended, owner, "one"))
        process.send_signal(signal.SIGTERM)
        code = process.wait(SECONDS)

    said = said_in.read_text()
    assert code == Exit.DONE
    assert (await job(owner, "one"))["state"] == "done"
    assert await owner.fetchval("SELECT count(*) FROM schedules") >= 3
    assert '"outcome": "done"' in said
    assert said.endswith("Stopped; what was begun is done.\n")


async def test_shows_metrics_to_this_machine_if_asked_to(
    settings: Settings, database: Database, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    port = free_port()
    counted = f'jobs_ended_total{{kind="{IDEMPOTENCY_CLEAR}",outcome="done"}}'

    async def shown() -> bool:
        text = (await asyncio.to_thread(get, f"http://127.0.0.1:{port}/metrics")).decode()
        return counted in text and "jobs_known 1.0" in text

    await ask(database, "one", kind=IDEMPOTENCY_CLEAR)
    with working(tmp_path, settings, "--metrics-port", port) as (process, _):
        await until(partial(ended, owner, "one"))
        await until(shown)
        process.send_signal(signal.SIGINT)
        code = process.wait(SECONDS)

    assert code == Exit.DONE


async def test_refuses_tables_of_another_release(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await owner.execute("UPDATE alembic_version SET version_num = '0001'")

    refused = run("work", folder=tmp_path, **addresses(settings))

    assert refused.returncode == Exit.SURROUNDINGS
    assert "Run `ap-register migrate` first." in refused.stderr.decode()
    assert b"Traceback" not in refused.stderr
