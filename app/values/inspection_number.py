"""The number this register gives an inspection: `QA`, six digits, a check character."""

from app.values.checked_number import make, parse

_LETTERS = "QA"


def inspection_number(sequence: int) -> str:
    """Make the number of the `sequence`th inspection.

    Raises:
        ValueError: the sequence does not fit six digits.
    """
    return make(_LETTERS, sequence)


def parse_inspection_number(text: str) -> str:
    """Return a number as published, from however someone typed it.

    Raises:
        ValueError: it is not the number of an inspection; the message says which part is wrong.
    """
    return parse(_LETTERS, text, "The number of an inspection")
