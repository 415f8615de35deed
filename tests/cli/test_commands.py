import asyncio
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from app.cli.output import Exit
from app.config import Settings
from tests.cli.running import SECRET, Here, addresses, environment, prepared, run
from tests.cli.services import HEAR_CTRL_C

NOBODY = "127.0.0.1:1"


def url(role: str, host: str = NOBODY) -> str:
    return f"postgresql://x_{role}:{SECRET}@{host}/x"


def both(host: str = NOBODY) -> dict[str, str]:
    return {"DATABASE_URL": url("login", host), "DATABASE_READ_URL": url("read", host)}


@pytest.fixture
def taken_port() -> Iterator[str]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


SURROUNDINGS: dict[str, tuple[str, dict[str, str], str]] = {
    "a database that is not there": ("doctor", both(), "cannot be reached; check DATABASE_URL"),
    "a host that is none": (
        "doctor",
        both("no-such-host.invalid"),
        "cannot be reached; check DATABASE_URL",
    ),
    "a port of the database that is none": (
        "doctor",
        both("127.0.0.1:abc"),
        "DATABASE_URL cannot be read as an address",
    ),
    "one address without the other": (
        "doctor",
        {"DATABASE_URL": url("login")},
        "DATABASE_READ_URL is not set",
    ),
    "migrating without the owner's address": ("migrate", both(), "DATABASE_OWNER_URL is not set"),
    "production without a database": (
        "migrate",
        {"ENVIRONMENT": "production"},
        "In production DATABASE_URL must be set",
    ),
    "an address that cannot be parted": (
        "doctor",
        {"DATABASE_URL": f"postgresql://x:{SECRET}\u2100@127.0.0.1/x"},
        "DATABASE_URL: Value error, must be a postgresql:// address",
    ),
    "the reading address alone": (
        "doctor",
        {"DATABASE_READ_URL": url("read")},
        "DATABASE_URL is not set, though another address is",
    ),
    "a port that is none": ("serve", {"PORT": "0"}, "PORT:"),
    "an address of another kind": (
        "doctor",
        {"DATABASE_URL": f"mysql://x:{SECRET}@127.0.0.1/x"},
        "DATABASE_URL: Value error, must be a postgresql:// address",
    ),
}


class TestSurroundings:
    @pytest.mark.parametrize(("word", "changes", "said"), SURROUNDINGS.values(), ids=SURROUNDINGS)
    async def test_says_what_is_wrong_and_shows_no_secret(
        self, here: Here, tmp_path: Path, word: str, changes: dict[str, str], said: str
    ) -> None:
        ended = await here(word, **changes)

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert said in ended.err
        assert SECRET not in ended.err
        assert left_in(tmp_path) == []

    @pytest.mark.parametrize(
        ("word", "name"),
        [
            ("doctor", "DATABASE_READ_URL"),
            ("doctor", "DATABASE_URL"),
            ("migrate", "DATABASE_OWNER_URL"),
        ],
    )
    async def test_a_wrong_password_is_named_as_that_with_the_setting(
        self, settings: Settings, here: Here, word: str, name: str
    ) -> None:
        wrong = addresses(settings)
        login, _, rest = wrong[name].rpartition("@")
        wrong[name] = f"{login.rpartition(':')[0]}:{SECRET}@{rest}"

        ended = await here(word, **wrong)

        assert (ended.code, ended.out) == (Exit.SURROUNDINGS, "")
        assert "password authentication failed" in ended.err
        assert name in ended.err
        assert SECRET not in ended.err

    async def test_a_database_that_does_not_exist_is_named(
        self, settings: Settings, here: Here
    ) -> None:
        astray = {
            name: f"{address.rpartition('/')[0]}/elsewhere" if "://" in address else address
            for name, address in addresses(settings).items()
        }

        ended = await here("migrate", **astray)

        assert ended.code == Exit.SURROUNDINGS
        assert 'database "elsewhere" does not exist' in ended.err
        assert "DATABASE_OWNER_URL" in ended.err

    def test_nothing_but_the_sentence_leaves_the_process(self, tmp_path: Path) -> None:
        ended = run("serve", folder=tmp_path, **both())

        assert ended.returncode == Exit.SURROUNDINGS
        assert ended.stdout == b""
        assert ended.stderr.decode().startswith("DATABASE_URL cannot be connected to:")
        assert ended.stderr.count(b"\n") == 1
        assert SECRET.encode() not in ended.stderr

    def test_a_taken_port_costs_nothing_and_names_another(
        self, tmp_path: Path, taken_port: str
    ) -> None:
        ended = run("serve", folder=tmp_path, PORT=taken_port)

        assert ended.returncode == Exit.SURROUNDINGS
        assert f"127.0.0.1:{taken_port} is taken" in ended.stderr.decode()
        assert f"PORT={int(taken_port) + 1} make run" in ended.stderr.decode()
        assert list(tmp_path.iterdir()) == []


class TestUsage:
    @pytest.mark.parametrize(
        "words",
        [
            ("bogus",),
            ("serve", "--bogus"),
            ("export", "known"),
            ("export", "register", "--format", "xlsx"),
            ("demo", "--providers", "0"),
        ],
    )
    async def test_a_command_given_wrongly_ends_with_two(
        self, here: Here, words: tuple[str, ...]
    ) -> None:
        ended = await here(*words)

        assert (ended.code, ended.out) == (Exit.USAGE, "")
        assert "Error" in ended.err

    async def test_what_is_refused_ends_with_one(self, here: Here) -> None:
        ended = await here("export", "known", "Atlantis")

        assert (ended.code, ended.out) == (Exit.REFUSED, "")
        assert "no local authority" in ended.err

    async def test_a_file_that_is_not_there_is_refused_and_named(
        self, settings: Settings, here: Here
    ) -> None:
        ended = await here("import", "providers", "absent.csv", **addresses(settings))

        assert (ended.code, ended.out) == (Exit.REFUSED, "")
        assert "absent.csv" in ended.err


class TestCtrlC:
    async def test_ends_with_130_a_sentence_and_no_half_file(
        self, settings: Settings, owner: asyncpg.Connection, tmp_path: Path
    ) -> None:
        async with owner.transaction():
            await owner.execute("LOCK TABLE register_documents IN ACCESS EXCLUSIVE MODE")
            process = subprocess.Popen(  # noqa: ASYNC220, S603 - this interpreter, our own module
                prepared(HEAR_CTRL_C, "export", "register", "-o", "register.jsonl"),
                cwd=tmp_path,
                env=environment(**addresses(settings)),
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            try:
                await somebody_waits(owner)
                assert (tmp_path / "register.jsonl.part").exists()
                process.send_signal(signal.SIGINT)
                out, err = await asyncio.to_thread(process.communicate, timeout=60)
            finally:
                process.kill()

        assert (process.returncode, out) == (Exit.INTERRUPTED, b"")
        assert err.decode() == "Interrupted; what was not committed did not happen.\n"
        assert left_in(tmp_path) == []


def left_in(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


async def somebody_waits(owner: asyncpg.Connection) -> None:
    """Return once a statement in this test's database waits for a lock."""
    waiting = (
        "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
        "WHERE NOT l.granted AND d.datname = current_database()"
    )
    for _ in range(600):
        if await owner.fetchval(waiting):
            return
        await asyncio.sleep(0.1)
    pytest.fail("nobody waits for a lock")
