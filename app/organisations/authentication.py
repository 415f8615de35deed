"""From what a request carries to whoever asks: a bearer token, or else a session's cookie."""

import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends
from starlette.requests import Request

from app import log
from app.access import DOORKEEPER, Actor
from app.config import Environment, Settings
from app.db.events import WriteSession
from app.db.transactions import transaction
from app.errors import FieldFault, InvalidRequestError
from app.http.errors import NotSignedInError, TokenRefusedError
from app.http.request_ids import request_id_of
from app.http.sessions import database_of
from app.organisations.actors import acting_for, person_actor
from app.organisations.cookies import SESSION, read_cookie
from app.organisations.errors import MachineTokenRefusedError, OrganisationNotKnownError
from app.organisations.openid import Bearer, bearer_of
from app.organisations.openid_provider import OpenIdProvider
from app.organisations.openid_tokens import BadTokenError, peek
from app.organisations.queries import sign_in as queries
from app.organisations.service.machine_tokens import machine_of_token
from app.organisations.service.sessions import Found, find_session

ORGANISATION_HEADER = "Register-Organisation"
"""Names the organisation a person with a token acts for, if they belong to several."""

_REALM = 'Bearer realm="ap-register"'
_logger = log.get(__name__)


async def authenticate(request: Request) -> Actor:
    """Find out who is asking. A bearer token counts before a cookie: it was sent on purpose.

    Raises:
        NotSignedInError: nobody said, or the session is over.
        TokenRefusedError: the token is not good.
        MachineTokenRefusedError: nor is a machine's.
        OrganisationNotKnownError: a person with a token does not belong to whom they name.
    """
    sent = request.headers.getlist("authorization")
    if sent:
        return await _actor_of_bearer(request, _read_bearer(sent))
    found = await find_cookie_session(request)
    if found is None:
        raise _not_signed_in()
    if not found.live:
        request.state.refused_actor = found.actor
        raise _not_signed_in()
    return found.actor


async def find_cookie_session(request: Request) -> Found | None:
    """Return the session whose cookie the browser brought, over or not."""
    token = read_cookie(request, SESSION)
    if token is None:
        return None
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        return await find_session(
            session, settings_of(request), token, request_id_of(request.scope)
        )


def doorkeeper_of(request: Request) -> Actor:
    """Return the doorkeeper, at work on this request."""
    return replace(DOORKEEPER, request_id=request_id_of(request.scope))


async def doorkeeper_session(request: Request) -> AsyncIterator[WriteSession]:
    """Open a transaction for finding out who somebody is, committed before the answer leaves."""
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        yield session


Doorkeeping = Annotated[WriteSession, Depends(doorkeeper_session, scope="function")]
"""A doorkeeper's transaction, for signing in and out."""


def settings_of(request: Request) -> Settings:
    """Return the service's settings."""
    held: Settings = request.app.state.settings
    return held


def provider_of(request: Request) -> OpenIdProvider | None:
    """Return the OpenID provider that is set up, if one is; what it says is kept for a while."""
    state, settings = request.app.state, settings_of(request)
    if settings.openid_issuer is None:
        return None
    held: OpenIdProvider | None = getattr(state, "openid_provider", None)
    if held is None:
        plain = settings.environment is Environment.DEMONSTRATION
        held = OpenIdProvider(settings.openid_issuer, plain_on_loopback=plain)
        state.openid_provider = held
    return held


async def _actor_of_bearer(request: Request, token: str) -> Actor:
    """Ask whoever the token says gave it: us, or the OpenID provider; nobody else is believed."""
    settings, provider = settings_of(request), provider_of(request)
    try:
        issuer = peek(token).claims.get("iss")
        if issuer == settings.address:
            return await _machine(request, token)
        bearer = await bearer_of(provider, settings.openid_token_audience, token)
    except BadTokenError as error:
        raise _token_refused(error.reason) from None
    return await _person(request, bearer)


async def _machine(request: Request, token: str) -> Actor:
    state, request_id = request.app.state, request_id_of(request.scope)
    try:
        async with transaction(database_of(request), doorkeeper_of(request)) as session:
            return await machine_of_token(session, state.settings, state.keyring, token, request_id)
    except MachineTokenRefusedError as error:
        request.state.refused_actor = error.refused
        _logger.warning("token.refused", reason=error.why)
        raise


async def _person(request: Request, bearer: Bearer) -> Actor:
    """Return the person a provider's token was given to, for the organisation they name."""
    wanted = _wanted_organisation(request)
    async with transaction(database_of(request), doorkeeper_of(request)) as session:
        known = await queries.find_person(session, bearer.issuer, bearer.subject)
        held = await queries.list_memberships(session, known.id) if known is not None else []
    if known is None:
        raise _token_refused("person")
    nobody = person_actor(known.id, known.name, None, (), request_id=request_id_of(request.scope))
    request.state.refused_actor = nobody
    if known.blocked_at is not None:
        raise _token_refused("blocked")
    chosen = _choose(held, wanted)
    if chosen is None:
        return replace(nobody, authenticated_at=bearer.authenticated_at)
    return person_actor(
        known.id,
        known.name,
        acting_for(
            chosen.organisation_id,
            chosen.organisation_name,
            chosen.organisation_kind,
            chosen.la_code,
        ),
        chosen.roles,
        session=(None, bearer.authenticated_at),
        request_id=nobody.request_id,
    )


def _choose(held: Any, wanted: uuid.UUID | None) -> Any | None:
    """Return the membership named, or the only one; `None` where there are several or none."""
    if wanted is None:
        return held[0] if len(held) == 1 else None
    for membership in held:
        if membership.organisation_id == wanted:
            return membership
    raise OrganisationNotKnownError(
        f"You do not belong to the organisation that the header {ORGANISATION_HEADER} names, or "
        "not any more."
    )


def _wanted_organisation(request: Request) -> uuid.UUID | None:
    sent = request.headers.getlist(ORGANISATION_HEADER)
    if not sent:
        return None
    try:
        (only,) = sent
        return uuid.UUID(only)
    except ValueError:
        detail = f"Send {ORGANISATION_HEADER} once, with the UUID of an organisation."
        fault = FieldFault(detail, parameter=ORGANISATION_HEADER)
        raise InvalidRequestError(detail, errors=(fault,)) from None


def _read_bearer(sent: list[str]) -> str:
    """Read the one `Authorization` header (RFC 6750 §2.1)."""
    scheme, _, token = sent[0].partition(" ")
    token = token.strip(" ")
    if len(sent) == 1 and scheme.lower() == "bearer" and token and " " not in token:
        return token
    raise TokenRefusedError(
        "The header Authorization cannot be read. Send it once, as: Authorization: Bearer TOKEN",
        headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'},
    )


def _token_refused(reason: str) -> TokenRefusedError:
    _logger.warning("token.refused", reason=reason)
    return TokenRefusedError(
        "The token is not good for this service, or no longer. Get a new one where you got it.",
        headers={"WWW-Authenticate": f'{_REALM}, error="invalid_token"'},
    )


def _not_signed_in() -> NotSignedInError:
    return NotSignedInError(
        "Sign in at /sign-in, or send an access token: Authorization: Bearer …",
        headers={"WWW-Authenticate": _REALM},
    )
