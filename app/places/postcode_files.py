"""Published files of postcodes, read row by row in constant memory.

Three shapes are known by their first row: OS Code-Point Open (usually without headings), the ONS
Postcode Directory or Lookup of any recent year, and `postcode,la_code,lat,lon`. Each may be
compressed with gzip. Nothing here touches the database.
"""

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, cast

from app.places.errors import PostcodeFileDamagedError, PostcodeFileNotRecognisedError
from app.places.postcode_rows import (
    FieldError,
    Parser,
    PostcodeRow,
    Skipped,
    code_point_parser,
    lat_lon_parser,
    onspd_parser,
)

_GZIP, _ZIP = b"\x1f\x8b", b"PK"
_LONGEST_VALUE = 80
_BROKEN_GZIP = "the compressed data breaks off or is corrupt"


class FileKind(StrEnum):
    """Which of the known shapes a file has."""

    CODE_POINT_OPEN = "code-point-open"
    ONSPD = "onspd"
    LAT_LON = "lat-lon"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong in a file.

    Attributes:
        line: counted from 1, headings included.
        column: the heading it stands under, or `row` when the whole row is meant.
        value: as it stands, cut to 80 characters.
        wrong: what is wrong, in a sentence.
        cure: how to mend it, in a sentence.
    """

    line: int
    column: str
    value: str
    wrong: str
    cure: str


@dataclass(slots=True)
class PostcodeFile:
    """A file being read.

    Attributes:
        kind: its shape.
        size_bytes: of the file as it lies on disk.
        skipped: how many sound rows were left out so far, by reason.
        lines_read: so far, headings included.
    """

    kind: FileKind
    size_bytes: int
    _raw: IO[bytes]
    _reader: Any
    _first: Sequence[str]
    _parse: Parser
    skipped: Counter[Skipped] = field(default_factory=Counter)
    lines_read: int = 0

    @property
    def bytes_read(self) -> int:
        """How much of `size_bytes` has been taken in, for a progress bar."""
        return self._raw.tell()

    def __iter__(self) -> Iterator[PostcodeRow | Fault]:
        """Yield each postcode of England, or what is wrong with its row; once only.

        A postcode that stands in the file twice is yielded twice.

        Raises:
            PostcodeFileDamagedError: the file cannot be read to its end; what was yielded is only
                a part, and should not be kept.
        """
        for fields in self._records():
            row = self._read(fields)
            if isinstance(row, Skipped):
                self.skipped[row] += 1
            else:
                yield row

    def _read(self, fields: Sequence[str]) -> PostcodeRow | Skipped | Fault:
        if len(fields) != len(self._first):
            return _wrong_width(self.lines_read, fields, len(self._first))
        try:
            return self._parse(fields)
        except FieldError as error:
            value = error.value[:_LONGEST_VALUE]
            return Fault(self.lines_read, error.column, value, error.wrong, error.cure)

    def _records(self) -> Iterator[Sequence[str]]:
        """Yield every row that is not empty; the first one only where it may be data."""
        reader = self._reader
        self.lines_read = 1
        if self.kind is FileKind.CODE_POINT_OPEN:
            yield self._first
        try:
            for self.lines_read, fields in enumerate(reader, start=2):
                if reader.line_num != self.lines_read:
                    raise _damaged(self.lines_read, "a quotation mark is opened and not closed")
                if fields:
                    yield fields
        except (EOFError, gzip.BadGzipFile, zlib.error) as error:
            raise _damaged(self.lines_read, _BROKEN_GZIP) from error
        except csv.Error as error:
            raise _damaged(self.lines_read, f"it stops being CSV ({error})") from error


@contextmanager
def open_postcode_file(path: Path) -> Iterator[PostcodeFile]:
    """Open a file of postcodes, and tell which kind it is.

    Args:
        path: plain CSV or gzip; UTF-8, with or without a byte order mark.

    Raises:
        PostcodeFileNotRecognisedError: it has none of the known shapes; the message describes them.
        PostcodeFileDamagedError: it is gzip and cannot be unpacked.
        OSError: it cannot be opened.
    """
    with path.open("rb") as raw:
        magic = raw.read(2)
        raw.seek(0)
        if magic == _ZIP:
            raise _not_recognised(
                path, "It is a zip archive: unpack it, and give the CSV file in it."
            )
        unpacked = cast("IO[bytes]", gzip.GzipFile(fileobj=raw)) if magic == _GZIP else raw
        text = io.TextIOWrapper(unpacked, encoding="utf-8-sig", errors="replace", newline="")
        reader = csv.reader(text)
        first = _first_row(path, reader)
        kind, parse = _recognised(path, first)
        yield PostcodeFile(kind, path.stat().st_size, raw, reader, first, parse)


def _first_row(path: Path, reader: Any) -> Sequence[str]:
    try:
        first: Sequence[str] = next(reader, [])
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise _damaged(1, _BROKEN_GZIP) from error
    except csv.Error as error:
        raise _not_recognised(path, f"Its first line is no CSV: {error}.") from error
    if not first:
        raise _not_recognised(path, "Its first line is empty.")
    return first


def _recognised(path: Path, first: Sequence[str]) -> tuple[FileKind, Parser]:
    for kind, parser_for in (
        (FileKind.LAT_LON, lat_lon_parser),
        (FileKind.ONSPD, onspd_parser),
        (FileKind.CODE_POINT_OPEN, code_point_parser),
    ):
        parse = parser_for(first)
        if parse is not None:
            return kind, parse
    begins = ",".join(first)[:_LONGEST_VALUE]
    raise _not_recognised(path, f"Its first line begins “{begins}”.")


def _not_recognised(path: Path, why: str) -> PostcodeFileNotRecognisedError:
    return PostcodeFileNotRecognisedError(
        f"{path.name} is not a file of postcodes that can be read. {why} Known are OS Code-Point "
        "Open (ten columns, without headings), the ONS Postcode Directory (with headings such as "
        "pcds, doterm, east1m, north1m, lad25cd, ctry25cd), and postcode,la_code,lat,lon; each "
        "also compressed with gzip."
    )


def _damaged(line: int, why: str) -> PostcodeFileDamagedError:
    return PostcodeFileDamagedError(
        f"The file cannot be read beyond line {line}: {why}. Fetch it again, or mend it there.",
        line=line,
    )


def _wrong_width(line: int, fields: Sequence[str], width: int) -> Fault:
    return Fault(
        line,
        "row",
        ",".join(fields)[:_LONGEST_VALUE],
        f"The row has {len(fields)} fields and the first row has {width}.",
        "Look for a missing or superfluous comma or quotation mark.",
    )
