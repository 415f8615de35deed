"""Machines of an organisation: added, renamed and revoked by its administrators, for its systems.

Whoever changes a machine or its secrets locks the machine's row first.
"""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app import clock
from app.access import SCOPES, Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, VersionChangedError
from app.organisations.errors import (
    MachineNotFoundError,
    MachineRevokedError,
    OrganisationNotFoundError,
    ScopesNotForMachinesError,
    SecretNotFoundError,
    SecretRevokedError,
    TooManySecretsError,
)
from app.organisations.models.machines import Machine
from app.organisations.queries import machines as queries
from app.organisations.queries import members as members_queries
from app.organisations.schemas.machines import NewMachine
from app.organisations.terms import MOST_SECRETS, SECRET_LASTS
from app.organisations.tokens import hash_token, new_token
from app.values.uuid7 import uuid7

_ENDING = 4


@dataclass(frozen=True, slots=True)
class Which:
    """Names a machine, as its address does.

    Attributes:
        organisation_id: whose it is.
        id: its own.
    """

    organisation_id: uuid.UUID
    id: uuid.UUID


@dataclass(frozen=True, slots=True)
class MadeSecret:
    """A secret that was just made.

    Attributes:
        machine_id: whose.
        id: its own.
        secret: to be shown once; nobody can read it again.
    """

    machine_id: uuid.UUID
    id: uuid.UUID
    secret: str


async def check_administered(
    session: ReadSession | WriteSession, organisation_id: uuid.UUID
) -> None:
    """See that the actor administers an organisation, or one above it.

    Raises:
        OrganisationNotFoundError: they do not; whether it exists is not told.
    """
    found = await members_queries.get_organisation(session, organisation_id, administered=True)
    if found is None:
        raise OrganisationNotFoundError(
            "You administer no organisation of this id. Check the address, and for which "
            "organisation you act."
        )


async def get_machine(session: ReadSession | WriteSession, which: Which) -> Machine:
    """Return a machine of an organisation.

    Raises:
        MachineNotFoundError: there is none that the actor may see.
    """
    return _found(await queries.get_machine(session, which.organisation_id, which.id))


async def add_machine(
    session: WriteSession, actor: Actor, organisation_id: uuid.UUID, new: NewMachine
) -> MadeSecret:
    """Let another system act for an organisation, with these scopes and a first secret.

    Raises:
        OrganisationNotFoundError: the actor administers none of this id.
        ScopesNotForMachinesError: a scope is one that no machine is given.
    """
    await check_administered(session, organisation_id)
    scopes = _scopes(new)
    machine_id, present = uuid7(), clock.now()
    await queries.insert_machine(
        session,
        {
            "id": machine_id,
            "organisation_id": organisation_id,
            "name": new.name,
            "scopes": scopes,
            "added_by": actor.id,
            "added_at": present,
            "version": 1,
        },
    )
    subject = Subject("machine", machine_id, new.name, organisation_id)
    after = {"name": new.name, "scopes": scopes}
    await record(session, actor, "machine.added", subject, after=after)
    return await _make_secret(session, actor, subject, present)


async def rename_machine(
    session: WriteSession,
    actor: Actor,
    which: Which,
    name: str,
    expected: int,
) -> None:
    """Call a machine something else.

    Args:
        session: the transaction.
        actor: an administrator.
        which: the machine.
        name: the new one.
        expected: the version the actor believes is the present one.

    Raises:
        MachineNotFoundError: there is none that the actor may see.
        MachineRevokedError: it was revoked; it stays on record as it was.
        VersionChangedError: somebody changed it since.
    """
    held = await _lock(session, which, expected)
    await queries.change_machine(session, held.id, {"name": name})
    before, after = {"name": held.name}, {"name": name}
    await record(session, actor, "machine.renamed", _subject(held), before=before, after=after)


async def revoke_machine(session: WriteSession, actor: Actor, which: Which, expected: int) -> None:
    """Shut a machine out for good; its next request is refused, whatever token it holds.

    Raises:
        MachineNotFoundError: there is none that the actor may see.
        MachineRevokedError: it was revoked before.
        VersionChangedError: somebody changed it since.
    """
    held = await _lock(session, which, expected)
    present = clock.now()
    await queries.change_machine(session, held.id, {"revoked_at": present})
    after = {"revoked_at": present}
    await record(session, actor, "machine.revoked", _subject(held), after=after)


