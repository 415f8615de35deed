"""Placements over HTTP, for their commissioners and whoever is responsible for the child.

Whoever reads one says what for; that they did is written down in the same transaction.
"""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.assessments.errors import (
    AssessedOtherwiseError,
    AssessmentNotFoundError,
    AssessmentNotYoursError,
    NotApprovedError,
)
from app.assessments.service.register_checks import offers_at
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.errors import ChildNotFoundError
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.db.events import WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.keyring.ring import Keyring
from app.occupancy.schemas import TimetabledSessionOut
from app.occupancy.service.timetables import WEEKDAYS, minutes_by_site
from app.organisations.router.pages import AskedPage
from app.placements.errors import (
    AssessmentNeededError,
    AssessmentUsedError,
    ElsewhereAtOnceError,
    LimitReachedError,
    PlacementEndedError,
    PlacementHeldAlreadyError,
    PlacementNotFoundError,
    PlacementNotYoursError,
    ProviderSuspendedError,
)
from app.placements.queries import placements as queries
from app.placements.queries.placements import Wanted
from app.placements.schemas import (
    NewPlacement,
    PlacementAssessed,
    PlacementBrief,
    PlacementList,
    PlacementOut,
    TimetableChange,
    TimetableOut,
)
from app.placements.service import assessed, changing, linking, recording
from app.placements.service.standing import state_of, warnings_of
from app.placements.terms import PlacementState
from app.providers.errors import ProviderNotFoundError
from app.providers.router.answering import (
    ASKED,
    EDITED,
    Ring,
    located,
    private,
)

PLACEMENTS = "/v1/placements"

router = APIRouter(tags=["placements"])

Reader = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_READ))]
Recorder = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]

_ASSESSED = (
    *(AssessmentNotFoundError, AssessmentNotYoursError),
    *(NotApprovedError, AssessedOtherwiseError, AssessmentUsedError),
)
CHANGED = (
    *(*ASKED, *EDITED, KeyReusedError),
    *(PlacementNotFoundError, PlacementNotYoursError),
)
"""What is refused of every change of a placement."""


@router.post(
    PLACEMENTS,
    status_code=201,
    operation_id="recordPlacement",
    responses=problems(
        *(*ASKED, KeyReusedError, ChildNotFoundError, ProviderNotFoundError),
        *(PlacementNotYoursError, PlacementHeldAlreadyError),
        *(ProviderSuspendedError, LimitReachedError, AssessmentNeededError, ElsewhereAtOnceError),
        *_ASSESSED,
    ),
)
async def record_placement(
    session: Writing, actor: Recorder, response: Response, ring: Ring, new: NewPlacement
) -> PlacementOut:
    """Record a placement as it is planned, or as it runs already.

    One that began before today is recorded as it is. One that has yet to begin rests on an approved
    assessment, or says why it cannot wait for one. A new one is refused where the setting would
    have to register as a school, over everybody who places children there. The same again under the
    same reference records nothing.
    """
    placement_id, is_new = await recording.record_placement(session, actor, ring, new)
    if not is_new:
        response.status_code = 200
    return await told(session, response, ring, placement_id)


@router.get(PLACEMENTS, operation_id="listPlacements", responses=problems(*ASKED))
async def list_placements(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="At this provider.")
    ] = None,
    child: Annotated[uuid.UUID | None, Query(description="Of this child.")] = None,
    state: Annotated[PlacementState | None, Query(description="Where it stands today.")] = None,
    overdue: Annotated[
        bool, Query(description="Only those that were to be assessed by a day that is past.")
    ] = False,
) -> PlacementList:
    """List the placements of your organisation and of those within it, the newest first."""
    key = page.after((str,))
    wanted = Wanted(
        await organisations_within(session),
        clock.today(),
        provider.upper() if provider else None,
        child,
        state,
        overdue,
    )
    before = key[0] if key else None
    found = await queries.list_placements(session, wanted, before, page.limit + 1)
    subject = Subject("placements", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "placements.listed", subject, purpose)
    private(response)
    items = [_brief(row) for row in found[: page.limit]]
    return PlacementList(items=items, links=page.links(found, "id"))


