"""What an OpenID provider says of itself and its keys: fetched, checked, kept for a while.

Nothing it says is kept for ever, so that a key it has withdrawn is soon of no use here either. What
it answers is bounded in time and size, and no redirect is followed: the address that was set is the
one that is trusted.
"""

import asyncio
import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from http import HTTPStatus
from ipaddress import ip_address
from ssl import SSLContext
from typing import Any
from urllib.parse import urlsplit

import httpx
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, Key, RSAKey

from app import clock, log
from app.organisations.errors import SignInUnavailableError

METADATA_KEPT = timedelta(hours=1)
KEYS_KEPT = timedelta(minutes=15)
ASKED_AGAIN_AFTER = timedelta(seconds=30)
"""How soon keys are fetched anew because of a token that names one we do not know."""
LEFT_ALONE_FOR = timedelta(seconds=10)
"""How long a provider that does not answer is not asked again."""
MOST_BYTES = 262_144
MOST_KEYS = 100
SECONDS = 10.0
"""How long one question may take altogether."""
SMALLEST_RSA = 2048

_logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class Metadata:
    """Where to go for what (OpenID Connect Discovery 1.0 §3).

    Attributes:
        authorization_endpoint: where people are sent to sign in.
        token_endpoint: where a code becomes an ID token.
        jwks_uri: its public keys.
        userinfo_endpoint: more about whoever signed in, if it has one.
        end_session_endpoint: where people are sent to sign out there too, if it has one.
        names_itself: whether it says who it is when people come back (RFC 9207).
    """

    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None
    end_session_endpoint: str | None
    names_itself: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """What a provider answered: a status and a JSON object, empty where it was none."""

    status: int
    told: dict[str, Any]


class OpenIdProvider:
    """An OpenID provider, as it described itself lately.

    Attributes:
        issuer: what it calls itself; everything it signs must say the same.
    """

    def __init__(self, issuer: str, *, plain_on_loopback: bool) -> None:
        self.issuer = issuer
        self._plain_on_loopback = plain_on_loopback
        self._lock = asyncio.Lock()
        self._metadata: tuple[datetime, Metadata] | None = None
        self._keys: tuple[datetime, dict[str, Key]] | None = None
        self._failed_at: datetime | None = None

    async def metadata(self) -> Metadata:
        """Return where to go for what.

        Raises:
            SignInUnavailableError: the provider does not answer, or not as it must.
        """
        async with self._lock:
            return await self._current_metadata()

    async def lately(self) -> Metadata | None:
        """Return where to go for what, or `None` where the provider does not answer just now."""
        try:
            return await self.metadata()
        except SignInUnavailableError:
            return None

    async def key(self, kid: str) -> Key | None:
        """Return the public key of this id, or `None` where the provider has none.

        An id that is not known may be a new key's, so the keys are fetched once more; but not for
        every such token, or strangers could make us ask without end.

        Raises:
            SignInUnavailableError: the provider does not answer, or not as it must.
        """
        async with self._lock:
            present = clock.now()
            age = present - self._keys[0] if self._keys else KEYS_KEPT
            known = self._keys is not None and kid in self._keys[1]
            if age >= (KEYS_KEPT if known else ASKED_AGAIN_AFTER):
                await self._fetch_keys()
            return self._keys[1].get(kid) if self._keys else None

    async def _current_metadata(self) -> Metadata:
        present = clock.now()
        if self._metadata is None or present - self._metadata[0] >= METADATA_KEPT:
            address = f"{self.issuer.rstrip('/')}/.well-known/openid-configuration"
            told = await self._get(address)
            self._metadata = (present, self._read_metadata(told))
        return self._metadata[1]

    async def _fetch_keys(self) -> None:
        metadata = await self._current_metadata()
        told = await self._get(metadata.jwks_uri)
        self._keys = (clock.now(), _read_keys(told))

    async def _get(self, address: str) -> dict[str, Any]:
        present = clock.now()
        if self._failed_at is not None and present - self._failed_at < LEFT_ALONE_FOR:
            raise unavailable("left-alone")
        try:
            if not self._may_be_asked(address):
                raise unavailable("address")
            answer = await ask("GET", address)
            if answer.status != HTTPStatus.OK:
                raise unavailable("status", status=answer.status)
        except SignInUnavailableError:
            self._failed_at = present
            raise
        self._failed_at = None
        return answer.told

    def _read_metadata(self, told: dict[str, Any]) -> Metadata:
        if told.get("issuer") != self.issuer:
            raise unavailable("issuer-differs")
        return Metadata(
            authorization_endpoint=self._address(told, "authorization_endpoint"),
            token_endpoint=self._address(told, "token_endpoint"),
            jwks_uri=self._address(told, "jwks_uri"),
            userinfo_endpoint=self._optional_address(told, "userinfo_endpoint"),
            end_session_endpoint=self._optional_address(told, "end_session_endpoint"),
            names_itself=told.get("authorization_response_iss_parameter_supported") is True,
        )

    def _address(self, told: dict[str, Any], name: str) -> str:
        value = self._optional_address(told, name)
        if value is None:
            raise unavailable("metadata", member=name)
        return value

    def _optional_address(self, told: dict[str, Any], name: str) -> str | None:
        value = told.get(name)
        if value is None:
            return None
        if not isinstance(value, str) or not self._may_be_asked(value):
            raise unavailable("metadata", member=name)
        return value

    def _may_be_asked(self, address: str) -> bool:
        """Say whether an address is safe from listeners: HTTPS, or this very machine."""
        try:
            parts = urlsplit(address)
            host = parts.hostname or ""
        except ValueError:
            return False
        if parts.scheme == "https" and host:
            return True
        return parts.scheme == "http" and self._plain_on_loopback and _is_loopback(host)


