"""Runs the embedded server for as long as a command needs it.

The first process to come locks the folder, starts the server and stops it when it ends, holding the
lock all that time. So: locked means that somebody owns the server, and whoever gets the lock may be
sure that a server still found there has lost its owner.
"""

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO, NoReturn

from app.config import Settings
from app.db.embedded import leftovers
from app.db.embedded.binaries import find_binaries
from app.db.embedded.cluster import prepare
from app.db.embedded.connection import Answer, Connection, ask, forget, load, save
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder, folder_at, make_root
from app.db.embedded.lock import holder, is_locked, try_lock
from app.db.embedded.process import START_SECONDS, start, stop
from app.db.embedded.trouble import told_plainly

_SILENT_SECONDS = 10.0
"""How long an owner may have told of a server that does not answer, before it is taken for dead."""
_ENDING_SIGNALS = (signal.SIGTERM, signal.SIGHUP)


def running(data_dir: Path) -> Connection | None:
    """Return how to reach the server that runs on this folder, or `None` if none does.

    Raises:
        EmbeddedDatabaseError: the folder is another user's.
    """
    folder = folder_at(data_dir)
    with told_plainly(folder):
        return _answering(folder) if is_locked(folder) else None


@contextmanager
def server(settings: Settings, *, fast_and_unsafe: bool = False) -> Iterator[Connection]:
    """Let a server run during the block: the one that runs already, or else our own.

    Our own is stopped when the block ends, also by an error, Ctrl-C or SIGTERM; another process's
    is left alone. One of our own can only be started from the main thread.

    Args:
        settings: where the data is (`data_dir`), and which programs to use (`pg_bin_dir`).
        fast_and_unsafe: when starting one, let a crash destroy its data; for tests alone.

    Raises:
        EmbeddedDatabaseError: it cannot run; the message says why and how to mend it.
    """
    folder = folder_at(settings.data_dir)
    with ExitStack() as ours:
        with told_plainly(folder):
            make_root(folder)
            found = _join_or_lock(folder)
            if isinstance(found, Connection):
                connection = found
            else:
                ours.enter_context(found)
                ours.enter_context(_ended_by_signals())
                own = _own_server(settings, folder, fast_and_unsafe=fast_and_unsafe)
                connection = ours.enter_context(own)
        yield connection


def _join_or_lock(folder: Folder) -> Connection | IO[bytes]:
    """Return the server that runs, or the folder's lock; wait while neither can be had."""
    deadline = time.monotonic() + START_SECONDS
    told_at = None
    while time.monotonic() < deadline:
        found = try_lock(folder) or _answering(folder)
        if found is not None:
            return found
        # An owner withdraws its facts before it starts or stops the server; facts that stay without
        # an answer mean that the server alone was killed.
        told_at = None if load(folder) is None else told_at or time.monotonic()
        if told_at is not None and time.monotonic() - told_at > _SILENT_SECONDS:
            break
        time.sleep(0.1)
    message = (
        f"Process {holder(folder)} has the embedded database in {folder.root}, but its server does "
        f"not answer. End that process and run again; what the server said is in {folder.log}."
    )
    raise EmbeddedDatabaseError(message)


def _answering(folder: Folder) -> Connection | None:
    connection = load(folder)
    if connection is not None and ask(connection, folder.cluster) is Answer.OURS:
        return connection
    return None


@contextmanager
def _own_server(
    settings: Settings, folder: Folder, *, fast_and_unsafe: bool
) -> Iterator[Connection]:
    """Start a server, and stop it in the end; the caller holds the lock."""
    if threading.current_thread() is not threading.main_thread():
        message = "The embedded database can only be started from a program's main thread."
        raise EmbeddedDatabaseError(message)
    forget(folder)
    binaries = find_binaries(settings)
    cluster = prepare(folder, binaries, fast_and_unsafe=fast_and_unsafe)
    leftovers.clear_out(folder.cluster)
    started = start(folder, binaries, cluster, fast_and_unsafe=fast_and_unsafe)
    try:
        save(folder, started.connection, started.process.pid)
        yield started.connection
    finally:
        with suppress(OSError):
            forget(folder)
        stop(started.process)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Let SIGTERM, and a terminal that closes, end the block like Ctrl-C does.

    By default they would end the process on the spot. Whoever set a handler already keeps it.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    defaults = [n for n in _ENDING_SIGNALS if signal.getsignal(n) is signal.SIG_DFL]
    for number in defaults:
        signal.signal(number, _leave)
    try:
        yield
    finally:
        for number in defaults:
            signal.signal(number, signal.SIG_DFL)


def _leave(number: int, _: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)
