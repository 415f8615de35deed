"""What people type, as it may be kept: nothing unseen, nothing that turns what follows around."""

import unicodedata

_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows; they make one text look like another."""


def read_line(text: str) -> str:
    """Return one line with single spaces.

    Raises:
        ValueError: it has no letter or digit, or holds a character that nobody sees.
    """
    if any(_is_unseen(one) for one in text):
        message = "write one line, without control characters"
        raise ValueError(message)
    line = " ".join(text.split())
    if not any(unicodedata.category(one)[0] in "LN" for one in line):
        message = "write something with letters or digits in it"
        raise ValueError(message)
    return line


def read_prose(text: str) -> str:
    """Return text of one or more lines as it was typed, without spaces around it.

    Raises:
        ValueError: it has no letter or digit, or holds a character that nobody sees.
    """
    prose = text.replace("\r\n", "\n").strip()
    if any(_is_unseen(one) for one in prose if one not in "\n\t"):
        message = "write plain text, without control characters"
        raise ValueError(message)
    if not any(unicodedata.category(one)[0] in "LN" for one in prose):
        message = "write something with letters or digits in it"
        raise ValueError(message)
    return prose


def _is_unseen(one: str) -> bool:
    return unicodedata.category(one) in _UNSEEN or one in _TURNS
