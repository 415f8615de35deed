"""Unique pupil numbers: a check letter and twelve characters (DfE, "Unique pupil numbers").

A blind number: it says nothing about the child, providers never see it, and an adopted child gets
another one. A temporary one ends in a letter.
"""

from stdnum.exceptions import ValidationError
from stdnum.gb import upn as upn_numbers

_LENGTH = 13


def parse_upn(text: str) -> str:
    """Return a unique pupil number as schools write it, from however someone typed it.

    The three digits of the issuing local authority are not looked up: numbers outlive authorities,
    and the library's list of them ends before the reorganisations of 2019 and later.

    Raises:
        ValueError: it is none; the message says which part is wrong, and never repeats it.
    """
    number = "".join(text.split()).upper()
    if len(number) != _LENGTH:
        message = f"A UPN has 13 characters; this has {len(number)}."
        raise ValueError(message)
    try:
        letter = upn_numbers.calc_check_digit(number[1:])
    except (ValidationError, ValueError):
        letter = ""
    if not letter or not number[1:-1].isdecimal() or not number[1:-1].isascii():
        message = "A UPN is a letter and twelve digits; a temporary one ends in another letter."
        raise ValueError(message)
    if letter != number[0]:
        message = (
            "The first letter of this UPN does not fit its digits: one of them is probably "
            "mistyped. Copy it from the school's own system."
        )
        raise ValueError(message)
    return number


def is_temporary(upn: str) -> bool:
    """Tell whether a number stands in until the child's own is known; it ends in a letter."""
    return upn[-1].isalpha()
