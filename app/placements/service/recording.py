"""Recording a placement: as it is planned, or as it runs already.

What runs is recorded as it is, for a register that refuses reality protects nobody; it is counted,
and assessed later. What is new or longer is refused where the setting would have to register.
"""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any, NoReturn

from app import clock
from app.access import Actor
from app.audit.service import record
from app.audit.terms import Subject
from app.children.service.keeping import look_at as look_at_child
from app.children.service.matching import link_of
from app.db.events import ReadSession, WriteSession, announce
from app.errors import FieldFault, InvalidRequestError
from app.keyring.ring import Keyring
from app.occupancy.schemas import Timetable
from app.occupancy.service.threshold import Asked, Tested, check
from app.occupancy.service.timetables import (
    WEEKDAYS,
    Place,
    minutes_by_institution,
    minutes_by_site,
    places_of,
)
from app.placements.errors import (
    PlacementHeldAlreadyError,
    PlacementNotFoundError,
    PlacementNotYoursError,
    ProviderSuspendedError,
)
from app.placements.events import PlacementRecorded
from app.placements.queries import placements as queries
from app.placements.schemas import NewPlacement
from app.placements.service.assessed import check_assessed, encrypt_urgency
from app.placements.service.cases import note_limit, refuse_beyond_limit
from app.placements.service.elsewhere import refuse_elsewhere
from app.providers.errors import ProviderNotFoundError
from app.rules.clocks.law import ASSESSED_LATER
from app.rules.registration.limbs import Light
from app.rules.working_days import after_working_days
from app.values.uuid7 import uuid7

AnySession = ReadSession | WriteSession
SUSPENDED = "suspended"


async def record_placement(
    session: WriteSession, actor: Actor, ring: Keyring, new: NewPlacement
) -> tuple[uuid.UUID, bool]:
    """Record a placement of the actor's organisation; return its id, and whether it is new.

    Raises:
        ChildNotFoundError: no child of that id that the actor may see.
        PlacementNotYoursError: the child's record is another commissioner's.
        PlacementHeldAlreadyError: the reference is another placement's.
        ProviderNotFoundError: no provider that the actor may see has this number.
        ProviderSuspendedError: it would begin where a listing is suspended.
        InvalidRequestError: the provider has no such site, or it closed.
        ElsewhereAtOnceError: another placement of the child is timetabled at the same time.
        AssessmentNeededError, AssessmentUsedError: as for `check_assessed`.
        LimitReachedError: it is new, and the setting would have to register as a school.
    """
    child = await look_at_child(session, new.child)
    if child.commissioner_id != actor.organisation_id or child.erased_at is not None:
        raise PlacementNotYoursError(
            "A placement is recorded for a child of your own. Add the child's record first."
        )
    await queries.lock_reference(session, child.commissioner_id, new.reference)
    earlier = await queries.find_by_reference(session, child.commissioner_id, new.reference)
    if earlier is not None:
        await _check_same(session, earlier, new)
        return earlier, False
    site = await _site(session, new)
    runs = new.starts_on < clock.today()
    if site.status == SUSPENDED and not runs:
        raise ProviderSuspendedError(
            "No new place begins while the provider is suspended. Its page says since when, and "
            "the local authority that decided what would end it."
        )
    places = await places_of(session, site.provider_id, site.id, new)
    await check_assessed(
        session, actor, new, (site, sum(minutes_by_site(places).values())), runs=runs
    )
    within = (new.starts_on, last_day(new.planned_end_on))
    await refuse_elsewhere(session, child.id, places, within)
    asked = Asked(
        link_id=await link_of(session, child.id),
        minutes=await minutes_by_institution(session, places),
        since=new.starts_on,
        until=last_day(new.planned_end_on),
        delivery=new.delivery,
        minutes_elsewhere=new.minutes_elsewhere,
    )
    tested = await check(session, asked)
    if tested.light is Light.RED:
        if not runs:
            refuse_beyond_limit(actor, tested, child.id)
        await note_limit(session, tested, refused=False)
    placement_id = await _write(session, actor, ring, new, (child, site))
    await write_timetable(session, (placement_id, new.starts_on), new, places, tested)
    await commit_timetable(session, placement_id, asked, child.commissioner_id, places)
    recorded = (placement_id, child.id, child.commissioner_id, new.starts_on)
    announce(session, PlacementRecorded(*recorded))
    subject = subject_of(placement_id, child.commissioner_id)
    after = {"provider": site.number, "site": new.site, "route": new.route, "runs_already": runs}
    await record(session, actor, "placement.recorded", subject, after=after)
    return placement_id, True


async def look_at(session: AnySession, placement_id: uuid.UUID) -> Any:
    """Return a placement that the actor may see.

    Raises:
        PlacementNotFoundError: there is none.
    """
    found = await queries.get_placement(session, placement_id)
    if found is None:
        raise PlacementNotFoundError(
            "No placement has this id, or none whose commissioner or local authority you act for."
        )
    return found


