"""Two records of one provider are made one by two people, and parted again by two.

Whoever answers for the record that ends proposes it; whoever answers for the one that goes on
confirms. Both must see both records, and have no stake in either. The record that ends keeps its
number for ever and says into which it was merged; everything that hung on it goes to the other, and
every row is written down as it was, so that parting gives it back exactly, with what was changed of
it since.
"""

import uuid
from dataclasses import dataclass
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.db.events import WriteSession, announce
from app.errors import FieldFault
from app.providers.errors import (
    MergeCannotBeError,
    MergeNotFoundError,
    MergeNotOpenError,
    MergeOpenError,
    MergeOvertakenError,
    NotYoursToJudgeError,
    ProviderNotFoundError,
    RecordMergedError,
    SecondPersonNeededError,
)
from app.providers.events import ProviderChanged
from app.providers.models.ownership import Merge
from app.providers.queries import merges as queries
from app.providers.terms import MergeState, Obstacle
from app.values.uuid7 import uuid7


@dataclass(frozen=True, slots=True)
class NewMerge:
    """Which of two records goes on and which ends, by number, and why they are one provider."""

    keep: str
    absorb: str
    reason: str


async def propose(session: WriteSession, actor: Actor, new: NewMerge) -> uuid.UUID:
    """Propose to make two records one, and return the proposal's id.

    Raises:
        ProviderNotFoundError: one of them is not there, as far as the actor sees.
        MergeCannotBeError: they are one record, or belong to two owners, or the claimed one would
            end.
        MergeOpenError, MergeOvertakenError, RecordMergedError: something of either is open, or it
            was merged already.
        NotYoursToJudgeError: the actor does not answer for the record that ends, or has a stake.
    """
    await queries.take_turns(session)
    kept = await _find(session, new.keep, "/keep")
    absorbed = await _find(session, new.absorb, "/absorb")
    if kept.id == absorbed.id:
        detail = "Both numbers are of one record. Name two."
        raise MergeCannotBeError(detail, errors=(FieldFault(detail, "/absorb"),))
    for held, pointer in ((kept, "/keep"), (absorbed, "/absorb")):
        if held.merged_into is not None:
            detail = f"{held.number} was merged into {held.merged_into}. Name that one."
            raise RecordMergedError(
                detail, errors=(FieldFault(detail, pointer),), merged_into=held.merged_into
            )
    merge = Merge(
        id=uuid7(),
        kept_id=kept.id,
        absorbed_id=absorbed.id,
        state=MergeState.PROPOSED.value,
        reason=new.reason,
        proposed_by=actor.id,
        organisation_id=actor.organisation_id,
        proposed_at=clock.now(),
    )
    await _check_judged(session, merge, absorbed.id)
    await _check_obstacles(session, merge)
    await queries.add_merge(session, merge)
    await _note(session, actor, "merge.proposed", merge, reason=new.reason)
    return merge.id


async def confirm(session: WriteSession, actor: Actor, merge_id: uuid.UUID) -> None:
    """Make two records one, as a colleague proposed.

    Raises:
        MergeNotFoundError: there is no such merge that the actor sees.
        MergeNotOpenError: it does not wait for this.
        SecondPersonNeededError: the actor proposed it.
        NotYoursToJudgeError: the actor does not answer for the record that goes on, does not see
            both, or has a stake.
        MergeCannotBeError, MergeOpenError, MergeOvertakenError: what has happened since stands in
            the way.
    """
    merge = await _open(session, actor, merge_id, MergeState.PROPOSED, "proposed_by")
    await _check_judged(session, merge, merge.kept_id)
    await _check_obstacles(session, merge)
    merge.state, merge.settled_by, merge.settled_at = "merged", actor.id, clock.now()
    await session.flush()
    await queries.merge_rows(session, merge.id, clock.today())
    _announce(session, merge)
    await _note(session, actor, "merge.confirmed", merge)


async def refuse(session: WriteSession, actor: Actor, merge_id: uuid.UUID, reason: str) -> None:
    """Leave two records as they are, though a colleague proposed to make them one.

    Raises:
        MergeNotFoundError, MergeNotOpenError, SecondPersonNeededError, NotYoursToJudgeError: as for
            `confirm`.
    """
    merge = await _open(session, actor, merge_id, MergeState.PROPOSED, "proposed_by")
    await _check_judged(session, merge, merge.kept_id)
    merge.state, merge.settled_by, merge.settled_at = "refused", actor.id, clock.now()
    await session.flush()
    await _note(session, actor, "merge.refused", merge, reason=reason)


async def propose_undoing(
    session: WriteSession, actor: Actor, merge_id: uuid.UUID, reason: str
) -> None:
    """Propose to part two records that were made one.

    Raises:
        MergeNotFoundError: there is no such merge that the actor sees.
        MergeNotOpenError: the two are not merged, or this was proposed already.
        MergeOvertakenError: the record that went on was itself merged since: part that first.
        MergeOpenError: another merge of it waits for a second person.
        NotYoursToJudgeError: the actor does not answer for the record, or has a stake.
    """
    merge = await _open(session, actor, merge_id, MergeState.MERGED, None)
    await _check_judged(session, merge, merge.kept_id)
    await _check_partable(session, merge)
    merge.state, merge.undo_reason = MergeState.UNDOING.value, reason
    merge.undo_proposed_by, merge.undo_proposed_at = actor.id, clock.now()
    await session.flush()
    await _note(session, actor, "merge.undoing_proposed", merge, reason=reason)


