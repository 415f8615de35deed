import os
from pathlib import Path

import pytest

from app.db.embedded.folder import Folder, folder_at, make_root, write_private


class TestFolderAt:
    def test_is_absolute_and_free_of_links(self, tmp_path: Path) -> None:
        (tmp_path / "real").mkdir()
        (tmp_path / "link").symlink_to(tmp_path / "real")

        assert folder_at(tmp_path / "link").root == (tmp_path / "real").resolve()


class TestMakeRoot:
    def test_lets_nobody_look_around_in_it(self, tmp_path: Path) -> None:
        folder = Folder(tmp_path / "a" / "b")

        make_root(folder)

        assert folder.root.stat().st_mode & 0o066 == 0

    def test_leaves_a_folder_as_it_is(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o750)

        make_root(Folder(tmp_path))

        assert tmp_path.stat().st_mode & 0o777 == 0o750


class TestWritePrivate:
    def test_replaces_a_file_in_one_step_for_one_user(self, tmp_path: Path) -> None:
        path = tmp_path / "facts"
        path.write_text("before")
        path.chmod(0o644)

        write_private(path, "after")

        assert path.read_text() == "after"
        assert path.stat().st_mode & 0o777 == 0o600

    def test_leaves_the_earlier_file_when_it_fails(self, tmp_path: Path) -> None:
        path = tmp_path / "facts"
        path.write_text("before")

        with pytest.raises(UnicodeEncodeError):
            write_private(path, "\udc80")

        assert path.read_text() == "before"
        assert os.listdir(tmp_path) == ["facts"]  # noqa: PTH208 - hidden files count too
