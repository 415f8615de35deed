"""Erasing a child's record: its key is thrown away, and the journal says that it was.

Erasure is per controller (UK GDPR Article 17): another commissioner's record of the same child, and
whatever was published or counted without a name, stays as it is.
"""

import uuid

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children.events import ChildErased
from app.children.queries import children as queries
from app.children.schemas import ChildErasure
from app.children.service import matching
from app.children.service.keeping import held_for_change, subject_of
from app.db.events import WriteSession, announce
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
    """
    person_id = person_of(actor)
    held = await held_for_change(session, actor, *of)
    moment = clock.now()
    duties = await queries.list_circumstances(session, held.id)
    homes = tuple((one.since, one.home_la) for one in duties)
    announce(session, ChildErased(held.id, homes))
    await matching.forget(session, held.id)
    journal = {"child_id": held.id, "erased_at": moment, "erased_by": person_id}
    await queries.note_erasure(session, journal | {"reason": stated.reason.value})
    await queries.erase(session, held.id, moment)
    subject = subject_of(held.id, held.commissioner_id)
    await record(session, actor, "child.erased", subject, after={"reason": stated.reason})
