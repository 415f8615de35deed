"""One spelling for each number by which another register knows a provider; pure.

Nothing here says that a number was ever given out: only a look-up or an officer can.
"""

import re

from app.organisations import identifiers
from app.organisations.terms import IdentifierScheme
from app.providers.terms import Scheme

_CHARITY = re.compile(r"([1-9][0-9]{5,6})(?:-([1-9][0-9]{0,2}))?")
_ADVICE = "A charity number has six or seven digits, such as 1012345; a linked one adds -1."


def canonical(scheme: Scheme, text: str) -> str:
    """Return a number as it is held, whatever spaces and noughts it came with.

    Raises:
        ValueError: it cannot be such a number; the message says what one looks like.
    """
    if not text.isascii():
        message = "write plain digits and letters"
        raise ValueError(message)
    if scheme is not Scheme.CHARITY_COMMISSION:
        return identifiers.canonical(IdentifierScheme(scheme.value), text)
    found = _CHARITY.fullmatch("".join(text.split()))
    if found is None:
        raise ValueError(_ADVICE)
    return found[0]
