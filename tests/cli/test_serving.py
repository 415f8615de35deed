import re
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import orjson
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.db.transactions import Database
from tests.cli.running import addresses, command, environment, run
from tests.factories.providers import make_provider, put_on_register

SECONDS = 60


def free_port() -> str:
    with socket.socket() as some:
        some.bind(("127.0.0.1", 0))
        return str(some.getsockname()[1])


@contextmanager
def serving(folder: Path, **changes: str) -> Iterator[tuple[subprocess.Popen[bytes], str, Path]]:
    """Serve on a free port until the block ends: the process, its address, what it says."""
    port, said = free_port(), folder / "said.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            command("serve"),
            cwd=folder,
            env=environment(PORT=port, **changes),
            stderr=output,
        )
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(base, process, said)
        yield process, base, said
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait(timeout=SECONDS)


def wait_for(base: str, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            get(f"{base}/readyz")
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"the service did not come up: {said.read_text()}")


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own, on loopback
        body: bytes = answer.read()
    return body


async def test_serves_a_configured_database_and_says_where(
    settings: Settings, database: Database, tmp_path: Path
) -> None:
    await put_on_register(database, make_provider())

    with serving(tmp_path, **addresses(settings)) as (process, base, said):
        found = orjson.loads(get(f"{base}/v1/providers"))
        page = get(f"{base}/").decode()
        tried = [get(url) for url in re.findall(r"curl '([^']+)'", said.read_text())]
        process.send_signal(signal.SIGINT)
        code = process.wait(timeout=SECONDS)

    assert [item["provider"]["name"] for item in found["items"]] == ["Example Forge"]
    assert "Example Forge" in page
    assert len(tried) == 2
    assert code == Exit.DONE
    assert "Stopped; the data is kept." in said.read_text()


async def test_refuses_tables_of_another_release(
    settings: Settings, owner: asyncpg.Connection, tmp_path: Path
) -> None:
    await owner.execute("UPDATE alembic_version SET version_num = '0001'")

    ended = run("serve", folder=tmp_path, PORT=free_port(), **addresses(settings))

    assert ended.returncode == Exit.SURROUNDINGS
    assert "Run `ap-register migrate` first." in ended.stderr.decode()


@pytest.mark.heavy
def test_another_command_joins_the_database_of_the_service(tmp_path: Path) -> None:
    with serving(tmp_path) as (_, base, __):
        run("demo", "--providers", "30", folder=tmp_path)
        found = orjson.loads(get(f"{base}/v1/providers?include=total"))

    assert found["total"] > 0
    assert not (tmp_path / ".data" / "connection.json").exists()


@pytest.mark.heavy
def test_after_everything_was_killed_the_same_data_is_served(tmp_path: Path) -> None:
    run("demo", "--providers", "50", folder=tmp_path)
    with serving(tmp_path) as (process, base, _):
        before = get(f"{base}/v1/providers?limit=100")
        postmaster = (tmp_path / ".data/postgres/postmaster.pid").read_text().splitlines()[0]
        process.kill()
        subprocess.run(["kill", "-9", postmaster], check=False)  # noqa: S603, S607 - our own server
        process.wait(timeout=SECONDS)

    with serving(tmp_path) as (_, base, __):
        after = get(f"{base}/v1/providers?limit=100")

    assert orjson.loads(before)["items"]
    assert before == after
