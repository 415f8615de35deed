"""A streaming standby of a test's server, whose replay can be held up."""

import asyncio
import os
import signal
import subprocess
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg

from app.config import Settings
from app.db.embedded.binaries import find_binaries
from app.db.embedded.connection import SUPERUSER, Connection
from app.db.embedded.folder import folder_at
from app.db.embedded.run_as import launch, run_as_for
from tests.cli.services import free_port
from tests.databases import TestServer

SECONDS = 60


@asynccontextmanager
async def standby_of(server: TestServer) -> AsyncIterator[Connection]:
    """Copy a server and let the copy follow it; gone in the end."""
    binaries, primary = find_binaries(Settings()), server.connection
    made = replace(primary, port=int(free_port()))
    with tempfile.TemporaryDirectory(prefix="ap-register-standby-") as name:
        run_as = run_as_for(None, binaries, folder_at(Path(name)))
        data = _empty_folder(Path(name), run_as.owner)
        copy: list[str | Path] = [binaries.bin_dir / "pg_basebackup", "-R", "-c", "fast"]
        copy += ["-D", data, "-d", primary.url("postgres")]
        copying = launch(run_as, copy, subprocess.DEVNULL, on_our_death=signal.SIGKILL)
        assert await asyncio.to_thread(copying.wait, SECONDS) == 0
        start: list[str | Path] = [binaries.bin_dir / "postgres", "-D", data]
        start += ["-c", f"port={made.port}"]
        process = launch(run_as, start, subprocess.DEVNULL, on_our_death=signal.SIGINT)
        try:
            await _answers(made)
            yield made
        finally:
            process.send_signal(signal.SIGQUIT)
            await asyncio.to_thread(process.wait, SECONDS)


def address_on(hosts: list[Connection], like: str) -> str:
    """Return an address of several hosts, with the login and database of another address."""
    parts = urlsplit(like)
    login = parts.netloc.rpartition("@")[0]
    there = ",".join(f"{host.host}:{host.port}" for host in hosts)
    return f"postgresql://{login}@{there}{parts.path}"


async def _answers(made: Connection) -> None:
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                link = await asyncpg.connect(made.url("postgres", SUPERUSER, made.password))
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.1)
            else:
                await link.close()
                return


def _empty_folder(root: Path, owner: tuple[int, int] | None) -> Path:
    """Make a folder that only the server may look into; run as root, it is another user."""
    root.chmod(0o711)
    made = root / "data"
    made.mkdir(mode=0o700)
    if owner is not None:
        os.chown(made, *owner)
    return made
