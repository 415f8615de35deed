"""Packages from npm that tests run: what a folder's `package-lock.json` says, and nothing else.

npm checks them against the lock's hashes. A second time they are found there.
"""

import shutil
import subprocess
from pathlib import Path

from app.pages.assets import find_npm

NPM_TIMEOUT_SECONDS = 150


def is_installed(folder: Path) -> bool:
    """Say whether what a folder's lock names is there."""
    lock, installed = folder / "package-lock.json", _mark(folder)
    return installed.is_file() and installed.stat().st_mtime >= lock.stat().st_mtime


def find_node() -> str | None:
    """Return the Node.js that npm runs on."""
    npm = find_npm()
    if npm is None:
        return None
    return npm[0] if len(npm) > 1 else shutil.which("node")


def install(folder: Path) -> int:
    """Install what a folder's lock names, unless it is there; return how npm ended."""
    npm = find_npm()
    if is_installed(folder) or npm is None:
        return 0
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        check=False,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=NPM_TIMEOUT_SECONDS,
    )
    if done.returncode == 0:
        _mark(folder).touch()
    return done.returncode


def _mark(folder: Path) -> Path:
    return folder / "node_modules" / ".package-lock.json"
