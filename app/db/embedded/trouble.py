"""Turns what PostgreSQL or the operating system said into a sentence for whoever runs this."""

import errno
import os
import pwd
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import SubprocessError

from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder

ALMOST_NOTHING = 1_048_576
"""Bytes free below which a server that fails without a word is taken to have found no room."""
_FULL = ("No space left on device", "Disk quota exceeded")
_WORST = ("PANIC:", "FATAL:", "error:", "ERROR:")


@contextmanager
def told_plainly(folder: Folder) -> Iterator[None]:
    """Let every failure of the operating system inside the block become a plain sentence.

    Raises:
        EmbeddedDatabaseError: something in the block failed.
    """
    try:
        yield
    except OSError as error:
        raise EmbeddedDatabaseError(of_system(error, folder)) from error
    except SubprocessError as error:
        message = f"A PostgreSQL program could not be started: {error}"
        raise EmbeddedDatabaseError(message) from error


def of_system(error: OSError, folder: Folder) -> str:
    """Say what the operating system refused."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return no_space(folder)
    where = Path(str(error.filename)) if error.filename else folder.root
    if error.errno in {errno.EACCES, errno.EPERM}:
        return (
            f"User {user_name(os.geteuid())} may not use {where}{_owner_of(where)}. "
            "Run this as that user, or choose another folder with DATA_DIR."
        )
    return (
        f"The embedded database cannot use {where}: {error.strerror or error}. "
        "Mend that, or choose another folder with DATA_DIR."
    )


def of_output(text: str, folder: Folder, *, doing: str) -> str:
    """Say why a PostgreSQL program ended, from what it printed.

    Args:
        text: its output, or the log's since it was started.
        folder: where it worked.
        doing: what it was to do, for the beginning of a sentence ("PostgreSQL did not start").
    """
    silent_for_want_of_room = not text.strip() and _bytes_free(folder) < ALMOST_NOTHING
    if silent_for_want_of_room or any(phrase in text for phrase in _FULL):
        return no_space(folder)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    worst = [line for line in lines if any(word in line for word in _WORST)]
    reason = (worst or lines or ["it said nothing"])[-1]
    return f"{doing}: {reason} — its log is {folder.log}."


def no_space(folder: Folder) -> str:
    """Say that the disk is full."""
    return (
        f"No space left on the disk that holds {folder.root}. Free some and run again; "
        "a new database needs about 100 MB, and what was committed earlier is safe."
    )


def user_name(uid: int) -> str:
    """Return a user's name, or its number when it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)


def _owner_of(path: Path) -> str:
    for candidate in (path, *path.parents):
        try:
            owner = candidate.stat().st_uid
        except OSError:
            continue
        what = "it" if candidate == path else str(candidate)
        return f" ({what} belongs to {user_name(owner)})"
    return ""


def _bytes_free(folder: Folder) -> int:
    try:
        return shutil.disk_usage(folder.root).free
    except OSError:
        return ALMOST_NOTHING
