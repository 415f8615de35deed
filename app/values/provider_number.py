"""The number this register gives a provider: `AP`, six digits, a check character."""

from app.values.checked_number import LARGEST, LENGTH, make, parse

__all__ = ["LARGEST", "LENGTH", "parse_provider_number", "provider_number", "sequence_of"]

_LETTERS = "AP"


def provider_number(sequence: int) -> str:
    """Make the number of the `sequence`th provider.

    Raises:
        ValueError: the sequence does not fit six digits.
    """
    return make(_LETTERS, sequence)


def parse_provider_number(text: str) -> str:
    """Return a number as written on the register, from however someone typed it.

    Raises:
        ValueError: it is not a provider number; the message says which part is wrong.
    """
    return parse(_LETTERS, text, "A provider number")


def sequence_of(number: str) -> int:
    """Return the six digits of a valid number, as a number."""
    return int(number[2:8])
