"""A folder that another user can reach too, as a folder under /tmp made by pytest cannot be."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.config import Settings


@pytest.fixture
def open_place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="embedded-") as made:
        Path(made).chmod(0o755)
        yield Path(made).resolve()


@pytest.fixture
def settings(open_place: Path) -> Settings:
    return Settings(data_dir=open_place / "data")
