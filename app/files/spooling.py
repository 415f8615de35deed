"""A file while it is looked at: on disk, readable by nobody else, and gone afterwards."""

import asyncio
import hashlib
import mmap
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from app.files.content import examine
from app.files.errors import FileEmptyError, FilesFullError, FileTooLargeError
from app.files.terms import FileKind

PIECE_BYTES = 65_536
MEBIBYTE = 1_048_576


@dataclass(frozen=True, slots=True)
class Spooled:
    """A file that was written down to be looked at.

    Attributes:
        path: where it lies for now.
        size: its bytes.
        sha256: of them.
    """

    path: Path
    size: int
    sha256: bytes

    async def pieces(self) -> AsyncIterator[bytes]:
        """Yield its bytes, piece by piece."""
        with self.path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece


@asynccontextmanager
async def spooled(
    chunks: AsyncIterator[bytes], folder: Path, most_bytes: int
) -> AsyncIterator[Spooled]:
    """Write down what comes, and remove it when the block ends.

    Args:
        chunks: the bytes as they come.
        folder: where to; made if it is not there.
        most_bytes: more is refused as soon as it is seen.

    Raises:
        FileTooLargeError: there are more bytes than that.
        FileEmptyError: there are none.
        FilesFullError: the disk does not take them.
    """
    descriptor, path = _new_file(folder)
    try:
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            digest, size = hashlib.sha256(), 0
            async for chunk in chunks:
                size += len(chunk)
                if size > most_bytes:
                    raise FileTooLargeError(
                        f"A file may have {_told(most_bytes)}; this one has more. Make it smaller, "
                        "for instance by scanning with fewer dots per inch."
                    )
                digest.update(chunk)
                try:
                    file.write(chunk)
                except OSError as failure:
                    raise _full() from failure
        if not size:
            raise FileEmptyError("There is nothing in the file. Choose it again, or save it anew.")
        yield Spooled(path, size, digest.digest())
    finally:
        _remove(path)


def _new_file(folder: Path) -> tuple[int, Path]:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder)  # readable by its owner alone
    except OSError as failure:
        raise _full() from failure
    return descriptor, Path(name)


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)


async def look_into(file: Spooled, name: str, declared_type: str | None) -> FileKind:
    """Return what a spooled file is, found out beside the event loop.

    Raises:
        FileRefusedError: it cannot be taken; see `app.files.content.examine`.
    """
    return await asyncio.to_thread(_examine, file.path, name, declared_type)


def _examine(path: Path, name: str, declared_type: str | None) -> FileKind:
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        return examine(data, name, declared_type)


def _told(size: int) -> str:
    whole = size >= MEBIBYTE and size % MEBIBYTE == 0
    return f"at most {size // MEBIBYTE} MiB" if whole else f"at most {size} bytes"


def _full() -> FilesFullError:
    return FilesFullError(
        "There is no room to take the file just now. Nothing was kept of it; send it again later.",
        headers={"Retry-After": "60"},
    )
