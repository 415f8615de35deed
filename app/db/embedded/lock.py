"""The folder's lock: whoever has it owns the server.

The kernel releases it however its holder dies, so it can never be stale; the file itself stays, for
removing it would let two processes lock two different files of one name.
"""

import fcntl
import os
from contextlib import suppress
from typing import IO

from app.db.embedded.folder import Folder


def try_lock(folder: Folder) -> IO[bytes] | None:
    """Return the lock, held until it is closed; `None` while another process has it."""
    handle = os.open(folder.lock, os.O_RDWR | os.O_CREAT, 0o600)
    lock = os.fdopen(handle, "r+b", buffering=0)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        lock.close()
        return None
    except BaseException:
        lock.close()
        raise
    with suppress(OSError):  # only for messages; a full disk is told of where it matters
        lock.truncate(0)
        lock.write(b"%d\n" % os.getpid())
    return lock


def is_locked(folder: Folder) -> bool:
    """Return whether a living process owns the folder's server."""
    try:
        lock = folder.lock.open("rb")
    except (FileNotFoundError, NotADirectoryError):
        return False
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False


def holder(folder: Folder) -> str:
    """Return the number of the process that has the lock, as far as it could write it down."""
    with suppress(OSError):
        return folder.lock.read_text(encoding="ascii").strip() or "unknown"
    return "unknown"
