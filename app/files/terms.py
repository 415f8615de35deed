"""The words of evidence files: what is taken, and where a file stands."""

import uuid
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType


class FileState(StrEnum):
    """What is known of a file's harmlessness."""

    QUARANTINED = "quarantined"
    """The scanner was away when it came; it is scanned as soon as the scanner answers."""
    CLEAN = "clean"
    """The scanner found nothing."""
    INFECTED = "infected"
    """The scanner found something after the file was taken in; its content was removed."""
    UNSCANNED = "unscanned"
    """No scanner is configured; good enough for trying out, never for production."""


class FileKind(StrEnum):
    """What is taken as evidence: what offices and telephones make, and no more.

    Spreadsheets are left out: nobody needs one as evidence, and formulas that fetch and start
    things make them the worst of the common kinds. Of word-processor files only DOCX is taken,
    because its parts can be looked into one by one; older ones cannot.
    """

    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    DOCX = "docx"


MEDIA_TYPES: Mapping[FileKind, str] = MappingProxyType(
    {
        FileKind.PDF: "application/pdf",
        FileKind.JPEG: "image/jpeg",
        FileKind.PNG: "image/png",
        FileKind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
ENDINGS: Mapping[FileKind, frozenset[str]] = MappingProxyType(
    {
        FileKind.PDF: frozenset({"pdf"}),
        FileKind.JPEG: frozenset({"jpg", "jpeg", "jpe", "jfif"}),
        FileKind.PNG: frozenset({"png"}),
        FileKind.DOCX: frozenset({"docx"}),
    }
)
"""How the names of such files end, in lower case."""
TAKEN = "PDF, JPEG, PNG and DOCX"


@dataclass(frozen=True, slots=True)
class Incoming:
    """A file as somebody sends it; nothing of what is said about it is believed.

    Attributes:
        name: what they call it.
        declared_type: the media type they say it has, if they say one.
        chunks: its bytes, piece by piece.
    """

    name: str
    declared_type: str | None
    chunks: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file that is held.

    Attributes:
        id: its own.
        organisation_id: whose evidence it is.
        name: what whoever sent it calls it.
        media_type: found out from its bytes.
        size_bytes: how many there are.
        sha256: of its bytes, 64 hexadecimal digits.
        state: whether it was scanned, and what was found.
        received_at: when it was taken in.
        scanned_at: when the scanner answered last.
    """

    id: uuid.UUID
    organisation_id: uuid.UUID
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    state: FileState
    received_at: datetime
    scanned_at: datetime | None
