import os
import shutil
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from app.config import Settings
from app.db.embedded.connection import Connection, save
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import folder_at
from app.db.embedded.leftovers import PID_FILE, serving
from app.db.embedded.supervisor import running, server


async def _run(connection: Connection, statement: str) -> object:
    session = await asyncpg.connect(connection.url("postgres"), ssl=False)
    try:
        return await session.fetchval(statement)
    finally:
        await session.close()


class TestServer:
    async def test_keeps_its_data_from_one_start_to_the_next(self, settings: Settings) -> None:
        with server(settings, fast_and_unsafe=True) as connection:
            await _run(connection, "CREATE TABLE kept AS SELECT 42 AS answer")
        with server(settings, fast_and_unsafe=True) as connection:
            answer = await _run(connection, "SELECT answer FROM kept")

        assert answer == 42

    async def test_has_the_extensions_and_the_settings_it_was_promised(
        self, settings: Settings
    ) -> None:
        with server(settings) as connection:
            for extension in ("pg_trgm", "unaccent", "btree_gist"):
                await _run(connection, f"CREATE EXTENSION {extension}")
            folded = await _run(connection, "SELECT lower(unaccent('ŴÊL'))")
            jit = await _run(connection, "SHOW jit")
            fsync = await _run(connection, "SHOW fsync")
            sockets = await _run(connection, "SHOW unix_socket_directories")

        assert (folded, jit, fsync, sockets) == ("wel", "off", "on", "")

    async def test_a_second_one_uses_the_first_and_leaves_it_running(
        self, settings: Settings
    ) -> None:
        with server(settings, fast_and_unsafe=True) as first:
            with server(settings) as second:
                assert second == first
            assert running(settings.data_dir) == first
            assert await _run(first, "SELECT 1") == 1

        assert running(settings.data_dir) is None

    def test_who_joins_needs_no_programs(self, settings: Settings, tmp_path: Path) -> None:
        with server(settings, fast_and_unsafe=True) as connection:
            without = settings.model_copy(update={"pg_bin_dir": tmp_path})
            with server(without) as joined:
                assert joined == connection

    def test_is_stopped_cleanly_by_an_error_in_the_block(self, settings: Settings) -> None:
        folder = folder_at(settings.data_dir)

        with pytest.raises(ZeroDivisionError), server(settings, fast_and_unsafe=True):
            raise ZeroDivisionError

        assert serving(folder.cluster) == []
        assert "database system is shut down" in folder.log.read_text()
        assert sorted(path.name for path in folder.root.iterdir()) == [
            "postgres",
            "postgres.lock",
            "postgres.log",
        ]

    def test_is_stopped_cleanly_by_a_polite_signal(self, settings: Settings) -> None:
        folder = folder_at(settings.data_dir)
        before = signal.getsignal(signal.SIGTERM)

        with pytest.raises(SystemExit) as ended, server(settings, fast_and_unsafe=True):
            signal.raise_signal(signal.SIGTERM)

        assert ended.value.code == 128 + signal.SIGTERM
        assert signal.getsignal(signal.SIGTERM) == before
        assert serving(folder.cluster) == []
        assert "database system is shut down" in folder.log.read_text()

    def test_takes_another_port_when_its_former_one_is_taken(self, settings: Settings) -> None:
        with server(settings, fast_and_unsafe=True) as first:
            pass
        with (
            socket.create_server((first.host, first.port)),
            server(settings, fast_and_unsafe=True) as second,
        ):
            assert second.port != first.port

    def test_files_that_dead_processes_left_do_no_harm(self, settings: Settings) -> None:
        folder = folder_at(settings.data_dir)
        with server(settings, fast_and_unsafe=True) as connection:
            pass
        save(folder, connection, pid=os.getpid())
        folder.lock.write_text("1\n")
        (folder.cluster / PID_FILE).write_text(f"{os.getpid()}\n{folder.cluster}\n0\n1\n")

        assert running(settings.data_dir) is None
        with server(settings, fast_and_unsafe=True) as again:
            assert running(settings.data_dir) == again

    def test_can_only_be_started_from_the_main_thread(self, settings: Settings) -> None:
        refused: list[str] = []

        def try_it() -> None:
            try:
                with server(settings):
                    pass
            except EmbeddedDatabaseError as error:
                refused.append(str(error))

        thread = threading.Thread(target=try_it)
        thread.start()
        thread.join()

        assert len(refused) == 1
        assert "main thread" in refused[0]

    def test_data_of_another_version_is_refused_and_untouched(self, settings: Settings) -> None:
        folder = folder_at(settings.data_dir)
        with server(settings, fast_and_unsafe=True):
            pass
        version = folder.cluster / "PG_VERSION"
        version.write_text("99\n")
        before = {path: path.stat().st_mtime_ns for path in folder.cluster.rglob("*")}

        with pytest.raises(EmbeddedDatabaseError, match="made by PostgreSQL 99"), server(settings):
            pass

        assert {path: path.stat().st_mtime_ns for path in folder.cluster.rglob("*")} == before

    def test_a_folder_that_cannot_be_made_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        settings = Settings(data_dir=tmp_path / "file" / "data")

        with pytest.raises(EmbeddedDatabaseError, match=r"cannot use .*data"), server(settings):
            pass


@contextmanager
def _small_disk(at: Path, megabytes: int) -> Iterator[None]:
    at.mkdir()
    if os.geteuid() != 0:
        pytest.skip("NOT RUN: only root can mount a small disk to fill")
    options = f"size={megabytes}m,mode=755"
    command = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(at)]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if mounted.returncode != 0:
        pytest.skip(f"NOT RUN: this machine does not let us mount: {mounted.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["umount", str(at)], check=True)  # noqa: S603, S607


class TestFullDisk:
    def test_making_the_database_fails_plainly_and_leaves_nothing(self, open_place: Path) -> None:
        with _small_disk(open_place / "disk", 20):
            settings = Settings(data_dir=open_place / "disk" / "data")

            with (
                pytest.raises(EmbeddedDatabaseError, match=r"No space left on .* and run again"),
                server(settings),
            ):
                pass

            left = sorted(path.name for path in settings.data_dir.iterdir())
            assert left == ["postgres.lock", "postgres.log"]

    def test_a_start_fails_plainly_and_works_once_there_is_room(self, open_place: Path) -> None:
        with _small_disk(open_place / "disk", 120):
            settings = Settings(data_dir=open_place / "disk" / "data")
            with server(settings, fast_and_unsafe=True):
                pass
            stuffing = open_place / "disk" / "stuffing"
            room = shutil.disk_usage(stuffing.parent).free
            stuffing.write_bytes(bytes(room))

            with (
                pytest.raises(EmbeddedDatabaseError, match=r"No space left on .* and run again"),
                server(settings),
            ):
                pass

            stuffing.unlink()
            with server(settings) as connection:
                assert running(settings.data_dir) == connection


class TestRunning:
    def test_is_none_where_nothing_ever_was(self, tmp_path: Path) -> None:
        assert running(tmp_path / "nowhere") is None
