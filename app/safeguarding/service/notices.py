"""Where the notices of a placement stand; its checklist and its notices are told by the same."""

import uuid
from dataclasses import replace
from typing import Any

from app import clock
from app.db.events import ReadSession, WriteSession
from app.organisations.service.calendars import calendar_for
from app.rules.dated import NotInForceError
from app.rules.funding.rows import Route
from app.rules.notices.kinds import NoticeKind
from app.rules.notices.needing import DIRECTED, NoticeFacts, needed
from app.rules.notices.standing import HeldNotice, NoticeStands, stands_at
from app.rules.school_days import SchoolCalendar
from app.safeguarding.queries import notices as queries
from app.safeguarding.queries.duties import bodies_of
from app.safeguarding.queries.notices import list_held
from app.safeguarding.terms import BodyCapacity

AnySession = ReadSession | WriteSession
__all__ = ("facts_of", "list_held", "standing_of")


async def facts_of(session: AnySession, placement_id: uuid.UUID) -> NoticeFacts | None:
    """Return what decides which notices a placement needs; none are once it has ended."""
    held = await queries.get_facts(session, placement_id)
    if held is None or held.ended_on is not None:
        return None
    return NoticeFacts(
        route=Route(held.route),
        starts_at=held.first_session.replace(tzinfo=clock.LONDON),
        recorded_on=held.recorded_at.astimezone(clock.LONDON).date(),
        born_on=held.born_on,
        commissioner_la=held.commissioner_la,
        home_la=held.home_la,
        plan_la=held.plan_la,
        care_la=held.care_la,
        on_others_roll=bool(held.on_others_roll),
        shorter_agreed=held.shorter_agreed,
        calendar=await _calendar(session, placement_id, held),
    )


async def standing_of(
    session: AnySession, placement_id: uuid.UUID, *, shorter_agreed: bool = False
) -> tuple[NoticeStands, ...]:
    """Return where each notice stands that a placement needs.

    Args:
        session: of who may see the placement's attendance.
        placement_id: of which placement.
        shorter_agreed: the parent consents to shorter notice, as is said just now.
    """
    facts = await facts_of(session, placement_id)
    if facts is None:
        return ()
    if shorter_agreed:
        facts = replace(facts, shorter_agreed=True)
    try:
        wanted = needed(facts)
    except NotInForceError:  # it began before anything is known of notices
        return ()
    held = [_held(row) for row in await list_held(session, placement_id)]
    present = clock.now()
    return tuple(stands_at(one, held, present) for one in wanted)


async def _calendar(
    session: AnySession, placement_id: uuid.UUID, held: Any
) -> SchoolCalendar | None:
    """Return the commissioner's terms, where a notice of the route is counted in school days."""
    if Route(held.route) not in DIRECTED:
        return None
    commissioner_id = (await bodies_of(session, placement_id)).get(BodyCapacity.COMMISSIONER)
    if commissioner_id is None:
        return None
    return await calendar_for(session, commissioner_id, held.first_session.date())


def _held(row: Any) -> HeldNotice:
    return HeldNotice(NoticeKind(row.kind), row.current, row.given_at)
