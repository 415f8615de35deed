"""Telephone numbers in one spelling: `+44` and the national number, or a foreign one with its `+`.

Extensions are left out: two desks behind one switchboard are one number. The shapes are those of
Ofcom's National Telephone Numbering Plan: nine or ten digits after the nought, of which the first
is not 4 or 6. Whether anybody answers is not decided here.
"""

import re
from itertools import pairwise

_EXTENSION = re.compile(r"\s*(?:#|\b(?:extension|extn|ext|x)\b\.?|x(?=\s*\d))\s*:?\s*\d*.*$", re.I)
_BETWEEN = re.compile(r"\s*(?:/|,|;|\||&|\bor\b|\band\b)\s*", re.IGNORECASE)
_NATIONAL = re.compile(r"[1235789][0-9]{8,9}")
_FOREIGN = re.compile(r"\+(?!44)[1-9][0-9]{7,14}")
_FILLER = 7
"""So many equal digits, or digits each one up from the last, fill a field and call nobody."""


def normalise_phone(text: str) -> str:
    """Return a telephone number as `+441632960101`.

    Raises:
        ValueError: it is not shaped like a telephone number, or was made up to fill a field.
    """
    number = _EXTENSION.sub("", text.strip())
    plus = number.startswith("+")
    digits = re.sub(r"[^0-9]", "", number.replace("(0)", ""))
    if not plus and digits.startswith("00") and len(digits) > len("00"):
        plus, digits = True, digits[2:]
    if plus and not digits.startswith("44"):
        national = None
    else:
        whole = plus or (digits.startswith("44") and not number.lstrip("( ").startswith("0"))
        national = digits.removeprefix("44").lstrip("0") if whole else digits.removeprefix("0")
    spelt = f"+{digits}" if national is None else f"+44{national}"
    known = _FOREIGN.fullmatch(spelt) if national is None else _NATIONAL.fullmatch(national)
    if not known or _fills_a_field(spelt):
        message = "A telephone number looks like 01632 960101, or +33 1 99 00 12 34 from abroad."
        raise ValueError(message)
    return spelt


def phone_numbers(text: str) -> frozenset[str]:
    """Return every telephone number of a text that may hold several, and other words."""
    found: set[str] = set()
    for part in _BETWEEN.split(text):
        try:
            found.add(normalise_phone(part))
        except ValueError:
            continue
    return frozenset(found)


def _fills_a_field(number: str) -> bool:
    equal = rising = 1
    for one, next_one in pairwise(number[1:]):
        equal = equal + 1 if next_one == one else 1
        rising = rising + 1 if int(next_one) == (int(one) + 1) % 10 else 1
        if max(equal, rising) >= _FILLER:
            return True
    return False
