"""The journal of erasures as a file beside the keyring, by which a backup is erased anew.

One line of JSON for each erasure. It names nobody: an id that nothing is under any more, when, why.
"""

import fcntl
import json
import os
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from app.children.terms import ErasureReason


@dataclass(frozen=True, slots=True)
class Erased:
    """That a record was erased."""

    child_id: uuid.UUID
    at: datetime
    reason: ErasureReason


class JournalError(Exception):
    """The file is no journal, or a line of it is damaged."""


def line_of(erased: Erased) -> str:
    """Return one erasure as it stands in the file."""
    told = {
        "child": str(erased.child_id),
        "erased_at": erased.at.isoformat(),
        "reason": erased.reason.value,
    }
    return json.dumps(told)


def append(path: Path, erased: Erased) -> None:
    """Add an erasure to the file, on disk before this returns; the same twice does no harm."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        torn = size > 0 and os.pread(file.fileno(), 1, size - 1) != b"\n"
        file.write(("\n" if torn else "").encode() + f"{line_of(erased)}\n".encode())
        file.flush()
        os.fsync(file.fileno())


def read(lines: Iterable[str]) -> Iterator[Erased]:
    """Yield the erasures of a file.

    A last line that a killed process left half written says nothing; the job writes it again.

    Raises:
        JournalError: another line is none of a journal's.
    """
    held = list(lines)
    for number, line in enumerate(held, start=1):
        if not line.strip():
            continue
        try:
            told = json.loads(line)
            at = datetime.fromisoformat(told["erased_at"])
            yield Erased(uuid.UUID(told["child"]), at, ErasureReason(told["reason"]))
        except (ValueError, KeyError, TypeError) as fault:
            if not line.endswith("\n"):
                continue
            message = f"Line {number} is no erasure. Bring back a whole copy of the journal."
            raise JournalError(message) from fault
