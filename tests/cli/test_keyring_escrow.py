import os
import pty
import subprocess
from pathlib import Path

import asyncpg
import pytest

from app.cli.output import Exit
from app.config import Settings
from app.keyring.escrow import covered, escrow_text, open_escrow
from app.keyring.ring import Keyring, new_keyring, turned
from tests.cli.desks import CHEAP, LATER, MOMENT, PASSPHRASE, Desk, opened
from tests.cli.running import Here, addresses, environment, prepared
from tests.factories.sealed import add_sealed, all_sealed

TAKE_THE_TERMINAL = "import fcntl, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0)"


@pytest.fixture
def desk(here: Here, tmp_path: Path) -> Desk:
    """A desk without a database."""
    return Desk(here, tmp_path)


@pytest.fixture
def ring(desk: Desk) -> Keyring:
    return desk.keep(new_keyring(MOMENT))


@pytest.fixture
def at_work(desk: Desk, settings: Settings) -> Desk:
    """The same desk with this test's database."""
    desk.database = addresses(settings)
    return desk


class TestEscrow:
    async def test_writes_a_copy_that_opens_with_the_passphrase_alone(
        self, desk: Desk, ring: Keyring
    ) -> None:
        ended = await desk.run_with(f"{PASSPHRASE}\r\n", "escrow", "-o", desk.copy)

        assert (ended.code, ended.out) == (Exit.DONE, "")
        assert open_escrow(desk.copy.read_text(), PASSPHRASE) == ring
        assert desk.mode(desk.copy) == 0o600
        assert f"holds k1 ({ring.current.fingerprint})" in ended.err
        assert PASSPHRASE not in ended.err

    async def test_overwrites_a_copy_only_when_told_so(self, desk: Desk, ring: Keyring) -> None:
        desk.file("escrow.json", "an older copy")

        refused = await desk.run_with(PASSPHRASE, "escrow", "-o", desk.copy)
        kept = desk.content(desk.copy)
        ended = await desk.run_with(PASSPHRASE, "escrow", "-o", desk.copy, "--replace")

        assert (refused.code, kept) == (Exit.REFUSED, b"an older copy")
        assert "say --replace" in refused.err
        assert ended.code == Exit.DONE
        assert covered(desk.copy.read_text()).lacks(ring) == []

    @pytest.mark.usefixtures("ring")
    async def test_refuses_a_passphrase_that_is_easily_guessed(self, desk: Desk) -> None:
        ended = await desk.run_with("kettle", "escrow", "-o", desk.copy)

        assert ended.code == Exit.REFUSED
        assert "at least 16 characters" in ended.err
        assert "kettle" not in ended.err
        assert desk.content(desk.copy) is None

    async def test_a_missing_keyring_is_named(self, desk: Desk) -> None:
        ended = await desk.run_with(PASSPHRASE, "escrow", "-o", desk.copy)

        assert ended.code == Exit.SURROUNDINGS
        assert f"There is no keyring at {desk.path}" in ended.err

    @pytest.mark.usefixtures("ring")
    async def test_takes_no_passphrase_as_an_argument(self, desk: Desk) -> None:
        ended = await desk.run("escrow", "-o", desk.copy, "--passphrase", PASSPHRASE)

        assert ended.code == Exit.USAGE
        assert desk.content(desk.copy) is None


@pytest.mark.usefixtures("ring")
class TestThePassphrase:
    async def test_is_asked_for_only_where_somebody_can_answer(self, desk: Desk) -> None:
        copy = desk.file("some.json", "{}")

        for words in (("escrow", "-o", desk.copy), ("restore", copy)):
            ended = await desk.run(*words)

            assert ended.code == Exit.REFUSED
            assert "say --passphrase-file" in ended.err

    async def test_is_not_taken_from_a_file_that_others_may_read(self, desk: Desk) -> None:
        loose = desk.file("loose.txt", PASSPHRASE, 0o640)

        ended = await desk.run("escrow", "-o", desk.copy, "--passphrase-file", loose)

        assert ended.code == Exit.REFUSED
        assert f"Others may read the passphrase in {loose}" in ended.err
        assert PASSPHRASE not in ended.err

    async def test_of_a_file_that_is_not_there_is_told(self, desk: Desk) -> None:
        absent = desk.folder / "absent.txt"

        ended = await desk.run("escrow", "-o", desk.copy, "--passphrase-file", absent)

        assert ended.code == Exit.REFUSED
        assert f"The passphrase in {absent} cannot be read: No such file" in ended.err

    async def test_of_a_file_that_holds_no_text_is_told(self, desk: Desk) -> None:
        ended = await desk.run_with(b"\xff" * 20, "escrow", "-o", desk.copy)

        assert ended.code == Exit.REFUSED
        assert "is not UTF-8 text" in ended.err

    def test_is_typed_twice_and_never_seen(self, desk: Desk) -> None:
        code, seen = typed([PASSPHRASE, PASSPHRASE], desk, "escrow", "-o", desk.copy)

        assert code == Exit.DONE, seen
        assert seen.count("assphrase") >= 2
        assert PASSPHRASE not in seen
        assert open_escrow(desk.copy.read_text(), PASSPHRASE) == desk.ring

    def test_is_typed_once_to_bring_the_keyring_back(self, desk: Desk, ring: Keyring) -> None:
        desk.file("escrow.json", escrow_text(ring, PASSPHRASE, MOMENT, CHEAP))
        desk.lose()

        code, seen = typed([PASSPHRASE], desk, "restore", desk.copy)

        assert (code, desk.ring) == (Exit.DONE, ring), seen
        assert PASSPHRASE not in seen


