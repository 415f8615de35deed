"""Whether a DOCX is one: a sound zip of the parts of a document, and nothing that acts; pure.

Sources: PKWARE APPNOTE 6.3 (zip); ECMA-376 parts 1 and 2 (the document and its packaging). The zip
is read here and not by `zipfile`, because programs differ in what they make of a crooked one: every
byte of the file must belong to exactly one part, in order, or the file is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.files.docx_parts import check_parts
from app.files.errors import (
    FileEncryptedError,
    FileHidesSomethingError,
    FileTypeNotTakenError,
    FileUnpacksTooLargeError,
)
from app.files.unpacking import (
    MEBIBYTE,
    Budget,
    Bytes,
    damaged,
    inflate,
    look_for_test_string,
    truncated,
)

MOST_PARTS = 2_000
MOST_UNPACKED_BYTES = 150 * MEBIBYTE
MOST_RATIO = 200
"""Times its packed size; ordinary text packs to a tenth."""
FREE_BYTES = 2 * MEBIBYTE
"""So much of a part may be packed at any ratio."""

_END, _CENTRAL, _LOCAL, _DESCRIPTOR = b"PK\5\6", b"PK\1\2", b"PK\3\4", b"PK\7\10"
_END_SIZE, _CENTRAL_SIZE, _LOCAL_SIZE = 22, 46, 30
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIBED_BEHIND, _UTF8, _STRONGLY = 0x1, 0x8, 0x800, 0x40
_LINK = 0o120000
_NAME = re.compile(r"(?:[A-Za-z0-9 _.,()\[\]{}+=@#%~&'-]+/)*[A-Za-z0-9 _.,()\[\]{}+=@#%~&'-]+/?")
_READ = re.compile(r"(?i).*\.(?:xml|rels)")
_HIDING = (b"PK\3\4", b"MZ", b"\x7fELF", b"\xd0\xcf\x11\xe0", b"Rar!", b"7z\xbc\xaf", b"%PDF-")


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    flags: int
    method: int
    crc: int
    packed: int
    unpacked: int
    offset: int
    link: bool


def check(data: Bytes) -> None:
    """Look into a zip that should be a DOCX.

    Raises:
        FileTypeNotTakenError: it is a zip, but no DOCX.
        FileTruncatedError: its end is missing.
        FileDamagedError: it is crooked.
        FileEncryptedError: a part of it is encrypted.
        FileUnpacksTooLargeError: it would unpack to too much.
        FileHidesSomethingError: there is more in it than the document.
        FileHasActiveContentError: it carries macros, or fetches something.
    """
    entries = _entries(data)
    parts: dict[str, bytes] = {}
    budget = Budget(MOST_UNPACKED_BYTES)
    place = 0
    for entry in sorted(entries, key=lambda one: one.offset):
        if entry.offset != place:
            raise _more()
        start, place = _extent(data, entry)
        content = _unpack(bytes(data[start : start + entry.packed]), entry, budget)
        if content.startswith(_HIDING):
            raise _more()
        if _READ.fullmatch(entry.name):
            parts[entry.name] = content
    if place != int.from_bytes(data[-6:-2], "little"):
        raise _more()
    if not {"[Content_Types].xml", "_rels/.rels"} <= parts.keys():
        raise FileTypeNotTakenError(
            "The file is a zip. Of those, only DOCX documents are taken: send what is in it, each "
            "file by itself."
        )
    check_parts(parts, [entry.name for entry in entries])


def _entries(data: Bytes) -> list[_Entry]:
    end = len(data) - _END_SIZE
    if end < 0 or data[end : end + 4] != _END:
        if data.rfind(_END) >= 0:
            raise _more()
        raise truncated("its table of contents does")
    disks, count, total = data[end + 4 : end + 8], _number(data, end + 8), _number(data, end + 10)
    size, start = _number(data, end + 12, 4), _number(data, end + 16, 4)
    if any(disks) or count != total or _number(data, end + 20):
        raise damaged("The file's table of contents does not fit.")
    if count > MOST_PARTS:
        raise FileUnpacksTooLargeError(
            f"The document is in more than {MOST_PARTS} parts. Print it to a PDF, and send that."
        )
    if start + size != end:
        raise _more()
    entries = list(_read_entries(data, start, end, count))
    names = [entry.name.lower() for entry in entries]
    if len(set(names)) != len(names):
        raise damaged("Two parts of the document have the same name.")
    return entries


def _read_entries(data: Bytes, place: int, end: int, count: int) -> Iterator[_Entry]:
    for _ in range(count):
        if data[place : place + 4] != _CENTRAL or place + _CENTRAL_SIZE > end:
            raise damaged("The file's table of contents cannot be read.")
        sizes = [_number(data, place + at) for at in (28, 30, 32)]
        behind = place + _CENTRAL_SIZE
        raw = bytes(data[behind : behind + sizes[0]])
        entry = _Entry(
            name=raw.decode("utf-8", "replace"),
            flags=_number(data, place + 8),
            method=_number(data, place + 10),
            crc=_number(data, place + 16, 4),
            packed=_number(data, place + 20, 4),
            unpacked=_number(data, place + 24, 4),
            offset=_number(data, place + 42, 4),
            link=_number(data, place + 40) & 0o170000 == _LINK,
        )
        _check_entry(entry)
        yield entry
        place = behind + sum(sizes)
    if place != end:
        raise _more()


def _check_entry(entry: _Entry) -> None:
    if not _NAME.fullmatch(entry.name) or ".." in entry.name.split("/") or entry.link:
        raise FileHidesSomethingError(
            "A part of the document has a name that leads out of it. Print it to a PDF, and send "
            "that."
        )
    if entry.flags & (_ENCRYPTED | _STRONGLY):
        raise FileEncryptedError(
            "The document is protected by a password. Take the protection off, and send it again."
        )
    if entry.method not in {_STORED, _DEFLATED} or entry.flags & ~(_DESCRIBED_BEHIND | _UTF8 | 6):
        raise damaged("A part of the document is packed in a way that DOCX does not have.")
    if entry.unpacked > FREE_BYTES and entry.unpacked > entry.packed * MOST_RATIO:
        Budget(0).spend(1)


def _extent(data: Bytes, entry: _Entry) -> tuple[int, int]:
    """Return where a part's packed bytes begin, and where the next part does."""
    place = entry.offset
    named, extra = _number(data, place + 26), _number(data, place + 28)
    name = bytes(data[place + _LOCAL_SIZE : place + _LOCAL_SIZE + named])
    same = name.decode("utf-8", "replace") == entry.name
    alike = (_number(data, place + 6) ^ entry.flags) & (_ENCRYPTED | _DESCRIBED_BEHIND) == 0
    if data[place : place + 4] != _LOCAL or not same or not alike:
        raise damaged("A part of the document is not what the table of contents says.")
    if _number(data, place + 8) != entry.method:
        raise damaged("A part of the document is not packed as the table of contents says.")
    start = place + _LOCAL_SIZE + named + extra
    behind = start + entry.packed
    if entry.flags & _DESCRIBED_BEHIND:
        behind += 16 if data[behind : behind + 4] == _DESCRIPTOR else 12
    if behind > len(data):
        raise truncated("its parts do")
    return start, behind


def _unpack(packed: bytes, entry: _Entry, budget: Budget) -> bytes:
    if entry.method == _STORED:
        budget.spend(len(packed))
        look_for_test_string(b"", packed)
        if len(packed) != entry.unpacked:
            raise damaged("A part of the document has another size than it says.")
        return packed
    # What is not read as text is measured and checked, and only its beginning is kept.
    within = Budget(min(entry.unpacked, budget.left))
    unpacked = inflate(packed, within, raw=True, keep=True)
    budget.spend(unpacked.size)
    if not unpacked.ended or unpacked.size != entry.unpacked or unpacked.crc != entry.crc:
        raise damaged("A part of the document does not give its check sum.")
    if unpacked.used != len(packed):
        raise _more()
    return unpacked.content


def _number(data: Bytes, place: int, size: int = 2) -> int:
    return int.from_bytes(data[place : place + size], "little")


def _more() -> FileHidesSomethingError:
    return FileHidesSomethingError(
        "There is more in the file than the document. Open it, save it anew, and send that."
    )
