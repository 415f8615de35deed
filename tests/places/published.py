"""Publications that facts and imports are checked against, where they lie beside the repository."""

from pathlib import Path

import pytest

_FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "data"

needs_published_data = pytest.mark.skipif(
    not _FOLDER.is_dir(),
    reason="needs the published data in ../shared/data, which is not part of the repository",
)


def published(path: str) -> Path:
    """Return where a publication lies."""
    return _FOLDER / path
