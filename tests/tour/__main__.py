"""`make tour`."""

import tempfile
from pathlib import Path

from tests.tour.story import tell

with tempfile.TemporaryDirectory(prefix="register-tour-") as made:
    Path(made).chmod(0o755)
    tell(Path(made).resolve())
