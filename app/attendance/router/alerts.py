"""Alerts, and days on which nobody is expected, over HTTP."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.attendance.errors import (
    AlertAcknowledgedError,
    AlertNotFoundError,
    AttendanceNotYoursError,
    ClosureNotFoundError,
    ClosureWithdrawnError,
)
from app.attendance.queries import alerts as queries
from app.attendance.router.facts import ATTENDANCE, Reader, Recorder, Reporter
from app.attendance.schemas.asked import AlertAcknowledgement, NewClosure
from app.attendance.schemas.told import AlertList, AlertOut, ClosureList, ClosureOut
from app.attendance.service import deciding
from app.attendance.terms import ClosureScope
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.children.queries.children import organisations_within
from app.children.router import StatedPurpose
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.sessions import Looking, Reading, Writing
from app.organisations.router.pages import AskedPage
from app.placements.errors import PlacementNotYoursError
from app.placements.service.recording import subject_of
from app.providers.errors import PersonNeededError
from app.providers.router.answering import ASKED, located, private

ALERTS = f"{ATTENDANCE}/alerts"
ALERT = f"{ALERTS}/{{alert_id}}"
CLOSURES = f"{ATTENDANCE}/closures"

router = APIRouter(tags=["attendance"])


@router.get(ALERTS, operation_id="listAttendanceAlerts", responses=problems(*ASKED))
async def list_alerts(
    session: Looking,
    actor: Reader,
    response: Response,
    page: AskedPage,
    purpose: StatedPurpose,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only those that nobody took, or are taken.")
    ] = None,
) -> AlertList:
    """List who was expected and has not arrived, of your placements, the newest first."""
    key = page.after((str,))
    within = await organisations_within(session)
    before = key[0] if key else None
    found = await queries.list_alerts(session, within, open_, (before, page.limit + 1))
    subject = Subject("attendance", str(actor.organisation_id), None, actor.organisation_id)
    await record_read(session, actor, "attendance.alerts_listed", subject, purpose)
    private(response)
    return AlertList(
        items=[_alert(row) for row in found[: page.limit]], links=page.links(found, "id")
    )


@router.get(
    ALERT, operation_id="getAttendanceAlert", responses=problems(*ASKED, AlertNotFoundError)
)
async def get_alert(
    session: Looking,
    actor: Reader,
    response: Response,
    alert_id: uuid.UUID,
    purpose: StatedPurpose,
) -> AlertOut:
    """Read an alert, and say what for."""
    row = await deciding.look_at_alert(session, alert_id)
    subject = subject_of(row.placement_id, row.commissioner_id)
    await record_read(session, actor, "attendance.alert_read", subject, purpose)
    private(response)
    return _alert(row)


@router.post(
    f"{ALERT}/acknowledgement",
    operation_id="acknowledgeAttendanceAlert",
    responses=problems(
        *(*ASKED, KeyReusedError, PersonNeededError, AlertNotFoundError),
        *(PlacementNotYoursError, AlertAcknowledgedError),
    ),
)
async def answer_alert(
    session: Writing,
    actor: Recorder,
    response: Response,
    alert_id: uuid.UUID,
    said: AlertAcknowledgement,
) -> AlertOut:
    """Take an alert, and say what came of it."""
    await deciding.answer_alert(session, actor, alert_id, said)
    located(response, f"{ALERTS}/{alert_id}?purpose={Purpose.SAFEGUARDING}")
    private(response)
    return _alert(await deciding.look_at_alert(session, alert_id))


@router.post(
    CLOSURES,
    status_code=201,
    operation_id="closeAttendanceDays",
    responses=problems(*ASKED, KeyReusedError, AttendanceNotYoursError),
)
async def close_days(
    session: Writing, actor: Reporter, response: Response, new: NewClosure
) -> ClosureOut:
    """Say that nobody is expected on some days: at a site, of one placement, of all of yours."""
    closure_id = await deciding.close_days(session, actor, new)
    return await _closed(session, response, closure_id)


@router.get(CLOSURES, operation_id="listAttendanceClosures", responses=problems(*ASKED))
async def list_closures(
    session: Reading, _: Reader, response: Response, page: AskedPage
) -> ClosureList:
    """List what your organisation said of days on which nobody is expected, the newest first."""
    key = page.after((str,))
    within = await organisations_within(session)
    found = await queries.list_closures(session, within, key[0] if key else None, page.limit + 1)
    private(response)
    return ClosureList(
        items=[_closure(row) for row in found[: page.limit]], links=page.links(found, "id")
    )


@router.post(
    f"{CLOSURES}/{{closure_id}}/withdrawal",
    operation_id="withdrawAttendanceClosure",
    responses=problems(
        *(*ASKED, KeyReusedError, AttendanceNotYoursError),
        *(ClosureNotFoundError, ClosureWithdrawnError),
    ),
)
async def withdraw_closure(
    session: Writing, actor: Reporter, response: Response, closure_id: uuid.UUID
) -> ClosureOut:
    """Say that somebody is expected on these days after all."""
    await deciding.withdraw_closure(session, actor, closure_id)
    return await _closed(session, response, closure_id)


async def _closed(session: Writing, response: Response, closure_id: uuid.UUID) -> ClosureOut:
    located(response, CLOSURES)
    private(response)
    return _closure(await queries.get_closure(session, closure_id))


def _closure(row: Any) -> ClosureOut:
    scope = ClosureScope.COMMISSIONER
    if row.site_id is not None:
        scope = ClosureScope.SITE
    elif row.placement_id is not None:
        scope = ClosureScope.PLACEMENT
    return ClosureOut(
        id=row.id,
        scope=scope,
        since=row.since,
        until=row.until,
        reason=row.reason,
        placement=row.placement_id,
        said_by=row.said_by,
        recorded_at=row.recorded_at,
        withdrawn_at=row.withdrawn_at,
    )


def _alert(row: Any) -> AlertOut:
    return AlertOut(
        id=row.id,
        placement=row.placement_id,
        reference=row.reference,
        provider=row.provider,
        provider_name=row.provider_name,
        site=row.site,
        on=row.day,
        starts=row.starts,
        why=row.why,
        due_at=row.due_at,
        opened_at=row.opened_at,
        answer=row.answer,
        answered_by=row.answered_by_name,
        answered_at=row.answered_at,
    )
