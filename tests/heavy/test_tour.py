"""The tour, told once more: every step is asserted where it is told; pages show what is told."""

import tempfile
from pathlib import Path

import pytest

from tests.tour.kept import untold
from tests.tour.story import tell
from tests.tour.test_kept import PAGES

pytestmark = pytest.mark.heavy


def test_a_provider_comes_onto_the_register_and_what_was_wrong_comes_off_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with tempfile.TemporaryDirectory(prefix="tour-") as made:
        Path(made).chmod(0o755)  # root's database server runs as another user
        tell(Path(made).resolve())

    told = capsys.readouterr().out
    assert "under review by itself" in told
    assert "sees 12 of 13 entries as tombstones" in told
    for page in PAGES:
        assert untold(Path(page).read_text(encoding="utf-8"), told) == [], page
