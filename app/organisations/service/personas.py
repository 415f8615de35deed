"""Invented people, who are signed in as with one click: in a demonstration and nowhere else."""

import uuid
from dataclasses import dataclass, field
from typing import cast

from app import clock
from app.config import Settings
from app.db.events import ReadSession, WriteSession
from app.keyring.ring import Keyring
from app.ledger.queries import get_head
from app.organisations.errors import SignInRefusedError
from app.organisations.queries import sign_in as queries
from app.organisations.service.sessions import Browser, Opened, SignedIn, open_session
from app.organisations.service.sign_in import check_not_blocked, only_membership
from app.organisations.terms import DEMONSTRATION_ISSUER, Method


@dataclass(slots=True)
class Persona:
    """An invented person one can be.

    Attributes:
        id: theirs.
        name: theirs.
        works_for: each organisation's name, and the roles held there.
    """

    id: uuid.UUID
    name: str
    works_for: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)


async def list_personas(session: ReadSession) -> list[Persona]:
    """Return whom one can be, by name; nobody unless the register is a demonstration."""
    head = await get_head(session)
    if not head.demonstration:
        return []
    found: dict[uuid.UUID, Persona] = {}
    for row in await queries.list_people_of(session, DEMONSTRATION_ISSUER):
        persona = found.setdefault(row.id, Persona(row.id, row.name))
        if row.organisation_name is not None:
            persona.works_for.append((row.organisation_name, tuple(row.roles)))
    return list(found.values())


async def sign_in_as(
    session: WriteSession,
    ring: Keyring,
    settings: Settings,
    person_id: uuid.UUID,
    browser: Browser,
) -> Opened:
    """Sign in as an invented person.

    Refused three times over: by the settings, by the mark on the log that every provider in it is
    invented, and unless the person was made for demonstrations. Real people are never reached.

    Raises:
        SignInRefusedError: this is no demonstration, or the person is not invented.
        PersonBlockedError: they were blocked, as may be tried out.
        OrganisationNotKnownError: they belong to no organisation any more.
    """
    head = await get_head(cast("ReadSession", session))
    if not settings.may_sign_in_for_demonstration or not head.demonstration:
        raise SignInRefusedError(
            "This is not a demonstration, so nobody signs in as an invented person here."
        )
    known = await queries.find_by_identity_of(session, DEMONSTRATION_ISSUER, person_id)
    if known is None:
        raise SignInRefusedError("That is not one of the invented people. Choose one at /sign-in.")
    check_not_blocked(known.blocked_at)
    membership_id = await only_membership(session, known.id)
    who = SignedIn(known.id, membership_id, Method.DEMONSTRATION, clock.now())
    return await open_session(session, ring, settings, who, browser)
