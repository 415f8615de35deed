"""Files that commands write: whole or not at all."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from app.cli.output import Exit, stop


@contextmanager
def written(output: Path) -> Iterator[IO[bytes]]:
    """Write a file beside its place and move it there only when it is whole.

    A device or pipe in that place is written to as it is; `-` is standard output.
    """
    if str(output) == "-":
        with _told_if_nobody_reads():
            yield sys.stdout.buffer
            sys.stdout.buffer.flush()
        return
    if output.exists() and not output.is_file():  # never put a file in the place of a device
        with output.open("wb") as file:
            yield file
        return
    draft = output.with_name(output.name + ".part")
    try:
        with draft.open("wb") as file:
            yield file
        draft.replace(output)
    finally:
        draft.unlink(missing_ok=True)


@contextmanager
def _told_if_nobody_reads() -> Iterator[None]:
    try:
        yield
    except BrokenPipeError:
        # What is still held back would be refused once more when Python ends, with a trace.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        stop(
            Exit.SURROUNDINGS,
            "Standard output was closed before everything was written; what was read is not whole.",
        )
