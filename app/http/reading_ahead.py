"""A stream that is made as fast as it can be, however slowly it is read.

What makes it may hold something dear, such as a connection to the database and with it a state of
all the tables. Here it fills a file without a name, lets go, and readers take their time with that.
"""

import asyncio
import os
import tempfile
from collections.abc import AsyncGenerator
from contextlib import aclosing, suppress
from pathlib import Path
from typing import IO

PIECE_BYTES = 262_144


async def read_ahead(
    parts: AsyncGenerator[bytes, None], folder: Path, places: asyncio.Semaphore
) -> AsyncGenerator[bytes, None]:
    """Yield the bytes of parts in order, while a task of its own writes them down ahead.

    Args:
        parts: the stream; closed when it has ended, or as soon as nobody reads this any more.
        folder: where the file lies that has no name, and is gone when this is closed.
        places: how many streams may be made at a time; a place is held while one is.

    Raises:
        OSError: the disk does not take them.
        Exception: whatever the parts raise, once what came before is read.
    """
    with _new_file(folder) as file:
        ahead = _Ahead(file)
        filling = asyncio.create_task(ahead.fill(parts, places))
        try:
            place = 0
            while True:
                ahead.more.clear()
                while place < ahead.written:
                    piece = os.pread(file.fileno(), PIECE_BYTES, place)
                    place += len(piece)
                    yield piece
                if filling.done():
                    break
                await ahead.more.wait()
            filling.result()
        finally:
            filling.cancel()
            with suppress(asyncio.CancelledError, Exception):
                await filling


class _Ahead:
    """How far a file is written, and a sign that it is further, or that no more will come."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file = file
        self.written = 0
        self.more = asyncio.Event()

    async def fill(self, parts: AsyncGenerator[bytes, None], places: asyncio.Semaphore) -> None:
        try:
            async with places, aclosing(parts):
                async for part in parts:
                    self._append(part)
                    self.more.set()
        finally:
            self.more.set()

    def _append(self, part: bytes) -> None:
        left = memoryview(part)
        while left:
            left = left[self.file.write(left) :]
        self.written += len(part)


def _new_file(folder: Path) -> IO[bytes]:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return tempfile.TemporaryFile(dir=folder, buffering=0)
