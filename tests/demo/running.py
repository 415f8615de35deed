"""`ap-register demo` in a process of its own, on a test's register."""

import os
import sys
from pathlib import Path

from app.config import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
COMMAND = (sys.executable, "-m", "app.cli", "demo")


def environment(settings: Settings) -> dict[str, str]:
    """Return the environment in which a command finds that register."""
    addresses = {
        "DATABASE_URL": settings.database_url,
        "DATABASE_READ_URL": settings.database_read_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
    }
    found = {key: url.get_secret_value() for key, url in addresses.items() if url}
    return {**os.environ, **found, "ROLE_PREFIX": settings.role_prefix or ""}
