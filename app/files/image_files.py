"""Whether JPEG and PNG files are whole, of a bearable size, and nothing else beside; pure.

Sources: ITU-T T.81 annex B (JPEG); W3C PNG (third edition) sections 5, 9 and 11.
"""

import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from app.files.errors import FileHidesSomethingError, FileUnpacksTooLargeError
from app.files.unpacking import MEBIBYTE, Budget, Bytes, damaged, inflate, truncated

MOST_SIDE = 30_000
MOST_PIXELS = 120_000_000
"""More than any telephone's camera makes in one picture."""
MOST_RAW_BYTES = 480 * MEBIBYTE
MOST_TEXT_BYTES = 4 * MEBIBYTE
"""Of a PNG's packed notes and colour profile, together."""
MOST_CHUNKS = 20_000

_EOI, _SOS = 0xD9, 0xDA
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_AFTER_SCAN = re.compile(rb"\xff+([^\x00\xff\xd0-\xd7])")

_CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_ADAM7 = (
    (0, 0, 8, 8),
    (4, 0, 8, 8),
    (0, 4, 4, 8),
    (2, 0, 4, 4),
    (0, 2, 2, 4),
    (1, 0, 2, 2),
    (0, 1, 1, 2),
)
_CRITICAL = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})


def check_jpeg(data: Bytes) -> None:
    """Follow a JPEG's segments from its beginning to its end.

    Raises:
        FileTruncatedError: it ends before its end marker.
        FileDamagedError: a segment is not where it must be.
        FileUnpacksTooLargeError: it has too many pixels.
        FileHidesSomethingError: something follows its end marker.
    """
    place, framed, scanned = 2, False, False
    while True:
        marker, place = _marker(data, place)
        if marker == _EOI:
            break
        body, place = _segment(data, place)
        if marker in _FRAMES:
            _check_frame(body)
            framed = True
        elif marker == _SOS:
            place, scanned = _end_of_scan(data, place), True
    if not (framed and scanned):
        raise damaged("There is no picture in the file, or its size is not told.")
    if place != len(data):
        raise _more_behind()


def _marker(data: Bytes, place: int) -> tuple[int, int]:
    if place >= len(data):
        raise truncated("the picture does")
    if data[place] != 0xFF:  # noqa: PLR2004 - every marker begins with it
        raise damaged("A part of the picture is not where it must be.")
    while place < len(data) and data[place] == 0xFF:  # noqa: PLR2004 - may be repeated
        place += 1
    if place >= len(data):
        raise truncated("the picture does")
    return data[place], place + 1


def _segment(data: Bytes, place: int) -> tuple[bytes, int]:
    size = int.from_bytes(data[place : place + 2], "big")
    end = place + size
    if place + 2 > len(data) or end > len(data):
        raise truncated("the picture does")
    if size < 2:  # noqa: PLR2004 - its own two bytes are counted
        raise damaged("A part of the picture has no length.")
    return bytes(data[place + 2 : end]), end


def _check_frame(body: bytes) -> None:
    if len(body) < 6 or len(body) != 6 + 3 * body[5]:  # noqa: PLR2004 - T.81 B.2.2
        raise damaged("The picture's size cannot be read.")
    _check_size(int.from_bytes(body[3:5], "big"), int.from_bytes(body[1:3], "big"))


def _end_of_scan(data: Bytes, place: int) -> int:
    found = _AFTER_SCAN.search(data, place)
    if found is None:
        raise truncated("the picture does")
    if found.start() == place:
        raise damaged("The picture is empty.")
    return found.start()


def check_png(data: Bytes) -> None:
    """Follow a PNG's chunks, their check sums and its packed pixels.

    Raises:
        FileTruncatedError: it ends before its last chunk does, or pixels are missing.
        FileDamagedError: a chunk is not where it must be, or its check sum is wrong.
        FileUnpacksTooLargeError: it has too many pixels, or more packed than its size says.
        FileHidesSomethingError: something follows its last chunk.
    """
    header: _Header | None = None
    pixels = bytearray()
    seen: list[bytes] = []
    notes = Budget(MOST_TEXT_BYTES)
    for kind, body in _chunks(data):
        if header is None:
            header = _header_of(kind, body)
        elif kind == b"IDAT":
            if seen[-1] != b"IDAT" and b"IDAT" in seen:
                raise damaged("The picture is in two places.")
            pixels += body
        else:
            _check_chunk(kind, body, seen, notes)
        seen.append(kind)
    if header is None or b"IDAT" not in seen:
        raise damaged("There is no picture in the file.")
    _check_pixels(header, bytes(pixels))


