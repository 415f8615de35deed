"""Whom it is safe to tell of a child, as its commissioner states it."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children import personal_parts
from app.children.errors import ChildErasedError, ChildNotYoursError
from app.children.service.keeping import look_at, subject_of
from app.db.events import ReadSession, WriteSession
from app.errors import VersionChangedError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.notices.errors import ContactNotToldError, WayNotSafeError
from app.notices.queries import contacts as queries
from app.notices.schemas.contacts import ChildSafeContacts, SafeContact, SafeContactsStated
from app.rules.notices.standing import SendingWay
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
NAMED = "safe_contacts.encrypted"


async def state(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    said: SafeContactsStated,
) -> None:
    """Say whom it is safe to tell of a child, and how; the former versions stay.

    Raises:
        ChildNotFoundError: there is none that the actor may see.
        ChildNotYoursError: it is another commissioner's.
        ChildErasedError: it was erased.
        VersionChangedError: it was changed since they read it.
    """
    child_id, expected = of
    child = await look_at(session, child_id)
    if child.commissioner_id != actor.organisation_id:
        raise ChildNotYoursError("Only the commissioner whose record it is says who may be told.")
    if child.sealed_key is None:
        raise ChildErasedError("The record was erased. What is new is recorded anew.")
    await queries.lock_contacts(session, child_id)
    before = await queries.get_contacts(session, child_id)
    version = 1 if before is None else before.version
    if version != expected:
        detail = "It was changed since you read it. Read it again."
        raise VersionChangedError(detail, version=version)
    row_id = uuid7()
    key = personal_parts.open_key(ring, child_id, child.sealed_key)
    parts = said.model_dump(mode="json")
    row = {
        "id": row_id,
        "child_id": child_id,
        "version": version + 1,
        "encrypted": personal_parts.encrypt(key, context_of(NAMED, row_id), parts),
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_contacts(session, row)
    subject = subject_of(child_id, child.commissioner_id)
    after = {"version": version + 1, "people": len(said.contacts)}
    await record(session, actor, "child.safe_contacts_stated", subject, after=after)


async def tell(session: AnySession, ring: Keyring, child: Any) -> ChildSafeContacts:
    """Return what stands; nobody, where nothing was said or the record was erased."""
    row = await queries.get_contacts(session, child.id)
    return ChildSafeContacts(
        child=child.id,
        contacts=list(_opened(ring, child, row)),
        version=1 if row is None else row.version,
        recorded_by=None if row is None else row.recorded_by_name,
        recorded_at=None if row is None else row.recorded_at,
    )


async def list_contacts(
    session: AnySession, ring: Keyring, child: Any
) -> Mapping[int, SafeContact] | None:
    """Return a child's safe contacts by their numbers; nothing where nobody has said."""
    row = await queries.get_contacts(session, child.id)
    return None if row is None else {one.number: one for one in _opened(ring, child, row)}


def check_told(contact: SafeContact | None, way: SendingWay | None = None) -> None:
    """Refuse to write to who is not to be told, or by a way that is not safe.

    Args:
        contact: the person as they stand now; nobody, where they were taken off the list.
        way: how it is sent; empty while it is composed.

    Raises:
        ContactNotToldError: they are not to be told.
        WayNotSafeError: it is not one of their ways.
    """
    if contact is None or not contact.to_be_told:
        raise ContactNotToldError(
            "The child's safe contacts say so, or name them no longer. Choose somebody else, or "
            "put the safe contacts right first."
        )
    if way is not None and way not in contact.ways:
        ways = ", ".join(sorted(contact.ways))
        raise WayNotSafeError(f"The child's safe contacts allow: {ways}. Send it so.")


def _opened(ring: Keyring, child: Any, row: Any) -> Sequence[SafeContact]:
    if row is None or child.sealed_key is None:
        return ()
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    parts = personal_parts.decrypt(key, context_of(NAMED, row.id), row.encrypted)
    return SafeContactsStated.model_validate(parts).contacts
