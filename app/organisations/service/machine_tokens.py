"""Machines' access tokens: given for client credentials (RFC 6749 §4.4), read again (RFC 9068).

A token is short-lived and signed, so it cannot be made up or altered; and it names the secret it
was got with, so that it dies with that secret, its machine or its organisation at the next request.
"""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey

from app import clock
from app.access import SCOPES, Actor
from app.config import Settings
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.organisations.actors import acting_for, machine_actor
from app.organisations.errors import (
    ClientRefusedError,
    MachineNotFoundError,
    MachineTokenRefusedError,
    ScopeRefusedError,
)
from app.organisations.queries import machines as queries
from app.organisations.service.signing_keys import (
    ALGORITHM,
    CLOCKS_DIFFER,
    current_key,
    verification_key,
)
from app.organisations.terms import TOKEN_LASTS
from app.organisations.tokens import hash_token
from app.values.uuid7 import uuid7

TYPE = "at+jwt"
"""RFC 9068 §2.1: no other kind of signed token, an ID token say, is taken for an access token."""
SECRET_CLAIM = "ap_secret"  # noqa: S105 - the name of a claim; it holds the secret's id
_LONGEST = 4096


@dataclass(frozen=True, slots=True)
class TokenRequest:
    """What a machine sends to get a token.

    Attributes:
        client_id: as it was sent.
        client_secret: as it was sent.
        scope: what it asks for, parted by spaces; everything it has if not given.
    """

    client_id: str
    client_secret: str
    scope: str | None = None


@dataclass(frozen=True, slots=True)
class Issued:
    """A token that was given.

    Attributes:
        token: the token.
        expires_in: seconds.
        scopes: what it carries.
    """

    token: str
    expires_in: int
    scopes: tuple[str, ...]


async def issue_token(
    session: WriteSession,
    settings: Settings,
    ring: Keyring,
    asked: TokenRequest,
    request_id: str | None,
) -> Issued:
    """Give a machine a token for its client credentials.

    Args:
        session: a doorkeeper's transaction.
        settings: where this service is.
        ring: opens the signing key.
        asked: what the machine sent.
        request_id: of the request.

    Raises:
        ClientRefusedError: unknown, wrong, revoked, expired, or of an organisation that has closed.
        ScopeRefusedError: it asks for what it was not given.
    """
    present = clock.now()
    machine_id = _canonical(asked.client_id)
    if machine_id is None:
        raise _client_refused(None)
    held = await queries.find_by_secret(session, machine_id, hash_token(asked.client_secret))
    if held is None:
        raise _client_refused(None)
    actor = _actor(held, held.scopes, request_id)
    if _fault_of(held, present) is not None:
        raise _client_refused(actor)
    scopes = _granted(asked.scope, actor)
    await queries.note_use(session, held.secret_id, present)
    key = await current_key(session, ring)
    claims = _claims(settings, actor, held.secret_id, scopes, present)
    header = {"alg": ALGORITHM, "typ": TYPE, "kid": key.kid}
    token = jwt.encode(header, claims, key, algorithms=[ALGORITHM])
    return Issued(token, int(TOKEN_LASTS.total_seconds()), scopes)


async def machine_of_token(
    session: WriteSession, settings: Settings, ring: Keyring, token: str, request_id: str | None
) -> Actor:
    """Return the machine a token stands for, with what both the token and it now may do.

    Args:
        session: a doorkeeper's transaction.
        settings: where this service is.
        ring: tells our own keys from planted ones.
        token: the bearer token, whose issuer claims to be this service.
        request_id: of the request.

    Raises:
        MachineTokenRefusedError: it is not good, or no longer; with the machine it was given to,
            where our signature proves that.
    """
    claims = await _signed_claims(session, ring, token)
    machine_id, secret_id = _canonical(claims.get("sub")), _canonical(claims.get(SECRET_CLAIM))
    if machine_id is None or secret_id is None:
        raise MachineTokenRefusedError("claims")
    held = await queries.find_by_secret_id(session, machine_id, secret_id)
    if held is None:
        raise MachineTokenRefusedError("no-such-machine")
    actor = _actor(held, held.scopes, request_id)
    present = clock.now()
    fault = _fault_in(claims, settings, present) or _fault_of(held, present)
    if fault is not None:
        raise MachineTokenRefusedError(fault, actor)
    carried = set(str(claims["scope"]).split(" ")) & actor.permissions
    return _actor(held, carried, request_id)


async def machine_of_id(session: WriteSession, machine_id: uuid.UUID) -> Actor:
    """Return a machine as which the operator works, with every scope it was given.

    Args:
        session: a doorkeeper's transaction.
        machine_id: its id.

    Raises:
        MachineNotFoundError: there is none that is let in.
    """
    held = await queries.find_by_secret_id(session, machine_id, machine_id)
    today = clock.today()
    if held is None or held.revoked_at is not None or (held.closed_on or today) < today:
        raise MachineNotFoundError(
            "No machine with this id is let in: there is none, it was revoked, or its organisation "
            "is closed. Administrators of the organisation see its machines."
        )
    return _actor(held, held.scopes, None)


