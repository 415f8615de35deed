"""Unpacking within bounds, and looking for what must not be in what was unpacked; pure."""

import mmap
import zlib
from dataclasses import dataclass
from typing import TypeAlias

from app.files.errors import (
    FileDamagedError,
    FileInfectedError,
    FileTruncatedError,
    FileUnpacksTooLargeError,
)

Bytes: TypeAlias = bytes | mmap.mmap

TEST_STRING = b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE"
"""What every scanner takes for a virus and is none; in two parts, or this file would be one."""
PIECE = 65_536
MEBIBYTE = 1_048_576

_TOO_MUCH = (
    "Packed in the file is far more than its size lets one expect, as in files made to bring "
    "computers down. Save it anew, with smaller pictures, and send that."
)


@dataclass(slots=True)
class Budget:
    """How much may be unpacked of one file, all its parts together.

    Attributes:
        left: bytes.
    """

    left: int

    def spend(self, size: int) -> None:
        """Take so many bytes off.

        Raises:
            FileUnpacksTooLargeError: there are no more.
        """
        self.left -= size
        if self.left < 0:
            raise FileUnpacksTooLargeError(_TOO_MUCH)


@dataclass(frozen=True, slots=True)
class Unpacked:
    """What came of unpacking.

    Attributes:
        content: the bytes, where they were asked for.
        size: how many there were.
        crc: their CRC-32.
        used: how many packed bytes they took.
        ended: whether the end of the packed bytes was met.
    """

    content: bytes
    size: int
    crc: int
    used: int
    ended: bool


def inflate(packed: bytes, budget: Budget, *, raw: bool = False, keep: bool = False) -> Unpacked:
    """Unpack deflated bytes, a piece at a time, so that a bomb never fills memory.

    Args:
        packed: the bytes.
        budget: what unpacking takes off.
        raw: whether they come without zlib's frame (RFC 1951), as in a zip.
        keep: whether to return what was unpacked.

    Raises:
        FileDamagedError: they cannot be unpacked.
        FileInfectedError: the test string of virus scanners is in them.
        FileUnpacksTooLargeError: it would be more than the budget allows.
    """
    engine = zlib.decompressobj(-15 if raw else 15)
    kept, size, crc, tail, waiting = bytearray(), 0, 0, b"", packed
    try:
        while not engine.eof:
            piece = engine.decompress(waiting, PIECE)
            waiting = engine.unconsumed_tail
            if not piece and not waiting:
                break
            budget.spend(len(piece))
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            tail = look_for_test_string(tail, piece)
            if keep:
                kept += piece
    except zlib.error:
        raise FileDamagedError(
            "Something packed in the file cannot be unpacked. Save it anew, and send that."
        ) from None
    used = len(packed) - len(engine.unused_data) - len(waiting)
    return Unpacked(bytes(kept), size, crc, used, engine.eof)


def look_for_test_string(before: bytes, piece: bytes) -> bytes:
    """Return what must be given as `before` with the next piece.

    Raises:
        FileInfectedError: it is there, perhaps begun in the piece before.
    """
    if TEST_STRING in before + piece[: len(TEST_STRING)] or TEST_STRING in piece:
        raise FileInfectedError(
            "The test string of virus scanners is packed in the file, so it is treated as "
            "infected. Nothing was kept of it."
        )
    return (before + piece)[-len(TEST_STRING) :]


def truncated(what: str) -> FileTruncatedError:
    """Return the refusal of a file whose end is missing."""
    return FileTruncatedError(
        f"The file ends before {what}: it was cut off while it was copied or sent. Send it again; "
        "if that is refused too, save it anew."
    )


def damaged(what: str) -> FileDamagedError:
    """Return the refusal of a file whose parts do not fit together."""
    return FileDamagedError(f"{what} Save the file anew, or print it to a PDF, and send that.")
