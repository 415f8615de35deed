"""One spelling for each number by which others know an organisation.

Spreadsheets lose leading zeros, and people write the same number in several ways; what is compared
must be written one way. Nothing here says that a number was ever given out.
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from app.organisations.terms import IdentifierScheme

_LONGEST_GROUP_ID = 60
_URN = re.compile(r"[1-9][0-9]{5}")
_UKPRN = re.compile(r"1[0-9]{7}")
_UPRN = re.compile(r"[0-9]{1,12}")
_DFE_NUMBER = re.compile(r"([0-9]{3})[/ -]?([0-9]{4})")
_GROUP_UID = re.compile(r"[0-9]{1,9}")
_COMPANY = re.compile(r"[A-Z]{2}[0-9]{6}|[0-9]{8}")
_LOST_ZEROS = re.compile(r"[0-9]{5,8}")
_LA_CODE = re.compile(r"[0-9]{1,3}")


def canonical(scheme: IdentifierScheme, text: str) -> str:
    """Return a number as it is held, whatever spaces and zeros it came with.

    Raises:
        ValueError: it cannot be such a number; the message says what one looks like.
    """
    return _SPELLINGS[scheme](" ".join(text.split()))


def _urn(text: str) -> str:
    return _matching(_URN, text, "A URN has six digits, such as 100001.")


def _ukprn(text: str) -> str:
    return _matching(_UKPRN, text, "A UKPRN has eight digits and begins with 1, such as 10012345.")


def _uprn(text: str) -> str:
    advice = "A UPRN has up to twelve digits, such as 000200163898."
    return _not_nought(_matching(_UPRN, text, advice), advice).zfill(12)


def _dfe_number(text: str) -> str:
    found = _DFE_NUMBER.fullmatch(text)
    if found is None:
        message = "A DfE number is a local authority's code and four digits, such as 202/2775."
        raise ValueError(message)
    return f"{found[1]}/{found[2]}"


def _group_uid(text: str) -> str:
    advice = "A group's UID is a number, such as 2044."
    return _not_nought(_matching(_GROUP_UID, text, advice), advice).lstrip("0")


def _group_id(text: str) -> str:
    if not 0 < len(text) <= _LONGEST_GROUP_ID:
        message = f"A group's ID has 1 to {_LONGEST_GROUP_ID} characters, such as TR02044."
        raise ValueError(message)
    return text


def _company(text: str) -> str:
    squeezed = text.replace(" ", "").upper()
    whole = squeezed.zfill(8) if _LOST_ZEROS.fullmatch(squeezed) else squeezed
    advice = "A company number has eight characters, such as 01234567 or OC123456."
    return _not_nought(_matching(_COMPANY, whole, advice), advice)


def _la_code(text: str) -> str:
    advice = "A local authority's code has three digits, such as 202."
    return _matching(_LA_CODE, text, advice).zfill(3)


def _matching(form: re.Pattern[str], text: str, advice: str) -> str:
    if form.fullmatch(text) is None:
        raise ValueError(advice)
    return text


def _not_nought(text: str, advice: str) -> str:
    """A cell full of noughts says that there is no number."""
    if not text.strip("0"):
        raise ValueError(advice)
    return text


_SPELLINGS: Mapping[IdentifierScheme, Callable[[str], str]] = MappingProxyType(
    {
        IdentifierScheme.URN: _urn,
        IdentifierScheme.UKPRN: _ukprn,
        IdentifierScheme.UPRN: _uprn,
        IdentifierScheme.DFE_NUMBER: _dfe_number,
        IdentifierScheme.GROUP_UID: _group_uid,
        IdentifierScheme.GROUP_ID: _group_id,
        IdentifierScheme.COMPANIES_HOUSE: _company,
        IdentifierScheme.LA_CODE: _la_code,
    }
)
