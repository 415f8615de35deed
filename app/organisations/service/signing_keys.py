"""The keys machines' tokens are signed with: made ahead, published before and after their use.

A key is published from the day it is made; it signs for a month; it stays published until the last
token it signed has expired, and a margin more. Where it stands follows from its times alone, so
nothing has to be switched at the right moment. The private half lies sealed under the keyring.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from app import clock, log
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring, KeyringError
from app.keyring.sealing import context_of, open_sealed, seal
from app.organisations.queries import signing_keys as queries
from app.organisations.terms import TOKEN_LASTS

ALGORITHM = "ES256"
"""ECDSA on P-256 with SHA-256 (RFC 7518 §3.4); the one algorithm tokens are signed with."""
SIGNS_FOR = timedelta(days=30)
PUBLISHED_BEFORE = timedelta(days=3)
"""How long before its first signature a key is made, so that whoever caches keys has seen it."""
PUBLISHED_AFTER = TOKEN_LASTS + timedelta(hours=1)
"""How long after its last signature a key is published: until that token expired, and a margin."""
CLOCKS_DIFFER = timedelta(minutes=1)
"""By how much two of our own machines may disagree about the time."""

_KEPT = timedelta(minutes=1)
_KEPT_AT_LEAST = timedelta(seconds=1)

_logger = log.get(__name__)


@dataclass(frozen=True, slots=True)
class _Verifying:
    """The published keys as this process read them last: public halves, and until when each."""

    keys: Mapping[str, tuple[ECKey, datetime]]
    read_at: datetime


_verifying: WeakKeyDictionary[Any, _Verifying] = WeakKeyDictionary()
"""By pool, since a process may, in tests, serve several registers."""


def sealing_context(kid: str) -> str:
    """Return what a key's sealed private half is bound to."""
    return context_of("signing_keys.sealed_private_jwk", kid)


async def current_key(session: WriteSession, ring: Keyring) -> ECKey:
    """Return the key that signs now, private half and `kid` included; made if there is none.

    Of two workers that find none at once, one makes it and the other waits for it.

    Raises:
        KeyringError: the key in the database was sealed under another keyring.
    """
    held = await queries.get_current_key(session, clock.now())
    if held is None:
        await queries.lock_signing_keys(session)
        present = clock.now()
        held = await queries.get_current_key(session, present)
        if held is None:
            return await _make(session, ring, present - CLOCKS_DIFFER)
    return _open(ring, held.kid, held.sealed_private_jwk)


async def published_keys(session: ReadSession | WriteSession) -> list[dict[str, Any]]:
    """Return the public halves of all keys that tokens may now, or soon, be signed with."""
    held = await queries.list_published_keys(session, clock.now())
    return [dict(key.public_jwk) for key in held]


async def rotate(session: WriteSession, ring: Keyring) -> None:
    """See that the next key is published in time, and forget those nothing needs any more.

    For a daily schedule; done twice it does nothing the second time. Where the schedule stood still
    for so long that no key signs, the new one signs at once.
    """
    await queries.lock_signing_keys(session)
    present = clock.now()
    await queries.remove_unpublished_keys(session, present)
    until = await queries.last_signing_moment(session)
    if until is None or until <= present:
        await _make(session, ring, present - CLOCKS_DIFFER)
    elif until - present <= PUBLISHED_BEFORE:
        await _make(session, ring, until)


async def verification_key(session: WriteSession, ring: Keyring, kid: str) -> ECKey | None:
    """Return the public half of a published key, or `None`: unknown, or no longer published.

    Keys are kept in the process for a minute at most. A `kid` that is not among them has them read
    again, but only once a second: anybody can make up a `kid`.
    """
    present = clock.now()
    known = _verifying.get(session.bind)
    if known is None or _is_stale(known, kid, present):
        known = _verifying[session.bind] = await _read(session, ring, present)
    key, until = known.keys.get(kid, (None, present))
    return key if until > present else None


def _is_stale(known: _Verifying, kid: str, present: datetime) -> bool:
    age = abs(present - known.read_at)
    if kid in known.keys:
        return age >= _KEPT
    return age >= _KEPT_AT_LEAST or not known.keys


async def _read(session: WriteSession, ring: Keyring, present: datetime) -> _Verifying:
    """Read the published keys, believing only those whose private half this keyring opens.

    Whoever can write into the table but does not have the keyring cannot plant a key.
    """
    keys = {}
    for held in await queries.list_keys_to_verify_with(session, present):
        try:
            private = _open(ring, held.kid, held.sealed_private_jwk)
        except KeyringError:
            _logger.warning("signing_key.not_opened", kid=held.kid)
            continue
        public = ECKey.import_key(private.as_dict(private=False))
        keys[held.kid] = (public, held.published_until)
    return _Verifying(keys, present)


async def _make(session: WriteSession, ring: Keyring, signs_from: datetime) -> ECKey:
    made = ECKey.generate_key("P-256", {"use": "sig", "alg": ALGORITHM})
    kid = made.thumbprint()  # RFC 7638
    private = ECKey.import_key(made.as_dict(private=True, kid=kid))
    await queries.insert_signing_key(
        session,
        {
            "kid": kid,
            "algorithm": ALGORITHM,
            "public_jwk": private.as_dict(private=False),
            "sealed_private_jwk": seal(
                ring, json.dumps(private.as_dict(private=True)).encode(), sealing_context(kid)
            ),
            "made_at": clock.now(),
            "signs_from": signs_from,
            "signs_until": signs_from + SIGNS_FOR,
            "published_until": signs_from + SIGNS_FOR + PUBLISHED_AFTER,
        },
    )
    return private


def _open(ring: Keyring, kid: str, sealed: bytes) -> ECKey:
    """Return a sealed key.

    Raises:
        KeyringError: it does not open, or is not the key its name says.
    """
    try:
        key = ECKey.import_key(json.loads(open_sealed(ring, sealed, sealing_context(kid))))
    except (JoseError, ValueError):
        key = None
    if key is None or key.thumbprint() != kid:
        raise KeyringError(f"What is sealed as the signing key {kid} is another thing.")
    return key
