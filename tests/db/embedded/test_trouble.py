import errno
import os
from pathlib import Path

import pytest

from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder
from app.db.embedded.trouble import of_output, of_system, told_plainly, user_name
from tests.db.embedded.programs import DISK_FULL


class TestOfOutput:
    def test_a_full_disk_is_named_whatever_else_was_said(self, tmp_path: Path) -> None:
        told = of_output(DISK_FULL, Folder(tmp_path), doing="PostgreSQL did not start")

        assert told.startswith(f"No space left on the disk that holds {tmp_path}. Free some")

    def test_quotes_the_last_fatal_line_and_the_log(self, tmp_path: Path) -> None:
        said = "LOG:  one\nFATAL:  wrong ownership\nLOG:  database system is shut down\n"

        told = of_output(said, Folder(tmp_path), doing="PostgreSQL did not start")

        assert told.startswith("PostgreSQL did not start: FATAL:  wrong ownership")
        assert str(tmp_path / "postgres.log") in told

    def test_says_so_when_nothing_was_said(self, tmp_path: Path) -> None:
        assert "it said nothing" in of_output("", Folder(tmp_path), doing="It ended")


class TestOfSystem:
    @pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
    def test_a_full_disk_is_named(self, tmp_path: Path, number: int) -> None:
        error = OSError(number, os.strerror(number))

        assert of_system(error, Folder(tmp_path)).startswith("No space left on the disk")

    def test_a_refusal_says_whose_file_it_is(self, tmp_path: Path) -> None:
        path = tmp_path / "postgres.lock"
        path.touch()
        error = PermissionError(errno.EACCES, "Permission denied", str(path))

        told = of_system(error, Folder(tmp_path))

        assert f"may not use {path} (it belongs to {user_name(os.geteuid())})" in told
        assert "DATA_DIR" in told

    def test_anything_else_keeps_the_systems_words(self, tmp_path: Path) -> None:
        error = OSError(errno.EROFS, "Read-only file system", str(tmp_path / "x"))

        assert f"cannot use {tmp_path / 'x'}: Read-only" in of_system(error, Folder(tmp_path))


class TestToldPlainly:
    def test_turns_the_systems_errors_into_ours(self, tmp_path: Path) -> None:
        with (
            pytest.raises(EmbeddedDatabaseError, match="cannot use"),
            told_plainly(Folder(tmp_path)),
        ):
            (tmp_path / "missing" / "file").read_text()
