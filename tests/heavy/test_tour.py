"""The tour of the README, told once more: every step is asserted where it is told."""

import tempfile
from pathlib import Path

import pytest

from tests.tour.story import tell

pytestmark = pytest.mark.heavy


def test_a_provider_comes_onto_the_register_and_what_was_wrong_comes_off_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with tempfile.TemporaryDirectory(prefix="tour-") as made:
        Path(made).chmod(0o755)  # root's database server runs as another user
        tell(Path(made).resolve())

    told = capsys.readouterr().out
    assert "under review by itself" in told
    assert "sees 5 of 6 entries as tombstones" in told
