import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.output import Exit
from app.config import Settings
from tests.cli.running import SECRET, addresses, run


def unreachable(role: str) -> str:
    return f"postgresql://x_{role}:{SECRET}@127.0.0.1:1/x"


@pytest.fixture
def taken_port() -> Iterator[str]:
    """A port on which another program listens."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield str(other.getsockname()[1])


SURROUNDINGS: dict[str, tuple[str, dict[str, str], str]] = {
    "a database that is not there": (
        "doctor",
        {"DATABASE_URL": unreachable("login"), "DATABASE_READ_URL": unreachable("read")},
        "cannot be reached",
    ),
    "one address without the other": (
        "doctor",
        {"DATABASE_URL": unreachable("login")},
        "DATABASE_READ_URL is not set",
    ),
    "migrating without the owner's address": (
        "migrate",
        {"DATABASE_URL": unreachable("login"), "DATABASE_READ_URL": unreachable("read")},
        "DATABASE_OWNER_URL is not set",
    ),
    "production without a database": (
        "serve",
        {"ENVIRONMENT": "production"},
        "In production DATABASE_URL must be set",
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
    def test_says_what_is_wrong_and_shows_neither_secret_nor_trace(
        self, tmp_path: Path, word: str, changes: dict[str, str], said: str
    ) -> None:
        ended = run(word, folder=tmp_path, **changes)

        told = ended.stderr.decode()
        assert ended.returncode == Exit.SURROUNDINGS
        assert said in told
        assert SECRET not in told
        assert "Traceback" not in told

    def test_a_wrong_password_is_named_as_that(self, settings: Settings, tmp_path: Path) -> None:
        wrong = addresses(settings)
        wrong["DATABASE_READ_URL"] = wrong["DATABASE_READ_URL"].replace("only", SECRET)

        ended = run("doctor", folder=tmp_path, **wrong)

        told = ended.stderr.decode()
        assert ended.returncode == Exit.SURROUNDINGS
        assert "password authentication failed" in told
        assert SECRET not in told
        assert "Traceback" not in told

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
        "words", [("bogus",), ("export", "known"), ("demo", "--providers", "0")]
    )
    def test_a_command_given_wrongly_ends_with_two(
        self, tmp_path: Path, words: tuple[str, ...]
    ) -> None:
        ended = run(*words, folder=tmp_path)

        assert ended.returncode == Exit.USAGE
        assert b"Traceback" not in ended.stderr

    def test_what_is_refused_ends_with_one(self, tmp_path: Path) -> None:
        ended = run("export", "known", "Atlantis", folder=tmp_path)

        assert ended.returncode == Exit.REFUSED
        assert "no local authority" in ended.stderr.decode()