async def confirm_undoing(session: WriteSession, actor: Actor, merge_id: uuid.UUID) -> None:
    """Part two records again, as a colleague proposed; what was changed since stays changed.

    Raises:
        MergeNotFoundError, MergeNotOpenError, SecondPersonNeededError, NotYoursToJudgeError: as for
            `confirm`.
        MergeOvertakenError, MergeOpenError: as for `propose_undoing`.
    """
    merge = await _open(session, actor, merge_id, MergeState.UNDOING, "undo_proposed_by")
    await _check_judged(session, merge, merge.kept_id)
    await _check_partable(session, merge)
    merge.state, merge.undo_settled_by, merge.undo_settled_at = "undone", actor.id, clock.now()
    await session.flush()
    await queries.part_rows(session, merge.id, clock.today())
    _announce(session, merge)
    await _note(session, actor, "merge.undone", merge)


async def refuse_undoing(
    session: WriteSession, actor: Actor, merge_id: uuid.UUID, reason: str
) -> None:
    """Leave two records merged, though a colleague proposed to part them.

    Raises:
        MergeNotFoundError, MergeNotOpenError, SecondPersonNeededError, NotYoursToJudgeError: as for
            `confirm`.
    """
    merge = await _open(session, actor, merge_id, MergeState.UNDOING, "undo_proposed_by")
    await _check_judged(session, merge, merge.kept_id)
    merge.state, merge.undo_reason = MergeState.MERGED.value, None
    merge.undo_proposed_by = merge.undo_proposed_at = None
    await session.flush()
    await _note(session, actor, "merge.undoing_refused", merge, reason=reason)


async def _find(session: WriteSession, number: str, pointer: str) -> Any:
    held = await queries.get_record(session, number)
    if held is None:
        detail = f"There is no record {number} that you may see."
        raise ProviderNotFoundError(detail, errors=(FieldFault(detail, pointer),))
    return held


async def _open(
    session: WriteSession,
    actor: Actor,
    merge_id: uuid.UUID,
    state: MergeState,
    proposer: str | None,
) -> Merge:
    """Return a merge that stands in a state and that somebody else proposed, locked."""
    await queries.take_turns(session)
    shown = await queries.get_merge(session, merge_id)
    if shown is None:
        raise MergeNotFoundError
    if shown.Merge.state != state:
        raise MergeNotOpenError(
            f"It is {shown.Merge.state}, not {state}. Read it again.", state=shown.Merge.state
        )
    if proposer and getattr(shown.Merge, proposer) == actor.id:
        raise SecondPersonNeededError(
            "You proposed this. Somebody else confirms it, or refuses; ask a colleague."
        )
    if None in {shown.kept_number, shown.absorbed_number}:
        raise NotYoursToJudgeError(
            "You cannot see both records, so you cannot tell whether they are one provider. Leave "
            "it to somebody who answers for both."
        )
    merge = await queries.lock_merge(session, merge_id)
    if merge is None:
        raise _not_yours()
    return merge


async def _check_judged(session: WriteSession, merge: Merge, judged: uuid.UUID) -> None:
    stake = await queries.has_stake(session, (merge.kept_id, merge.absorbed_id))
    if stake or not await queries.judges(session, judged):
        raise _not_yours()


def _not_yours() -> NotYoursToJudgeError:
    return NotYoursToJudgeError(
        "Whoever proposes a merge answers for the record that ends, whoever confirms or parts it "
        "for the one that goes on, and neither works, or has worked, for the owner of one of them. "
        "Leave it to a colleague of whom that is true."
    )


async def _check_obstacles(session: WriteSession, merge: Merge) -> None:
    found = await queries.find_obstacle(session, merge.kept_id, merge.absorbed_id, besides=merge.id)
    if found is not None:
        refusal, detail = _OBSTACLES[found]
        raise refusal(detail)


_OBSTACLES = {
    Obstacle.MERGED: (
        RecordMergedError,
        "One of the two was merged into another record meanwhile. Refuse this, and name that one.",
    ),
    Obstacle.MERGE_OPEN: (
        MergeOpenError,
        "A merge of one of the two waits for a second person. Settle that first.",
    ),
    Obstacle.CLAIM_OPEN: (
        MergeOvertakenError,
        "Somebody invited to claim one of the two has yet to answer. Wait, or withdraw the claim.",
    ),
    Obstacle.TWO_OWNERS: (
        MergeCannotBeError,
        "Two organisations own the two records. Only records of one owner can be merged.",
    ),
    Obstacle.CLAIMED_WOULD_END: (
        MergeCannotBeError,
        "The record that would end has an owner, and the other has none. Keep the claimed one.",
    ),
}


async def _check_partable(session: WriteSession, merge: Merge) -> None:
    if await queries.is_merged(session, merge.kept_id):
        raise MergeOvertakenError(
            "The record that went on was itself merged into another since. Part those first."
        )
    if await queries.has_open_merge(session, (merge.kept_id, merge.absorbed_id), besides=merge.id):
        raise MergeOpenError(
            "Another merge of the record waits for a second person. Settle that first."
        )


def _announce(session: WriteSession, merge: Merge) -> None:
    """Have both stand where their listings now say, and published in this transaction."""
    for provider_id in (merge.kept_id, merge.absorbed_id):
        announce(session, ProviderChanged(provider_id))


async def _note(
    session: WriteSession, actor: Actor, act: str, merge: Merge, *, reason: str | None = None
) -> None:
    """Write it down, for the owner of the record too, if it has one."""
    shown = await queries.get_merge(session, merge.id)
    label = f"{shown.absorbed_number} into {shown.kept_number}" if shown else None
    owner = await queries.get_owner(session, merge.kept_id)
    await record(
        session,
        actor,
        act,
        Subject("merge", merge.id, label, owner),
        reason=reason,
        after={"state": merge.state},
    )