async def _signed_claims(session: WriteSession, ring: Keyring, token: str) -> dict[str, Any]:
    """Return what a token says, once it is plain that we signed it as an access token."""
    try:
        header = _header_of(token)
        if header.get("alg") != ALGORITHM or header.get("typ") != TYPE:
            raise MachineTokenRefusedError("algorithm-or-type")
        key = await verification_key(session, ring, str(header.get("kid")))
        if key is None:
            raise MachineTokenRefusedError("key")
        return _verified(token, key)
    except (JoseError, ValueError, TypeError, RecursionError):
        raise MachineTokenRefusedError("signature") from None


def _header_of(token: str) -> dict[str, Any]:
    if len(token) > _LONGEST:
        raise ValueError("longer than any token of ours")
    header: object = jws.extract_compact(token.encode()).headers()
    if not isinstance(header, dict):
        raise TypeError("the header is no object")
    return header


def _verified(token: str, key: ECKey) -> dict[str, Any]:
    return jwt.decode(token, key, algorithms=[ALGORITHM]).claims


def _fault_in(claims: dict[str, Any], settings: Settings, present: datetime) -> str | None:
    """Return what is wrong with a signed token for this service at this moment, if anything."""
    registry = jwt.JWTClaimsRegistry(
        now=int(present.timestamp()),
        leeway=int(CLOCKS_DIFFER.total_seconds()),
        iss={"essential": True, "value": settings.address},
        aud={"essential": True, "value": settings.address},
        exp={"essential": True},
        iat={"essential": True},
        scope={"essential": True},
        client_id={"essential": True, "value": str(claims["sub"])},
    )
    try:
        registry.validate(claims)
    except JoseError as error:
        return error.error
    # The leeway is for clocks ahead of ours; nobody gets to use a token for longer.
    return "expired" if claims["exp"] <= present.timestamp() else None


def _fault_of(held: Any, present: datetime) -> str | None:
    """Return why a machine with a secret is not let in at this moment, if it is not."""
    closed = (
        held.closed_on is not None and held.closed_on <= present.astimezone(clock.LONDON).date()
    )
    faults = {
        "machine-revoked": held.revoked_at is not None,
        "wrong-secret": held.secret_id is None,
        "secret-revoked": held.secret_revoked_at is not None,
        "secret-expired": held.secret_id is not None and held.secret_expires_at <= present,
        "organisation-closed": closed,
    }
    return next((name for name, is_so in faults.items() if is_so), None)


def _actor(held: Any, scopes: Iterable[str], request_id: str | None) -> Actor:
    """Return the machine of a row; whatever the row says, it may only do what machines may."""
    organisation = acting_for(
        held.organisation_id, held.organisation_name, held.organisation_kind, held.la_code
    )
    if organisation is None:
        raise MachineTokenRefusedError("no-such-organisation")
    kept = SCOPES.intersection(scopes)
    return machine_actor(held.id, held.name, organisation, kept, request_id=request_id)


def _client_refused(known: Actor | None) -> ClientRefusedError:
    """Return the one refusal of all bad credentials, so that nobody learns which client exists."""
    return ClientRefusedError(
        "The client_id and client_secret are not those of a machine that is let in: wrong, "
        "expired or revoked. An administrator of its organisation can make a new secret.",
        refused=known,
    )


def _granted(asked: str | None, actor: Actor) -> tuple[str, ...]:
    """Return the scopes of a token to be given (RFC 6749 §3.3).

    Raises:
        ScopeRefusedError: a scope is unknown or not the machine's, or it has none left at all.
    """
    wanted = set(asked.split(" ")) - {""} if asked else set()
    missing = wanted - actor.permissions
    if missing or not actor.permissions:
        listed = " ".join(sorted(actor.permissions)) or "nothing any more"
        raise ScopeRefusedError(
            f"This machine was not given all of what it asks for. It was given: {listed}.",
            refused=actor,
        )
    return tuple(sorted(wanted or {str(scope) for scope in actor.permissions}))


def _claims(
    settings: Settings,
    actor: Actor,
    secret_id: uuid.UUID,
    scopes: tuple[str, ...],
    present: datetime,
) -> dict[str, Any]:
    """Return the claims of RFC 9068 §2.2, and the secret's id."""
    return {
        "iss": settings.address,
        "aud": settings.address,
        "sub": str(actor.id),
        "client_id": str(actor.id),
        "scope": " ".join(scopes),
        "iat": int(present.timestamp()),
        "exp": int((present + TOKEN_LASTS).timestamp()),
        "jti": str(uuid7()),
        SECRET_CLAIM: str(secret_id),
    }


def _canonical(text: object) -> uuid.UUID | None:
    """Return an id written the one way ids are written here, or `None`."""
    try:
        read = uuid.UUID(text) if isinstance(text, str) else None
    except ValueError:
        return None
    return read if str(read) == text else None
