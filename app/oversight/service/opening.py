"""What opens, changes and ends a follow-up without anybody asking: a placement's end, a record.

Everything here runs in the transaction that caused it, so that no child is in nobody's hands
between one and the other.
"""

import secrets
import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from app import clock
from app.access import Actor, ActorKind
from app.audit.service import record
from app.audit.terms import Subject
from app.children.events import ChildChanged, ChildErased
from app.db.events import WriteSession
from app.oversight.errors import FollowUpOpenError
from app.oversight.queries import follow_ups as queries
from app.oversight.terms import FollowUpOutcome, HandoverAnswer, HandoverReason, SpellBegin
from app.placements.events import PlacementEnded
from app.placements.terms import Destination, KnownBy, PlacementEnd
from app.rules.missing.chasing import first_contact
from app.rules.missing.owning import Searcher, searchers_of
from app.values.uuid7 import uuid7

_LETTERS = "23456789BCDFGHJKMNPQRSTVWXYZ"
"""None that is taken for another, and no vowel, so that no word comes about."""
_REOPENED = dict.fromkeys(("outcome", "evidence", "destination", "closed_on", "closed_by_name"))


async def follow_end(session: WriteSession, actor: Actor, events: Sequence[PlacementEnded]) -> None:
    """Open a follow-up where nobody knows where the child went; end it once that is learned."""
    for event in events:
        held = await queries.find_of_placement(session, event.placement_id)
        missing = (
            event.destination == Destination.UNKNOWN
            and event.reason != PlacementEnd.RECORDED_BY_MISTAKE
        )
        if missing and held is None:
            await _open(session, actor, event)
        elif missing:
            await _look_again(session, actor, held, event)
        elif held is not None:
            await _end(session, actor, held, event)


async def follow_circumstances(
    session: WriteSession, actor: Actor, events: Sequence[ChildChanged]
) -> None:
    """Let a follow-up keep to the child's record: its roll, its care, and where it lives now.

    The authority that looks goes on until the other accepts; that one is asked here.
    """
    today = clock.today()
    for child_id in dict.fromkeys(event.child_id for event in events):
        for held in await queries.find_open_of_child(session, child_id):
            duties = await queries.duties_on(session, child_id, today)
            if duties is None:
                continue
            present = {"school_id": duties.school_id, "care_la_code": duties.care_la_code}
            if present != {name: getattr(held, name) for name in present}:
                await queries.change_follow_up(session, held.id, present)
            await _ask_home(session, actor, held, duties.home_la_code)


async def leave_areas(session: WriteSession, actor: Actor, events: Sequence[ChildErased]) -> None:
    """Keep a child's record while somebody looks for it; then keep where it counted, without it.

    What was erased before a backup came back is erased anew, whoever is looked for in the backup.

    Raises:
        FollowUpOpenError: somebody does.
    """
    for event in events:
        attended = actor.kind is not ActorKind.SYSTEM
        if attended and await queries.find_open_of_child(session, event.child_id):
            raise FollowUpOpenError(
                "Nobody knows where the child is, and somebody looks for it. The record can be "
                "erased once that has an outcome."
            )
        await queries.keep_areas_of_erased(session, event.child_id, event.homes)


def subject_of(follow_up: Any) -> Subject:
    """Return a follow-up as what an act was done to: by its reference, never by a name."""
    return Subject("follow-up", follow_up.id, follow_up.reference, follow_up.commissioner_id)


async def lapse_handover(session: WriteSession, actor: Actor, follow_up_id: uuid.UUID) -> None:
    """Take back what an authority was asked and has not answered, if one was."""
    asked = await queries.get_open_handover(session, follow_up_id)
    if asked is not None:
        await queries.answer_handover(
            session,
            asked.id,
            {
                "answer": HandoverAnswer.LAPSED.value,
                "answered_on": clock.today(),
                "answered_by_name": actor.name,
            },
        )


