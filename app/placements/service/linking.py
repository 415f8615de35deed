"""A placement that was recorded as it runs is linked with the assessment that came later."""

import uuid

from app import clock
from app.access import Actor
from app.assessments.service.approved import Placed, approved_for
from app.audit.service import record
from app.db.events import WriteSession
from app.occupancy.service.timetables import minutes_by_site
from app.placements.errors import AssessmentUsedError
from app.placements.queries import placements as queries
from app.placements.schemas import PlacementAssessed
from app.placements.service.assessed import check_unused
from app.placements.service.changing import held
from app.placements.service.recording import subject_of
from app.rules.funding.rows import Route


async def link_assessment(
    session: WriteSession, actor: Actor, of: tuple[uuid.UUID, int], said: PlacementAssessed
) -> None:
    """Say by which approved assessment a placement was found suitable; its clock ends.

    Raises:
        PlacementNotFoundError, PlacementNotYoursError, PlacementEndedError: as for `held`.
        VersionChangedError: it was changed since they read it.
        AssessmentNotFoundError, AssessmentNotYoursError, NotApprovedError, AssessedOtherwiseError:
            as for `approved_for`.
        AssessmentUsedError: it rests on one already, or another placement rests on this one.
    """
    placement = await held(session, actor, *of)
    if placement.assessment_id is not None:
        raise AssessmentUsedError("The placement rests on an assessment already.")
    latest = (await queries.list_timetables(session, placement.id))[0]
    places = [
        (one.weekday, one.starts, one.ends, one.site_id)
        for one in await queries.list_sessions(session, placement.id)
        if one.timetable_id == latest.id
    ]
    minutes = sum(minutes_by_site(places).values())
    days = (None, placement.planned_end_on)
    route = Route(placement.route)
    placed = Placed(placement.child_id, placement.site_id, route, days, minutes)
    await approved_for(session, actor, said.assessment, placed)
    await check_unused(session, said.assessment)
    values = {"assessment_id": said.assessment, "assess_by": None}
    await queries.change_placement(session, placement.id, values)
    subject = subject_of(placement.id, placement.commissioner_id)
    after = {"assessment": said.assessment, "on": clock.today()}
    await record(session, actor, "placement.assessed", subject, after=after)
