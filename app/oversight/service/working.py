"""Looking for a child: what was tried, and who may say so."""

import uuid
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children import personal_parts
from app.children.queries.children import get_child
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.oversight.errors import (
    FollowUpClosedError,
    FollowUpNotFoundError,
    FollowUpNotYoursError,
)
from app.oversight.queries import follow_ups as queries
from app.oversight.schemas import FollowUpStepStated
from app.oversight.service.opening import subject_of
from app.oversight.terms import StepKind
from app.rules.missing.chasing import next_step
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
SAID = "follow_up_steps.encrypted"


async def look_at(session: AnySession, follow_up_id: uuid.UUID) -> Any:
    """Return a follow-up that the actor may see.

    Raises:
        FollowUpNotFoundError: there is none.
    """
    found = await queries.get_follow_up(session, follow_up_id)
    if found is None:
        raise FollowUpNotFoundError(
            "No follow-up has this id, or none of a child whom you place, teach or answer for."
        )
    return found


async def add_step(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, int],
    step: FollowUpStepStated,
) -> None:
    """Write down what was tried, and by when something further is.

    Args:
        session: the transaction.
        actor: of the school or an authority that looks, or of the commissioner.
        ring: opens the child's key.
        of: the follow-up's id, and the version the caller read.
        step: what was tried.

    Raises:
        FollowUpNotFoundError, FollowUpNotYoursError, FollowUpClosedError: as for `held_open`.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: it was tried before the child was missed, or lies ahead.
    """
    held = await held_open(session, actor, *of, commissioner=True)
    if not held.since <= step.taken_on <= clock.today():
        _refuse("A step is of a day from the end of the placement to today.", "/taken_on")
    await write_step(session, actor, ring, held, (step.kind, step))
    due = max(held.next_step_by, next_step(step.taken_on).due_on)
    await queries.change_follow_up(session, held.id, {"next_step_by": due})
    after = {"kind": step.kind, "taken_on": step.taken_on}
    await record(session, actor, "follow_up.step_taken", subject_of(held), after=after)


async def held_open(
    session: WriteSession,
    actor: Actor,
    follow_up_id: uuid.UUID,
    expected: int,
    *,
    commissioner: bool = False,
) -> Any:
    """Return a follow-up that has not ended and that the actor looks into, locked.

    Args:
        session: the transaction.
        actor: who.
        follow_up_id: which.
        expected: the version the caller read.
        commissioner: whether the placement's commissioner may do it as well.

    Raises:
        FollowUpNotFoundError: there is none that the actor may see.
        FollowUpNotYoursError: others look for the child.
        VersionChangedError: it was changed since they read it.
        FollowUpClosedError: it has ended.
    """
    seen = await look_at(session, follow_up_id)
    own = commissioner and actor.organisation_id == seen.commissioner_id
    if not own and not looks_for(actor, seen):
        raise FollowUpNotYoursError(
            "It is taken further by the school on whose roll the child is and by the local "
            "authority that looks for it."
        )
    return await locked_open(session, follow_up_id, expected)


async def locked_open(session: WriteSession, follow_up_id: uuid.UUID, expected: int) -> Any:
    """Return a follow-up as it is held, locked.

    Raises:
        VersionChangedError: it was changed since they read it.
        FollowUpClosedError: it has ended.
    """
    held = await queries.get_follow_up(session, follow_up_id, lock=True)
    if held is None or held.version != expected:
        raise VersionChangedError(
            "It was changed since you read it. Read it again.",
            version=held.version if held else None,
        )
    if held.closed_on is not None:
        raise FollowUpClosedError(
            f"It ended on {held.closed_on}. If that was wrong, the commissioner corrects the end "
            "of the placement, and it goes on."
        )
    return held


def looks_for(actor: Actor, follow_up: Any) -> bool:
    """Say whether somebody acts for the school or an authority that looks for the child."""
    if actor.organisation_id is not None and actor.organisation_id == follow_up.school_id:
        return True
    return actor.la_code is not None and actor.la_code in {
        follow_up.la_code,
        follow_up.care_la_code,
    }


async def write_step(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    follow_up: Any,
    step: tuple[StepKind, Any],
) -> None:
    """Keep a step; what was said lies under the child's own key."""
    kind, told = step
    child = await get_child(session, follow_up.child_id)
    if child is None or child.sealed_key is None:
        message = "a follow-up that is open, of a child that is erased"
        raise LookupError(message)
    step_id, key = uuid7(), personal_parts.open_key(ring, child.id, child.sealed_key)
    said = personal_parts.encrypt(key, context_of(SAID, step_id), {"what": told.what})
    row = {
        "id": step_id,
        "follow_up_id": follow_up.id,
        "kind": kind.value,
        "taken_on": getattr(told, "taken_on", clock.today()),
        "by_name": actor.name,
        "organisation_id": actor.organisation_id,
        "encrypted": said,
        "recorded_at": clock.now(),
    }
    await queries.add_step(session, row)


async def said_in(
    session: AnySession, ring: Keyring, follow_up: Any, steps: Any
) -> dict[uuid.UUID, str]:
    """Return what was said in each step, for those who may see the child; otherwise nothing."""
    child = await get_child(session, follow_up.child_id)
    if child is None or child.sealed_key is None:
        return {}
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    return {
        one.id: personal_parts.decrypt(key, context_of(SAID, one.id), one.encrypted)["what"]
        for one in steps
    }


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