async def add_secret(session: WriteSession, actor: Actor, which: Which) -> MadeSecret:
    """Make another secret, so that one can be replaced while the other still works.

    Raises:
        MachineNotFoundError: there is none that the actor may see.
        MachineRevokedError: it was revoked.
        TooManySecretsError: it has as many as it may.
    """
    held = await _lock(session, which)
    present = clock.now()
    if await queries.count_live_secrets(session, held.id, present) >= MOST_SECRETS:
        raise TooManySecretsError(
            f"This machine has {MOST_SECRETS} live secrets, which is as many as it may. "
            "Revoke the one that is no longer used, then make another."
        )
    await queries.change_machine(session, held.id, {})
    return await _make_secret(session, actor, _subject(held), present)


async def revoke_secret(
    session: WriteSession, actor: Actor, which: Which, secret_id: uuid.UUID
) -> None:
    """Let a secret, and every token got with it, be of no further use.

    Raises:
        MachineNotFoundError: there is none that the actor may see.
        SecretNotFoundError: it has no such secret.
        SecretRevokedError: it was revoked before.
    """
    held = _found(await queries.get_machine(session, which.organisation_id, which.id, lock=True))
    secret = await queries.get_secret(session, held.id, secret_id)
    if secret is None:
        raise SecretNotFoundError("This machine has no secret of that id. Check the address.")
    if secret.revoked_at is not None:
        raise SecretRevokedError("This secret was revoked before. There is nothing left to do.")
    present = clock.now()
    await queries.revoke_secret(session, secret_id, present)
    await queries.change_machine(session, held.id, {})
    subject = Subject("machine_secret", secret_id, held.name, held.organisation_id)
    after = {"revoked_at": present, "machine_id": held.id}
    await record(session, actor, "machine_secret.revoked", subject, after=after)


async def _make_secret(
    session: WriteSession, actor: Actor, machine: Subject, present: datetime
) -> MadeSecret:
    made = MadeSecret(uuid.UUID(str(machine.id)), uuid7(), new_token())
    row: dict[str, Any] = {
        "id": made.id,
        "machine_id": made.machine_id,
        "secret_hash": hash_token(made.secret),
        "ending": made.secret[-_ENDING:],
        "made_at": present,
        "expires_at": present + SECRET_LASTS,
    }
    await queries.insert_secret(session, row)
    subject = Subject("machine_secret", made.id, machine.label, machine.organisation_id)
    after = {"machine_id": made.machine_id, "expires_at": row["expires_at"]}
    await record(session, actor, "machine_secret.made", subject, after=after)
    return made


async def _lock(session: WriteSession, which: Which, expected: int | None = None) -> Machine:
    """Return a machine that is locked, live, and of the version the actor believes it has."""
    held = _found(await queries.get_machine(session, which.organisation_id, which.id, lock=True))
    if held.revoked_at is not None:
        raise MachineRevokedError(
            "This machine was revoked, for good; it is kept on record. Add another one."
        )
    if expected is not None and held.version != expected:
        raise VersionChangedError(
            "Somebody changed this machine since you read it. Read it again, then decide anew."
        )
    return held


def _found(machine: Machine | None) -> Machine:
    if machine is None:
        raise MachineNotFoundError(
            "This organisation has no machine of that id, or none that you may see."
        )
    return machine


def _subject(machine: Machine) -> Subject:
    return Subject("machine", machine.id, machine.name, machine.organisation_id)


def _scopes(new: NewMachine) -> list[str]:
    """Return the scopes asked for, each once.

    Raises:
        ScopesNotForMachinesError: a scope is one that no machine is given.
    """
    allowed = ", ".join(sorted(SCOPES))
    faults = tuple(
        FieldFault(f"No machine is given this. Choose among: {allowed}.", f"/scopes/{place}")
        for place, scope in enumerate(new.scopes)
        if scope not in SCOPES
    )
    if faults:
        raise ScopesNotForMachinesError(
            "Machines query, sync, submit and record; deciding, signing, publishing and letting "
            f"others in are acts of a named person. A machine can be given: {allowed}.",
            errors=faults,
        )
    return sorted(set(new.scopes))
