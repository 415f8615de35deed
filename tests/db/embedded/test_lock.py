import os
from pathlib import Path

from app.db.embedded.folder import Folder
from app.db.embedded.lock import holder, is_locked, try_lock


class TestTryLock:
    def test_only_one_can_have_it_and_the_next_when_it_is_given_back(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)

        first = try_lock(folder)
        second = try_lock(folder)
        assert first is not None
        first.close()
        third = try_lock(folder)

        assert second is None
        assert third is not None
        third.close()

    def test_a_file_left_by_a_dead_process_is_no_lock(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        folder.lock.write_text("99999\n")

        lock = try_lock(folder)

        assert lock is not None
        with lock:
            assert holder(folder) == str(os.getpid())


class TestIsLocked:
    def test_says_whether_a_living_process_has_it(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path)
        assert not is_locked(folder)

        lock = try_lock(folder)
        assert lock is not None
        with lock:
            assert is_locked(folder)

        assert not is_locked(folder)


class TestHolder:
    def test_is_unknown_when_nobody_wrote_it_down(self, tmp_path: Path) -> None:
        assert holder(Folder(tmp_path)) == "unknown"
