"""What PostgreSQL itself says: kept in one file, for one user's eyes, and not for ever."""

import os
from contextlib import suppress
from typing import IO

from app.db.embedded.folder import Folder

ENOUGH_BYTES = 10_000_000


def open_log(folder: Folder) -> IO[bytes]:
    """Open the log at its end; once it is large it is put aside, and the one before it goes."""
    with suppress(FileNotFoundError):
        if folder.log.stat().st_size > ENOUGH_BYTES:
            folder.log.replace(folder.log.with_suffix(".log.1"))
    handle = os.open(folder.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    log = os.fdopen(handle, "ab", buffering=0)
    log.seek(0, os.SEEK_END)
    return log


def log_since(folder: Folder, position: int) -> str:
    """Return what was said after the log was that long."""
    with folder.log.open("rb") as log:
        log.seek(position)
        return log.read().decode(errors="replace")
