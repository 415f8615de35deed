"""The server process: started on a free port, waited for, and ended."""

import signal
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from app.db.embedded.binaries import Binaries
from app.db.embedded.cluster import Cluster, write_settings
from app.db.embedded.connection import HOST, SUPERUSER, Answer, Connection, ask
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder
from app.db.embedded.leftovers import PID_FILE
from app.db.embedded.run_as import launch
from app.db.embedded.server_log import log_since, open_log
from app.db.embedded.trouble import of_output

START_SECONDS = 180.0
"""How long a start may take; after a crash the server first repeats what it had not written out."""
_DOING = "PostgreSQL did not start"
_PORT_TAKEN = "Address already in use"
_PORT_TRIES = 5
_STATUS_LINE = 7
_STOPPING = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 15.0), (signal.SIGKILL, 5.0))
_HASTE = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Started:
    """A server of ours, ready for work."""

    process: "subprocess.Popen[bytes]"
    connection: Connection


def start(
    folder: Folder, binaries: Binaries, cluster: Cluster, *, fast_and_unsafe: bool
) -> Started:
    """Start the server on a port that is free now, and wait until it answers.

    Raises:
        EmbeddedDatabaseError: it ended, or never answered; no process is left.
    """
    said = ""
    for _ in range(_PORT_TRIES):  # another program may take the port between our look and its use
        connection = Connection(HOST, _free_port(), SUPERUSER, cluster.password)
        write_settings(folder, cluster, connection.port, fast_and_unsafe=fast_and_unsafe)
        with open_log(folder) as log:
            before = log.tell()
            command = [str(binaries.bin_dir / "postgres"), "-D", str(folder.cluster)]
            process = launch(cluster.run_as, command, log, on_our_death=signal.SIGINT)
        try:
            if _became_ready(process, connection, folder):
                return Started(process, connection)
        except BaseException:
            stop(process)
            raise
        said = log_since(folder, before)
        if _PORT_TAKEN not in said:
            break
    raise EmbeddedDatabaseError(of_output(said, folder, doing=_DOING))


def stop(process: "subprocess.Popen[bytes]") -> None:
    """End the server: cleanly, or at once if that takes too long, or by force.

    Impatience (a second Ctrl-C) is not heard meanwhile; `kill -9` is, and does no harm.
    """
    with _undisturbed():
        for number, seconds in _STOPPING:
            process.send_signal(number)
            with suppress(subprocess.TimeoutExpired):
                process.wait(seconds)
                return


@contextmanager
def _undisturbed() -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = {number: signal.signal(number, signal.SIG_IGN) for number in _HASTE}
    try:
        yield
    finally:
        for number, handler in former.items():
            signal.signal(number, handler)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _became_ready(
    process: "subprocess.Popen[bytes]", connection: Connection, folder: Folder
) -> bool:
    """Wait for the server; return whether it is ready, or has ended instead."""
    deadline = time.monotonic() + START_SECONDS
    while process.poll() is None:
        if _says_ready(folder, process.pid):
            answer = ask(connection, folder.cluster)
            if answer is Answer.OURS:
                return True
            if answer is Answer.NONE:
                message = (
                    "PostgreSQL started, but does not let its superuser in with the password it "
                    f"was made with. Set it back to the one in {folder.cluster}, or move that away."
                )
                raise EmbeddedDatabaseError(message)
        if time.monotonic() > deadline:
            message = (
                f"PostgreSQL was not ready within {START_SECONDS:.0f} seconds. "
                f"What it was doing is in {folder.log}; run again when the machine is less busy."
            )
            raise EmbeddedDatabaseError(message)
        time.sleep(0.02)
    return False


def _says_ready(folder: Folder, pid: int) -> bool:
    with suppress(OSError, ValueError, IndexError):
        lines = (folder.cluster / PID_FILE).read_text(encoding="utf-8").splitlines()
        return int(lines[0]) == pid and lines[_STATUS_LINE].strip() == "ready"
    return False
