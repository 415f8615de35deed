"""What keeps a placed child safe: recorded by the bodies that have the duty, or read elsewhere."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from app import clock
from app.access import Actor
from app.attendance.queries import sessions as attendance
from app.attendance.service.reporting import holidays
from app.audit.service import record
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.children import personal_parts
from app.children.errors import ChildErasedError
from app.db.events import ReadSession, WriteSession
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.keyring.ring import Keyring
from app.keyring.sealing import context_of
from app.placements.errors import PlacementNotFoundError, PlacementNotYoursError
from app.placements.service.recording import subject_of
from app.providers.service.records import person_of
from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.rules.safeguarding.law import ITEM, ITEMS, URGENT_START
from app.rules.safeguarding.standing import ItemStanding, Kept, SafetyFacts, Stands, stands_on
from app.rules.working_days import after_working_days
from app.safeguarding.errors import ItemReadElsewhereError, UrgentStartHeldError
from app.safeguarding.queries import items as queries
from app.safeguarding.queries.duties import lock_duties
from app.safeguarding.schemas import (
    ChecklistItemOut,
    ItemStated,
    PlacementSafeguarding,
    UrgentSafeguarding,
    UrgentStartOut,
)
from app.safeguarding.terms import ItemSource
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
ITEM_SAID, URGENT_SAID = "safeguarding_items.encrypted", "urgent_starts.encrypted"
_GRAVE = frozenset({"high", "immediate"})
_LOOKED_BACK = timedelta(days=7)
_LACKING = frozenset({ItemStanding.MISSING, ItemStanding.OVERDUE})
READ_FROM: Mapping[str, ItemSource] = {
    "SG1": ItemSource.LEAD_CONTACT,
    "SG2": ItemSource.SITE_CHECKS,
    "SG5": ItemSource.REVIEWS,
    "SG6": ItemSource.REVIEWS,
    "SG7": ItemSource.ATTENDANCE,
    "SG14": ItemSource.SITE_CHECKS,
}
"""Items that are written down elsewhere, once for all; nobody types them again."""


async def look_at(session: AnySession, placement_id: uuid.UUID) -> Any:
    """Return what a placement's safety is judged by.

    Raises:
        PlacementNotFoundError: there is none, or none whose attendance the actor may see.
    """
    found = await queries.get_facts(session, placement_id, clock.today())
    if found is None:
        raise PlacementNotFoundError("No placement has this id, or none that you may see.")
    return found


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
        "encrypted": _encrypted(
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
        "encrypted": _encrypted(ring, held, (URGENT_SAID, placement_id), said.model_dump()),
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
    today = clock.today()
    rows = await queries.list_items(session, placement_id)
    urgent = await queries.get_urgent(session, placement_id)
    kept = {number: Kept(row.done_on, row.next_due) for number, row in rows.items()}
    kept |= _read_elsewhere(held, today)
    kept["SG7"] = await _reported(session, placement_id, held, today)
    stands = _stands(held, urgent, kept, today)
    dues = [
        one.next_due
        for number, one in kept.items()
        if one.next_due is not None
        and one.next_due >= today
        and stands.items[number] is not ItemStanding.NOT_ASKED
    ]
    return PlacementSafeguarding(
        placement=placement_id,
        on=today,
        status=stands.status,
        reasons=[RuleReason.model_validate(one) for one in stands.reasons],
        missing=[number for number, one in stands.items.items() if one in _LACKING],
        next_due=min(dues, default=None),
        urgent_start=_urgent(ring, held, urgent),
        items=[
            _item(ring, held, one.number, (stands.items[one.number], kept, rows.get(one.number)))
            for one in ITEMS
        ],
    )


def _stands(held: Any, urgent: Any, kept: Mapping[str, Kept], today: date) -> Stands:
    facts = SafetyFacts(
        delivery=Delivery(held.delivery),
        route=Route(held.route),
        transported=held.transported,
        plan_or_care=bool(held.plan_or_care),
        by_authority=held.by_authority,
        concern_arose=held.opened_on is not None,
        grave_concern=not _GRAVE.isdisjoint(held.severities or ()),
        suspended=held.suspended,
    )
    found = stands_on(facts, kept, today)
    if urgent is not None and not _LACKING.isdisjoint(found.items.values()):
        found = stands_on(replace(facts, urgent_by=urgent.complete_by), kept, today)
    return found


def _read_elsewhere(held: Any, today: date) -> dict[str, Kept]:
    asked_at_once = Kept() if held.opened_on is None else Kept(None, held.opened_on)
    return {
        "SG1": Kept(held.named_on),
        "SG2": Kept(held.staff_seen, held.staff_until),
        "SG5": Kept(min(held.review_from or held.starts_on, today), held.review_by),
        "SG6": asked_at_once,
        "SG14": Kept(held.visit_seen, held.visit_until),
    }


async def _reported(session: AnySession, placement_id: uuid.UUID, held: Any, today: date) -> Kept:
    """Return since when a session of the last week, yesterday at the latest, is unreported."""
    since, until = max(held.starts_on, today - _LOOKED_BACK), today - timedelta(days=1)
    if held.ended_on is not None:
        until = min(until, held.ended_on)
    if since > until:
        return Kept(today)
    expected = await attendance.expected_sessions(
        session, [placement_id], (since, until), holidays(since, until)
    )
    facts = await attendance.latest_facts(session, [placement_id], since, until)
    unreported = [
        row.day
        for row in expected
        if row.expected and (placement_id, row.day, row.starts) not in facts
    ]
    return Kept(today, min(unreported, default=None))


def _item(
    ring: Keyring, held: Any, number: str, of: tuple[ItemStanding, Mapping[str, Kept], Any]
) -> ChecklistItemOut:
    standing, kept, row = of
    item, days = ITEM[number], kept.get(number, Kept())
    said = {} if row is None else _opened(ring, held, (ITEM_SAID, row.id), row.encrypted)
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
    )


def _urgent(ring: Keyring, held: Any, urgent: Any) -> UrgentStartOut | None:
    if urgent is None:
        return None
    said = _opened(ring, held, (URGENT_SAID, urgent.placement_id), urgent.encrypted)
    return UrgentStartOut(
        complete_by=urgent.complete_by,
        reasons=said.get("reasons"),
        recorded_by=urgent.recorded_by_name,
        recorded_at=urgent.recorded_at,
    )


def _encrypted(
    ring: Keyring, held: Any, of: tuple[str, uuid.UUID], parts: Mapping[str, Any]
) -> bytes:
    if held.sealed_key is None:
        raise ChildErasedError("The child's record was erased; nothing is added to it.")
    key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
    return personal_parts.encrypt(key, context_of(*of), parts)


def _opened(
    ring: Keyring, held: Any, of: tuple[str, uuid.UUID], encrypted: bytes
) -> Mapping[str, Any]:
    if held.sealed_key is None:
        return {}
    key = personal_parts.open_key(ring, held.child_id, held.sealed_key)
    return personal_parts.decrypt(key, context_of(*of), encrypted)
