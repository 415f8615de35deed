import socket
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from app.db.embedded.connection import Answer, Connection, ask, forget, load, save
from app.db.embedded.folder import Folder

CONNECTION = Connection("127.0.0.1", 5999, "postgres", "s3/cret@:é")


class TestConnection:
    def test_gives_an_address_that_reads_back_whatever_the_password_holds(self) -> None:
        parts = urlsplit(CONNECTION.url("a b"))

        assert parts.scheme == "postgresql"
        assert (parts.hostname, parts.port) == ("127.0.0.1", 5999)
        assert unquote(parts.password or "") == CONNECTION.password
        assert parts.path == "/a%20b"

    def test_never_gives_the_superusers_password_to_another_user(self) -> None:
        assert CONNECTION.url("ap", "ap_login") == "postgresql://ap_login@127.0.0.1:5999/ap"
        assert CONNECTION.url("ap", "ap_read", "x y") == (
            "postgresql://ap_read:x%20y@127.0.0.1:5999/ap"
        )

    def test_does_not_show_the_password_when_printed(self) -> None:
        assert "cret" not in repr(CONNECTION)


class TestSaveAndLoad:
    def test_what_is_saved_is_loaded_and_for_one_user_only(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)

        save(folder, CONNECTION, pid=7)

        assert load(folder) == CONNECTION
        assert folder.facts.stat().st_mode & 0o777 == 0o600
        assert [path.name for path in tmp_path.iterdir()] == ["connection.json"]

    @pytest.mark.parametrize("text", ["", "{", "[]", '{"host": "127.0.0.1"}', '{"port": "x"}'])
    def test_a_damaged_file_counts_as_none(self, tmp_path: Path, text: str) -> None:
        folder = Folder(tmp_path)
        folder.facts.write_text(text)

        assert load(folder) is None

    def test_forgets_also_what_was_never_told(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        save(folder, CONNECTION, pid=7)

        forget(folder)
        forget(folder)

        assert load(folder) is None


class TestAsk:
    def test_nothing_answers_on_a_closed_port(self, tmp_path: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            closed = Connection("127.0.0.1", taken.getsockname()[1], "postgres", "x")

            assert ask(closed, tmp_path) is Answer.NONE

    def test_a_stranger_on_the_port_is_not_our_server(self, tmp_path: Path) -> None:
        with socket.create_server(("127.0.0.1", 0)) as stranger:
            threading.Thread(target=_greet_and_leave, args=(stranger,), daemon=True).start()
            there = Connection("127.0.0.1", stranger.getsockname()[1], "postgres", "x")

            assert ask(there, tmp_path) is Answer.NONE


def _greet_and_leave(stranger: socket.socket) -> None:
    caller, _ = stranger.accept()
    with caller:
        caller.recv(1000)
        caller.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")
