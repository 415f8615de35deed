"""Whether a PDF is whole, and does nothing but show itself; pure.

Source: ISO 32000-2, sections 7.2 (names), 7.5 (structure) and 12.6 (actions).

The file is read as pieces outside streams and streams. Programs disagree on where a stream ends, so
nothing is skipped on trust: names of what acts are looked for in the bytes of streams too, and only
the shortest of them, which packed bytes would show by chance, are left to what lies outside.
"""

import base64
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from app.files.errors import (
    FileEncryptedError,
    FileHasActiveContentError,
    FileHidesSomethingError,
)
from app.files.unpacking import MEBIBYTE, Budget, Bytes, damaged, inflate, truncated

MOST_UNPACKED_BYTES = 400 * MEBIBYTE
"""Of all streams together: some thirty scanned pages of the finest kind."""
MOST_OBJECT_BYTES = 32 * MEBIBYTE
"""Of one stream that objects are packed in."""
MOST_TABLES = 200
"""One for each time somebody saved changes behind the former end."""

_ACTIVE = frozenset(
    {b"JavaScript", b"Launch", b"EmbeddedFile", b"EmbeddedFiles", b"RichMedia", b"RichMediaContent"}
    | {b"XFA", b"ImportData", b"SubmitForm", b"GoToE", b"GoToR", b"Rendition", b"Movie", b"3D"}
    | {b"EF", b"AA", b"JS"}
)
_TOLD_BY_CHANCE = frozenset({b"JS", b"AA", b"EF", b"3D", b"XFA"})
_HEADER = re.compile(rb"%PDF-[12]\.[0-9][\x00\s]")
_TAIL = re.compile(rb"startxref[\x00\s]+([0-9]{1,10})[\x00\s]+%%EOF[\x00\s]*\Z")
_OBJECT = re.compile(rb"[\x00\s]*[0-9]{1,10}[\x00\s]+[0-9]{1,5}[\x00\s]+obj\b")
_TABLE = re.compile(rb"[\x00\s]*xref[\x00\s]")
_SECTION = re.compile(rb"[\x00\s]*([0-9]{1,10})[\x00\s]+([0-9]{1,10})[\x00\s]*")
_PREVIOUS = re.compile(rb"/Prev[\x00\s]+([0-9]{1,10})")
_STREAM = re.compile(rb"\bstream(?:\r\n|\n|\r)")
_NAME = re.compile(rb"/([^\x00\t\n\x0c\r ()<>\[\]{}/%]{1,127})")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_OPENS = re.compile(rb"/OpenAction(?![\x00\s]*\[)(?![A-Za-z])")
_ROW_BYTES = 20
_MOST_DICTIONARY = 4_096
_BACK = 2_048


@dataclass(frozen=True, slots=True)
class _Stream:
    head: bytes
    body: bytes


def check(data: Bytes) -> None:
    """Look into a PDF.

    Raises:
        FileTruncatedError: its end is missing.
        FileDamagedError: its table of objects does not fit.
        FileHidesSomethingError: something follows its end, or cannot be looked into.
        FileEncryptedError: it is encrypted.
        FileHasActiveContentError: it carries a script, another file, or a form that sends.
        FileUnpacksTooLargeError: its streams would unpack to too much.
    """
    if not _HEADER.match(data):
        raise damaged("The PDF does not begin with its version.")
    _check_tables(data, _last_table(data))
    budget, rooted = Budget(MOST_UNPACKED_BYTES), False
    for piece in _pieces(data):
        if isinstance(piece, _Stream):
            _check_stream(piece, budget)
        else:
            rooted = _check_outside(piece) or rooted
    if not rooted:
        raise damaged("The PDF does not say where its first page is.")


def _last_table(data: Bytes) -> int:
    found = _TAIL.search(data, max(0, len(data) - _BACK))
    if found:
        return int(found[1])
    last = data.rfind(b"%%EOF")
    behind = data[last + 5 : last + 5 + _BACK] if last >= 0 else b""
    if last < 0 or _OBJECT.match(behind) or not behind.strip(b"\0 \r\n\t"):
        raise truncated("the PDF does")
    if _TABLE.match(behind) or re.match(rb"[\x00\s]*[0-9]", behind):
        raise truncated("the PDF does")
    raise FileHidesSomethingError(
        "Something follows the end of the PDF. Print it to a PDF anew, and send that."
    )


def _check_tables(data: Bytes, first: int) -> None:
    """Follow the tables of objects back to the first; each must be where it is said to be."""
    seen: set[int] = set()
    place: int | None = first
    while place is not None:
        if place in seen or len(seen) > MOST_TABLES or place >= len(data):
            raise damaged("The PDF's table of contents is not where it must be.")
        seen.add(place)
        if _TABLE.match(data, place):
            place = _check_table(data, place)
        elif _OBJECT.match(data, place):
            place = _previous(data[place : place + _MOST_DICTIONARY].partition(b"stream")[0])
        else:
            raise damaged("The PDF's table of contents is not where it must be.")


def _check_table(data: Bytes, place: int) -> int | None:
    found = _TABLE.match(data, place)
    place = found.end() if found else place
    while section := _SECTION.match(data, place):
        place = section.end()
        rows = int(section[2]) * _ROW_BYTES
        if place + rows > len(data):
            raise truncated("the PDF's table of contents does")
        _check_rows(bytes(data[place : place + rows]), len(data))
        place += rows
    end = data.find(b"startxref", place)
    trailer = bytes(data[place : end if end >= 0 else place]).strip(b"\0 \r\n\t")
    if not trailer.startswith(b"trailer"):
        raise damaged("The PDF's table of contents does not end as it must.")
    return _previous(trailer)


