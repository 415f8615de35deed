"""Pretended PostgreSQL programs: shell scripts that print what the real ones would."""

from pathlib import Path

from app.db.migrating import EXTENSIONS

DISK_FULL = """\
creating configuration files ... ok
running bootstrap script ... 2026-11-23 23:49:12.738 UTC [20827] FATAL:  could not extend file \
"base/1/2691": No space left on device
2026-11-23 23:49:12.738 UTC [20827] HINT:  Check free disk space.
child process exited with exit code 1
"""


def pretend(
    root: Path,
    version: str = "18.6",
    *,
    initdb: str = "exit 1",
    extensions: tuple[str, ...] = EXTENSIONS,
) -> Path:
    """Write programs of a version below `root`, and return the folder they are in."""
    bin_dir, share = root / "bin", root / "share"
    (share / "extension").mkdir(parents=True)
    bin_dir.mkdir()
    (share / "postgres.bki").touch()
    for extension in extensions:
        (share / "extension" / f"{extension}.control").touch()
    script(bin_dir / "postgres", f"echo 'postgres (PostgreSQL) {version}'")
    script(bin_dir / "initdb", initdb)
    return bin_dir


def script(path: Path, body: str) -> None:
    """Write a shell script that anybody may run."""
    path.write_text(f"#!/bin/sh\n{body}\n")
    path.chmod(0o755)