class TestRestore:
    @pytest.fixture(autouse=True)
    def _made(self, desk: Desk, ring: Keyring) -> None:
        """A copy in escrow."""
        desk.file("escrow.json", escrow_text(ring, PASSPHRASE, MOMENT, CHEAP))

    async def test_brings_back_a_lost_keyring_and_with_it_everything_sealed(
        self, at_work: Desk, ring: Keyring, owner: asyncpg.Connection
    ) -> None:
        held = await add_sealed(owner, ring)
        at_work.lose()

        ended = await at_work.run_with(PASSPHRASE, "restore", at_work.copy)

        assert ended.code == Exit.DONE
        assert f"holds k1 ({ring.current.fingerprint})" in ended.err
        assert opened(at_work.ring, await all_sealed(owner)) == held

    async def test_the_same_keyring_is_left_in_place(self, desk: Desk, ring: Keyring) -> None:
        ended = await desk.run_with(PASSPHRASE, "restore", desk.copy)

        assert (ended.code, desk.ring) == (Exit.DONE, ring)
        assert desk.put_aside() == []

    @pytest.mark.parametrize("other", [None, b"{"], ids=["another", "damaged"])
    async def test_another_one_is_put_aside_only_when_told_so(
        self, desk: Desk, ring: Keyring, other: bytes | None
    ) -> None:
        desk.keep(turned(ring, LATER))
        before = other or desk.content() or b""
        desk.file("keyring.json", before)

        refused = await desk.run_with(PASSPHRASE, "restore", desk.copy)
        left = desk.content()
        ended = await desk.run_with(PASSPHRASE, "restore", desk.copy, "--replace")

        assert (refused.code, left) == (Exit.REFUSED, before)
        assert "Another keyring lies at" in refused.err
        assert (ended.code, desk.ring) == (Exit.DONE, ring)
        (aside,) = desk.put_aside()
        assert (desk.content(aside), desk.mode(aside)) == (before, 0o600)
        assert f"kept as {aside}" in ended.err

    async def test_refuses_another_passphrase(self, desk: Desk) -> None:
        desk.lose()

        ended = await desk.run_with(f"{PASSPHRASE}!", "restore", desk.copy)

        assert ended.code == Exit.REFUSED
        assert "does not open: the passphrase is another, or the copy was changed" in ended.err
        assert desk.content() is None

    @pytest.mark.parametrize("content", [b"{}", b"\xff\x00"])
    async def test_refuses_what_is_no_copy(self, desk: Desk, ring: Keyring, content: bytes) -> None:
        copy = desk.file("odd.json", content)

        ended = await desk.run_with(PASSPHRASE, "restore", copy)

        assert (ended.code, desk.ring) == (Exit.REFUSED, ring)
        assert "not an escrow copy of a keyring" in ended.err

    async def test_a_copy_that_is_not_there_is_named(self, desk: Desk, ring: Keyring) -> None:
        ended = await desk.run_with(PASSPHRASE, "restore", desk.folder / "absent.json")

        assert (ended.code, desk.ring) == (Exit.REFUSED, ring)
        assert "absent.json cannot be read: No such file" in ended.err


def typed(lines: list[str], desk: Desk, *words: str | Path) -> tuple[int, str]:
    """Run a command at a terminal where somebody types; return its end and all that was to be seen.

    Each line is typed once the terminal has asked for it, by when it no longer echoes.
    """
    ours, theirs = pty.openpty()
    process = subprocess.Popen(  # noqa: S603 - this interpreter, our own module
        prepared(TAKE_THE_TERMINAL, "keyring", *words),
        env=environment(**desk.settings),
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    seen, left = b"", list(lines)
    try:
        while chunk := _read(ours):
            seen += chunk
            if left and seen.endswith(b": "):
                os.write(ours, left.pop(0).encode() + b"\n")
        return process.wait(timeout=60), seen.decode()
    finally:
        process.kill()
        process.wait()
        os.close(ours)


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1024)
    except OSError:  # on Linux that is how a terminal ends
        return b""
