"""What DfE Sign-in says of the organisation somebody signed in for, read as identifiers; pure.

The claim `organisation` is an object with many members, most of them empty for most organisations.
What its numbers mean depends on the category: an establishment number is a school's within its
authority, but for a local authority it is the authority's own code.
"""

from typing import Any

from app.organisations.identifiers import canonical
from app.organisations.terms import IdentifierScheme

LOCAL_AUTHORITY = "002"
"""DfE Sign-in's category of local authorities; 001 is establishments, 010 multi-academy trusts."""


def identifiers_of(claim: Any) -> tuple[tuple[str, str], ...] | None:
    """Return the numbers by which an organisation can be found here, as scheme and value.

    Args:
        claim: the claim `organisation` as it came.

    Returns:
        `None` where no organisation was named; nothing in it where one was, with no number of use.
    """
    if not isinstance(claim, dict) or not any(claim.values()):
        return None
    told = [
        (IdentifierScheme.URN, _text(claim.get("urn"))),
        (IdentifierScheme.GROUP_UID, _text(claim.get("uid"))),
        (IdentifierScheme.UKPRN, _text(claim.get("ukprn"))),
        _numbered(claim),
    ]
    spelt = [(scheme.value, _canonical(scheme, text)) for scheme, text in told]
    return tuple((scheme, value) for scheme, value in spelt if value)


def _numbered(claim: dict[str, Any]) -> tuple[IdentifierScheme, str]:
    """Return what the establishment number means.

    The authority of a school says where it lies; it must never be taken for the school's own.
    """
    number = _text(claim.get("establishmentNumber"))
    if _text(_member(claim, "category", "id")) == LOCAL_AUTHORITY:
        return IdentifierScheme.LA_CODE, number
    return (
        IdentifierScheme.DFE_NUMBER,
        f"{_text(_member(claim, 'localAuthority', 'code'))}/{number}",
    )


def _canonical(scheme: IdentifierScheme, text: str) -> str:
    try:
        return canonical(scheme, text)
    except ValueError:
        return ""


def _member(claim: dict[str, Any], name: str, inner: str) -> Any:
    held = claim.get(name)
    return held.get(inner) if isinstance(held, dict) else None


def _text(value: Any) -> str:
    """Return a number as text; JSON may hold it as either."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return ""
    return str(value).strip()
