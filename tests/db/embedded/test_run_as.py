import os
import signal
import subprocess
from pathlib import Path

import pytest

from app.config import Settings
from app.db.embedded.binaries import Binaries, find_binaries
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder, folder_at
from app.db.embedded.run_as import Mode, RunAs, launch, run_as_for

AS_ROOT = os.geteuid() == 0
OURSELVES = RunAs(Mode.DIRECT, os.geteuid(), os.getegid())


@pytest.fixture
def binaries(settings: Settings) -> Binaries:
    return find_binaries(settings)


@pytest.fixture
def folder(settings: Settings) -> Folder:
    folder = folder_at(settings.data_dir)
    folder.root.mkdir(mode=0o755)
    return folder


class TestRunAsFor:
    @pytest.mark.skipif(AS_ROOT, reason="root needs another way")
    def test_an_ordinary_user_runs_the_server_itself(
        self, binaries: Binaries, folder: Folder
    ) -> None:
        run_as = run_as_for(None, binaries, folder)

        assert run_as.mode in {Mode.DIRECT, Mode.NAMESPACE}
        assert run_as.uid == os.geteuid()
        assert run_as.owner is None

    @pytest.mark.skipif(not AS_ROOT, reason="only root must avoid being root")
    def test_root_hands_the_server_to_a_user_without_privileges(
        self, binaries: Binaries, folder: Folder
    ) -> None:
        run_as = run_as_for(None, binaries, folder)

        assert run_as.uid != 0 or run_as.mode is Mode.NAMESPACE

    @pytest.mark.skipif(not AS_ROOT, reason="only root can own a folder and run as another user")
    def test_a_folder_that_no_other_user_can_reach_is_served_in_a_namespace(
        self, binaries: Binaries, folder: Folder
    ) -> None:
        folder.root.chmod(0o700)

        assert run_as_for(None, binaries, folder).mode is Mode.NAMESPACE

    @pytest.mark.skipif(not AS_ROOT, reason="only root can own a folder and run as another user")
    def test_a_way_that_works_no_longer_is_never_swapped_for_another(
        self, binaries: Binaries, folder: Folder
    ) -> None:
        recorded = RunAs(Mode.USER, 65534, 65534)
        folder.root.chmod(0o700)

        with pytest.raises(EmbeddedDatabaseError, match="which does not work now"):
            run_as_for(recorded, binaries, folder)

    def test_what_works_and_is_recorded_is_kept(self, binaries: Binaries, folder: Folder) -> None:
        recorded = run_as_for(None, binaries, folder)

        assert run_as_for(recorded, binaries, folder) == recorded

    @pytest.mark.parametrize("mode", [Mode.DIRECT, Mode.NAMESPACE])
    def test_another_users_data_is_refused(
        self, binaries: Binaries, folder: Folder, mode: Mode
    ) -> None:
        recorded = RunAs(mode, 54321, 54321)

        with pytest.raises(EmbeddedDatabaseError, match=r"run as 54321, .* or choose another"):
            run_as_for(recorded, binaries, folder)

    @pytest.mark.skipif(AS_ROOT, reason="root may use root's data")
    def test_what_root_made_is_refused_to_an_ordinary_user(
        self, binaries: Binaries, folder: Folder
    ) -> None:
        recorded = RunAs(Mode.USER, os.geteuid(), os.getegid())

        with pytest.raises(EmbeddedDatabaseError, match="was run as root"):
            run_as_for(recorded, binaries, folder)


class TestLaunch:
    def test_gives_the_program_a_session_of_its_own(self) -> None:
        command = ["/bin/sh", "-c", "read -r _ _ _ _ _ sid _ < /proc/$$/stat; echo $$ $sid"]

        with launch(OURSELVES, command, subprocess.PIPE, on_our_death=signal.SIGKILL) as process:
            said = process.communicate()[0].split()

        assert [int(number) for number in said] == [process.pid, process.pid]

    def test_lets_nothing_of_our_environment_in(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PGPORT", "1")
        monkeypatch.setenv("SOME_SECRET", "x")
        monkeypatch.delenv("LD_LIBRARY_PATH", raising=False)

        with launch(
            OURSELVES, ["/usr/bin/env"], subprocess.PIPE, on_our_death=signal.SIGKILL
        ) as process:
            said = process.communicate()[0].decode()

        assert {line.split("=")[0] for line in said.splitlines()} == {"PATH", "LC_ALL", "TZ"}

    @pytest.mark.skipif(not AS_ROOT, reason="only root can become another user")
    def test_another_user_keeps_no_group_of_ours(self) -> None:
        nobody = RunAs(Mode.USER, 65534, 65534)

        with launch(
            nobody, ["/usr/bin/id", "-G"], subprocess.PIPE, on_our_death=signal.SIGKILL
        ) as process:
            said = process.communicate()[0].decode()

        assert said.strip() == "65534"

    def test_a_program_that_is_not_there_is_an_error_of_the_system(self, tmp_path: Path) -> None:
        with pytest.raises(FileNotFoundError):
            launch(OURSELVES, [tmp_path / "gone"], subprocess.PIPE, on_our_death=signal.SIGKILL)
