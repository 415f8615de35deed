"""The provider's own part of a placement's checklist: what it does, told by itself alone.

What it says does not stand for the commissioner's or the school's own duty; they read it beside.
"""

import uuid
from typing import Any

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.calculators.schemas.stated import RuleCited
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.keyring.ring import Keyring
from app.placements.errors import PlacementNotFoundError
from app.rules.registration.facts import Delivery
from app.rules.safeguarding.law import ITEMS, Whose
from app.rules.safeguarding.standing import Kept, SafetyFacts, is_asked, standing_of
from app.safeguarding.errors import ItemNotYoursError
from app.safeguarding.queries import provider_part as queries
from app.safeguarding.queries.duties import lock_duties
from app.safeguarding.schemas import (
    ItemStated,
    ProviderChecklistItem,
    ProviderItemOut,
    ProviderSafeguarding,
)
from app.safeguarding.service.sealed import encrypted, opened
from app.safeguarding.service.standing import LACKING
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
PROVIDER_SAID = "provider_safeguarding_items.encrypted"
_PARTS = {"done_by", "what", "evidence"}


async def look_at(session: AnySession, placement_id: uuid.UUID) -> Any:
    """Return what decides a provider's part.

    Raises:
        PlacementNotFoundError: no placement that runs at a site whose record the actor keeps.
    """
    found = await queries.get_place(session, placement_id)
    if found is None:
        raise PlacementNotFoundError("No placement that runs at a site of yours has this id.")
    return found


async def state(
    session: WriteSession,
    actor: Actor,
    ring: Keyring,
    of: tuple[uuid.UUID, str, int],
    said: ItemStated,
) -> None:
    """Write down what the provider did of an item that is its duty, too.

    Raises:
        PlacementNotFoundError: as for `look_at`.
        ItemNotYoursError: the item is no duty of a provider's, or is not asked here.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: it was done on a day to come.
        ChildErasedError: the child's record was erased.
    """
    placement_id, number, expected = of
    await lock_duties(session, placement_id)
    held = await look_at(session, placement_id)
    if number not in {one.number for one in _own(held)}:
        raise ItemNotYoursError(f"{number} is not asked of the provider here.")
    if said.done_on is not None and said.done_on > clock.today():
        detail = "It cannot have been done on a day to come. Give the day as `next_due`."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, "/done_on"),))
    before = (await queries.list_items(session, placement_id)).get(number)
    version = 1 if before is None else before.version
    if version != expected:
        detail = "It was changed since you read it. Read it again."
        raise VersionChangedError(detail, version=version)
    row_id = uuid7()
    parts = said.model_dump(include=_PARTS)
    row = {
        "id": row_id,
        "placement_id": placement_id,
        "item": number,
        "version": version + 1,
        "organisation_id": actor.organisation_id,
        "done_on": said.done_on,
        "next_due": said.next_due,
        "encrypted": encrypted(ring, held, (PROVIDER_SAID, row_id), parts),
        "recorded_by_name": actor.name,
        "recorded_at": clock.now(),
    }
    await queries.add_item(session, row)
    subject = Subject("placement", placement_id, None, actor.organisation_id)
    after = {"item": number, "done_on": said.done_on, "next_due": said.next_due}
    await record(session, actor, "safeguarding.provider_item_recorded", subject, after=after)


async def tell(
    session: AnySession, ring: Keyring, placement_id: uuid.UUID, held: Any
) -> ProviderSafeguarding:
    """Return the provider's part: what is asked of it, and what it said."""
    today = clock.today()
    rows = await queries.list_items(session, placement_id)
    items = []
    for one in _own(held):
        row = rows.get(one.number)
        kept = Kept() if row is None else Kept(row.done_on, row.next_due)
        items.append(
            ProviderChecklistItem(
                number=one.number,
                says=one.rule.says,
                force=one.force,
                whose=list(one.whose),
                standing=standing_of(one, kept, today),
                next_due=kept.next_due,
                rule=RuleCited.model_validate(one.rule),
                version=1 if row is None else row.version,
                said=None if row is None else provider_said(ring, held, row),
            )
        )
    missing = [one.number for one in items if one.standing in LACKING]
    return ProviderSafeguarding(placement=placement_id, on=today, missing=missing, items=items)


def provider_said(ring: Keyring, held: Any, row: Any) -> ProviderItemOut:
    """Tell what a provider said of an item; its words are gone once the record was erased."""
    said = opened(ring, held, (PROVIDER_SAID, row.id), row.encrypted)
    return ProviderItemOut(
        done_on=row.done_on,
        next_due=row.next_due,
        done_by=said.get("done_by"),
        what=said.get("what"),
        evidence=said.get("evidence"),
        recorded_by=row.recorded_by_name,
        recorded_at=row.recorded_at,
    )


def _own(held: Any) -> list[Any]:
    facts = SafetyFacts(delivery=Delivery(held.delivery))
    return [one for one in ITEMS if Whose.PROVIDER in one.whose and is_asked(one, facts)]