def _chunks(data: Bytes) -> Iterator[tuple[bytes, bytes]]:
    place = 8
    for _ in range(MOST_CHUNKS):
        size = int.from_bytes(data[place : place + 4], "big")
        end = place + 12 + size
        if place + 12 > len(data) or end > len(data):
            raise truncated("the picture does")
        kind, body = bytes(data[place + 4 : place + 8]), bytes(data[place + 8 : end - 4])
        if zlib.crc32(kind + body) != int.from_bytes(data[end - 4 : end], "big"):
            raise damaged("A check sum in the picture is wrong.")
        yield kind, body
        if kind == b"IEND":
            if body or end != len(data):
                raise _more_behind()
            return
        place = end
    raise damaged("The picture is in too many parts.")


@dataclass(frozen=True, slots=True)
class _Header:
    width: int
    height: int
    bits: int
    palette: bool
    interlaced: bool

    @property
    def raw_bytes(self) -> int:
        """How many bytes its pixels are, one for each row's filter included."""
        passes = _ADAM7 if self.interlaced else ((0, 0, 1, 1),)
        total = 0
        for left, top, across, down in passes:
            columns = (self.width - left + across - 1) // across
            rows = (self.height - top + down - 1) // down
            if columns > 0 and rows > 0:
                total += rows * (1 + (columns * self.bits + 7) // 8)
        return total


def _header_of(kind: bytes, body: bytes) -> _Header:
    if kind != b"IHDR" or len(body) != 13:  # noqa: PLR2004 - PNG 11.2.1
        raise damaged("The picture does not begin with its size.")
    width, height = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big")
    depth, colour, packing, filtering, interlaced = body[8:]
    if depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
        raise damaged("The picture is of a kind that PNG does not have.")
    _check_size(width, height)
    bits = depth * _CHANNELS[colour]
    return _Header(width, height, bits, colour == 3, bool(interlaced))  # noqa: PLR2004 - palette


def _check_chunk(kind: bytes, body: bytes, seen: list[bytes], notes: Budget) -> None:
    if not kind.isalpha() or (not kind[0] & 0x20 and kind not in _CRITICAL):
        raise damaged("A part of the picture is of no known kind.")
    if kind in {b"IHDR", b"PLTE"} and kind in seen:
        raise damaged("A part of the picture is there twice.")
    packed = b""
    if kind in {b"zTXt", b"iCCP"}:
        packed = body.partition(b"\0")[2][1:]
    elif kind == b"iTXt":
        _, _, rest = body.partition(b"\0")
        if rest[:1] == b"\1":
            packed = rest[2:].partition(b"\0")[2].partition(b"\0")[2]
    if packed:
        inflate(packed, notes)


def _check_pixels(header: _Header, packed: bytes) -> None:
    if header.raw_bytes > MOST_RAW_BYTES:
        raise _too_large()
    unpacked = inflate(packed, Budget(header.raw_bytes))
    if not unpacked.ended or unpacked.size < header.raw_bytes:
        raise truncated("the picture does")
    if unpacked.used != len(packed):
        raise _more_behind()


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise damaged("The picture has no size.")
    if max(width, height) > MOST_SIDE or width * height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> FileUnpacksTooLargeError:
    return FileUnpacksTooLargeError(
        f"The picture has more than {MOST_PIXELS // 1_000_000} million pixels, or more than "
        f"{MOST_SIDE} in a row. Make it smaller, and send that."
    )


def _more_behind() -> FileHidesSomethingError:
    return FileHidesSomethingError(
        "Something follows the end of the picture. Some telephones add a second picture there, and "
        "so do those who hide things. Save the picture anew, and send that."
    )
