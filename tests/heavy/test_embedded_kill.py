import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder, folder_at
from app.db.embedded.leftovers import pid_in_file, serving, wait_until
from app.db.embedded.supervisor import running, server

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
ENOUGH = 200
"""Numbers to wait for before killing: the server is then in the midst of writing."""
CRASHED = "not properly shut down"


class Command:
    """A process of its own with an embedded server, and what it told."""

    def __init__(self, folder: Folder, deed: str) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
            [sys.executable, "-m", "tests.heavy.embedded_writer", str(folder.root), deed],
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def line(self) -> str:
        assert self.process.stdout is not None
        return self.process.stdout.readline().strip()

    def numbers(self, count: int) -> list[int]:
        assert self.line().startswith("port ")
        return [int(self.line()) for _ in range(count)]

    def rest(self) -> list[int]:
        """Return the whole numbers it told before it ended; the last line may be cut short."""
        assert self.process.stdout is not None
        return [int(line) for line in self.process.stdout if line.endswith("\n")]

    def end(self) -> str:
        """Let it end by itself; return what it complained of."""
        return self.process.communicate(timeout=60)[1]


@contextmanager
def _command(folder: Folder, deed: str) -> Iterator[Command]:
    command = Command(folder, deed)
    try:
        yield command
    finally:
        command.process.kill()
        command.process.communicate()


@pytest.fixture
def settings() -> Iterator[Settings]:
    with tempfile.TemporaryDirectory(prefix="embedded-") as made:
        Path(made).chmod(0o755)
        settings = Settings(data_dir=Path(made) / "data")
        yield settings
        _kill(serving(folder_at(settings.data_dir).cluster))  # only where a test has failed


@pytest.fixture
def folder(settings: Settings) -> Folder:
    return folder_at(settings.data_dir)


def _stored(settings: Settings) -> list[int]:
    async def read(address: str) -> list[int]:
        session = await asyncpg.connect(address)
        try:
            rows = await session.fetch("SELECT n FROM numbers ORDER BY n")
            return [row["n"] for row in rows]
        finally:
            await session.close()

    with server(settings) as connection:
        return asyncio.run(read(connection.url("postgres")))


def _assert_nothing_lost(stored: list[int], told: list[int]) -> None:
    """One number may be committed and not told of; none may be told of and not be there."""
    assert stored == list(range(1, len(stored) + 1))
    assert told[-1] <= len(stored) <= told[-1] + 1


def _kill(pids: list[int]) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):  # without its head a worker may be gone already
            os.kill(pid, signal.SIGKILL)


class TestKillingTheOwner:
    def test_the_server_ends_cleanly_and_the_next_start_has_every_committed_row(
        self, settings: Settings, folder: Folder
    ) -> None:
        with _command(folder, "write") as command:
            told = command.numbers(ENOUGH)
            command.process.kill()
            told += command.rest()

            stored = _stored(settings)

        _assert_nothing_lost(stored, told)
        assert CRASHED not in folder.log.read_text()
        assert serving(folder.cluster) == []

    def test_the_server_goes_without_anybody_starting_another(self, folder: Folder) -> None:
        with _command(folder, "write") as command:
            command.numbers(ENOUGH)
            assert serving(folder.cluster)
            command.process.kill()

            assert wait_until(lambda: not serving(folder.cluster), 30)

        assert running(folder.root) is None

    @pytest.mark.parametrize("tenths", [0, 1, 2, 3, 4, 6, 8, 10])
    def test_a_kill_while_the_database_is_being_made_is_got_over(
        self, settings: Settings, folder: Folder, tenths: int
    ) -> None:
        with _command(folder, "hold") as command:
            assert wait_until(folder.unfinished.exists, 30)
            time.sleep(tenths / 10)
            command.process.kill()

        with server(settings) as connection:
            assert running(settings.data_dir) == connection
        left = sorted(path.name for path in folder.root.iterdir())
        assert left == ["postgres", "postgres.lock", "postgres.log"]


class TestKillingEverything:
    def test_the_next_start_recovers_every_committed_row_time_after_time(
        self, settings: Settings, folder: Folder
    ) -> None:
        told: list[int] = []
        for _ in range(4):
            with _command(folder, "write") as command:
                told += command.numbers(ENOUGH)
                _kill([*serving(folder.cluster), command.process.pid])
                told += command.rest()

            _assert_nothing_lost(_stored(settings), told)
            told = told[-1:]

        assert folder.log.read_text().count(CRASHED) == 4

    def test_a_worker_that_outlives_its_head_is_ended_before_the_next_start(
        self, settings: Settings, folder: Folder
    ) -> None:
        with _command(folder, "spin") as command:
            assert command.line().startswith("port ")
            assert command.line() == "spinning"
            head = pid_in_file(folder.cluster)
            assert head is not None
            _kill([head, command.process.pid])
            assert wait_until(lambda: head not in serving(folder.cluster), 10)
            assert serving(folder.cluster)

            with server(settings) as connection:
                assert running(settings.data_dir) == connection

        assert serving(folder.cluster) == []


class TestKillingTheServerAlone:
    def test_others_are_told_whose_server_it_was(self, settings: Settings, folder: Folder) -> None:
        with _command(folder, "hold") as command:
            assert command.line().startswith("port ")
            _kill(serving(folder.cluster))

            with (
                pytest.raises(EmbeddedDatabaseError, match=f"Process {command.process.pid} has"),
                server(settings),
            ):
                pass

            assert command.end() == ""
        with server(settings) as connection:
            assert running(settings.data_dir) == connection


class TestCtrlC:
    def test_stops_the_server_cleanly_although_the_whole_group_hears_it(
        self, settings: Settings, folder: Folder
    ) -> None:
        with _command(folder, "write") as command:
            told = command.numbers(ENOUGH)
            os.killpg(command.process.pid, signal.SIGINT)
            told += command.rest()
            command.process.wait(60)
            left = serving(folder.cluster)

        assert left == []
        assert not folder.facts.exists()
        _assert_nothing_lost(_stored(settings), told)
        assert CRASHED not in folder.log.read_text()

    def test_while_the_database_is_being_made_leaves_nothing_half_made(
        self, folder: Folder
    ) -> None:
        with _command(folder, "hold") as command:
            assert wait_until(folder.unfinished.exists, 30)
            os.killpg(command.process.pid, signal.SIGINT)
            complaint = command.end()

        assert "KeyboardInterrupt" in complaint
        assert not folder.unfinished.exists()
        assert not folder.first_password.exists()


class TestStartingAtOnce:
    def test_one_starts_the_server_and_the_others_use_it(self, folder: Folder) -> None:
        with ExitStack() as commands:
            started = [commands.enter_context(_command(folder, "hold")) for _ in range(5)]
            ports = {command.line() for command in started}
            owner = int(folder.lock.read_text())
            complaints = [c.end() for c in started if c.process.pid != owner]
            still_there = running(folder.root)
            complaints += [c.end() for c in started if c.process.pid == owner]

        assert len(ports) == 1
        assert next(iter(ports)).startswith("port ")
        assert folder.log.read_text().count("ready to accept connections") == 1
        assert still_there is not None
        assert complaints == [""] * 5
        assert serving(folder.cluster) == []
