"""Changing a placement that runs: another timetable; and what follows a child's record."""

import uuid
from collections.abc import Sequence
from datetime import timedelta
from typing import Any, NoReturn

from app import clock
from app.access import Actor, ActorKind, DbRole
from app.audit.service import record
from app.children.errors import ChildStillPlacedError
from app.children.events import ChildChanged, ChildErased
from app.children.service.matching import link_of
from app.db.events import WriteSession, announce
from app.db.transactions import acting_as
from app.errors import FieldFault, InvalidRequestError, VersionChangedError
from app.occupancy.service.threshold import Asked, check
from app.occupancy.service.timetables import (
    minutes_by_institution,
    minutes_by_site,
    places_of,
)
from app.placements.errors import PlacementEndedError, PlacementNotYoursError
from app.placements.events import TimetableChanged
from app.placements.queries import placements as queries
from app.placements.schemas import TimetableChange
from app.placements.service.cases import note_limit, refuse_beyond_limit
from app.placements.service.elsewhere import refuse_elsewhere
from app.placements.service.recording import (
    commit_timetable,
    last_day,
    look_at,
    subject_of,
    write_timetable,
)
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light

_DAY = timedelta(days=1)


async def change_timetable(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], change: TimetableChange
) -> None:
    """Give a placement another timetable from a day on; the setting is tested anew.

    A change that takes no more time at the setting than before is never refused for the test.

    Raises:
        PlacementNotFoundError, PlacementNotYoursError, PlacementEndedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: the day lies before the last change or outside the placement, or the
            provider has no such site.
        ElsewhereAtOnceError: another placement of the child is timetabled at the same time.
        LimitReachedError: with it the setting would have to register as a school.
    """
    placement = await held(session, actor, *of)
    latest = (await queries.list_timetables(session, placement.id))[0]
    last = placement.planned_end_on
    if change.since <= latest.since or (last is not None and change.since > last):
        _refuse("A new timetable begins after the last one, within the placement.", "/since")
    site = await queries.get_site(session, placement.provider, placement.site)
    if site is None:
        _refuse("The provider can no longer be seen. Ask its local authority.", "/since")
    places = await places_of(session, site.provider_id, placement.site_id, change)
    within = (change.since, last_day(last))
    await refuse_elsewhere(session, placement.child_id, places, within, but=placement.id)
    asked = Asked(
        link_id=await link_of(session, placement.child_id),
        minutes=await minutes_by_institution(session, places),
        since=change.since,
        until=last_day(last),
        delivery=Delivery(placement.delivery),
        minutes_elsewhere=change.minutes_elsewhere,
        placement_id=placement.id,
    )
    tested = await check(session, asked)
    if tested.light is Light.RED:
        if tested.longer and change.since >= clock.today():
            refuse_beyond_limit(actor, tested, placement.child_id)
        await note_limit(session, tested, refused=False)
    await queries.cut_commitments(session, placement.id, change.since - _DAY)
    before = await queries.weekly_minutes(session, latest.id)
    await write_timetable(session, (placement.id, change.since), change, places, tested)
    await commit_timetable(session, placement.id, asked, placement.commissioner_id, places)
    await queries.change_placement(session, placement.id, {})
    after_minutes = sum(minutes_by_site(places).values())
    changed = (placement.id, placement.child_id, change.since)
    announce(session, TimetableChanged(*changed, before, after_minutes))
    subject = subject_of(placement.id, placement.commissioner_id)
    after = {"since": change.since, "registration_test": tested.light}
    await record(session, actor, "placement.timetable_changed", subject, after=after)


async def held(session: WriteSession, actor: Actor, placement_id: uuid.UUID, expected: int) -> Any:
    """Return a placement of the actor's own organisation that has not ended, locked.

    Raises:
        PlacementNotFoundError: there is none that the actor may see.
        PlacementNotYoursError: it is another commissioner's.
        VersionChangedError: it was changed since they read it.
        PlacementEndedError: it has ended.
    """
    seen = await look_at(session, placement_id)
    if seen.commissioner_id != actor.organisation_id:
        raise PlacementNotYoursError("Only the commissioner whose placement it is changes it.")
    placement = await queries.get_placement(session, placement_id, lock=True)
    if placement is None or placement.version != expected:
        version = placement.version if placement else None
        raise VersionChangedError(
            "It was changed since you read it. Read it again.", version=version
        )
    if placement.ended_on is not None:
        raise PlacementEndedError(f"It ended on {placement.ended_on}. Record a new placement.")
    return placement


async def follow_links(session: WriteSession, _: Actor, events: Sequence[ChildChanged]) -> None:
    """Keep the commitments of a child's placements under the link its record has now."""
    async with acting_as(session, DbRole.MATCHER):
        for event in events:
            await queries.relink(session, event.child_id, event.link_id)


async def refuse_while_placed(
    session: WriteSession, actor: Actor, events: Sequence[ChildErased]
) -> None:
    """Keep a child's record while a placement of it runs.

    What nobody asks for at that moment is not asked here: the end of retention finds only children
    whom nobody places, and what was erased before a backup came back is erased anew regardless.

    Raises:
        ChildStillPlacedError: one does.
    """
    if actor.kind is ActorKind.SYSTEM:
        return
    for event in events:
        if await queries.has_open_placement(session, event.child_id):
            raise ChildStillPlacedError(
                "A placement of the child has not ended. End it, and say where the child went; "
                "then the record can be erased."
            )


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
