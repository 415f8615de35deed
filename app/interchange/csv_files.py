"""Tables that people send, in whatever way their program saved them.

A file is examined whole before a row of it is read, so that a damaged one is refused before
anything else happens. Accepted is CSV, plain or gzip, in UTF-8 (with or without a byte order mark)
or in Windows-1252, with any line ends.
"""

import codecs
import csv
import gzip
import hashlib
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from app.interchange.errors import FileNotReadableError

_BLOCK = 1 << 20
_GZIP_MAGIC = b"\x1f\x8b"
_UTF_16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_ARCHIVES = {
    b"PK\x03\x04": "an Excel workbook or a zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
}
_NOT_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_NO_WINDOWS_1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_SAVE_AS = "Save it as CSV (in Excel: CSV UTF-8) and give that file."


@dataclass(frozen=True, slots=True)
class ExaminedFile:
    """A file that was read once, to its end, and found to be text.

    Attributes:
        path: where it is.
        sha256: of its bytes as they lie on disk, in hexadecimal.
        size_bytes: on disk.
        encoding: how its text is to be decoded.
        compressed: whether it is gzip.
        changed_ns: when it was last written to, so that a later change can be noticed.
    """

    path: Path
    sha256: str
    size_bytes: int
    encoding: str
    compressed: bool
    changed_ns: int

    def refuse_if_changed(self) -> None:
        """Make sure that what was read since is what was examined.

        Raises:
            FileNotReadableError: somebody wrote to the file meanwhile.
        """
        now = self.path.stat()
        if (now.st_size, now.st_mtime_ns) != (self.size_bytes, self.changed_ns):
            raise FileNotReadableError(
                f"{self.path.name} was written to while it was read. Wait until it is complete, "
                "then import it again."
            )


@dataclass(frozen=True, slots=True)
class Table:
    """A CSV file's headings and rows.

    Attributes:
        headings: as they stand, without surrounding spaces.
        rows: line number and cells, empty rows left out; readable once.
    """

    headings: tuple[str, ...]
    rows: Iterator[tuple[int, list[str]]]


def examine(path: Path) -> ExaminedFile:
    """Read a file once, to its end, and tell how to read it again.

    Raises:
        FileNotReadableError: it cannot be read, is empty, damaged, or not text; the message says
            which, where, and what to do.
    """
    digest = hashlib.sha256()
    try:
        with path.open("rb") as raw:
            start = raw.read(4)
            raw.seek(0)
            _refuse_what_is_no_text(path, start)
            compressed = start.startswith(_GZIP_MAGIC)
            encoding = _encoding(path, _unpacked(raw, compressed))
            raw.seek(0)
            while block := raw.read(_BLOCK):
                digest.update(block)
        found = path.stat()
    except OSError as error:
        if isinstance(error, gzip.BadGzipFile):
            raise _broken(path) from error
        raise _refused(path, _trouble(path, error)) from error
    return ExaminedFile(
        path=path,
        sha256=digest.hexdigest(),
        size_bytes=found.st_size,
        encoding=encoding,
        compressed=compressed,
        changed_ns=found.st_mtime_ns,
    )


@contextmanager
def open_table(file: ExaminedFile) -> Iterator[Table]:
    """Open an examined file as a table.

    Raises:
        FileNotReadableError: it is no CSV; also raised while the rows are read.
    """
    with file.path.open("rb") as raw:
        unpacked = _unpacked(raw, file.compressed)
        text = io.TextIOWrapper(unpacked, encoding=file.encoding, newline="")
        rows = _rows(file, csv.reader(text, strict=True))
        _, headings = next(rows, (1, []))
        if not headings:
            raise _refused(file.path, "it holds no row of headings.")
        yield Table(tuple(heading.strip() for heading in headings), rows)


def is_garbled(text: str) -> bool:
    """Return whether text is UTF-8 that somebody read as Windows-1252: `CafÃ©` for `Café`."""
    if text.isascii():
        return False
    try:
        return text.encode("cp1252").decode("utf-8") != text
    except UnicodeError:
        return False


def _rows(file: ExaminedFile, reader: "Iterator[Sequence[str]]") -> Iterator[tuple[int, list[str]]]:
    """Yield each row that is not empty with the line it begins on."""
    line = 1
    try:
        while True:
            line = cast("int", getattr(reader, "line_num", 0)) + 1
            cells = next(reader)
            if any(cell.strip() for cell in cells):
                yield line, list(cells)
    except StopIteration:
        return
    except csv.Error as error:
        why = f"from line {line} on it is no longer CSV ({error})."
        cure = "Look there for a quotation mark that is not closed, and mend it."
        raise _refused(file.path, f"{why} {cure}") from error


def _unpacked(raw: IO[bytes], compressed: bool) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if compressed else raw


def _refuse_what_is_no_text(path: Path, start: bytes) -> None:
    if not start:
        raise _refused(path, "it is empty. Look whether it was fetched or saved completely.")
    for magic, what in _ARCHIVES.items():
        if start.startswith(magic):
            raise _refused(path, f"it is {what}, not CSV. {_SAVE_AS}")


def _encoding(path: Path, unpacked: IO[bytes]) -> str:
    """Read the text to its end and return how to decode it."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    is_utf_8, may_be_windows, line, first = True, True, 1, b""
    try:
        while block := unpacked.read(_BLOCK):
            first = first or block[:3]
            _refuse_other_bytes(path, block, line)
            may_be_windows = may_be_windows and not _NO_WINDOWS_1252.search(block)
            is_utf_8 = is_utf_8 and _decodes(decoder, block)
            line += block.count(b"\n")
        is_utf_8 = is_utf_8 and _decodes(decoder, b"", final=True)
    except (EOFError, zlib.error) as error:
        raise _broken(path) from error
    if not first.strip():
        raise _refused(path, "it is empty. Look whether it was fetched or saved completely.")
    if is_utf_8:
        return "utf-8-sig"
    if first.startswith(codecs.BOM_UTF8) or not may_be_windows:
        raise _refused(path, f"its letters are neither UTF-8 nor Windows-1252. {_SAVE_AS}")
    return "cp1252"


def _refuse_other_bytes(path: Path, block: bytes, line: int) -> None:
    if line == 1 and block.startswith(_UTF_16_MARKS):
        raise _refused(path, f"it is text in UTF-16. {_SAVE_AS}")
    strange = _NOT_TEXT.search(block)
    if strange:
        at = line + block.count(b"\n", 0, strange.start())
        byte = strange[0][0]
        raise _refused(
            path, f"line {at} holds the byte {byte:#04x}, which no text holds. {_SAVE_AS}"
        )


def _decodes(decoder: codecs.IncrementalDecoder, block: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(block, final)
    except UnicodeDecodeError:
        return False
    return True


def _trouble(path: Path, error: OSError) -> str:
    if path.is_dir():
        return "it is a folder. Name the file in it."
    if isinstance(error, FileNotFoundError):
        return "there is no such file. Look at its name and folder."
    if isinstance(error, PermissionError):
        return "you may not read it. Ask whoever owns it, or copy it to where you may."
    return f"{error.strerror or error}."


def _broken(path: Path) -> FileNotReadableError:
    return _refused(
        path, "its compressed data breaks off or is corrupt. Fetch the file again, whole."
    )


def _refused(path: Path, why: str) -> FileNotReadableError:
    return FileNotReadableError(f"{path.name or path} cannot be imported: {why}", file=path.name)
