"""Where machines get tokens (RFC 6749 §4.4), and where the keys to verify them with are published.

Refusals are in OAuth's own shape, because client libraries read that and not problem details.
"""

import hashlib
from collections.abc import Callable
from typing import Any, TypeVar

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.aio.strategies import FixedWindowRateLimiter
from starlette.background import BackgroundTask

from app.access import DOORKEEPER, SCOPES, Actor
from app.audit.refusals import Tallies
from app.audit.service import record_refusal
from app.audit.terms import Subject
from app.config import Settings
from app.db.transactions import reading, transaction
from app.http import failures
from app.http.etag import not_modified, strong_etag
from app.http.rate_limits import BoundedStorage
from app.http.request_ids import request_id_of
from app.http.sessions import database_of
from app.organisations.errors import (
    ClientRefusedError,
    TokenRequestRefusedError,
    TooManyTriesError,
)
from app.organisations.router.token_requests import FORM, GRANT, read_form, read_request
from app.organisations.schemas.machines import (
    AuthorizationServer,
    PublishedKeys,
    TokenAnswer,
    TokenRefusal,
)
from app.organisations.service.machine_tokens import TokenRequest, issue_token
from app.organisations.service.signing_keys import published_keys

router = APIRouter(tags=["machines"])

WRONG_SECRETS: RateLimitItem = RateLimitItemPerMinute(10, 5)
"""How many wrong secrets for one client are answered as such in five minutes, in each worker by
itself. The right secret is always taken: nobody can lock a machine out by guessing."""

_NEVER_STORED = {"Cache-Control": "no-store", "Pragma": "no-cache"}
_CHALLENGE = {"WWW-Authenticate": 'Basic realm="ap-register", charset="UTF-8"'}
_ACT = "POST /oauth/token"
_KEYS_KEPT = "public, max-age=300"
_FIELDS = {
    "grant_type": {"type": "string", "const": GRANT},
    "scope": {"type": "string", "description": "Parted by spaces; all the machine has if left out"},
    "client_id": {"type": "string", "description": "Unless sent in the header Authorization"},
    "client_secret": {"type": "string", "description": "Unless sent in the header Authorization"},
}
_BODY = {
    "required": True,
    "content": {
        FORM: {"schema": {"type": "object", "required": ["grant_type"], "properties": _FIELDS}}
    },
}
_REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"description": "The request cannot be answered with a token", "model": TokenRefusal},
    401: {"description": "The client credentials are not good", "model": TokenRefusal},
    429: {"description": "Too many wrong secrets for this client", "model": TokenRefusal},
}

Kept = TypeVar("Kept")


@router.post(
    "/oauth/token",
    operation_id="getToken",
    response_model=TokenAnswer,
    responses=_REFUSALS,
    openapi_extra={"requestBody": _BODY},
)
async def get_token(request: Request) -> Response:
    """Give a machine a short-lived access token for its client credentials."""
    asked: TokenRequest | None = None
    state = request.app.state
    try:
        asked = read_request(request, await read_form(request))
        async with transaction(database_of(request), DOORKEEPER) as session:
            given = await issue_token(
                session, state.settings, state.keyring, asked, request_id_of(request.scope)
            )
    except TokenRequestRefusedError as refusal:
        return await _refuse(request, asked, refusal)
    answer = TokenAnswer(
        access_token=given.token,
        token_type="Bearer",  # noqa: S106 - the type's name
        expires_in=given.expires_in,
        scope=" ".join(given.scopes),
    )
    return JSONResponse(answer.model_dump(), headers=_NEVER_STORED)


class KeySet(JSONResponse):
    """A set of keys (RFC 7517 §8.5.2)."""

    media_type = "application/jwk-set+json"


@router.get(
    "/oauth/keys",
    operation_id="listTokenKeys",
    response_class=KeySet,
    response_model=PublishedKeys,
)
async def list_keys(request: Request) -> Response:
    """Publish the keys that tokens are, were lately, or will soon be signed with (RFC 7517)."""
    async with reading(database_of(request), DOORKEEPER) as session:
        keys = await published_keys(session)
    body = PublishedKeys.model_validate({"keys": keys}).model_dump_json().encode()
    kept = _KEYS_KEPT if keys else "no-store"  # the first key signs as soon as it is made
    headers = {"ETag": strong_etag(body), "Cache-Control": kept}
    return not_modified(request, headers["ETag"], headers) or Response(
        body, media_type=KeySet.media_type, headers=headers
    )


@router.get(
    "/.well-known/oauth-authorization-server",
    operation_id="describeTokens",
    response_model=AuthorizationServer,
)
async def describe(request: Request) -> Response:
    """Say how tokens are got here (RFC 8414)."""
    settings: Settings = request.app.state.settings
    told = AuthorizationServer(
        issuer=settings.address,
        token_endpoint=f"{settings.address}/oauth/token",
        jwks_uri=f"{settings.address}/oauth/keys",
        grant_types_supported=[GRANT],
        response_types_supported=[],
        scopes_supported=sorted(SCOPES),
        token_endpoint_auth_methods_supported=["client_secret_basic", "client_secret_post"],
    )
    body = told.model_dump_json().encode()
    headers = {"ETag": strong_etag(body), "Cache-Control": _KEYS_KEPT}
    return not_modified(request, headers["ETag"], headers) or Response(
        body, media_type="application/json", headers=headers
    )


async def _refuse(
    request: Request, asked: TokenRequest | None, refusal: TokenRequestRefusedError
) -> Response:
    """Answer a refusal, and write it down where it is known whose it is.

    Writing comes after the answer has left, so that how long that takes tells nothing.
    """
    if isinstance(refusal, ClientRefusedError) and asked is not None:
        key = hashlib.sha256(asked.client_id.encode("utf-8", "surrogatepass")).hexdigest()
        if not await _kept(request, "wrong_secrets", _wrong_secrets).hit(WRONG_SECRETS, key):
            refusal = TooManyTriesError(
                "Wrong secrets were sent for this client too often. Wait five minutes, or send the "
                "right one: it is taken at once."
            )
    headers = dict(_NEVER_STORED)
    if isinstance(refusal, ClientRefusedError):
        headers |= _CHALLENGE
    if isinstance(refusal, TooManyTriesError):
        headers["Retry-After"] = str(WRONG_SECRETS.get_expiry())
    told = TokenRefusal(error=refusal.code, error_description=refusal.detail)
    machine = refusal.refused
    noting = BackgroundTask(_note, request, machine, refusal.slug) if machine else None
    return JSONResponse(
        told.model_dump(), status_code=refusal.status, headers=headers, background=noting
    )


async def _note(request: Request, machine: Actor, reason: str) -> None:
    left_out = _kept(request, "token_refusals", Tallies).count(machine.caller, _ACT)
    if left_out is None:
        return
    subject = Subject("machine", str(machine.id), machine.name, machine.organisation_id)
    try:
        async with transaction(database_of(request), DOORKEEPER) as session:
            await record_refusal(session, machine, _ACT, subject, reason, left_out=left_out)
    except Exception as failure:  # noqa: BLE001 - the caller has been answered; it is logged
        failures.record("refusal.not_noted", failure, ours=True)


def _kept(request: Request, name: str, make: Callable[[], Kept]) -> Kept:
    """Return what this application keeps in memory under a name; made when it is first needed."""
    state = request.app.state
    if not hasattr(state, name):
        setattr(state, name, make())
    held: Kept = getattr(state, name)
    return held


def _wrong_secrets() -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(BoundedStorage())
