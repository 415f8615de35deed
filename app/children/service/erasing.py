"""Erasing a child's record: its key is thrown away, and the journal says that it was.

Erasure is per controller (UK GDPR Article 17): another commissioner's record of the same child, and
whatever was published or counted without a name, stays as it is.
"""

import uuid

from app import clock
from app.access import Actor, DbRole
from app.audit.service import record
from app.children.errors import ChildHeldBackError
from app.children.events import ChildErased
from app.children.journal import Erased
from app.children.queries import children as queries
from app.children.queries import unattended
from app.children.schemas import ChildErasure, ChildHold
from app.children.service import matching
from app.children.service.keeping import held_for_change, subject_of
from app.children.service.noting import ask_to_note
from app.db.events import WriteSession, announce
from app.db.transactions import acting_for
from app.providers.service.records import person_of


async def erase(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], stated: ChildErasure
) -> None:
    """Erase a child's record. What hung on it reads "erased" from then on.

    Args:
        session: the transaction; whoever holds more about the child reacts to `ChildErased` in it.
        actor: a person of the commissioner.
        of: the child's id, and the version the caller read.
        stated: why.

    Raises:
        PersonNeededError: a machine asks.
        ChildNotFoundError, ChildNotYoursError, ChildErasedError: as for `held_for_change`.
        VersionChangedError: it was changed since they read it.
        ChildStillPlacedError: a placement of the child is not closed.
        ChildHeldBackError: something stands against it.
    """
    person_id = person_of(actor)
    held = await held_for_change(session, actor, *of)
    if held.held_because is not None:
        raise ChildHeldBackError(
            f"The record is held ({held.held_because}). Lift that first, if it is over."
        )
    moment = clock.now()
    duties = await queries.list_circumstances(session, held.id)
    homes = tuple((one.since, one.home_la) for one in duties)
    announce(session, ChildErased(held.id, homes))
    await matching.forget(session, held.id)
    journal = {"child_id": held.id, "erased_at": moment, "erased_by": person_id}
    await queries.note_erasure(session, journal | {"reason": stated.reason.value})
    await queries.erase(session, held.id, moment)
    await ask_to_note(session, actor, Erased(held.id, moment, stated.reason))
    subject = subject_of(held.id, held.commissioner_id)
    await record(session, actor, "child.erased", subject, after={"reason": stated.reason})


async def erase_unattended(session: WriteSession, actor: Actor, erased: Erased) -> bool:
    """Erase a record because its time is over, or because it was erased before a backup came back.

    Args:
        session: as the worker or the operator.
        actor: which of them.
        erased: which record, when and why.

    Returns:
        Whether there was anything to erase.
    """
    found = await unattended.erase(session, erased)
    if found is None:
        return False
    homes = tuple(zip(found.since, found.home_la, strict=True))
    commissioner = Actor(actor.name, DbRole.APP, organisation_id=found.commissioner_id)
    async with acting_for(session, commissioner):  # what else it holds follows, and nothing else's
        announce(session, ChildErased(erased.child_id, homes))
    await ask_to_note(session, actor, erased)
    subject = subject_of(erased.child_id, found.commissioner_id)
    await record(session, actor, "child.erased", subject, after={"reason": erased.reason})
    return True


async def hold(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], stated: ChildHold
) -> None:
    """Say what stands against erasing a record, or that nothing does any more.

    Raises:
        PersonNeededError: a machine asks.
        ChildNotFoundError, ChildNotYoursError, ChildErasedError: as for `held_for_change`.
        VersionChangedError: it was changed since they read it.
    """
    person_of(actor)
    held = await held_for_change(session, actor, *of)
    await queries.change_child(session, held.id, {"held_because": stated.reason}, None)
    subject = subject_of(held.id, held.commissioner_id)
    await record(session, actor, "child.hold_stated", subject, after={"reason": stated.reason})