@router.get(
    f"{PLACEMENTS}/{{placement_id}}",
    operation_id="getPlacement",
    responses=problems(*ASKED, PlacementNotFoundError),
)
async def get_placement(
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
) -> PlacementOut:
    """Read a placement, and say what for."""
    placement = await recording.look_at(session, placement_id)
    subject = recording.subject_of(placement.id, placement.commissioner_id)
    await record_read(session, actor, "placement.read", subject, purpose)
    return await told(session, response, ring, placement_id)


@router.post(
    f"{PLACEMENTS}/{{placement_id}}/timetables",
    operation_id="changePlacementTimetable",
    responses=problems(*CHANGED, PlacementEndedError, LimitReachedError, ElsewhereAtOnceError),
)
async def change_timetable(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    change: TimetableChange,
    expected: ExpectedVersion,
) -> PlacementOut:
    """Give a placement another timetable from a day on. The registration test is made anew."""
    await changing.change_timetable(session, actor, (placement_id, expected), change)
    return await told(session, response, ring, placement_id)


@router.post(
    f"{PLACEMENTS}/{{placement_id}}/assessment",
    operation_id="linkPlacementAssessment",
    responses=problems(*CHANGED, PlacementEndedError, *_ASSESSED),
)
async def link_assessment(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Writing,
    actor: Recorder,
    response: Response,
    ring: Ring,
    placement_id: uuid.UUID,
    said: PlacementAssessed,
    expected: ExpectedVersion,
) -> PlacementOut:
    """Say by which approved assessment a placement was found suitable after it was recorded."""
    await linking.link_assessment(session, actor, (placement_id, expected), said)
    return await told(session, response, ring, placement_id)


async def told(
    session: WriteSession, response: Response, ring: Keyring, placement_id: uuid.UUID
) -> PlacementOut:
    """Return a placement as it is told, and name its version in the response."""
    row = await recording.look_at(session, placement_id)
    timetables = await queries.list_timetables(session, placement_id)
    sessions = await queries.list_sessions(session, placement_id)
    located(response, f"{PLACEMENTS}/{placement_id}?purpose={Purpose.COMMISSIONING}")
    private(response, row.version)
    told_of = [_timetable(one, sessions) for one in timetables]
    offers = await offers_at(session, row.provider, row.site)
    facts = _brief(row).model_dump() | {
        "host_la": row.host_la_code,
        "delivery": row.delivery,
        "end_reason": row.end_reason,
        "destination": row.destination,
        "recorded_at": row.recorded_at,
        "version": row.version,
        "assessment": row.assessment_id,
        "urgent_because": await assessed.urgency_of(session, ring, row),
        "warnings": warnings_of(row.provider_status, offers, told_of[0].weekly_minutes),
        "timetables": told_of,
    }
    return PlacementOut.model_validate(facts)


def _timetable(row: Any, sessions: Any) -> TimetableOut:
    own = [one for one in sessions if one.timetable_id == row.id]
    places = [(one.weekday, one.starts, one.ends, one.site_id) for one in own]
    return TimetableOut(
        since=row.since,
        weekly_minutes=sum(minutes_by_site(places).values()),
        minutes_elsewhere=row.minutes_elsewhere,
        registration_test=row.light,
        sessions=[
            TimetabledSessionOut(
                weekday=WEEKDAYS[one.weekday - 1],
                starts=one.starts,
                ends=one.ends,
                site=one.site,
            )
            for one in own
        ],
    )


def _brief(row: Any) -> PlacementBrief:
    return PlacementBrief(
        id=row.id,
        reference=row.reference,
        commissioner=row.commissioner,
        child=row.child_id,
        provider=row.provider,
        provider_name=row.provider_name,
        site=row.site,
        route=row.route,
        state=state_of(row.starts_on, row.ended_on, clock.today()),
        starts_on=row.starts_on,
        planned_end_on=row.planned_end_on,
        ended_on=row.ended_on,
        assess_by=row.assess_by,
    )
