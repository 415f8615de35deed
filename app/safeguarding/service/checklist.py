"""What keeps a placed child safe: recorded by the bodies that have the duty, or read elsewhere."""

import uuid
from collections.abc import Mapping
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.keyring.ring import Keyring
from app.placements.errors import PlacementNotYoursError
from app.placements.service.recording import subject_of
from app.providers.service.records import person_of
from app.rules.safeguarding.law import ITEM, ITEMS, URGENT_START
from app.rules.safeguarding.standing import Kept
from app.rules.working_days import after_working_days
from app.safeguarding.errors import ItemReadElsewhereError, UrgentStartHeldError
from app.safeguarding.queries import items as queries
from app.safeguarding.queries import provider_part as provider_queries
from app.safeguarding.queries.duties import lock_duties
from app.safeguarding.schemas import (
    ChecklistItemOut,
    ItemStated,
    PlacementSafeguarding,
    UrgentSafeguarding,
    UrgentStartOut,
)
from app.safeguarding.service.provider_part import provider_said
from app.safeguarding.service.sealed import encrypted, opened
from app.safeguarding.service.standing import Found, find, look_at
from app.safeguarding.terms import ItemSource
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
ITEM_SAID, URGENT_SAID = "safeguarding_items.encrypted", "urgent_starts.encrypted"
READ_FROM: Mapping[str, ItemSource] = {
    "SG1": ItemSource.LEAD_CONTACT,
    "SG2": ItemSource.SITE_CHECKS,
    "SG5": ItemSource.REVIEWS,
    "SG6": ItemSource.REVIEWS,
    "SG7": ItemSource.ATTENDANCE,
    "SG14": ItemSource.SITE_CHECKS,
    "SG17": ItemSource.NOTICES,
}
"""Items that are written down elsewhere, once for all; nobody types them again."""


async def record_item(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, str, int],
    said: ItemStated,
) -> None:
    """Write down what was done of an item, for the body that the actor acts for.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        ItemReadElsewhereError: it is read from another record.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: it was done on a day to come.
        ChildErasedError: the child's record was erased.
    """
    placement_id, number, expected = of
    await lock_duties(session, placement_id)
    held = await look_at(session, placement_id)
    if number in READ_FROM:
        raise ItemReadElsewhereError(
            f"{number} is read from {READ_FROM[number].replace('-', ' ')}. Record it there."
        )
    if said.done_on is not None and said.done_on > clock.today():
        detail = "It cannot have been done on a day to come. Give the day as `next_due`."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/done_on"),))
    before = (await queries.list_items(session, placement_id)).get(number)
    version = 1 if before is None else before.version
    if version != expected:
        detail = "It was changed since you read it. Read it again."
        raise VersionChangedError(detail, version=version)
    item_id = uuid7()
    row = {
        "id": item_id,
        "placement_id": placement_id,
        "item": number,
        "version": version + 1,
        "organisation_id": actor.organisation_id,
        "done_on": said.done_on,
        "next_due": said.next_due,
        "encrypted": encrypted(
            ring,
            held,
            (ITEM_SAID, item_id),
            said.model_dump(include={"done_by", "what", "evidence"}),
        ),
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_items(session, [row])
    subject = subject_of(placement_id, held.commissioner_id)
    after = {"item": number, "done_on": said.done_on, "next_due": said.next_due}
    await record(session, actor, "safeguarding.item_recorded", subject, after=after)


async def start_urgently(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    placement_id: uuid.UUID,
    said: UrgentSafeguarding,
) -> None:
    """Say why a start cannot wait; what is lacking is completed by a day. It stops nothing.

    Raises:
        PersonNeededError: a machine asks.
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        UrgentStartHeldError: it was said already.
        ChildErasedError: the child's record was erased.
    """
    person_id = person_of(actor)
    await lock_duties(session, placement_id)
    held = await look_at(session, placement_id)
    if held.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is says why.")
    if await queries.get_urgent(session, placement_id) is not None:
        raise UrgentStartHeldError("It was said already, and the day stands by which it is done.")
    complete_by = after_working_days(clock.today(), URGENT_START.figures["working_days"])
    row = {
        "placement_id": placement_id,
        "complete_by": complete_by,
        "encrypted": encrypted(ring, held, (URGENT_SAID, placement_id), said.model_dump()),
        "recorded_by": person_id,
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_urgent(session, row)
    subject = subject_of(placement_id, held.commissioner_id)
    after = {"complete_by": complete_by}
    await record(session, actor, "safeguarding.started_urgently", subject, after=after)


async def tell(
    session: AnySession, ring: Keyring, placement_id: uuid.UUID, held: Any
) -> PlacementSafeguarding:
    """Return how a placement stands today, why, and what of the list was done.

    Args:
        session: of whoever asks.
        ring: opens the child's key.
        placement_id: of which placement.
        held: what `look_at` found of it.
    """
    found = await find(session, placement_id, held)
    theirs = await provider_queries.list_items(session, placement_id)
    return PlacementSafeguarding(
        placement=placement_id,
        on=found.on,
        status=found.stands.status,
        reasons=[RuleReason.model_validate(one) for one in found.stands.reasons],
        missing=found.missing,
        next_due=found.next_due,
        urgent_start=_urgent(ring, held, found.urgent),
        items=[_item(ring, held, one.number, (found, theirs.get(one.number))) for one in ITEMS],
    )


def _item(ring: Keyring, held: Any, number: str, of: tuple[Found, Any]) -> ChecklistItemOut:
    found, theirs = of
    item, row = ITEM[number], found.rows.get(number)
    standing, days = found.stands.items[number], found.kept.get(number, Kept())
    if number in READ_FROM:
        row = None
    said = {} if row is None else opened(ring, held, (ITEM_SAID, row.id), row.encrypted)
    return ChecklistItemOut(
        number=number,
        says=item.rule.says,
        force=item.force,
        whose=list(item.whose),
        standing=standing,
        next_due=days.next_due,
        rule=RuleCited.model_validate(item.rule),
        version=1 if row is None else row.version,
        read_from=READ_FROM.get(number, ItemSource.RECORDED),
        done_on=days.done_on,
        done_by=said.get("done_by"),
        what=said.get("what"),
        evidence=said.get("evidence"),
        recorded_by=None if row is None else row.recorded_by_name,
        recorded_at=None if row is None else row.recorded_at,
        provider=None if theirs is None else provider_said(ring, held, theirs),
    )


def _urgent(ring: Keyring, held: Any, urgent: Any) -> UrgentStartOut | None:
    if urgent is None:
        return None
    said = opened(ring, held, (URGENT_SAID, urgent.placement_id), urgent.encrypted)
    return UrgentStartOut(
        complete_by=urgent.complete_by,
        reasons=said.get("reasons"),
        recorded_by=urgent.recorded_by_name,
        recorded_at=urgent.recorded_at,
    )
