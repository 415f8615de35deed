"""The data directory: made whole or not at all, and never opened by programs it does not fit."""

import json
import os
import secrets
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from app.db.embedded import leftovers
from app.db.embedded.binaries import SYSTEM, Binaries
from app.db.embedded.connection import HOST, SUPERUSER
from app.db.embedded.errors import EmbeddedDatabaseError
from app.db.embedded.folder import Folder, write_private
from app.db.embedded.run_as import Mode, RunAs, launch, run_as_for
from app.db.embedded.server_log import open_log
from app.db.embedded.trouble import of_output, told_plainly

MARKER = "ap-register.json"
"""Lies in the data directory, so that it moves with it and appears with it in one step."""
SETTINGS = "ap-register.conf"
_BUILTIN_LOCALES_SINCE = 17
_DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


@dataclass(frozen=True, slots=True)
class Cluster:
    """A data directory that is ready to be served.

    Attributes:
        run_as: as whom the server must run.
        password: the superuser's.
    """

    run_as: RunAs
    password: str = field(repr=False)


def prepare(folder: Folder, binaries: Binaries, *, fast_and_unsafe: bool) -> Cluster:
    """Return the folder's data directory, made now if there is none.

    The caller holds the folder's lock.

    Raises:
        EmbeddedDatabaseError: it cannot be made, or belongs to another version, program or user.
    """
    with told_plainly(folder):
        if is_made(folder):
            check_version(folder, binaries)
            cluster = _read_marker(folder)
            run_as_for(cluster.run_as, binaries, folder)
            return cluster
        run_as = run_as_for(None, binaries, folder)
        return _make(folder, binaries, run_as, fast_and_unsafe=fast_and_unsafe)


def is_made(folder: Folder) -> bool:
    """Return whether a data directory is there.

    Raises:
        EmbeddedDatabaseError: something else lies where it belongs.
    """
    if (folder.cluster / "PG_VERSION").is_file():
        return True
    if not folder.cluster.exists():
        return False
    with suppress(OSError):
        folder.cluster.rmdir()  # an empty folder, perhaps a mount prepared for us
        return False
    message = (
        f"{folder.cluster} is not a PostgreSQL data directory, and it is not empty. "
        "Move it away, or choose another folder with DATA_DIR."
    )
    raise EmbeddedDatabaseError(message)


