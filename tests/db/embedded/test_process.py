import signal
import subprocess
from pathlib import Path

import pytest

from app.config import Settings
from app.db.embedded.binaries import Binaries, find_binaries
from app.db.embedded.cluster import Cluster, prepare
from app.db.embedded.connection import Answer, ask
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder, folder_at
from app.db.embedded.process import start, stop
from app.db.embedded.run_as import launch
from tests.db.embedded.programs import script


@pytest.fixture
def folder(settings: Settings) -> Folder:
    folder = folder_at(settings.data_dir)
    folder.root.mkdir(mode=0o755)
    return folder


@pytest.fixture
def cluster(settings: Settings, folder: Folder) -> Cluster:
    return prepare(folder, find_binaries(settings), fast_and_unsafe=True)


def _instead(real: Binaries, open_place: Path, body: str) -> Binaries:
    """Return programs whose `postgres` is a script; `$REAL` in it is the real one."""
    bin_dir = open_place / "scripted"
    bin_dir.mkdir()
    script(bin_dir / "postgres", f"REAL={real.bin_dir}/postgres\n{body}")
    return Binaries(bin_dir, real.share_dir, real.major, real.version, "a script")


class TestStart:
    def test_takes_another_port_when_somebody_was_quicker(
        self, settings: Settings, open_place: Path, folder: Folder, cluster: Cluster
    ) -> None:
        turns = open_place / "turns"
        turns.mkdir()
        turns.chmod(0o777)
        body = (
            f'if mkdir {turns}/first; then echo "LOG:  could not bind: Address already in use"; '
            'exit 1; fi\nexec "$REAL" "$@"'
        )
        scripted = _instead(find_binaries(settings), open_place, body)

        started = start(folder, scripted, cluster, fast_and_unsafe=True)
        try:
            assert ask(started.connection, folder.cluster) is Answer.OURS
        finally:
            stop(started.process)

        assert "Address already in use" in folder.log.read_text()

    def test_says_what_the_server_said_when_it_would_not_start(
        self, settings: Settings, open_place: Path, folder: Folder, cluster: Cluster
    ) -> None:
        body = "echo 'FATAL:  could not map anonymous shared memory'; exit 1"
        scripted = _instead(find_binaries(settings), open_place, body)

        with pytest.raises(EmbeddedDatabaseError, match="FATAL:  could not map anonymous"):
            start(folder, scripted, cluster, fast_and_unsafe=True)

    def test_names_a_disk_that_is_full(
        self, settings: Settings, open_place: Path, folder: Folder, cluster: Cluster
    ) -> None:
        body = (
            "echo 'FATAL:  could not write lock file \"postmaster.pid\": No space left on device'\n"
            "exit 1"
        )
        scripted = _instead(find_binaries(settings), open_place, body)

        with pytest.raises(EmbeddedDatabaseError, match=r"No space left on .* and run again"):
            start(folder, scripted, cluster, fast_and_unsafe=True)


class TestStop:
    def test_lets_the_server_write_everything_out(
        self, settings: Settings, folder: Folder, cluster: Cluster
    ) -> None:
        started = start(folder, find_binaries(settings), cluster, fast_and_unsafe=True)

        stop(started.process)

        assert started.process.returncode == 0
        assert folder.log.read_text().rstrip().endswith("database system is shut down")

    def test_leaves_our_own_handling_of_signals_as_it_was(self, cluster: Cluster) -> None:
        before = signal.getsignal(signal.SIGINT)
        idle = launch(
            cluster.run_as, ["/bin/sleep", "60"], subprocess.DEVNULL, on_our_death=signal.SIGKILL
        )

        stop(idle)

        assert idle.returncode == -signal.SIGINT
        assert signal.getsignal(signal.SIGINT) == before
