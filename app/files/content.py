"""What a file really is, and whether it is whole and harmless, found out from its bytes; pure.

Names and declared types are never believed, only compared. One rule stands above all: whatever
cannot be looked into is refused, and whatever is no part of the document is refused too. This does
not replace a virus scanner; it makes the attacks that need none of a virus's tricks impossible.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.files import docx_files, image_files, pdf_files
from app.files.errors import (
    FileEmptyError,
    FileInfectedError,
    FileTypeContradictedError,
    FileTypeNotTakenError,
)
from app.files.names import ending_of
from app.files.terms import ENDINGS, MEDIA_TYPES, TAKEN, FileKind
from app.files.unpacking import TEST_STRING, Bytes

_STARTS: tuple[tuple[bytes, FileKind], ...] = (
    (b"%PDF-", FileKind.PDF),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"PK\x03\x04", FileKind.DOCX),
)
_CHECKS: Mapping[FileKind, Callable[[Bytes], None]] = MappingProxyType(
    {
        FileKind.PDF: pdf_files.check,
        FileKind.JPEG: image_files.check_jpeg,
        FileKind.PNG: image_files.check_png,
        FileKind.DOCX: docx_files.check,
    }
)
_SAYS_NOTHING = frozenset({"", "application/octet-stream", "binary/octet-stream"})
"""Declared types by which a browser says that it does not know."""
_SPELLINGS = {
    "image/jpg": "image/jpeg",
    "image/pjpeg": "image/jpeg",
    "application/x-pdf": "application/pdf",
}
_BEFORE_PDF = 1_024
"""Readers look so far for the beginning of a PDF, so there must be none that is not the first."""


def examine(data: Bytes, name: str, declared_type: str | None) -> FileKind:
    """Return what a file is.

    Args:
        data: all of it; a memory map will do.
        name: a checked one; its ending must fit.
        declared_type: what its sender says it is; must fit, if it says anything.

    Raises:
        FileEmptyError: there is nothing in it.
        FileTypeNotTakenError: it is of no kind that is taken.
        FileTypeContradictedError: name or declared type say something else.
        FileInfectedError: the test string of virus scanners is in it.
        FileRefusedError: it is not whole, or not harmless; a subclass says why.
    """
    if len(data) == 0:
        raise FileEmptyError("There is nothing in the file. Choose it again, or save it anew.")
    # Refused without a scanner too: it shows, where none is configured, that refusing works; and
    # what was taken in must not become infected on the day a scanner is.
    if data.find(TEST_STRING) >= 0:
        raise FileInfectedError(INFECTED)
    kind = _kind_of(data)
    _compare(kind, name, declared_type)
    _CHECKS[kind](data)
    return kind


INFECTED = (
    "The test string of virus scanners is in the file, so it is treated as infected. Nothing was "
    "kept of it."
)


def _kind_of(data: Bytes) -> FileKind:
    for start, kind in _STARTS:
        if data[: len(start)] == start:
            return kind
    if data.find(b"%PDF-", 0, _BEFORE_PDF) > 0:
        raise FileTypeNotTakenError(
            "There is something before the beginning of the PDF. Print it to a PDF anew, and send "
            "that."
        )
    raise FileTypeNotTakenError(
        f"{TAKEN} files are taken, and this is none of them, whatever its name says. Save or print "
        "it as a PDF."
    )


def _compare(kind: FileKind, name: str, declared_type: str | None) -> None:
    ending = ending_of(name)
    if ending not in ENDINGS[kind]:
        told = f"ends in .{ending}" if ending else "has no ending"
        raise FileTypeContradictedError(
            f"The file is a {kind.value.upper()}, but its name {told}. Rename it so that it ends "
            f"in .{kind.value}, or choose the file you meant."
        )
    declared = (declared_type or "").partition(";")[0].strip().lower()
    if _SPELLINGS.get(declared, declared) not in _SAYS_NOTHING | {MEDIA_TYPES[kind]}:
        raise FileTypeContradictedError(
            f"The file is a {kind.value.upper()}, but it was sent as another type. Send it as "
            f"{MEDIA_TYPES[kind]}."
        )
