"""Every branch of the law is taken by a situation or a test of the rules alone."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.heavy

REPOSITORY = Path(__file__).resolve().parents[2]
MEASURED = "--source=app/rules"


def _coverage(data: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command, *rest = words
    return subprocess.run(  # noqa: S603 - our own words
        [sys.executable, "-m", "coverage", command, f"--data-file={data}", *rest],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_no_branch_of_the_rules_is_left_out(tmp_path: Path) -> None:
    data = tmp_path / "rules"
    quietly = ("-q", "-p", "no:cacheprovider", "-p", "no:xdist")
    ran = _coverage(data, "run", "--branch", MEASURED, "-m", "pytest", "tests/rules", *quietly)
    assert ran.returncode == 0, ran.stdout[-2_000:]

    told = _coverage(data, "report", "--show-missing", "--skip-covered", "--fail-under=100")
    assert told.returncode == 0, told.stdout


def test_a_branch_that_nothing_takes_would_be_found(tmp_path: Path) -> None:
    data = tmp_path / "one"
    one = ("pytest", "tests/rules/test_insurance.py", "-q", "-p", "no:cacheprovider")
    ran = _coverage(data, "run", "--branch", MEASURED, "-m", *one, "-p", "no:xdist")
    assert ran.returncode == 0, ran.stdout[-2_000:]

    assert _coverage(data, "report", "--fail-under=100").returncode == 2
