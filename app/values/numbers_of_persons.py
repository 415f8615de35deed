"""Numbers that have no place in what people write: those of certificates, and whatever is long."""

import re

_CERTIFICATE = re.compile(
    r"(?<![0-9])(?:[0-9]{12}|[0-9]{4}[ -][0-9]{4}[ -][0-9]{4}|[0-9]{3}(?:[ -][0-9]{3}){3})(?![0-9])"
)
_LONG = re.compile(r"[0-9]{6}")


def holds_certificate_number(text: str) -> bool:
    """Say whether a text holds what can be the number of a DBS certificate: twelve digits."""
    return _CERTIFICATE.search(text) is not None


def holds_long_number(text: str) -> bool:
    """Say whether a text holds six digits or more in a row, or the number of a certificate.

    A date as `2026-09-01` or an amount is none; hardly any number of a person is shorter.
    """
    return _LONG.search(text) is not None or holds_certificate_number(text)
