"""A commissioner's record of a child: added, changed, and who has which duty since when."""

import uuid
from collections.abc import Iterable
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.children import personal_parts
from app.children.errors import (
    ChildErasedError,
    ChildHeldAlreadyError,
    ChildNotFoundError,
    ChildNotYoursError,
)
from app.children.events import ChildChanged
from app.children.queries import children as queries
from app.children.schemas import ChildIdentity, Circumstances, NewChild
from app.children.service.matching import Linked, link_of, match_child
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.organisations.queries.organisations import find_by_identifiers
from app.organisations.terms import PLACING_KINDS
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
PARTICULARS = "child_particulars.encrypted"


async def add_child(
    session: WriteSession, actor: Actor, ring: Keyring, new: NewChild
) -> tuple[uuid.UUID, Linked | None]:
    """Add a child of the actor's organisation; return its id, and what it matches if it is new.

    Sent again under the same reference, nothing is added.

    Raises:
        ChildNotYoursError: the actor's organisation places no children.
        ChildHeldAlreadyError: the reference is another child's, or another reference this child's.
        InvalidRequestError: the day of birth lies ahead, or no such school or authority is known.
    """
    commissioner_id = _commissioner(actor)
    await queries.lock_reference(session, commissioner_id, new.reference)
    earlier = await queries.find_by_reference(session, commissioner_id, new.reference)
    if earlier is not None:
        await _check_same(session, ring, earlier, new)
        return earlier, None
    check_birth(new)
    duties = await _read(session, new.circumstances, "/circumstances")
    child_id, present = uuid7(), clock.now()
    key, sealed = personal_parts.new_key(ring, child_id)
    row = {
        "id": child_id,
        "commissioner_id": commissioner_id,
        "reference": new.reference,
        "sealed_key": sealed,
        "date_of_birth": new.date_of_birth,
        "recorded_at": present,
        "changed_at": present,
        "version": 1,
    }
    await queries.add_child(session, row, _encrypted(key, child_id, new))
    stated = {"child_id": child_id, "recorded_at": present, "version": 1}
    await queries.keep_circumstances(session, duties | stated)
    linked = await match_child(session, ring, (child_id, commissioner_id), new)
    announce(session, ChildChanged(child_id, linked.link_id))
    after = {"match": linked.status, "method": linked.method}
    await record(session, actor, "child.added", subject_of(child_id, commissioner_id), after=after)
    return child_id, linked


async def change_identity(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    identity: ChildIdentity,
) -> Linked:
    """Put right who a child is; it is matched anew, and a changed number is no longer the former's.

    Args:
        session: the transaction.
        actor: for the commissioner.
        ring: opens the child's key.
        of: the child's id, and the version the caller read.
        identity: who it is; the whole of it.

    Raises:
        ChildNotFoundError, ChildNotYoursError, ChildErasedError: as for `held_for_change`.
        VersionChangedError: it was changed since they read it.
        ChildHeldAlreadyError: another of their records has this number.
        InvalidRequestError: the day of birth lies ahead.
    """
    held = await held_for_change(session, actor, *of)
    check_birth(identity)
    key = personal_parts.open_key(ring, held.id, held.sealed_key)
    values = {"date_of_birth": identity.date_of_birth, "changed_at": clock.now()}
    await queries.change_child(session, held.id, values, _encrypted(key, held.id, identity))
    linked = await match_child(session, ring, (held.id, held.commissioner_id), identity)
    announce(session, ChildChanged(held.id, linked.link_id))
    after = {"match": linked.status, "method": linked.method}
    subject = subject_of(held.id, held.commissioner_id)
    await record(session, actor, "child.identity_changed", subject, after=after)
    return linked


async def state_circumstances(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], stated: Circumstances
) -> None:
    """Say who has which duty towards a child from a day on.

    Raises:
        ChildNotFoundError, ChildNotYoursError, ChildErasedError: as for `held_for_change`.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: no such school or authority is known.
    """
    held = await held_for_change(session, actor, *of)
    duties = await _read(session, stated, "")
    present = clock.now()
    row = duties | {"child_id": held.id, "recorded_at": present, "version": held.version + 1}
    await queries.keep_circumstances(session, row)
    await queries.change_child(session, held.id, {"changed_at": present}, None)
    announce(session, ChildChanged(held.id, await link_of(session, held.id)))
    subject = subject_of(held.id, held.commissioner_id)
    await record(
        session, actor, "child.circumstances_stated", subject, after={"since": stated.since}
    )


