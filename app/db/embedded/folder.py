"""The folder in which the embedded database lives (`DATA_DIR`), and what each file in it is for."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Folder:
    """One embedded database's folder.

    Attributes:
        root: the folder itself, absolute and free of links.
    """

    root: Path

    @property
    def cluster(self) -> Path:
        """What PostgreSQL calls the data directory."""
        return self.root / "postgres"

    @property
    def unfinished(self) -> Path:
        """Where `initdb` works; renamed to `cluster` only once it is whole."""
        return self.root / "postgres.new"

    @property
    def first_password(self) -> Path:
        """Hands the superuser's password to `initdb`; gone as soon as that has run."""
        return self.root / "postgres.password"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.root / "postgres.log"

    @property
    def facts(self) -> Path:
        """How to reach the server while it runs."""
        return self.root / "connection.json"

    @property
    def lock(self) -> Path:
        """Locked by the process that owns the server, from before its start until after its end."""
        return self.root / "postgres.lock"


def folder_at(data_dir: Path) -> Folder:
    """Return the folder at `data_dir`, whether or not anything is there yet."""
    return Folder(data_dir.resolve())


def make_root(folder: Folder) -> None:
    """Create the folder. Made by root, it lets another user through, but not look around."""
    if folder.root.is_dir():
        return
    folder.root.mkdir(parents=True)
    folder.root.chmod(0o711 if os.geteuid() == 0 else 0o700)


def write_private(path: Path, text: str, owner: tuple[int, int] | None = None) -> None:
    """Put `text` at `path`, for one user's eyes, all of it or nothing.

    Args:
        path: the file; an earlier one is replaced in one step.
        text: what it shall say.
        owner: user and group it shall belong to, if not this process's.
    """
    beside = path.with_name(path.name + ".part")
    with suppress(FileNotFoundError):
        beside.unlink()
    try:
        handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if owner is not None:
            os.chown(beside, *owner)
        beside.replace(path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
