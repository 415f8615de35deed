"""Letting a placement last longer than was planned; the setting is tested for the days added."""

import uuid
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.children.service.matching import link_of
from app.db.events import WriteSession
from app.errors import FieldFault, InvalidRequestError
from app.occupancy.service.threshold import Asked, check
from app.occupancy.service.timetables import Place, minutes_by_institution
from app.placements.queries import placements as queries
from app.placements.service.cases import refuse_beyond_limit
from app.placements.service.changing import held
from app.placements.service.elsewhere import refuse_elsewhere
from app.placements.service.recording import subject_of
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light

_DAY = timedelta(days=1)


async def extend(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], until: date, reason: str
) -> None:
    """Give a placement a later planned end; refused where the setting would have to register.

    Args:
        session: the transaction.
        actor: for the commissioner.
        of: the placement's id, and the version the caller read.
        until: the new last day.
        reason: why, of a closed list; it names nobody.

    Raises:
        PlacementNotFoundError, PlacementNotYoursError, PlacementEndedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        InvalidRequestError: no end was planned, or the new one is not later.
        ElsewhereAtOnceError: another placement of the child is timetabled at the same time.
        LimitReachedError: with the days added the setting would have to register as a school.
    """
    placement = await held(session, actor, *of)
    former = placement.planned_end_on
    if former is None or until <= max(former, clock.today()):
        _refuse("Name a day after the planned end and after today.", "/planned_end_on")
    latest, places = await _week(session, placement.id)
    within = (former + _DAY, until)
    child_id, own = placement.child_id, placement.id
    await refuse_elsewhere(session, child_id, places, within, own, pointer="/planned_end_on")
    tested = await check(session, await _asked(session, placement, within, latest, places))
    if tested.light is Light.RED:
        refuse_beyond_limit(actor, tested, placement.child_id)
    await queries.extend_commitments(session, placement.id, former, until)
    await queries.change_placement(session, placement.id, {"planned_end_on": until})
    subject = subject_of(placement.id, placement.commissioner_id)
    before, after = {"planned_end_on": former}, {"planned_end_on": until, "why": reason}
    await record(session, actor, "placement.extended", subject, before=before, after=after)


async def _week(session: WriteSession, placement_id: uuid.UUID) -> tuple[Any, Sequence[Place]]:
    """Return the latest timetable of a placement, and its sessions."""
    latest = (await queries.list_timetables(session, placement_id))[0]
    sessions = await queries.list_sessions(session, placement_id)
    own = [one for one in sessions if one.timetable_id == latest.id]
    return latest, [(one.weekday, one.starts, one.ends, one.site_id) for one in own]


async def _asked(
    session: WriteSession,
    placement: Any,
    within: tuple[date, date],
    latest: Any,
    places: Sequence[Place],
) -> Asked:
    since, until = within
    return Asked(
        link_id=await link_of(session, placement.child_id),
        minutes=await minutes_by_institution(session, places),
        since=since,
        until=until,
        delivery=Delivery(placement.delivery),
        minutes_elsewhere=latest.minutes_elsewhere,
        placement_id=placement.id,
    )


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