async def held_for_change(
    session: WriteSession, actor: Actor, child_id: uuid.UUID, expected: int
) -> Any:
    """Return a child's record of the actor's own organisation, locked.

    Raises:
        ChildNotFoundError: there is none that the actor may see.
        ChildNotYoursError: it is another commissioner's.
        ChildErasedError: it was erased.
        VersionChangedError: it was changed since they read it.
    """
    held = await look_at(session, child_id)
    if held.commissioner_id != actor.organisation_id:
        raise ChildNotYoursError("Only the commissioner whose record it is changes it.")
    held = await queries.get_child(session, child_id, lock=True)
    if held is None or held.erased_at is not None:
        raise ChildErasedError("The record was erased. What is new is recorded anew.")
    if held.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=held.version
        )
    return held


async def look_at(session: AnySession, child_id: uuid.UUID) -> Any:
    """Return a child's record that the actor may see.

    Raises:
        ChildNotFoundError: there is none.
    """
    held = await queries.get_child(session, child_id)
    if held is None:
        raise ChildNotFoundError(
            "No child has this id, or none whose commissioner or local authority you act for."
        )
    return held


def identity_of(ring: Keyring, held: Any) -> ChildIdentity | None:
    """Return who a child is, decrypted; nothing once it is erased."""
    if held.sealed_key is None or held.encrypted is None:
        return None
    key = personal_parts.open_key(ring, held.id, held.sealed_key)
    parts = personal_parts.decrypt(key, context_of(PARTICULARS, held.id), held.encrypted)
    return ChildIdentity(date_of_birth=held.date_of_birth, **parts)


def subject_of(child_id: uuid.UUID, commissioner_id: uuid.UUID) -> Subject:
    """Return a child's record as what an act was done to: by its id, never by a name."""
    return Subject("child", child_id, None, commissioner_id)


def check_birth(identity: ChildIdentity) -> None:
    """Refuse a birth in the future.

    Raises:
        InvalidRequestError: it is one.
    """
    if identity.date_of_birth > clock.today():
        detail = "Nobody is born in the future. Check the year of the day of birth."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/date_of_birth"),))


def _commissioner(actor: Actor) -> uuid.UUID:
    if actor.organisation_id is None or actor.organisation_kind not in PLACING_KINDS:
        raise ChildNotYoursError("Act for a school, trust or local authority to add a child.")
    return actor.organisation_id


def _encrypted(key: bytes, child_id: uuid.UUID, identity: ChildIdentity) -> bytes:
    parts = {
        "upn": identity.upn,
        "given_names": identity.given_names,
        "family_name": identity.family_name,
    }
    return personal_parts.encrypt(key, context_of(PARTICULARS, child_id), parts)


async def _check_same(
    session: WriteSession, ring: Keyring, child_id: uuid.UUID, new: NewChild
) -> None:
    """Refuse another child under a reference that is taken."""
    held = await look_at(session, child_id)
    identity = identity_of(ring, held)
    stated = new.model_dump(exclude={"reference", "circumstances"})
    duties = new.circumstances.model_dump()
    told = [
        {name: getattr(row, name) for name in duties}
        for row in await queries.list_circumstances(session, child_id)
    ]
    if identity is None or identity.model_dump() != stated or duties not in told:
        detail = (
            "You hold a child under this reference with other facts. Change that record, or send "
            "another reference."
        )
        raise ChildHeldAlreadyError(
            detail, errors=(FieldFault(detail, "/reference"),), child=str(child_id)
        )


async def _read(session: WriteSession, stated: Circumstances, at: str) -> dict[str, Any]:
    """Return circumstances as they are kept.

    Raises:
        InvalidRequestError: no school has the URN, or no local authority a code.
    """
    codes = {name: getattr(stated, name) for name in ("home_la", "plan_la", "care_la")}
    given = sorted({code for code in codes.values() if code is not None})
    unknown = await queries.find_unknown_authorities(session, given)
    faults = [
        FieldFault(f"No local authority has the code {code}.", f"{at}/{name}")
        for name, code in codes.items()
        if code in unknown
    ]
    school_id = None
    if stated.school is not None:
        school_id = await find_by_identifiers(session, [("urn", stated.school)])
        if school_id is None:
            detail = f"No school with the URN {stated.school} is known. Look it up in GIAS."
            faults.append(FieldFault(detail, f"{at}/school"))
    _refuse(faults)
    return {
        "since": stated.since,
        "home_la_code": stated.home_la,
        "school_id": school_id,
        "plan_la_code": stated.plan_la,
        "care_la_code": stated.care_la,
        "has_sen": stated.sen,
    }


def _refuse(faults: Iterable[FieldFault]) -> None:
    found = tuple(faults)
    if found:
        raise InvalidRequestError("Some of what was sent is not known here.", errors=found)
