import os
from pathlib import Path

from app.db.embedded.leftovers import PID_FILE, clear_out, pid_in_file, serving


class TestServing:
    def test_nobody_serves_an_empty_folder(self, tmp_path: Path) -> None:
        assert serving(tmp_path) == []

    def test_a_number_that_another_process_has_taken_since_is_not_believed(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / PID_FILE).write_text(f"{os.getpid()}\n{tmp_path}\n")

        assert pid_in_file(tmp_path) == os.getpid()
        assert serving(tmp_path) == []


class TestClearOut:
    def test_drops_the_claim_of_a_server_that_is_dead(self, tmp_path: Path) -> None:
        (tmp_path / PID_FILE).write_text(f"{os.getpid()}\n{tmp_path}\n")

        clear_out(tmp_path)

        assert not (tmp_path / PID_FILE).exists()

    def test_has_nothing_to_do_where_no_server_ever_was(self, tmp_path: Path) -> None:
        clear_out(tmp_path / "never made")

        assert not (tmp_path / "never made").exists()


class TestPidInFile:
    def test_is_none_when_the_file_is_damaged(self, tmp_path: Path) -> None:
        (tmp_path / PID_FILE).write_text("\n")

        assert pid_in_file(tmp_path) is None
