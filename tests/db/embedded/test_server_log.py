from pathlib import Path

from app.db.embedded.folder import Folder
from app.db.embedded.server_log import ENOUGH_BYTES, log_since, open_log


class TestOpenLog:
    def test_adds_to_what_was_said_before_and_is_for_one_user(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)

        for word in (b"one\n", b"two\n"):
            with open_log(folder) as log:
                log.write(word)

        assert folder.log.read_text() == "one\ntwo\n"
        assert folder.log.stat().st_mode & 0o777 == 0o600

    def test_a_large_log_is_put_aside(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        with folder.log.open("wb") as log:
            log.truncate(ENOUGH_BYTES + 1)

        with open_log(folder) as log:
            assert log.tell() == 0

        assert (tmp_path / "postgres.log.1").stat().st_size == ENOUGH_BYTES + 1


class TestLogSince:
    def test_leaves_out_what_earlier_servers_said(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.log.write_bytes(b"FATAL: old\nnew \xff\n")

        assert log_since(folder, 11) == "new \N{REPLACEMENT CHARACTER}\n"
