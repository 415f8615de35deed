"""The number this register gives a provider: `AP`, six digits, a check character.

The check character is ISO 7064 MOD 37,36 over the eight characters before it: one wrong character
never gives another valid number, and two swapped neighbours hardly ever.
"""

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

LENGTH = 9
LARGEST = 999_999


def provider_number(sequence: int) -> str:
    """Make the number of the `sequence`th provider.

    Raises:
        ValueError: the sequence does not fit six digits.
    """
    if not 0 <= sequence <= LARGEST:
        message = f"{sequence} does not fit a provider number"
        raise ValueError(message)
    body = f"AP{sequence:06d}"
    return body + str(mod_37_36.calc_check_digit(body))


def parse_provider_number(text: str) -> str:
    """Return a number as written on the register, from however someone typed it.

    Raises:
        ValueError: it is not a provider number; the message says which part is wrong.
    """
    number = "".join(text.split()).replace("-", "").upper()
    if len(number) != LENGTH or not number.startswith("AP") or not number[2:8].isdecimal():
        message = "A provider number is AP, six digits and a check character, such as "
        raise ValueError(message + provider_number(1) + ".")
    try:
        mod_37_36.validate(number)
    except ValidationError:
        message = "The check character does not fit: a digit is probably mistyped."
        raise ValueError(message) from None
    return number


def sequence_of(number: str) -> int:
    """Return the six digits of a valid number, as a number."""
    return int(number[2:8])
