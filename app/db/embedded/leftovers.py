"""Server processes that lost their owner (`kill -9`): waited for, then told to go.

Two servers on one data directory would destroy it; PostgreSQL guards against that, but with a
message about process numbers that a newcomer cannot act on, and it is fooled by a number that
another process of the same user has taken since.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from app.db.embedded.errors import EmbeddedDatabaseError

PID_FILE = "postmaster.pid"
_EVERYONE_IS_SEEN = sys.platform == "linux"
"""Whether processes can be looked up by where they work; elsewhere only the server's head is."""
_PROGRAMS = frozenset({"postgres", "postmaster"})
_PATIENCE = ((signal.SIGINT, 60.0), (signal.SIGQUIT, 15.0), (signal.SIGKILL, 5.0))
"""A fast shutdown writes everything out; then an immediate one, which the next start repairs."""
_GRACE = 2.0
"""On Linux the kernel has told them to end already; most have by then."""


def clear_out(cluster: Path) -> None:
    """Return once no PostgreSQL process works in `cluster`, and no stale claim on it is left.

    The caller holds the folder's lock, so whatever still runs there has lost its owner.

    Raises:
        EmbeddedDatabaseError: a process is there that does not end, or that is not ours to end.
    """
    if wait_until(lambda: not serving(cluster), _GRACE):
        _drop_stale_claim(cluster)
        return
    for number, seconds in _PATIENCE:
        _tell_to_end(serving(cluster), number, cluster)
        if wait_until(lambda: not serving(cluster), seconds):
            _drop_stale_claim(cluster)
            return
    message = (
        f"PostgreSQL processes {', '.join(map(str, serving(cluster)))} still work in {cluster} "
        "and do not end. End them and run again."
    )
    raise EmbeddedDatabaseError(message)


def serving(cluster: Path) -> list[int]:
    """Return the PostgreSQL processes that work in `cluster`; empty when none."""
    if _EVERYONE_IS_SEEN:
        everyone = [int(entry) for entry in os.listdir("/proc") if entry.isdecimal()]  # noqa: PTH208
        return [pid for pid in everyone if _works_in(pid, cluster)]
    head = pid_in_file(cluster)
    return [head] if head is not None and _is_postgres(head) else []


def pid_in_file(cluster: Path) -> int | None:
    """Return the server's process number as it wrote it down, true or stale."""
    try:
        return int((cluster / PID_FILE).read_text(encoding="utf-8").split("\n", 1)[0])
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None


def wait_until(reached: Callable[[], bool], seconds: float) -> bool:
    """Return whether something became true in that time."""
    deadline = time.monotonic() + seconds
    while not reached():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _works_in(pid: int, cluster: Path) -> bool:
    """A server's processes stay in its data directory; a dead one (a zombie) is nowhere."""
    process = Path("/proc") / str(pid)
    try:
        if process.joinpath("comm").read_text(encoding="utf-8").strip() not in _PROGRAMS:
            return False
        return process.joinpath("cwd").readlink() == cluster
    except PermissionError:
        return pid == pid_in_file(cluster)
    except OSError:
        return False


def _is_postgres(pid: int) -> bool:
    listed = subprocess.run(  # noqa: S603 - a fixed command and a number
        ["/bin/ps", "-o", "comm=", "-p", str(pid)],
        capture_output=True,
        text=True,
        check=False,
    )
    return Path(listed.stdout.strip()).name in _PROGRAMS


def _tell_to_end(found: list[int], number: signal.Signals, cluster: Path) -> None:
    """Tell the head alone, for the others are its to end; without a head they are of no use."""
    head = pid_in_file(cluster)
    if head not in found:
        targets, number = found, max(number, signal.SIGQUIT)
    else:
        targets = found if number is signal.SIGKILL else [head]
    for pid in targets:
        try:
            os.kill(pid, number)
        except ProcessLookupError:
            continue
        except PermissionError as error:
            message = (
                f"Process {pid} of another user is a PostgreSQL server on {cluster}. "
                "End it, or choose another folder with DATA_DIR."
            )
            raise EmbeddedDatabaseError(message) from error


def _drop_stale_claim(cluster: Path) -> None:
    """Remove the dead server's claim: its number may by now be an innocent process's."""
    if _EVERYONE_IS_SEEN:
        with suppress(FileNotFoundError):
            (cluster / PID_FILE).unlink()
