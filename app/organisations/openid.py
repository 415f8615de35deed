"""What is said to an OpenID provider and understood from it: the code flow with PKCE.

OpenID Connect Core 1.0 §3.1, RFC 7636, RFC 9207 and RP-Initiated Logout 1.0. Whoever is refused is
told so in plain words; which check failed goes to the log, and a token or code goes nowhere.
"""

import base64
import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus, urlencode

from app import clock, log
from app.config import Settings
from app.organisations.errors import SignInRefusedError
from app.organisations.openid_claims import identifiers_of
from app.organisations.openid_provider import Metadata, OpenIdProvider, ask, unavailable
from app.organisations.openid_tokens import (
    LEEWAY,
    BadTokenError,
    check_access_token,
    check_id_token,
    check_signature,
    key_named_by,
    moment_of,
    peek,
)

RETURN_PATH = "/sign-in/return"
SIGNED_OUT_PATH = "/signed-out"

_ERROR_CODE = re.compile(r"[a-z_]{1,60}")
_logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to the provider, and what ties its answer to it.

    Attributes:
        state: comes back with the answer; known to this browser alone.
        nonce: comes back inside the ID token.
        code_verifier: proves that whoever brings the code began the visit (RFC 7636).
        began_at: when.
        again: whether somebody signed in must show once more who they are.
    """

    state: str
    nonce: str
    code_verifier: str
    began_at: datetime
    again: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, by the provider's word.

    Attributes:
        issuer: the provider.
        subject: what it calls them; never given to anybody else.
        authenticated_at: when they last showed the provider who they are, if it says so.
        organisation: numbers of the organisation they signed in for, if it names one.
        id_token: for signing out there.
    """

    issuer: str
    subject: str
    authenticated_at: datetime | None
    organisation: tuple[tuple[str, str], ...] | None
    id_token: str


@dataclass(frozen=True, slots=True)
class Bearer:
    """Whose access token was sent, by the provider's signature.

    Attributes:
        issuer: the provider.
        subject: what it calls them.
        authenticated_at: when they showed the provider who they are, if the token says so.
    """

    issuer: str
    subject: str
    authenticated_at: datetime | None


def authorization_address(metadata: Metadata, settings: Settings, visit: Visit) -> str:
    """Return where to send somebody to sign in.

    The provider is always told how old a sign-in it may take (`max_age`), because only then must it
    say when that was (Core §2, `auth_time`); for showing it again, none is young enough.
    """
    challenge = hashlib.sha256(visit.code_verifier.encode("ascii")).digest()
    asked = {
        "response_type": "code",
        "client_id": settings.openid_client_id or "",
        "redirect_uri": settings.address + RETURN_PATH,
        "scope": settings.openid_scopes,
        "state": visit.state,
        "nonce": visit.nonce,
        "code_challenge": base64.urlsafe_b64encode(challenge).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
        "max_age": "0" if visit.again else str(settings.session_hours * 3600),
    }
    if visit.again:
        asked["prompt"] = "login"
    return _with_query(metadata.authorization_endpoint, asked)


def end_session_address(metadata: Metadata, settings: Settings, id_token: str) -> str | None:
    """Return where to send somebody to sign out at the provider too, if it has such a place."""
    if metadata.end_session_endpoint is None:
        return None
    asked = {
        "id_token_hint": id_token,
        "post_logout_redirect_uri": settings.address + SIGNED_OUT_PATH,
    }
    return _with_query(metadata.end_session_endpoint, asked)


def check_sender(metadata: Metadata, issuer: str, said: str | None) -> None:
    """Check that this provider, and no other, sent somebody back (RFC 9207).

    Raises:
        SignInRefusedError: another did, or it does not say though it says it would.
    """
    if said != issuer and (said is not None or metadata.names_itself):
        raise refused("issuer-of-answer")


async def redeem(provider: OpenIdProvider, settings: Settings, visit: Visit, code: str) -> Identity:
    """Turn the code that somebody came back with into who they are.

    Raises:
        SignInRefusedError: the code or what it was exchanged for is not good.
        SignInUnavailableError: the provider does not answer, or refuses us and not them.
    """
    metadata = await provider.metadata()
    told = await _exchange(metadata, settings, visit, code)
    token = told.get("id_token")
    if not isinstance(token, str):
        raise refused("no-id-token")
    try:
        claims = await _claims_of_id_token(provider, settings, visit, token)
        authenticated_at = _shown_at(claims, visit)
    except BadTokenError as error:
        raise refused(f"id-token-{error.reason}") from None
    if "organisation" not in claims and "organisation" in settings.openid_scopes.split():
        claims = claims | await _more_about(metadata, claims["sub"], told)
    return Identity(
        issuer=provider.issuer,
        subject=claims["sub"],
        authenticated_at=authenticated_at,
        organisation=identifiers_of(claims.get("organisation")),
        id_token=token,
    )


