"""Rules for what is kept under version control; each is a function from a file to findings.

The patterns are put together from pieces, so that this file does not hold what it forbids.
"""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TypeAlias

LARGEST_BYTES = 500_000
MAY_BE_LARGER = {"openapi/openapi.json": 1_500_000, "migrations/schema.sql": 1_000_000}
"""The contract of the whole service is one generated document, and so are all its tables."""

TOP_LEVEL = frozenset(
    {"app", "migrations", "schemas", "tests", "openapi", "docs", "Dockerfile", "alembic.ini"}
    | {"pyproject.toml", "README.md", "compose.yaml", "Makefile", "LICENSE"}
)
"""What may stand at the top, beside `requirements*.lock` and names that begin with a dot."""

_REQUIREMENTS = re.compile(r"requirements(?:-[a-z0-9]+)?\.lock")
_PINNED = re.compile(
    r"[A-Za-z0-9._-]+(?:\[[a-z,]+\])?==[^\s;]+(?: ; [^\n]+?)?"  # a name, one version, a condition
    r"(?: \\\n    --hash=sha256:[0-9a-f]{64})+"
)

_PERSONAL_FOLDERS = "|".join(("ho" + "me", "ro" + "ot", "Us" + "ers"))
_PASSING_FOLDERS = "|".join(("wo" + "rk", "t" + "mp", "mn" + "t", "var/" + "folders"))
_MACHINE_PATH = re.compile(rf"(?<![\w.~$}}])/(?:{_PERSONAL_FOLDERS}|{_PASSING_FOLDERS})/[\w.]")
_WINDOWS_PATH = re.compile(r"\b[A-Z]:\\+(?:" + _PERSONAL_FOLDERS + r")\\")

_INDEXES = ["py" + "pi.org", "python" + "hosted.org", "registry." + "npm", "npm" + "js.org"]
_INDEXES += ["registry." + "yarnpkg", "conda." + "anaconda", "dev" + "pi", "artifact" + "ory"]
_INDEX = re.compile("|".join(re.escape(name) for name in _INDEXES), re.IGNORECASE)
_PRIVATE_KEY = re.compile("-{5}BEGIN [A-Z ]*" + "PRIVATE" + " KEY")

_FONTS = frozenset({".woff", ".woff2", ".ttf", ".otf", ".eot"})


@dataclass(frozen=True, slots=True)
class Tracked:
    """A file that is, or is about to be, under version control.

    Attributes:
        path: where it lies, from the top of the repository.
        content: its bytes.
    """

    path: str
    content: bytes

    @property
    def text(self) -> str:
        """Return it as text; what is not text becomes replacement characters."""
        return self.content.decode("utf-8", errors="replace")

    @property
    def is_lock(self) -> bool:
        """Say whether it pins somebody else's packages."""
        return self.path.endswith((".lock", "package-lock.json"))


Rule: TypeAlias = Callable[[Tracked], Iterator[str]]
"""Yields findings: `path[:line]: what is wrong`."""


def tracked_files(repository: Path) -> list[Tracked]:
    """Return what is tracked, and what would be: new files that nothing ignores.

    Raises:
        FileNotFoundError: there is no git to ask.
        subprocess.CalledProcessError: this is no clone of the repository.
    """
    git = shutil.which("git")
    if git is None:
        message = "Install git: these tests ask it which files are tracked."
        raise FileNotFoundError(message)
    listed = subprocess.run(  # noqa: S603 - a fixed command
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=repository,
        capture_output=True,
        check=True,
    ).stdout.decode()
    names = sorted(set(filter(None, listed.split("\0"))))
    files = [(name, repository / name) for name in names]
    return [Tracked(name, path.read_bytes()) for name, path in files if path.is_file()]


def findings(rules: tuple[Rule, ...], files: list[Tracked]) -> list[str]:
    """Return everything these rules find in these files."""
    return [finding for file in files for rule in rules for finding in rule(file)]


def out_of_place(file: Tracked) -> Iterator[str]:
    """The top level is the reader's table of contents."""
    top = PurePosixPath(file.path).parts[0]
    if top not in TOP_LEVEL and not top.startswith(".") and not _REQUIREMENTS.fullmatch(top):
        yield f"{file.path}: {top} has no place at the top level"


def too_large(file: Tracked) -> Iterator[str]:
    """Large files are data, and data is imported, not committed."""
    largest = MAY_BE_LARGER.get(file.path, LARGEST_BYTES)
    if len(file.content) > largest:
        yield f"{file.path}: {len(file.content)} bytes; {largest} are allowed"


def holds_address_in_lock(file: Tracked) -> Iterator[str]:
    """A lock says what, never from where: everyone installs from the index they trust."""
    if file.is_lock:
        yield from _lines(file, re.compile('://|"resolved"'), "an address in a lock file")


def holds_unpinned(file: Tracked) -> Iterator[str]:
    """Every package is one version, and its bytes are known."""
    if not _REQUIREMENTS.fullmatch(file.path):
        return
    for entry in re.split(r"\n(?=\S)", file.text.strip()):
        if not entry.startswith("#") and not _PINNED.fullmatch(entry):
            first_line = entry.splitlines()[0]
            yield f"{file.path}: {first_line}: not one version of a package with its SHA-256"


def names_machine_path(file: Tracked) -> Iterator[str]:
    """A path of one machine means nothing on another."""
    yield from _lines(file, _MACHINE_PATH, "a path of somebody's machine")
    yield from _lines(file, _WINDOWS_PATH, "a path of somebody's machine")


def names_package_index(file: Tracked) -> Iterator[str]:
    """Where packages come from is each installation's own affair."""
    yield from _lines(file, _INDEX, "the address of a package index")


def holds_private_key(file: Tracked) -> Iterator[str]:
    """A key that was committed is a key that was published."""
    yield from _lines(file, _PRIVATE_KEY, "a private key")


def is_third_party(file: Tracked) -> Iterator[str]:
    """What others wrote is installed from the locks, so that its origin can be checked."""
    path = PurePosixPath(file.path)
    folders = {"node_" + "modules", "vendor", "site-packages", ".venv"}
    minified = path.name.endswith((".min.js", ".min.css", ".min.mjs"))
    if folders & set(path.parts) or minified or path.suffix in _FONTS:
        yield f"{file.path}: somebody else's file; install it at set-up instead"


RULES: tuple[Rule, ...] = (
    out_of_place,
    too_large,
    holds_address_in_lock,
    holds_unpinned,
    names_machine_path,
    names_package_index,
    holds_private_key,
    is_third_party,
)


def _lines(file: Tracked, pattern: re.Pattern[str], what: str) -> Iterator[str]:
    for number, line in enumerate(file.text.splitlines(), start=1):
        if pattern.search(line):
            yield f"{file.path}:{number}: {what}"
