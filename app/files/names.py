"""What a file may be called; pure.

A name with a trick in it is refused, never mended in silence: whoever sent it by mistake learns of
it, and what is kept is what they called it.
"""

import re
import unicodedata
from urllib.parse import unquote

from app.errors import FieldFault
from app.files.errors import FileNameRefusedError

MOST_CHARACTERS = 150
MOST_BYTES = 255
"""What file systems take (`NAME_MAX`)."""

_DEVICES = re.compile(r"(?i)(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)")
"""Names that Windows takes for devices, whatever follows their first point."""
_STARTS = frozenset(
    {"app", "application", "bat", "chm", "class", "cmd", "com", "cpl", "dll", "docm", "dotm", "exe"}
    | {"gadget", "hta", "htm", "html", "inf", "jar", "js", "jse", "jsp", "lnk", "msc", "msi", "msp"}
    | {"php", "pif", "ps1", "py", "reg", "scf", "scr", "sh", "svg", "swf", "url", "vb", "vbe"}
    | {"vbs", "wsc", "wsf", "wsh", "xhtml", "xlsm", "xml"}
)
"""Endings of what starts when it is opened; a further ending behind one only hides it."""


def check_name(name: str) -> str:
    """Return a name in its one spelling (Unicode NFC).

    Raises:
        FileNameRefusedError: something is wrong with it; the message says what.
    """
    spelt = unicodedata.normalize("NFC", name)
    fault = _fault_of(spelt)
    if fault:
        detail = f"The file's name {fault}. Rename it, for instance to insurance-2026.pdf."
        raise FileNameRefusedError(detail, errors=(FieldFault(detail, "/file"),))
    return spelt


def ending_of(name: str) -> str:
    """Return what follows the last point, in lower case; nothing, if there is none."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _fault_of(name: str) -> str | None:
    # As a careless program may read it: compatibility forms folded, percent signs resolved.
    read = unicodedata.normalize("NFKC", unquote(unquote(name)))
    return (
        _fault_of_length(name)
        or _fault_of_characters(name + read)
        or _fault_of_path(name, read)
        or _fault_of_parts(name)
    )


def _fault_of_length(name: str) -> str | None:
    if not name.strip():
        return "is empty"
    try:
        size = len(name.encode())
    except UnicodeEncodeError:
        return "cannot be written down: it has half a character in it"
    if len(name) > MOST_CHARACTERS or size > MOST_BYTES:
        return f"is longer than {MOST_CHARACTERS} characters"
    return None


def _fault_of_characters(text: str) -> str | None:
    for character in text:
        category = unicodedata.category(character)
        if character in '<>:"|?*':
            return f"has {character} in it, which not every computer can store"
        # Cf: text direction, zero width; Zl, Zp: line ends; Cc: control; Co, Cn, Cs: nobody's.
        if category[0] == "C" or category in {"Zl", "Zp"}:
            return f"has an invisible character in it (U+{ord(character):04X})"
    return None


def _fault_of_path(name: str, read: str) -> str | None:
    # The look-alikes of a slash survive the folding: division and fraction slash, big solidus.
    for text in (name, read):
        if any(mark in text for mark in "/\\\u2044\u2215\u29f8\u29f5\u2216"):
            return "has a path in it; send the name alone"
        if ".." in text:
            return "has two points in a row"
    if name.startswith("."):
        return "begins with a point, so that it would be hidden"
    if name[0].isspace() or name[-1].isspace() or name.endswith("."):
        return "begins or ends with a space, or ends with a point"
    return None


def _fault_of_parts(name: str) -> str | None:
    parts = name.split(".")
    if _DEVICES.fullmatch(parts[0].strip()):
        return f"is that of a device ({parts[0]})"
    inner = [part.strip().lower() for part in parts[1:-1]]
    hidden = next((part for part in inner if part in _STARTS), None)
    if hidden:
        return f"hides another ending: .{hidden}"
    return None
