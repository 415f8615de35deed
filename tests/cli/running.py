"""The real command as an operator runs it: in a process of its own, or quicker, in this one."""

import os
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
SECRET = "never-to-be-shown"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Here = Callable[..., Awaitable[Ended]]
"""Runs a command in this process, in the test's own folder: words, then settings."""


def addresses(settings: Settings) -> dict[str, str]:
    """Return the environment that points a command at a database."""
    named = {
        "DATABASE_URL": settings.database_url,
        "DATABASE_READ_URL": settings.database_read_url,
        "DATABASE_OWNER_URL": settings.database_owner_url,
    }
    found = {name: url.get_secret_value() for name, url in named.items() if url}
    return {
        **found,
        "ROLE_PREFIX": settings.role_prefix or "",
        "KEYRING_FILE": str(settings.keyring_path),
    }


def command(*words: str | Path) -> list[str]:
    """Return the words that start `ap-register`."""
    return [sys.executable, "-m", "app.cli", *map(str, words)]


def prepared(statement: str, *words: str | Path) -> list[str]:
    """Return the words that start `ap-register` after a statement about the process itself."""
    program = f"{statement}; from app.cli import main; main()"
    return [sys.executable, "-c", program, *map(str, words)]


def environment(**changes: str) -> dict[str, str]:
    """Return this process's environment with changes, and none of its own database addresses."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DATABASE_")}
    # Processes by the dozen: each would compile the whole service for itself where no code is kept.
    kept["PYTHONDONTWRITEBYTECODE"] = ""
    return {**kept, "PYTHONPATH": str(REPOSITORY), **changes}


def run(*words: str | Path, folder: Path, **changes: str) -> subprocess.CompletedProcess[bytes]:
    """Run `ap-register` in a folder and wait for its end."""
    return subprocess.run(  # noqa: S603 - this interpreter, our own module
        command(*words),
        cwd=folder,
        env=environment(**changes),
        capture_output=True,
        check=False,
        timeout=120,
    )
