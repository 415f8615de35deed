import json
from pathlib import Path

import pytest

from app.config import Settings
from app.db.embedded.binaries import Binaries, find_binaries
from app.db.embedded.cluster import (
    MARKER,
    SETTINGS,
    Cluster,
    check_version,
    clear_unfinished,
    initdb_command,
    is_made,
    prepare,
    write_settings,
)
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder, folder_at
from app.db.embedded.run_as import Mode, RunAs
from tests.db.embedded.programs import DISK_FULL, pretend


def _binaries(root: Path, major: int) -> Binaries:
    return Binaries(root / "bin", root / "share", major, f"{major}.1", "somewhere")


def _everything_in(folder: Folder) -> dict[str, bytes]:
    files = [path for path in folder.root.rglob("*") if path.is_file()]
    return {str(path): path.read_bytes() for path in files}


class TestPrepare:
    def test_makes_a_data_directory_and_opens_the_same_one_again(self, settings: Settings) -> None:
        folder, binaries = folder_at(settings.data_dir), find_binaries(settings)
        folder.root.mkdir(mode=0o755)

        made = prepare(folder, binaries, fast_and_unsafe=True)
        again = prepare(folder, binaries, fast_and_unsafe=True)

        assert made == again
        assert [path.name for path in folder.root.iterdir()] == ["postgres"]
        assert (folder.cluster / MARKER).stat().st_mode & 0o777 == 0o600

    def test_a_making_that_was_interrupted_is_begun_anew(self, settings: Settings) -> None:
        folder = folder_at(settings.data_dir)
        folder.root.mkdir(mode=0o755)
        folder.unfinished.mkdir()
        (folder.unfinished / "PG_VERSION").write_text("18\n")
        folder.first_password.write_text("half a pass")

        prepare(folder, find_binaries(settings), fast_and_unsafe=True)

        assert [path.name for path in folder.root.iterdir()] == ["postgres"]

    def test_a_full_disk_is_named_and_leaves_nothing_half_made(self, open_place: Path) -> None:
        body = f"cat <<'END'\n{DISK_FULL}END\nexit 1"
        bin_dir = pretend(open_place / "pretended", initdb=body)
        folder = Folder(open_place / "data")
        folder.root.mkdir()

        with pytest.raises(EmbeddedDatabaseError, match=r"No space left on .* and run again"):
            prepare(folder, find_binaries(Settings(pg_bin_dir=bin_dir)), fast_and_unsafe=False)

        assert [path.name for path in folder.root.iterdir()] == ["postgres.log"]
        assert "could not extend file" in folder.log.read_text()

    def test_data_of_another_major_version_is_refused_and_untouched(self, open_place: Path) -> None:
        folder = Folder(open_place / "data")
        folder.cluster.mkdir(parents=True)
        (folder.cluster / "PG_VERSION").write_text("16\n")
        before = _everything_in(folder)

        with pytest.raises(EmbeddedDatabaseError, match="made by PostgreSQL 16"):
            prepare(folder, _binaries(open_place, 18), fast_and_unsafe=False)

        assert _everything_in(folder) == before

    @pytest.mark.parametrize("marker", [None, "{", '{"mode": "direct"}', '{"mode": "other"}'])
    def test_data_that_something_else_made_is_refused(
        self, open_place: Path, marker: str | None
    ) -> None:
        folder = Folder(open_place / "data")
        folder.cluster.mkdir(parents=True)
        (folder.cluster / "PG_VERSION").write_text("18\n")
        if marker is not None:
            (folder.cluster / MARKER).write_text(marker)

        with pytest.raises(EmbeddedDatabaseError, match="missing or damaged"):
            prepare(folder, _binaries(open_place, 18), fast_and_unsafe=False)

    def test_data_made_by_another_user_is_refused(self, open_place: Path) -> None:
        folder = Folder(open_place / "data")
        folder.cluster.mkdir(parents=True)
        (folder.cluster / "PG_VERSION").write_text("18\n")
        marker = {"mode": "direct", "uid": 54321, "gid": 54321, "password": "x"}
        (folder.cluster / MARKER).write_text(json.dumps(marker))

        with pytest.raises(EmbeddedDatabaseError, match=r"run as 54321, .*Nothing was changed"):
            prepare(folder, _binaries(open_place, 18), fast_and_unsafe=False)


class TestIsMade:
    def test_an_empty_folder_prepared_for_us_counts_as_not_made(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.cluster.mkdir()

        assert not is_made(folder)

    def test_somebody_elses_files_are_never_taken_for_ours(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.cluster.mkdir()
        (folder.cluster / "letters.txt").write_text("mine")

        with pytest.raises(EmbeddedDatabaseError, match="not a PostgreSQL data directory"):
            is_made(folder)

        assert (folder.cluster / "letters.txt").read_text() == "mine"


class TestCheckVersion:
    def test_says_which_version_made_it_which_is_here_and_what_to_do(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.cluster.mkdir()
        (folder.cluster / "PG_VERSION").write_text("99\n")

        with pytest.raises(EmbeddedDatabaseError) as refused:
            check_version(folder, _binaries(tmp_path, 18))

        told = str(refused.value)
        assert "PostgreSQL 99" in told
        assert "version 18.1 (from somewhere)" in told
        assert "PG_BIN_DIR" in told
        assert "export the register" in told
        assert "move the folder away" in told


class TestInitdbCommand:
    def test_asks_for_the_builtin_locale_where_there_is_one(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)

        new = initdb_command(folder, _binaries(tmp_path, 17), fast_and_unsafe=False)
        old = initdb_command(folder, _binaries(tmp_path, 16), fast_and_unsafe=False)

        assert {"--locale-provider=builtin", "--builtin-locale=C.UTF-8"} == {*new} - {*old}
        assert {"--locale=C", "--encoding=UTF8", "--auth=scram-sha-256"} <= {*old}

    def test_writes_to_the_disk_before_it_ends_unless_told_otherwise(self, tmp_path: Path) -> None:
        folder, binaries = Folder(tmp_path), _binaries(tmp_path, 18)

        assert "--no-sync" not in initdb_command(folder, binaries, fast_and_unsafe=False)
        assert "--no-sync" in initdb_command(folder, binaries, fast_and_unsafe=True)


class TestWriteSettings:
    @pytest.mark.parametrize(("fast_and_unsafe", "fsync"), [(False, "on"), (True, "off")])
    def test_is_durable_unless_told_otherwise(
        self, tmp_path: Path, fast_and_unsafe: bool, fsync: str
    ) -> None:
        folder = Folder(tmp_path)
        folder.cluster.mkdir()
        cluster = Cluster(RunAs(Mode.DIRECT, 1, 1), "x")

        write_settings(folder, cluster, 5999, fast_and_unsafe=fast_and_unsafe)

        lines = (folder.cluster / SETTINGS).read_text().splitlines()
        assert {f"fsync = {fsync}", "port = 5999", "listen_addresses = '127.0.0.1'"} <= {*lines}
        assert "unix_socket_directories = ''" in lines


class TestClearUnfinished:
    def test_never_touches_a_whole_data_directory(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.cluster.mkdir()
        (folder.cluster / "PG_VERSION").write_text("18\n")
        folder.unfinished.mkdir()

        clear_unfinished(folder)

        assert [path.name for path in tmp_path.iterdir()] == ["postgres"]