def check_version(folder: Folder, binaries: Binaries) -> None:
    """Refuse data that another major version made; nothing is touched.

    Raises:
        EmbeddedDatabaseError: it is so; says which made it, which is here, and the three ways out.
    """
    made_by = (folder.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
    if made_by == str(binaries.major):
        return
    there = SYSTEM / made_by / "bin"
    hint = f"PG_BIN_DIR={there}" if there.is_dir() else "PG_BIN_DIR=<folder of its programs>"
    message = (
        f"The data in {folder.cluster} was made by PostgreSQL {made_by}; the programs here are "
        f"version {binaries.version} (from {binaries.source}). Nothing was changed. "
        f"Either run with version {made_by} ({hint}); or export the register with it and import "
        "that into an empty one; or move the folder away to begin with an empty register."
    )
    raise EmbeddedDatabaseError(message)


def write_settings(folder: Folder, cluster: Cluster, port: int, *, fast_and_unsafe: bool) -> None:
    """Write what the server shall read at its start; a file, because other tools read it too.

    Args:
        folder: whose server.
        cluster: its data directory.
        port: where it shall listen this time.
        fast_and_unsafe: let a crash of the machine destroy the data; for tests alone.
    """
    values = {
        "listen_addresses": f"'{HOST}'",
        "port": str(port),
        "unix_socket_directories": "''",  # a socket's path may have 107 bytes; ours could be longer
        "max_connections": "100",
        "shared_buffers": "'128MB'",
        "jit": "off",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        # Statements and details of errors carry what people typed; the log shall not.
        "log_min_error_statement": "panic",
        "log_error_verbosity": "terse",
        **(dict.fromkeys(_DURABLE, "off") if fast_and_unsafe else _DURABLE),
    }
    lines = ["# Written anew at each start.", *(f"{name} = {v}" for name, v in values.items())]
    path = folder.cluster / SETTINGS
    write_private(path, "\n".join(lines) + "\n", cluster.run_as.owner)


def _make(folder: Folder, binaries: Binaries, run_as: RunAs, *, fast_and_unsafe: bool) -> Cluster:
    clear_unfinished(folder)
    cluster = Cluster(run_as, secrets.token_urlsafe(24))
    try:
        write_private(folder.first_password, cluster.password + "\n", run_as.owner)
        folder.unfinished.mkdir(mode=0o700)
        if run_as.owner:
            os.chown(folder.unfinished, *run_as.owner)
        _initdb(folder, binaries, run_as, fast_and_unsafe=fast_and_unsafe)
        conf = folder.unfinished / "postgresql.conf"
        text = conf.read_text(encoding="utf-8") + f"\ninclude = '{SETTINGS}'\n"
        write_private(conf, text, run_as.owner)
        marker = {
            "mode": run_as.mode,
            "uid": run_as.uid,
            "gid": run_as.gid,
            "password": cluster.password,
        }
        write_private(folder.unfinished / MARKER, json.dumps(marker) + "\n", run_as.owner)
        folder.unfinished.rename(folder.cluster)
    finally:
        clear_unfinished(folder)
    return cluster


def clear_unfinished(folder: Folder) -> None:
    """Remove what a making that was interrupted left; a whole data directory is never here."""
    with suppress(FileNotFoundError):
        folder.first_password.unlink()
    if folder.unfinished.exists():
        leftovers.clear_out(folder.unfinished)
        shutil.rmtree(folder.unfinished)


def initdb_command(folder: Folder, binaries: Binaries, *, fast_and_unsafe: bool) -> list[str]:
    """Return the command that makes a data directory: the same text order on every machine."""
    locale = ["--locale=C", "--encoding=UTF8"]
    if binaries.major >= _BUILTIN_LOCALES_SINCE:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    return [
        str(binaries.bin_dir / "initdb"),
        f"--pgdata={folder.unfinished}",
        f"--username={SUPERUSER}",
        f"--pwfile={folder.first_password}",
        "--auth=scram-sha-256",
        "--data-checksums",
        "--no-instructions",
        *locale,
        *(["--no-sync"] if fast_and_unsafe else []),
    ]


def _initdb(folder: Folder, binaries: Binaries, run_as: RunAs, *, fast_and_unsafe: bool) -> None:
    command = initdb_command(folder, binaries, fast_and_unsafe=fast_and_unsafe)
    process = launch(run_as, command, subprocess.PIPE, on_our_death=signal.SIGKILL)
    try:
        said = process.communicate()[0]
    except BaseException:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        raise
    finally:
        if process.stdout:
            process.stdout.close()
    if process.returncode != 0:
        with suppress(OSError), open_log(folder) as log:
            log.write(said)
        text = said.decode(errors="replace")
        raise EmbeddedDatabaseError(of_output(text, folder, doing="The database could not be made"))


def _read_marker(folder: Folder) -> Cluster:
    path: Path = folder.cluster / MARKER
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        run_as = RunAs(Mode(told["mode"]), int(told["uid"]), int(told["gid"]))
        return Cluster(run_as, str(told["password"]))
    except (FileNotFoundError, ValueError, TypeError, KeyError) as error:
        message = (
            f"{folder.cluster} holds a PostgreSQL {path.name} does not speak for: that file is "
            "missing or damaged, so this register cannot log in to it. Bring the file back from "
            "a backup, move the folder away, or set DATABASE_URL and run its server yourself."
        )
        raise EmbeddedDatabaseError(message) from error
