"""How a placement stands today: what was recorded of its checklist, and what is read elsewhere."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from app import clock
from app.attendance.queries import sessions as attendance
from app.attendance.service.reporting import holidays
from app.db.events import ReadSession, WriteSession
from app.placements.errors import PlacementNotFoundError
from app.rules.funding.rows import Route
from app.rules.notices.kinds import NoticeKind
from app.rules.notices.standing import NoticeLight, NoticeStanding, NoticeStands, overdue_reasons
from app.rules.registration.facts import Delivery
from app.rules.safeguarding.standing import ItemStanding, Kept, SafetyFacts, Stands, stands_on
from app.safeguarding.queries import items as queries
from app.safeguarding.service import notices

AnySession = ReadSession | WriteSession
LACKING = frozenset({ItemStanding.MISSING, ItemStanding.OVERDUE})
_GRAVE = frozenset({"high", "immediate"})
_LOOKED_BACK = timedelta(days=7)
_PARENT_TOLD = "SG17"


@dataclass(frozen=True, slots=True)
class Found:
    """How a placement stands, and by what.

    Attributes:
        on: the day.
        stands: green, amber or red, why, and each item.
        kept: what is held of each item, wherever it is written down.
        rows: what was recorded on the list itself, by number.
        urgent: why the start could not wait, if it could not.
    """

    on: date
    stands: Stands
    kept: Mapping[str, Kept]
    rows: Mapping[str, Any]
    urgent: Any | None

    @property
    def missing(self) -> list[str]:
        """Return the items that are missing or overdue."""
        return [number for number, one in self.stands.items.items() if one in LACKING]

    @property
    def next_due(self) -> date | None:
        """Return the first day from today on which something is due."""
        dues = [
            one.next_due
            for number, one in self.kept.items()
            if one.next_due is not None
            and one.next_due >= self.on
            and self.stands.items[number] is not ItemStanding.NOT_ASKED
        ]
        return min(dues, default=None)


async def look_at(session: AnySession, placement_id: uuid.UUID) -> Any:
    """Return what a placement's safety is judged by.

    Raises:
        PlacementNotFoundError: there is none, or none whose attendance the actor may see.
    """
    found = await queries.get_facts(session, placement_id, clock.today())
    if found is None:
        raise PlacementNotFoundError("No placement has this id, or none that you may see.")
    return found


async def find(session: AnySession, placement_id: uuid.UUID, held: Any) -> Found:
    """Return how a placement stands today.

    Args:
        session: of who may see its attendance.
        placement_id: of which placement.
        held: what `look_at` found of it.
    """
    today = clock.today()
    rows = await queries.list_items(session, placement_id)
    urgent = await queries.get_urgent(session, placement_id)
    told = await notices.standing_of(session, placement_id)
    kept = {number: Kept(row.done_on, row.next_due) for number, row in rows.items()}
    kept |= _read_elsewhere(held, today)
    kept["SG7"] = await _reported(session, placement_id, held, today)
    kept[_PARENT_TOLD] = await _parent_told(session, placement_id, told)
    return Found(today, _stands(held, urgent, kept, told, today), kept, rows, urgent)


def _stands(
    held: Any,
    urgent: Any,
    kept: Mapping[str, Kept],
    told: tuple[NoticeStands, ...],
    today: date,
) -> Stands:
    overdue = overdue_reasons(told)
    facts = SafetyFacts(
        delivery=Delivery(held.delivery),
        route=Route(held.route),
        transported=held.transported,
        plan_or_care=bool(held.plan_or_care),
        by_authority=held.by_authority,
        concern_arose=held.opened_on is not None,
        grave_concern=not _GRAVE.isdisjoint(held.severities or ()),
        suspended=held.suspended,
        notices_red=tuple(one for light, one in overdue if light is NoticeLight.RED),
        notices_amber=tuple(one for light, one in overdue if light is NoticeLight.AMBER),
    )
    found = stands_on(facts, kept, today)
    if urgent is not None and not LACKING.isdisjoint(found.items.values()):
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


async def _parent_told(
    session: AnySession, placement_id: uuid.UUID, told: tuple[NoticeStands, ...]
) -> Kept:
    """Return on which day the parent had a copy that still says what holds, or by when it is due.

    Of an ended placement that is whatever copy was given.
    """
    for one in told:
        if one.needed.kind is NoticeKind.PARENT_COPY:
            if one.standing is NoticeStanding.SENT and one.given_at is not None:
                return Kept(min(one.given_at.astimezone(clock.LONDON).date(), clock.today()))
            return Kept() if one.given_at is not None else Kept(None, one.needed.due_on)
    given = [one.given_at for one in await notices.list_held(session, placement_id) if one.given_at]
    return Kept(min(given).astimezone(clock.LONDON).date() if given else None)


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
