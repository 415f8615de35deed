"""Passkeys (WebAuthn level 2): kept by a person's device, bound to this site's address."""

import ipaddress
import json
import secrets
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    AuthenticatorTransport,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from app import clock
from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.config import Settings
from app.db.events import WriteSession
from app.organisations.errors import SecondFactorRefusedError
from app.organisations.models.sign_in import Passkey, SignInStep
from app.organisations.queries import second_factors as queries
from app.values.uuid7 import uuid7

SITE_NAME = "Register of alternative provision"
MOST_PASSKEYS = 10
LONGEST_NAME = 60

_REFUSED = (
    "The passkey was not accepted. Try it again, use another one, or type the code that your "
    "authenticator shows."
)
_TRANSPORTS = frozenset(one.value for one in AuthenticatorTransport)


def site_of(settings: Settings) -> str | None:
    """Return the name passkeys are bound to, or `None` where there can be none.

    WebAuthn binds them to a host name; an address in numbers is not one.
    """
    host = urlsplit(settings.address).hostname or ""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host or None
    return None


async def offer_passkey(
    session: WriteSession, settings: Settings, step: SignInStep
) -> dict[str, Any]:
    """Return what a browser needs to make a new passkey: `navigator.credentials.create` takes it.

    Raises:
        SecondFactorRefusedError: this address cannot have passkeys, or the person has too many.
    """
    name = await queries.lock_person(session, step.person_id)
    held = (await queries.get_factors(session, step.person_id)).passkeys
    if len(held) >= MOST_PASSKEYS:
        raise SecondFactorRefusedError(f"You have {MOST_PASSKEYS} passkeys; that is the most.")
    challenge = secrets.token_bytes(32)
    options = generate_registration_options(
        rp_id=_site(settings),
        rp_name=SITE_NAME,
        user_name=name,
        user_display_name=name,
        user_id=step.person_id.bytes,
        challenge=challenge,
        exclude_credentials=_descriptors(held),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED,
            user_verification=UserVerificationRequirement.PREFERRED,
        ),
    )
    await queries.change_step(session, step.id, challenge=challenge)
    return _plain(options)


async def keep_passkey(
    session: WriteSession,
    actor: Actor,
    settings: Settings,
    step: SignInStep,
    made: tuple[dict[str, Any], str],
) -> None:
    """Keep a passkey that a browser made for the challenge of this step.

    Args:
        session: a transaction of the doorkeeper.
        actor: the doorkeeper.
        settings: say which site it must be for.
        step: whose challenge it signs.
        made: what `navigator.credentials.create` gave, as JSON, and the holder's name for it.

    Raises:
        SecondFactorRefusedError: it is for another site, challenge or purpose, or not well formed.
    """
    credential, name = made
    try:
        verified = verify_registration_response(
            credential=credential,
            expected_challenge=_challenge(step),
            expected_rp_id=_site(settings),
            expected_origin=settings.address,
        )
    except (WebAuthnException, ValueError, TypeError, KeyError) as error:
        raise SecondFactorRefusedError(_REFUSED) from error
    told = credential.get("response", {}).get("transports") or []
    await queries.keep_passkey(
        session,
        {
            "id": uuid7(),
            "person_id": step.person_id,
            "credential_id": verified.credential_id,
            "public_key": verified.credential_public_key,
            "sign_count": verified.sign_count,
            "transports": sorted({one for one in told if one in _TRANSPORTS}),
            "name": " ".join(name.split())[:LONGEST_NAME] or "Passkey",
            "added_at": clock.now(),
        },
    )
    subject = Subject("person", step.person_id)
    await audit.record(session, actor, "second_factor.added", subject, after={"kind": "passkey"})


async def ask_for_passkey(
    session: WriteSession, settings: Settings, step: SignInStep
) -> dict[str, Any]:
    """Return what a browser needs to use a passkey, as `navigator.credentials.get` takes it."""
    held = (await queries.get_factors(session, step.person_id)).passkeys
    challenge = secrets.token_bytes(32)
    options = generate_authentication_options(
        rp_id=_site(settings), challenge=challenge, allow_credentials=_descriptors(held)
    )
    await queries.change_step(session, step.id, challenge=challenge)
    return _plain(options)


async def check_passkey(
    session: WriteSession, settings: Settings, step: SignInStep, credential: dict[str, Any]
) -> None:
    """Take what a passkey signed for the challenge of this step; nobody can use it again.

    Raises:
        SecondFactorRefusedError: it is another person's, for another site or challenge, forged, or
            from a copy of the device (its count fell back).
    """
    challenge = _challenge(step)
    try:
        credential_id = base64url_to_bytes(str(credential["id"]))
        held = (await queries.get_factors(session, step.person_id)).passkeys
        passkey = next(one for one in held if one.credential_id == credential_id)
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=_site(settings),
            expected_origin=settings.address,
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
        )
    except (WebAuthnException, StopIteration, ValueError, TypeError, KeyError) as error:
        raise SecondFactorRefusedError(_REFUSED) from error
    await queries.mark_passkey_used(session, passkey.id, verified.new_sign_count, clock.now())
    await queries.change_step(session, step.id, challenge=None)


def _site(settings: Settings) -> str:
    site = site_of(settings)
    if site is None:
        raise SecondFactorRefusedError(
            "Passkeys need a host name, and this register is reached under a number. Use an "
            "authenticator's code."
        )
    return site


def _challenge(step: SignInStep) -> bytes:
    if step.challenge is None:
        raise SecondFactorRefusedError(_REFUSED)
    return step.challenge


def _descriptors(passkeys: Sequence[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [
        PublicKeyCredentialDescriptor(
            id=one.credential_id,
            transports=[AuthenticatorTransport(name) for name in one.transports],
        )
        for one in passkeys
    ]


def _plain(options: Any) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(options_to_json(options))
    return read