async def _open(session: WriteSession, actor: Actor, event: PlacementEnded) -> None:
    duties = await queries.duties_on(session, event.child_id, event.ended_on)
    if duties is None:
        message = "a child of whom it was never said where it lives"
        raise LookupError(message)
    found = searchers_of(
        duties.date_of_birth,
        event.ended_on,
        on_roll=duties.school_id is not None,
        looked_after=duties.care_la_code is not None,
    )
    row = {
        "id": uuid7(),
        "reference": "FU-" + "".join(secrets.choice(_LETTERS) for _ in range(8)),
        "placement_id": event.placement_id,
        "child_id": event.child_id,
        "commissioner_id": event.commissioner_id,
        "la_code": duties.home_la_code,
        "school_id": duties.school_id if found.first is Searcher.SCHOOL else None,
        "care_la_code": duties.care_la_code if found.corporate_parent else None,
        "since": event.ended_on,
        "opened_at": clock.now(),
        "next_step_by": _first_contact(event.ended_on),
        "version": 1,
    }
    await queries.add_follow_up(session, row)
    spell = {"follow_up_id": row["id"], "la_code": row["la_code"], "since": row["since"]}
    await queries.add_spell(session, spell | {"became": SpellBegin.OPENED.value})
    subject = Subject("follow-up", row["id"], row["reference"], row["commissioner_id"])
    after = {"first": found.first, "la": row["la_code"], "rule": found.reasons[0].rule.code}
    await record(session, actor, "follow_up.opened", subject, after=after)


async def _look_again(
    session: WriteSession, actor: Actor, held: Any, event: PlacementEnded
) -> None:
    """Go on looking: the end was another day's, or the outcome was none."""
    values: dict[str, Any] = {"since": event.ended_on}
    if held.closed_on is not None:
        values |= _REOPENED | {"next_step_by": _first_contact(event.ended_on)}
    await queries.change_follow_up(session, held.id, values)
    await record(session, actor, "follow_up.reopened", subject_of(held), after=values)


async def _end(session: WriteSession, actor: Actor, held: Any, event: PlacementEnded) -> None:
    outcome, destination = _outcome_of(event)
    values = {
        "since": event.ended_on,
        "next_step_by": None,
        "outcome": outcome.value,
        "evidence": event.known_by or KnownBy.OWN_RECORD.value,
        "destination": destination,
        "closed_on": held.closed_on or clock.today(),
        "closed_by_name": held.closed_by_name or actor.name,
    }
    await queries.change_follow_up(session, held.id, values)
    await lapse_handover(session, actor, held.id)
    after = {"outcome": outcome, "destination": destination, "known_by": values["evidence"]}
    await record(session, actor, "follow_up.closed", subject_of(held), after=after)


def _outcome_of(event: PlacementEnded) -> tuple[FollowUpOutcome, str | None]:
    if event.reason == PlacementEnd.RECORDED_BY_MISTAKE:
        return FollowUpOutcome.RECORDED_BY_MISTAKE, None
    if event.destination == Destination.MOVED_ABROAD:
        return FollowUpOutcome.LEFT_THE_COUNTRY, None
    if event.destination == Destination.HOME_SCHOOL:
        return FollowUpOutcome.RETURNED_TO_SCHOOL, event.destination
    return FollowUpOutcome.FOUND, event.destination


async def _ask_home(session: WriteSession, actor: Actor, held: Any, home: str) -> None:
    """Ask the authority where the child lives now, unless it looks already or was asked."""
    asked = await queries.get_open_handover(session, held.id)
    if asked is not None and asked.to_la_code == home:
        return
    by_itself = asked is not None and asked.reason == HandoverReason.CIRCUMSTANCES_CHANGED
    if asked is not None and (by_itself or home != held.la_code):
        await lapse_handover(session, actor, held.id)
    if home != held.la_code:
        await queries.add_handover(
            session,
            {
                "id": uuid7(),
                "follow_up_id": held.id,
                "from_la_code": held.la_code,
                "to_la_code": home,
                "reason": HandoverReason.CIRCUMSTANCES_CHANGED.value,
                "offered_on": clock.today(),
                "offered_by_name": actor.name,
            },
        )


def _first_contact(ended_on: date) -> date:
    """Return by when the first contact is tried: what is recorded late is known today."""
    return first_contact(max(ended_on, clock.today())).due_on
