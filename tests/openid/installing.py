"""Install the OpenID provider that tests run; `python -m tests.openid.installing`.

What is installed is what `package-lock.json` says, checked against its hashes by npm. A second run
finds it there and stops at once.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from app.pages.assets import find_npm

HERE = Path(__file__).parent
INSTALLED = HERE / "node_modules" / ".package-lock.json"
NPM_TIMEOUT_SECONDS = 150


def is_installed() -> bool:
    """Say whether what the lock names is there."""
    lock = HERE / "package-lock.json"
    return INSTALLED.is_file() and INSTALLED.stat().st_mtime >= lock.stat().st_mtime


def find_node() -> str | None:
    """Return the Node.js that npm runs on."""
    npm = find_npm()
    if npm is None:
        return None
    return npm[0] if len(npm) > 1 else shutil.which("node")


def main() -> int:
    """Install it, unless it is there."""
    if is_installed():
        return 0
    npm = find_npm()
    if npm is None:
        print("There is no npm; the tests of the OpenID provider will be skipped.", file=sys.stderr)  # noqa: T201
        return 0
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    done = subprocess.run(  # noqa: S603 - a fixed command, no shell
        command,
        check=False,
        cwd=HERE,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        timeout=NPM_TIMEOUT_SECONDS,
    )
    if done.returncode == 0:
        INSTALLED.touch()
    return done.returncode


if __name__ == "__main__":
    raise SystemExit(main())
