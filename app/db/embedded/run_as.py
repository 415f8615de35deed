"""As whom the server runs: PostgreSQL refuses to be root, and wants its user to have a name."""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import IO

from app.db.embedded.binaries import Binaries
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder
from app.db.embedded.trouble import user_name

_PR_SET_PDEATHSIG = 1
_NAMELESS = 65534
_HELD_BACK = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
"""What the user looks like from inside a user namespace; `nobody` nearly everywhere."""
_PROBE = '"$0" --version >/dev/null && test -x "$1" && test -r "$2"'


class Mode(StrEnum):
    """The ways to run the server; a data directory keeps to the one it was made in."""

    DIRECT = "direct"
    """As the user who runs us."""
    USER = "user"
    """We are root; the server is another user, who owns the data."""
    NAMESPACE = "namespace"
    """The server believes itself `nobody`, in a user namespace; we own the data."""


@dataclass(frozen=True, slots=True)
class RunAs:
    """A user for the server.

    Attributes:
        mode: how it becomes that user.
        uid: who owns the data, seen from outside any namespace.
        gid: that user's group.
    """

    mode: Mode
    uid: int
    gid: int

    @property
    def owner(self) -> tuple[int, int] | None:
        """Whom files made for the server must be given to, if anybody."""
        return (self.uid, self.gid) if self.mode is Mode.USER else None


def run_as_for(recorded: RunAs | None, binaries: Binaries, folder: Folder) -> RunAs:
    """Return as whom to run: as the data directory says, or the first way that works.

    Raises:
        EmbeddedDatabaseError: the data is another user's, or no way works on this machine.
    """
    if recorded is None:
        return _first_that_works(binaries, folder)
    me = os.geteuid()
    if (recorded.mode is Mode.USER) != (me == 0) and recorded.mode is not Mode.NAMESPACE:
        maker = "root" if recorded.mode is Mode.USER else user_name(recorded.uid)
        raise EmbeddedDatabaseError(_mixed(folder, maker))
    if recorded.mode is not Mode.USER and recorded.uid != me:
        raise EmbeddedDatabaseError(_mixed(folder, user_name(recorded.uid)))
    obstacle = _obstacle(recorded, binaries, folder)
    if obstacle:
        message = (
            f"The data in {folder.cluster} was made with the server run as {_told(recorded)}, "
            f"which does not work now: {obstacle}. Mend that, "
            "or move the folder away to begin with an empty register."
        )
        raise EmbeddedDatabaseError(message)
    return recorded


def launch(
    run_as: RunAs,
    command: Sequence[str | Path],
    output: int | IO[bytes],
    *,
    on_our_death: signal.Signals,
) -> "subprocess.Popen[bytes]":
    """Start a PostgreSQL program that outlives neither its work nor us.

    It gets a session of its own, so that Ctrl-C in the terminal reaches us alone and we decide. On
    Linux the kernel sends it `on_our_death` when the *thread* that started it is gone: hence only
    from the main thread.
    """
    other = run_as.mode is Mode.USER
    prefix = _unshare() if run_as.mode is Mode.NAMESPACE else []
    # What Python does around a fork swallows exceptions: a Ctrl-C just then would be lost.
    former = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    process = None
    try:
        process = _start([*prefix, *command], run_as if other else None, output, on_our_death)
        return process
    finally:
        try:
            signal.pthread_sigmask(signal.SIG_SETMASK, former)
        except BaseException:
            if process is not None:
                process.kill()
                process.wait()
            raise


def _start(
    command: list[str | Path],
    other: RunAs | None,
    output: int | IO[bytes],
    on_our_death: signal.Signals,
) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(  # noqa: S603 - a program of ours by its full path, no shell
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        cwd="/",
        env=_environment(),
        user=other.uid if other else None,
        group=other.gid if other else None,
        extra_groups=[] if other else None,
        umask=0o077,
        start_new_session=True,
        preexec_fn=_dying_with_us(on_our_death),  # noqa: PLW1509 - one C call, prepared before fork
    )


def _first_that_works(binaries: Binaries, folder: Folder) -> RunAs:
    obstacles = []
    for candidate in _ways():
        obstacle = _obstacle(candidate, binaries, folder)
        if obstacle is None:
            return candidate
        obstacles.append(f"as {_told(candidate)}: {obstacle}")
    message = (
        "PostgreSQL will not run as root or as a user without a name, "
        f"and there is no other way here ({'; '.join(obstacles)}). Run this as an ordinary user, "
        "or set DATA_DIR (and PG_BIN_DIR) to folders that user `nobody` can reach."
    )
    raise EmbeddedDatabaseError(message)


def _ways() -> list[RunAs]:
    uid, gid = os.geteuid(), os.getegid()
    in_namespace = RunAs(Mode.NAMESPACE, uid, gid)
    if uid == 0:
        users = [user for name in ("postgres", "nobody") if (user := _known(name))]
        return [*(RunAs(Mode.USER, user.pw_uid, user.pw_gid) for user in users), in_namespace]
    has_a_name = user_name(uid) != str(
        uid
    )  # `initdb` looks its user up, and a container's may lack
    return [RunAs(Mode.DIRECT, uid, gid) if has_a_name else in_namespace]


def _known(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _obstacle(run_as: RunAs, binaries: Binaries, folder: Folder) -> str | None:
    """Try whether that user can run the programs and reach the data; return what hinders it."""
    postgres, bki = binaries.bin_dir / "postgres", binaries.share_dir / "postgres.bki"
    probe: list[str | Path] = ["/bin/sh", "-c", _PROBE, postgres, folder.root, bki]
    try:
        with launch(run_as, probe, subprocess.PIPE, on_our_death=signal.SIGKILL) as process:
            said = process.communicate()[0].decode(errors="replace").strip()
    except OSError as error:
        return str(error)
    if process.returncode == 0:
        return None
    return said or f"it cannot reach {folder.root} or {binaries.bin_dir}"


def _unshare() -> list[str]:
    program = shutil.which("unshare") or "/usr/bin/unshare"
    return [program, "--user", f"--map-user={_NAMELESS}", f"--map-group={_NAMELESS}"]


def _environment() -> dict[str, str]:
    """Nothing of ours leaks in: no PGDATA, no secrets; locale and zone are the same everywhere."""
    kept = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC", **kept}


def _dying_with_us(number: signal.Signals) -> Callable[[], None]:
    prctl = ctypes.CDLL(None).prctl if sys.platform == "linux" else None
    us = os.getpid()

    def before_the_program() -> None:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)
        if prctl is None:
            return
        prctl(_PR_SET_PDEATHSIG, int(number))
        if os.getppid() != us:  # we died before the kernel was asked
            os._exit(1)

    return before_the_program


def _told(run_as: RunAs) -> str:
    if run_as.mode is Mode.NAMESPACE:
        return "`nobody` in a user namespace"
    return f"user {user_name(run_as.uid)}"


def _mixed(folder: Folder, maker: str) -> str:
    return (
        f"The data in {folder.cluster} was made when this was run as {maker}, "
        f"and this is {user_name(os.geteuid())}. Nothing was changed. "
        f"Run this as {maker}, or choose another folder with DATA_DIR."
    )