def _check_rows(rows: bytes, size: int) -> None:
    for at in range(0, len(rows), _ROW_BYTES):
        row = rows[at : at + _ROW_BYTES]
        used = row[17:18]
        if not (row[:10].isdigit() and row[11:16].isdigit() and used in {b"n", b"f"}):
            raise damaged("A row of the PDF's table of contents cannot be read.")
        if used == b"n" and int(row[:10]) >= size:
            raise truncated("all its parts do")


def _previous(dictionary: bytes) -> int | None:
    found = _PREVIOUS.search(dictionary)
    return int(found[1]) if found else None


def _pieces(data: Bytes) -> Iterator[bytes | _Stream]:
    """Yield what is outside streams, and the streams, in the order of the file."""
    place = 0
    while begun := _STREAM.search(data, place):
        head = bytes(data[place : begun.start()])
        yield head
        end = data.find(b"endstream", begun.end())
        if end < 0:
            raise truncated("one of its parts does")
        yield _Stream(head[-_MOST_DICTIONARY:], bytes(data[begun.end() : end]))
        place = end + len(b"endstream")
    yield bytes(data[place:])


def _check_outside(piece: bytes) -> bool:
    """Refuse what acts; return whether the root of the document is named."""
    names = _names(piece)
    if b"Encrypt" in names:
        raise FileEncryptedError(
            "The PDF is protected by a password, or against copying. Print it to a PDF without "
            "protection, and send that."
        )
    _refuse_active(names & _ACTIVE)
    if _OPENS.search(_unescaped(piece)):
        _refuse_active({b"OpenAction"})
    return b"Root" in names


def _check_stream(stream: _Stream, budget: Budget) -> None:
    head = _unescaped(stream.head)
    dictionary = head[max(head.rfind(b" obj"), head.rfind(b"\nobj"), 0) :]
    filters = _filters(dictionary)
    # A stream that is none, but looks like one to us alone, would hide what it holds.
    _refuse_active(_names(stream.body) & (_ACTIVE if not filters else _ACTIVE - _TOLD_BY_CHANCE))
    holds_objects = b"/ObjStm" in dictionary
    content = _content(stream.body, filters, budget, keep=holds_objects)
    if holds_objects:
        if b"/Predictor" in dictionary:
            raise _closed()
        _check_outside(content)


def _content(body: bytes, filters: list[bytes], budget: Budget, *, keep: bool) -> bytes:
    """Take off filters as far as needed to measure what is packed, or to read it all.

    What pictures are packed with (DCTDecode and the like) is left; in objects it is refused.
    """
    text = _AS_TEXT.get(filters[0]) if filters else None
    if text is not None:
        try:
            body, filters = text(body), filters[1:]
        except ValueError:
            raise _closed() from None
    packed = bool(filters) and filters[0] in _FLATE
    rest = filters[1:] if packed else filters
    if not _FLATE.isdisjoint(rest) or (keep and rest):
        raise _closed()
    if not packed:
        return body
    within = Budget(min(MOST_OBJECT_BYTES, budget.left)) if keep else budget
    unpacked = inflate(body, within, keep=keep)
    if keep:
        budget.spend(unpacked.size)
        if not unpacked.ended:
            raise _closed()
    return unpacked.content


def _from_hex(body: bytes) -> bytes:
    return bytes.fromhex(body.partition(b">")[0].decode("ascii"))


def _from_base85(body: bytes) -> bytes:
    return base64.a85decode(body.strip(b"\0 \r\n\t").removesuffix(b"~>"))


_FLATE = frozenset({b"FlateDecode", b"Fl"})
_AS_TEXT: Mapping[bytes, Callable[[bytes], bytes]] = MappingProxyType(
    {
        b"ASCII85Decode": _from_base85,
        b"A85": _from_base85,
        b"ASCIIHexDecode": _from_hex,
        b"AHx": _from_hex,
    }
)


def _filters(dictionary: bytes) -> list[bytes]:
    found = re.search(rb"/Filter[\x00\s]*(\[[^\]]*\]|/[^\x00\s()<>\[\]{}/%]+|[0-9]+)", dictionary)
    if found is None:
        return []
    if found[1][:1].isdigit():  # named elsewhere in the file, so it cannot be told what is packed
        raise _closed()
    return re.findall(rb"/([^\x00\s()<>\[\]{}/%\[\]]+)", found[1])


def _names(piece: bytes) -> frozenset[bytes]:
    return frozenset(_unescaped(name) for name in _NAME.findall(piece))


def _unescaped(text: bytes) -> bytes:
    """Return names as readers understand them: `/J#61vaScript` is `/JavaScript`."""
    if b"#" not in text:
        return text
    return _ESCAPE.sub(lambda found: bytes([int(found[1], 16)]), text)


def _refuse_active(found: frozenset[bytes] | set[bytes]) -> None:
    if found:
        named = ", ".join(sorted(name.decode("ascii") for name in found))
        raise FileHasActiveContentError(
            f"The PDF carries more than pages: {named}. That can be a script, another file in it, "
            "or a form that sends what is typed. Print it to a PDF, and send that."
        )


def _closed() -> FileHidesSomethingError:
    return FileHidesSomethingError(
        "A part of the PDF is packed in a way that cannot be looked into. Print it to a PDF anew, "
        "and send that."
    )