def subject_of(placement_id: uuid.UUID, commissioner_id: uuid.UUID) -> Subject:
    """Return a placement as what an act was done to: by its id, never by a name."""
    return Subject("placement", placement_id, None, commissioner_id)


def last_day(planned_end_on: date | None) -> date | None:
    """Return until when a placement counts: to its planned end, and past that until it is ended."""
    overrun = planned_end_on is not None and planned_end_on < clock.today()
    return None if overrun else planned_end_on


async def write_timetable(
    session: WriteSession,
    of: tuple[uuid.UUID, date],
    timetable: Timetable,
    places: Sequence[Place],
    tested: Tested,
) -> None:
    """Keep a timetable: of which placement, and since when, with what the test said."""
    timetable_id = uuid7()
    row = {
        "id": timetable_id,
        "placement_id": of[0],
        "since": of[1],
        "minutes_elsewhere": timetable.minutes_elsewhere,
        "light": tested.light.value,
        "recorded_at": clock.now(),
    }
    sessions = [
        {
            "timetable_id": timetable_id,
            "weekday": day,
            "starts": starts,
            "ends": ends,
            "site_id": at,
        }
        for day, starts, ends, at in places
    ]
    await queries.add_timetable(session, row, sessions)


async def commit_timetable(
    session: WriteSession,
    placement_id: uuid.UUID,
    asked: Asked,
    commissioner_id: uuid.UUID,
    places: Sequence[Place],
) -> None:
    """Say where the child is committed by a timetable, for whoever must know who is where."""
    rows = [
        {
            "id": uuid7(),
            "site_id": site_id,
            "commissioner_id": commissioner_id,
            "child_link": asked.link_id,
            "period": queries.days(asked.since, asked.until),
            "weekly_minutes": minutes,
            "placement_id": placement_id,
            "delivery": asked.delivery.value,
            "minutes_elsewhere": asked.minutes_elsewhere,
        }
        for site_id, minutes in minutes_by_site(places).items()
    ]
    await queries.commit_child(session, rows)


async def _site(session: WriteSession, new: NewPlacement) -> Any:
    site = await queries.get_site(session, new.provider.upper(), new.site)
    if site is None:
        known = await queries.knows_provider(session, new.provider.upper())
        if not known:
            detail = "No provider that you may see has this number."
            raise ProviderNotFoundError(detail, errors=(FieldFault(detail, "/provider"),))
        _refuse(f"The provider has no site {new.site}.", "/site")
    if site.closed_on is not None and site.closed_on <= new.starts_on:
        _refuse(f"The site closed on {site.closed_on}. Name an open one.", "/site")
    return site


async def _write(
    session: WriteSession, actor: Actor, ring: Keyring, new: NewPlacement, of: tuple[Any, Any]
) -> uuid.UUID:
    child, site = of
    placement_id, present = uuid7(), clock.now()
    assess_by = after_working_days(clock.today(), ASSESSED_LATER.figures["working_days"])
    row = {
        "id": placement_id,
        "commissioner_id": child.commissioner_id,
        "reference": new.reference,
        "child_id": child.id,
        "site_id": site.id,
        "host_la_code": site.la_code,
        "route": new.route.value,
        "delivery": new.delivery.value,
        "starts_on": new.starts_on,
        "planned_end_on": new.planned_end_on,
        "assess_by": None if new.assessment else assess_by,
        "assessment_id": new.assessment,
        "encrypted_urgency": encrypt_urgency(ring, child, placement_id, new.urgent),
        "recorded_by_name": actor.name,
        "recorded_at": present,
        "version": 1,
    }
    await queries.add_placement(session, row)
    return placement_id


async def _check_same(session: WriteSession, placement_id: uuid.UUID, new: NewPlacement) -> None:
    """Refuse another placement under a reference that is taken."""
    held = await look_at(session, placement_id)
    stated = (new.child, new.provider.upper(), new.site, new.route, new.delivery, new.starts_on)
    there = (held.child_id, held.provider, held.site, held.route, held.delivery, held.starts_on)
    rests_elsewhere = new.assessment is not None and new.assessment != held.assessment_id
    if stated != there or rests_elsewhere or not await _begins_alike(session, held, new):
        detail = (
            "You hold a placement under this reference with other facts. Change that one, or send "
            "another reference."
        )
        fault = FieldFault(detail, "/reference")
        raise PlacementHeldAlreadyError(detail, errors=(fault,), placement=str(placement_id))


async def _begins_alike(session: WriteSession, held: Any, new: NewPlacement) -> bool:
    """Say whether a placement began with this timetable; what followed it does not matter."""
    first = (await queries.list_timetables(session, held.id))[-1]
    there = {
        (WEEKDAYS[one.weekday - 1], one.starts, one.ends, one.site)
        for one in await queries.list_sessions(session, held.id)
        if one.timetable_id == first.id
    }
    stated = {(one.weekday, one.starts, one.ends, one.site or new.site) for one in new.sessions}
    return stated == there and new.minutes_elsewhere == first.minutes_elsewhere


def _refuse(detail: str, where: str) -> NoReturn:
    raise InvalidRequestError(detail, errors=(FieldFault(detail, where),))