async def bearer_of(provider: OpenIdProvider | None, audience: str | None, token: str) -> Bearer:
    """Return whose access token this is.

    Args:
        provider: the one that is set up, if one is.
        audience: what it must have been given for; none is taken without.
        token: as it was sent.

    Raises:
        BadTokenError: it is not good.
        SignInUnavailableError: the provider's keys cannot be had.
    """
    if provider is None or audience is None:
        raise BadTokenError("none-taken")
    if peek(token).claims.get("iss") != provider.issuer:
        raise BadTokenError("issuer")  # before any key is looked for
    header, claims = await _signed(provider, token)
    check_access_token(
        header, claims, issuer=provider.issuer, audience=audience, moment=clock.now()
    )
    return Bearer(provider.issuer, claims["sub"], moment_of(claims, "auth_time"))


def refused(reason: str) -> SignInRefusedError:
    """Return the refusal for somebody who came back; the reason goes to the log alone."""
    _logger.warning("sign_in.refused", reason=reason)
    return SignInRefusedError(
        "Signing in did not work: you took too long, used the back button, or came back in another "
        "browser than the one you began in. Start again at /sign-in."
    )


def declined(error: str) -> SignInRefusedError:
    """Return the refusal for somebody whom the provider sent back without a code."""
    reason = error if _ERROR_CODE.fullmatch(error) else "unreadable"
    _logger.warning("sign_in.declined", reason=reason)
    return SignInRefusedError(
        "The service you sign in with did not let you in, or you ended it there. If you did not "
        "mean to, start again at /sign-in."
    )


async def _exchange(
    metadata: Metadata, settings: Settings, visit: Visit, code: str
) -> dict[str, Any]:
    secret = (
        settings.openid_client_secret.get_secret_value() if settings.openid_client_secret else ""
    )
    # RFC 6749 §2.3.1: both are form-encoded before they are put together.
    pair = f"{quote_plus(settings.openid_client_id or '')}:{quote_plus(secret)}"
    credentials = base64.b64encode(pair.encode()).decode()
    answer = await ask(
        "POST",
        metadata.token_endpoint,
        form={
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": settings.address + RETURN_PATH,
            "code_verifier": visit.code_verifier,
        },
        headers={"Authorization": f"Basic {credentials}"},
    )
    if answer.status == HTTPStatus.OK:
        return answer.told
    if answer.told.get("error") == "invalid_grant":
        raise refused("code")
    raise unavailable("token-endpoint", status=answer.status)


async def _claims_of_id_token(
    provider: OpenIdProvider, settings: Settings, visit: Visit, token: str
) -> dict[str, Any]:
    header, claims = await _signed(provider, token)
    check_id_token(
        header,
        claims,
        issuer=provider.issuer,
        client_id=settings.openid_client_id or "",
        nonce=visit.nonce,
        moment=clock.now(),
    )
    return claims


async def _signed(provider: OpenIdProvider, token: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return header and claims of a token that one of the provider's keys has signed."""
    header = peek(token).header
    key = await provider.key(key_named_by(header))
    if key is None:
        raise BadTokenError("key")
    return header, check_signature(token, key)


async def _more_about(metadata: Metadata, subject: str, told: dict[str, Any]) -> dict[str, Any]:
    """Return the claims that the provider keeps for those who ask with the access token."""
    access_token = told.get("access_token")
    if metadata.userinfo_endpoint is None or not isinstance(access_token, str):
        return {}
    answer = await ask(
        "GET", metadata.userinfo_endpoint, headers={"Authorization": f"Bearer {access_token}"}
    )
    if answer.status != HTTPStatus.OK:
        raise unavailable("userinfo", status=answer.status)
    if answer.told.get("sub") != subject:  # Core §5.3.2: or another's claims could be slipped in
        raise refused("userinfo-subject")
    return {"organisation": answer.told.get("organisation")}


def _shown_at(claims: dict[str, Any], visit: Visit) -> datetime | None:
    """Return when they showed the provider who they are; again means during this very visit."""
    moment = moment_of(claims, "auth_time")
    if visit.again and (moment is None or moment < visit.began_at - LEEWAY):
        raise BadTokenError("not-fresh")
    return moment


def oldest_sign_in(settings: Settings) -> timedelta:
    """Return how long ago, at most, somebody showed the provider who they are (`max_age`)."""
    return timedelta(hours=settings.session_hours)


def _with_query(address: str, parameters: dict[str, str]) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"
