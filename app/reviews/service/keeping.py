"""Keeping what a review found, what a provider says for it, and that a change is known."""

import uuid
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.children.queries.children import get_child
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.placements.errors import PlacementEndedError, PlacementNotYoursError
from app.placements.service.recording import look_at, subject_of
from app.reviews.errors import (
    NothingToAcknowledgeError,
    PlaceNotYoursError,
    ReviewHeldAlreadyError,
)
from app.reviews.queries import reviews as queries
from app.reviews.schemas import ReviewContributed, ReviewHeld
from app.reviews.service.due import counted
from app.reviews.terms import PlacementReviewDecision
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
REVIEWED, CONTRIBUTED = "placement_reviews.encrypted", "review_contributions.encrypted"
SAID = (
    *("held_by", "childs_voice", "attendance_seen", "against_objectives"),
    *("parents_view", "safeguarding", "providers_view"),
)
"""What is kept under the child's key."""


async def add_review(
    session: WriteSession, actor: Actor, ring: Keyring, placement_id: uuid.UUID, held: ReviewHeld
) -> bool:
    """Keep a review of a placement that runs; say whether it is new.

    The same again under the same reference keeps nothing.

    Raises:
        PlacementNotFoundError: no placement that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        PlacementEndedError: it has ended.
        ChildErasedError: the child's record was erased.
        ReviewHeldAlreadyError: another review has this reference, or was held that day.
        InvalidRequestError: it was held before the place began or lies ahead, or the next is late.
    """
    placement = await _own(session, actor, placement_id)
    due = await queries.get_due(session, placement_id, lock=True)
    key = await _key(session, ring, placement.child_id)
    if await _is_kept(session, key, placement_id, held):
        return False
    if due is None:
        raise PlacementEndedError(
            f"It ended on {placement.ended_on}. Nothing is reviewed any more."
        )
    following = await _following(session, placement, held)
    review_id = uuid7()
    parts = {name: getattr(held, name) for name in SAID}
    ends = held.decision is PlacementReviewDecision.END
    row = {
        "id": review_id,
        "placement_id": placement_id,
        "reference": held.reference,
        "held_on": held.held_on,
        "decision": held.decision.value,
        "progress": held.progress.value,
        "next_on": None if ends else following["next_on"],
        "encrypted": personal_parts.encrypt(key, context_of(REVIEWED, review_id), parts),
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_review(session, row)
    if held.held_on >= due.counted_from:
        await queries.settle_openings(session, placement_id, held.held_on)
        await queries.change_due(session, placement_id, following)
    after = {"held_on": held.held_on, "decision": held.decision, "next_on": row["next_on"]}
    subject = subject_of(placement_id, placement.commissioner_id)
    await record(session, actor, "placement.reviewed", subject, after=after)
    return True


async def acknowledge(session: WriteSession, actor: Actor, placement_id: uuid.UUID) -> None:
    """Write down that the commissioner knows what changed at the provider.

    Raises:
        PlacementNotFoundError, PlacementNotYoursError: as for `add_review`.
        NothingToAcknowledgeError: nothing waits for it.
    """
    placement = await _own(session, actor, placement_id)
    known = {"acknowledged_at": clock.now(), "acknowledged_by_name": actor.name}
    if not await queries.acknowledge(session, placement_id, known):
        raise NothingToAcknowledgeError("Nothing changed that you have not acknowledged.")
    subject = subject_of(placement_id, placement.commissioner_id)
    await record(session, actor, "placement.change_acknowledged", subject)


async def contribute(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    placement_id: uuid.UUID,
    said: ReviewContributed,
) -> dict[str, Any]:
    """Keep what the provider says of a child at one of its sites; it reads nothing of the record.

    Raises:
        PlaceNotYoursError: no placement that runs at a site whose record the actor keeps.
    """
    held = await queries.key_for_provider(session, placement_id)
    if held is None or held.sealed_key is None:
        raise PlaceNotYoursError("No placement that runs at a site of yours has this id.")
    key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
    own = uuid7()
    row: dict[str, Any] = {
        "id": own,
        "placement_id": placement_id,
        "given_on": clock.today(),
        "by_name": actor.name,
        "encrypted": personal_parts.encrypt(key, context_of(CONTRIBUTED, own), {"what": said.what}),
        "recorded_at": clock.now(),
    }
    await queries.add_contribution(session, row)
    subject = Subject("placement", placement_id, None, actor.organisation_id)
    await record(session, actor, "placement.review_contributed", subject)
    return row


async def opened_parts(
    session: AnySession, ring: Keyring, child_id: uuid.UUID, place: str, rows: Any
) -> dict[uuid.UUID, dict[str, Any]]:
    """Return what was said in each row, for those who may see the child; nothing once erased."""
    child = await get_child(session, child_id)
    if child is None or child.sealed_key is None:
        return {}
    key = personal_parts.open_key(ring, child.id, child.sealed_key)
    return {
        one.id: personal_parts.decrypt(key, context_of(place, one.id), one.encrypted)
        for one in rows
    }


async def _own(session: WriteSession, actor: Actor, placement_id: uuid.UUID) -> Any:
    placement = await look_at(session, placement_id)
    if placement.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is reviews it.")
    return placement


async def _key(session: WriteSession, ring: Keyring, child_id: uuid.UUID) -> bytes:
    child = await get_child(session, child_id)
    if child is None or child.sealed_key is None:
        raise ChildErasedError("The child's record was erased; nothing is added to it.")
    return personal_parts.open_key(ring, child.id, child.sealed_key)


async def _is_kept(
    session: WriteSession, key: bytes, placement_id: uuid.UUID, held: ReviewHeld
) -> bool:
    for one in await queries.find_review(session, placement_id, held.reference, held.held_on):
        parts = personal_parts.decrypt(key, context_of(REVIEWED, one.id), one.encrypted)
        told = parts | {"held_on": one.held_on, "decision": one.decision, "progress": one.progress}
        stated = held.model_dump(exclude={"reference", "next_on"})
        if one.reference == held.reference and told == stated:
            return True
        which = "/reference" if one.reference == held.reference else "/held_on"
        detail = (
            f"A review of {one.held_on} is kept under the reference {one.reference}. A placement "
            "is reviewed once a day; what is different is another review, of another day."
        )
        raise ReviewHeldAlreadyError(detail, errors=(FieldFault(detail, which),))
    return False


async def _following(session: WriteSession, placement: Any, held: ReviewHeld) -> dict[str, Any]:
    """Return by when the placement is reviewed once more; refused where a day does not fit."""
    if not placement.starts_on <= held.held_on <= clock.today():
        _refuse("A review is held between the first day of the placement and today.", "/held_on")
    of = (placement.commissioner_id, held.held_on, held.next_on)
    following = await counted(session, *of)
    latest = following["latest_on"]
    if held.next_on is not None and held.next_on > latest:
        _refuse(f"The next review is held within eight school weeks: by {latest}.", "/next_on")
    return following


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
