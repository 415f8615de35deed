"""Codes from an authenticator (RFC 6238): set up once, each taken once."""

import hmac
from dataclasses import dataclass
from datetime import datetime

import pyotp

from app import clock
from app.access import Actor
from app.audit import service as audit
from app.audit.terms import Subject
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of, open_sealed, seal
from app.organisations.errors import SecondFactorRefusedError
from app.organisations.models.sign_in import SignInStep
from app.organisations.queries import second_factors as queries

ISSUER = "Register of alternative provision"
PERIOD = 30
DRIFT = 1
"""How many half minutes a device's clock may be off either way (RFC 6238 §5.2 suggests one)."""

_WRONG = (
    "The code is not good. Type the six digits that your authenticator shows now; each code works "
    "once. If they are right, look whether your device's clock is."
)


@dataclass(frozen=True, slots=True)
class SetUp:
    """What a person's authenticator needs.

    Attributes:
        secret: to be typed in, where no picture can be taken; base 32.
        address: the same as an `otpauth:` address, for a QR code.
    """

    secret: str
    address: str


async def set_up_authenticator(session: WriteSession, ring: Keyring, step: SignInStep) -> SetUp:
    """Offer a new secret for an authenticator; it counts once a code from it was shown.

    The same step is offered the same secret again, so that a page that is loaded twice does not
    spoil what was scanned from it before.
    """
    context = context_of("sign_in_steps.sealed_secret", step.id)
    name = await queries.lock_person(session, step.person_id)
    if step.sealed_secret is None:
        secret = pyotp.random_base32()
        sealed = seal(ring, secret.encode(), context)
        await queries.change_step(session, step.id, sealed_secret=sealed)
    else:
        secret = open_sealed(ring, step.sealed_secret, context).decode()
    return SetUp(secret, pyotp.TOTP(secret).provisioning_uri(name=name, issuer_name=ISSUER))


async def confirm_authenticator(
    session: WriteSession, actor: Actor, ring: Keyring, step: SignInStep, code: str
) -> None:
    """Keep an authenticator, because its holder showed a code from it.

    Raises:
        SecondFactorRefusedError: the code is not from the secret offered, or the person has an
            authenticator already.
    """
    await queries.lock_person(session, step.person_id)
    if (await queries.get_factors(session, step.person_id)).authenticator is not None:
        raise SecondFactorRefusedError(
            "You have an authenticator already. An administrator of your organisation can take it "
            "away, so that you can set up another."
        )
    if step.sealed_secret is None:
        raise SecondFactorRefusedError(_WRONG)
    context = context_of("sign_in_steps.sealed_secret", step.id)
    secret = open_sealed(ring, step.sealed_secret, context)
    counter = _counter_of(secret.decode(), code, clock.now())
    kept = context_of("authenticators.sealed_secret", step.person_id)
    await queries.keep_authenticator(
        session,
        {
            "person_id": step.person_id,
            "sealed_secret": seal(ring, secret, kept),
            "last_counter": counter,
            "added_at": clock.now(),
        },
    )
    await queries.change_step(session, step.id, sealed_secret=None)
    subject = Subject("person", step.person_id)
    await audit.record(session, actor, "second_factor.added", subject, after={"kind": "code"})


async def check_code(session: WriteSession, ring: Keyring, step: SignInStep, code: str) -> None:
    """Take a code that a person's authenticator shows; nobody can use it again.

    Raises:
        SecondFactorRefusedError: it is not good now, or was used before.
    """
    authenticator = (await queries.get_factors(session, step.person_id)).authenticator
    if authenticator is None:
        raise SecondFactorRefusedError(_WRONG)
    context = context_of("authenticators.sealed_secret", step.person_id)
    secret = open_sealed(ring, authenticator.sealed_secret, context).decode()
    counter = _counter_of(secret, code, clock.now())
    if not await queries.advance_counter(session, step.person_id, counter):
        raise SecondFactorRefusedError(_WRONG)


def _counter_of(secret: str, code: str, moment: datetime) -> int:
    """Return the half minute whose code this is."""
    digits = "".join(code.split())
    present = int(moment.timestamp()) // PERIOD
    generator = pyotp.HOTP(secret)
    found = None
    for counter in range(present - DRIFT, present + DRIFT + 1):
        if hmac.compare_digest(generator.at(counter), digits.encode("ascii", "replace").decode()):
            found = counter
    if found is None:
        raise SecondFactorRefusedError(_WRONG)
    return found