async def ask(
    method: str,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Ask a provider something, and read a bounded answer.

    Raises:
        SignInUnavailableError: it does not answer in time, or at too great a length.
    """
    sent = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    body = bytearray()
    try:
        async with (
            asyncio.timeout(SECONDS),
            httpx.AsyncClient(verify=_tls(), timeout=SECONDS / 2, follow_redirects=False) as client,
            client.stream(method, address, data=form, headers=sent) as response,
        ):
            async for part in response.aiter_bytes():
                body += part
                if len(body) > MOST_BYTES:
                    raise unavailable("too-long")
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
        raise unavailable("no-answer", error=type(error).__name__) from None
    return Answer(response.status_code, _object(bytes(body)))


def unavailable(reason: str, **facts: Any) -> SignInUnavailableError:
    """Return the refusal for a provider that is not as it must be; the reason goes to the log."""
    _logger.warning("openid.provider_trouble", reason=reason, **facts)
    return SignInUnavailableError(
        "The service that people sign in with does not answer as it should. Nothing you did caused "
        "this. Wait a minute, then try again.",
        headers={"Retry-After": "30"},
    )


def _read_keys(told: dict[str, Any]) -> dict[str, Key]:
    """Return the keys that may sign, by id; those we cannot use are passed over."""
    listed = told.get("keys")
    if not isinstance(listed, list):
        raise unavailable("keys")
    keys: dict[str, Key] = {}
    for one in listed[:MOST_KEYS]:
        key = _read_key(one) if isinstance(one, dict) else None
        if key is not None:
            keys.setdefault(str(one["kid"]), key)
    return keys


def _read_key(one: dict[str, Any]) -> Key | None:
    """Return a public key; never a shared secret (`oct`), whatever a document calls a key."""
    if not isinstance(one.get("kid"), str) or one.get("use", "sig") != "sig":
        return None
    try:
        if one.get("kty") == "RSA" and _bits(one["n"]) >= SMALLEST_RSA:
            return RSAKey.import_key({name: one[name] for name in ("kty", "n", "e")})
        if one.get("kty") == "EC":
            return ECKey.import_key({name: one[name] for name in ("kty", "crv", "x", "y")})
    except (JoseError, ValueError, KeyError, TypeError):
        _logger.warning("openid.key_unreadable")
    return None


def _bits(number: str) -> int:
    raw = base64.urlsafe_b64decode(number + "=" * (-len(number) % 4))
    return int.from_bytes(raw, "big").bit_length()


def _object(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


@cache
def _tls() -> SSLContext:
    return httpx.create_ssl_context()
