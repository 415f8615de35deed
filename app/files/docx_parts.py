"""What may be in a DOCX: a document, its pictures and fonts; nothing that acts or fetches; pure."""

import re
from collections.abc import Iterable, Mapping
from xml.parsers import expat

from app.files.errors import FileHasActiveContentError, FileTypeNotTakenError
from app.files.unpacking import damaged

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_ALLOWED = re.compile(
    r"(?i)(?:.*/|.*\.(?:xml|rels|png|jpe?g|gif|bmp|tiff?|emf|wmf|odttf|ttf|otf|svg))"
)
_FOLDERS = re.compile(r"(?i)(?:word|xl|ppt)?/?(?:.*/)?(?:embeddings|activeX|ctrlProps|macros)/.*")
_ACTS = re.compile(
    r"(?i)vba|macro|activex|oleobject|control|externallink|/package$|afchunk|webextension"
)
_FETCHES = re.compile(
    r"(?i)\x1f\s*(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE|IMPORT|LINK|RD|DATABASE|\x1f)\b"
    r"|\x1f\s*\x1f|\bDDEAUTO\b"
)
"""A field by its first word; one whose first word is made by another field hides what it is."""
_FIELD = "\x1f"
"""Stands where a field begins; XML itself cannot hold this character."""
_HARMLESS_OUTSIDE = "/hyperlink"
"""The one kind of thing outside the document that may be named: it waits to be clicked."""


def check_parts(parts: Mapping[str, bytes], names: Iterable[str]) -> None:
    """Look at everything in a DOCX.

    Args:
        parts: the content of its XML parts, by name.
        names: of all its parts.

    Raises:
        FileTypeNotTakenError: it is no word-processor document.
        FileHasActiveContentError: it carries macros, other files, or fetches something.
        FileDamagedError: a part of it cannot be read.
    """
    for name in names:
        if not _ALLOWED.fullmatch(name) or _FOLDERS.fullmatch(name) or "vbaProject" in name:
            raise _acts("another file, or a macro")
    read = {name: _read(name, content) for name, content in parts.items()}
    _check_types(read["[Content_Types].xml"])
    for name, reader in read.items():
        if _lists(name):
            _check_relations(reader)
        elif _FETCHES.search(reader.fields):
            raise _acts("a field that fetches or starts something")


def _check_types(reader: "_Reader") -> None:
    types = [found.get("ContentType", "") for _, found in reader.elements]
    if any("macro" in one.lower() or _ACTS.search(one.split("+")[0]) for one in types):
        raise _acts("macros")
    if DOCUMENT not in types:
        raise FileTypeNotTakenError(
            "The file is no DOCX document, though it is made like one. Print it to a PDF, and send "
            "that."
        )


def _check_relations(reader: "_Reader") -> None:
    for _, found in reader.elements:
        kind, outside = found.get("Type", ""), found.get("TargetMode", "") != "Internal"
        external = outside and "TargetMode" in found
        if _ACTS.search(kind.rpartition("/")[2]) or kind.endswith("/package"):
            raise _acts("another file, or a macro")
        if external and not kind.endswith(_HARMLESS_OUTSIDE):
            raise _acts("something that is fetched from elsewhere")


class _Reader:
    """What was read of an XML part: attributes of each element, and the text of its fields."""

    def __init__(self, *, elements: bool) -> None:
        self.keep = elements
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.fields = ""
        self._in_field = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Meet an element."""
        if self.keep:
            self.elements.append((name, attributes))
        self._in_field = name.endswith("instrText")
        for key, value in attributes.items():
            if key.endswith("instr"):
                self.fields += f"{_FIELD}{value} "
            elif key.endswith("fldCharType") and value == "begin":
                self.fields += _FIELD

    def end(self, _: str) -> None:
        """Leave an element; a field's text may be cut up over several."""
        self._in_field = False

    def text(self, text: str) -> None:
        """Meet text."""
        if self._in_field:
            self.fields += text


def _lists(name: str) -> bool:
    """Say whether a part tells what belongs to what, and not what stands in the document."""
    return name.lower().endswith(".rels") or name == "[Content_Types].xml"


def _read(name: str, content: bytes) -> _Reader:
    reader = _Reader(elements=_lists(name))
    parser = expat.ParserCreate()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(content, True)
    except expat.ExpatError:
        raise damaged("A part of the document cannot be read.") from None
    return reader


def _refuse_declaration(*_: object) -> None:
    """Without a document type there are no entities, and so no bombs made of them."""
    raise _acts("a document type of its own")


def _acts(what: str) -> FileHasActiveContentError:
    return FileHasActiveContentError(
        f"In the document is {what}. Print it to a PDF, and send that."
    )
