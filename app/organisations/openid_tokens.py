"""What must be true of an OpenID provider's token before a word of it is believed; pure.

The rules are those of OpenID Connect Core 1.0 §3.1.3.7 for ID tokens and of RFC 9068 §4 for access
tokens, both read strictly, with the advice of RFC 8725: the algorithm comes from our list and never
from the token, and one kind of token is never taken for the other.
"""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from joserfc import jws
from joserfc.errors import JoseError
from joserfc.jwk import Key

ALGORITHMS = ("RS256", "PS256", "ES256", "ES384")
"""Asymmetric ones alone: whoever can check a token must not be able to make one."""
LEEWAY = timedelta(seconds=60)
"""How far the provider's clock may be from ours."""
LONGEST = 16_384
"""Characters of a token; a longer one is not read."""

_REGISTRY = jws.JWSRegistry(algorithms=ALGORITHMS, strict_check_header=False)
_ID_TOKEN_TYPES = ("JWT", "jwt")
_ACCESS_TOKEN_TYPES = ("at+jwt", "application/at+jwt")


class BadTokenError(Exception):
    """A token is not good. The reason is a word for the log; it quotes nothing.

    Attributes:
        reason: which rule it breaks.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Unverified:
    """A token's two readable parts, which anybody may have written.

    Attributes:
        header: names the key and the algorithm.
        claims: say whose token it claims to be.
    """

    header: dict[str, Any]
    claims: dict[str, Any]


def peek(token: str) -> Unverified:
    """Read a token without believing it, to learn whose keys would have to confirm it.

    Raises:
        BadTokenError: it is too long, or no signed token at all.
    """
    if len(token) > LONGEST:
        raise BadTokenError("length")
    parts = token.split(".")
    if len(parts) != 3 or not all(parts):  # noqa: PLR2004 - header, claims, signature
        raise BadTokenError("form")
    return Unverified(_read(parts[0]), _read(parts[1]))


def key_named_by(header: dict[str, Any]) -> str:
    """Return the id of the key a token says it is signed with.

    Raises:
        BadTokenError: the algorithm is not one of ours, no key is named, or the header makes
            demands (`crit`) that would have to be understood.
    """
    if header.get("alg") not in ALGORITHMS:
        raise BadTokenError("algorithm")
    if "crit" in header or "b64" in header:
        raise BadTokenError("critical-header")
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        raise BadTokenError("key")
    return kid


def check_signature(token: str, key: Key) -> dict[str, Any]:
    """Return the claims of a token that this key has signed.

    Raises:
        BadTokenError: it has not, or the key is for another algorithm.
    """
    try:
        opened = jws.deserialize_compact(token, key, registry=_REGISTRY)
    except (JoseError, ValueError):
        raise BadTokenError("signature") from None
    return _object(opened.payload or b"")


def check_id_token(
    header: dict[str, Any],
    claims: dict[str, Any],
    *,
    issuer: str,
    client_id: str,
    nonce: str,
    moment: datetime,
) -> None:
    """Check that the provider made this ID token for us, in answer to this visit, just now.

    Raises:
        BadTokenError: it did not.
    """
    if header.get("typ", "JWT") not in _ID_TOKEN_TYPES:
        raise BadTokenError("type")
    _check_origin(claims, issuer, client_id, moment)
    azp = claims.get("azp")
    if azp != client_id and (azp is not None or len(_audience(claims)) > 1):
        raise BadTokenError("authorised-party")
    if claims.get("nonce") != nonce:
        raise BadTokenError("nonce")


def check_access_token(
    header: dict[str, Any], claims: dict[str, Any], *, issuer: str, audience: str, moment: datetime
) -> None:
    """Check that the provider gave this access token to somebody for us, and that it still holds.

    Raises:
        BadTokenError: it did not, or it does not; or it is an application's own, not a person's.
    """
    if str(header.get("typ")).lower() not in _ACCESS_TOKEN_TYPES:
        raise BadTokenError("type")
    _check_origin(claims, issuer, audience, moment)
    client, number = claims.get("client_id"), claims.get("jti")
    if not isinstance(client, str) or not isinstance(number, str):
        raise BadTokenError("claims")
    if claims["sub"] == client:  # RFC 9068 §5: a client's own name must not become a person's
        raise BadTokenError("subject")


def moment_of(claims: dict[str, Any], name: str) -> datetime | None:
    """Return a claim that is a moment, such as `auth_time`, or `None` where it is not there.

    Raises:
        BadTokenError: it is no moment.
    """
    value = claims.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise BadTokenError("claims")
    try:
        return datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        raise BadTokenError("claims") from None


def _check_origin(claims: dict[str, Any], issuer: str, audience: str, moment: datetime) -> None:
    """Check what both kinds of token have: from whom, about whom, for whom, and for how long."""
    if claims.get("iss") != issuer:
        raise BadTokenError("issuer")
    if audience not in _audience(claims):
        raise BadTokenError("audience")
    subject = claims.get("sub")
    if not isinstance(subject, str) or not 0 < len(subject) <= 255:  # noqa: PLR2004 - Core §2
        raise BadTokenError("subject")
    expires, issued = moment_of(claims, "exp"), moment_of(claims, "iat")
    if expires is None or issued is None:
        raise BadTokenError("claims")
    if expires <= moment - LEEWAY:
        raise BadTokenError("expired")
    begins = moment_of(claims, "nbf")
    if max(issued, begins or issued) > moment + LEEWAY:
        raise BadTokenError("not-yet")


def _audience(claims: dict[str, Any]) -> list[Any]:
    told = claims.get("aud")
    return told if isinstance(told, list) else [told]


def _read(part: str) -> dict[str, Any]:
    try:
        return _object(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    except (ValueError, binascii.Error):
        raise BadTokenError("form") from None


def _object(raw: bytes) -> dict[str, Any]:
    try:
        told = json.loads(raw)
    except (ValueError, RecursionError):
        raise BadTokenError("form") from None
    if not isinstance(told, dict):
        raise BadTokenError("form")
    return told
