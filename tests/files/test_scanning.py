import shutil
import subprocess
import time
from collections.abc import Iterator
from getpass import getuser
from pathlib import Path

import pytest

from app.files.errors import ScannerAwayError
from app.files.scanning import Scanner, Verdict, ping, scan
from tests.files.clamd import VERSION, Clamd, clamd
from tests.files.making import TEST_VIRUS
from tests.files.sending import in_pieces

DAEMON = shutil.which("clamd", path="/usr/sbin:/usr/bin:/usr/local/sbin")


async def ask(address: str, data: bytes = b"clean", seconds: float = 5.0) -> Verdict:
    return await scan(Scanner(address, seconds), in_pieces(data))


async def test_a_clean_file(scanner: Clamd) -> None:
    assert await ask(scanner.address, b"x" * 200_000) == Verdict(VERSION, None)
    assert scanner.scanned == [b"x" * 200_000]


async def test_an_infected_file(scanner: Clamd) -> None:
    assert await ask(scanner.address, b"a virus") == Verdict(VERSION, "Example.Test.Virus")


async def test_by_a_socket(tmp_path: Path) -> None:
    async with clamd(tmp_path / "clamd.sock") as made:
        assert (await ask(made.address)).finding is None
        assert await ping(Scanner(made.address)) == VERSION


@pytest.mark.parametrize(
    "answer",
    [b"", b"stream: ", b"stream: Access denied. ERROR", b"OK", b"FOUND", b"stream: OK\nx FOUND y"],
)
async def test_whatever_is_no_verdict_is_none(scanner: Clamd, answer: bytes) -> None:
    scanner.answer = answer or b" "

    with pytest.raises(ScannerAwayError, match="no verdict"):
        await ask(scanner.address)


async def test_a_file_too_large_for_the_scanner_is_not_clean(scanner: Clamd) -> None:
    scanner.most_bytes = 10_000

    with pytest.raises(ScannerAwayError):
        await ask(scanner.address, bytes(3_000_000))


async def test_an_answer_without_end_is_not_read(scanner: Clamd) -> None:
    scanner.answer = b"stream: " + b"x" * 100_000

    with pytest.raises(ScannerAwayError):
        await ask(scanner.address)


async def test_a_scanner_that_says_nothing_is_not_waited_for(scanner: Clamd) -> None:
    scanner.silent = True

    with pytest.raises(ScannerAwayError, match="TimeoutError"):
        await ask(scanner.address, seconds=0.1)


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/clamd.sock", "nowhere.invalid:3310"])
async def test_no_scanner(address: str) -> None:
    with pytest.raises(ScannerAwayError):
        await ask(address)
    with pytest.raises(ScannerAwayError):
        await ping(Scanner(address))


def configured(folder: Path) -> Path:
    """Return the configuration of a clamd that knows one signature, ours."""
    known, configuration = folder / "known", folder / "clamd.conf"
    known.mkdir()
    (known / "test.ndb").write_text(f"Test.Virus:0:*:{TEST_VIRUS.hex()}\n")
    configuration.write_text(
        f"LocalSocket {folder / 'clamd.sock'}\nDatabaseDirectory {known}\nForeground yes\n"
        f"LogFile {folder / 'clamd.log'}\nTemporaryDirectory {folder}\nUser {getuser()}\n"
    )
    return configuration


@pytest.fixture
def daemon(tmp_path: Path) -> Iterator[str]:
    """A real clamd; the signatures it has by itself come over the network, so it has ours."""
    if DAEMON is None:
        pytest.skip("clamd is not installed here (on Debian: clamav-daemon): NOT TESTED against it")
    with subprocess.Popen(  # noqa: S603 - found above
        [DAEMON, "--config-file", configured(tmp_path)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as process:
        try:
            for _ in range(300):
                if (tmp_path / "clamd.sock").exists() or process.poll() is not None:
                    break
                time.sleep(0.1)
            yield str(tmp_path / "clamd.sock")
        finally:
            process.terminate()


async def test_a_real_scanner_says_the_same(daemon: str) -> None:
    clean, infected = await ask(daemon), await ask(daemon, TEST_VIRUS)

    assert clean.finding is None
    assert clean.scanner.startswith("ClamAV ")
    assert infected.finding is not None
    assert infected.finding.startswith("Test.Virus")
