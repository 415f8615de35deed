import csv
from pathlib import Path

import pytest

from app.interchange.errors import OptionsNotRightError
from app.interchange.faults import SHOWN, FaultLog, stem
from app.interchange.schemas import Fault

SOURCE = Path("somewhere") / "list.csv.gz"


def fault(line: int = 2, value: str = "x") -> Fault:
    return Fault(line, "ages", value, "It is wrong.", "Mend it.")


def read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


class TestFaultLog:
    def test_writes_line_column_value_problem_and_cure(self, tmp_path: Path) -> None:
        target = tmp_path / "faults.csv"
        with FaultLog(target, SOURCE) as log:
            log.add(fault())
            found = log.write()

        assert read(target) == [
            ["line", "column", "value", "problem", "cure"],
            ["2", "ages", "x", "It is wrong.", "Mend it."],
        ]
        assert (found.count, found.file) == (1, target)

    def test_writes_nothing_when_nothing_is_wrong(self, tmp_path: Path) -> None:
        target = tmp_path / "faults.csv"
        with FaultLog(target, SOURCE) as log:
            found = log.write()

        assert not target.exists()
        assert found.file is None

    def test_is_named_for_the_file_in_the_current_folder(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.chdir(tmp_path)
        with FaultLog(None, SOURCE) as log:
            log.add(fault())
            found = log.write()

        assert found.file == Path("list.faults.csv")
        assert (tmp_path / "list.faults.csv").exists()

    @pytest.mark.parametrize("value", ["=1+1", "+44", "-1", "@SUM(A1)", "\t=1", "\r=1"])
    def test_no_cell_is_taken_for_a_formula(self, tmp_path: Path, value: str) -> None:
        target = tmp_path / "faults.csv"
        with FaultLog(target, SOURCE) as log:
            log.add(fault(value=value))
            log.write()

        assert read(target)[1][2] == "'" + value

    def test_reports_the_first_and_writes_them_all(self, tmp_path: Path) -> None:
        target = tmp_path / "faults.csv"
        with FaultLog(target, SOURCE) as log:
            for line in range(SHOWN + 5):
                log.add(fault(line))
            found = log.write()

        assert [each.line for each in found.first] == list(range(SHOWN))
        assert found.count == len(read(target)) - 1 == SHOWN + 5

    def test_refuses_to_write_over_the_imported_file(self, tmp_path: Path) -> None:
        source = tmp_path / "list.csv"
        source.write_text("name\n")

        with pytest.raises(OptionsNotRightError, match="the imported file itself"):
            FaultLog(tmp_path / "." / "list.csv", source)

    def test_refuses_to_write_over_a_folder(self, tmp_path: Path) -> None:
        with pytest.raises(OptionsNotRightError, match="a folder"):
            FaultLog(tmp_path, SOURCE)

    def test_says_when_the_faults_cannot_be_written(self, tmp_path: Path) -> None:
        with FaultLog(tmp_path / "nowhere" / "faults.csv", SOURCE) as log:
            log.add(fault())

            with pytest.raises(OptionsNotRightError, match=r"--faults\. Nothing was changed"):
                log.write()


class TestStem:
    @pytest.mark.parametrize(
        ("name", "without"),
        [
            ("list.csv", "list"),
            ("list.csv.gz", "list"),
            ("LIST.CSV", "LIST"),
            ("list.2026.csv", "list.2026"),
            ("list", "list"),
            (".csv", ".csv"),
        ],
    )
    def test_leaves_out_the_endings_of_csv(self, name: str, without: str) -> None:
        assert stem(Path("folder") / name) == without
