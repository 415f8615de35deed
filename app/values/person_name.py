"""People's names, as they write them: any script, but one line, and no room for a message."""

import re
import unicodedata

LONGEST_NAME = 200

_ADDRESS = re.compile(r"://|\bwww\.|@", re.IGNORECASE)
_UNSEEN = frozenset({"Cc", "Cs", "Cn", "Zl", "Zp"})
_TURNS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the direction of what follows; they make one text look like another."""


def read_name(text: str) -> str:
    """Return a person's name with single spaces.

    Whoever invites somebody chooses a name that is then mailed to an address they choose too; so it
    is no place for a web address, nor for characters that nobody sees.

    Raises:
        ValueError: it is empty, too long, or holds what a name does not.
    """
    # Before spaces are made single: that would make a line break a space.
    if any(unicodedata.category(one) in _UNSEEN or one in _TURNS for one in text):
        raise ValueError("A name is one line, without control characters.")
    name = " ".join(text.split())
    if not any(unicodedata.category(one)[0] in "LN" for one in name):
        raise ValueError("A name has at least one letter.")
    if len(name) > LONGEST_NAME:
        raise ValueError(f"A name has at most {LONGEST_NAME} characters.")
    if _ADDRESS.search(name):
        raise ValueError("A name holds no web or e-mail address.")
    return name
