"""Numbers of this register: two letters, six digits, a check character.

The check character is ISO 7064 MOD 37,36 over the eight characters before it: one wrong character
never gives another valid number, and two swapped neighbours hardly ever.
"""

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

LENGTH = 9
LARGEST = 999_999


def make(letters: str, sequence: int) -> str:
    """Make the number of the `sequence`th of its kind.

    Raises:
        ValueError: the sequence does not fit six digits.
    """
    if not 0 <= sequence <= LARGEST:
        message = f"{sequence} does not fit a number of six digits"
        raise ValueError(message)
    body = f"{letters}{sequence:06d}"
    return body + str(mod_37_36.calc_check_digit(body))


def parse(letters: str, text: str, called: str) -> str:
    """Return a number as the register writes it, from however someone typed it.

    Args:
        letters: those it begins with.
        text: what was typed.
        called: what the number is, as the start of a sentence: `A provider number`.

    Raises:
        ValueError: it is no such number; the message says which part is wrong.
    """
    number = "".join(text.split()).replace("-", "").upper()
    if len(number) != LENGTH or not number.startswith(letters) or not number[2:8].isdecimal():
        message = f"{called} is {letters}, six digits and a check character, such as "
        raise ValueError(message + make(letters, 1) + ".")
    try:
        mod_37_36.validate(number)
    except ValidationError:
        message = "The check character does not fit: a digit is probably mistyped."
        raise ValueError(message) from None
    return number
