"""Facts of attendance over HTTP: reported by providers, or noted by commissioners from a call.

Whoever reads them says what for; that they did is written down in the same transaction.
"""

import uuid
from datetime import date, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app import clock
from app.access import Actor, Permission
from app.attendance.errors import (
    AttendanceNotYoursError,
    CodeForbiddenError,
    ReferenceTakenError,
)
from app.attendance.queries import sessions as queries
from app.attendance.schemas.asked import (
    AgreedContact,
    AttendanceBatch,
    BatchedFact,
    NewCode,
    SessionFact,
)
from app.attendance.schemas.told import (
    AttendanceContactOut,
    AttendanceFactOut,
    BatchOutcome,
    BatchRow,
    CodeOut,
    ExpectedChildren,
    PlacementAttendance,
    RowProblem,
)
from app.attendance.service import deciding, reporting, telling
from app.attendance.service.reporting import Row
from app.attendance.terms import RowOutcome
from app.audit.service import record_read
from app.audit.terms import Purpose, Subject
from app.calculators.schemas.stated import RuleReason
from app.children.router import StatedPurpose
from app.errors import FieldFault, InvalidRequestError
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.placements.errors import PlacementNotFoundError, PlacementNotYoursError
from app.placements.queries.placements import get_placement
from app.providers.router.answering import ASKED, Ring, located, private

ATTENDANCE = "/v1/attendance"
OF_PLACEMENT = "/v1/placements/{placement_id}/attendance"
MOST_DAYS = 366
WEEK = 7

router = APIRouter(tags=["attendance"])

Reader = Annotated[Actor, Depends(Requires(Permission.ATTENDANCE_READ))]
Reporter = Annotated[Actor, Depends(Requires(Permission.ATTENDANCE_REPORT))]
Registrar = Annotated[Actor, Depends(Requires(Permission.ATTENDANCE_CODE))]
Recorder = Annotated[Actor, Depends(Requires(Permission.PLACEMENTS_RECORD))]


@router.post(
    OF_PLACEMENT,
    status_code=201,
    operation_id="reportAttendance",
    responses=problems(*ASKED, KeyReusedError, AttendanceNotYoursError, ReferenceTakenError),
)
async def report(
    session: Writing,
    actor: Reporter,
    response: Response,
    placement_id: uuid.UUID,
    new: SessionFact,
) -> AttendanceFactOut:
    """Report one session. A correction is another fact; the latest stands, the former stay."""
    fact = BatchedFact(placement=placement_id, **new.model_dump())
    (row,) = await reporting.report(session, actor, [fact])
    if row.refusal is not None:
        raise row.refusal
    if row.outcome is RowOutcome.HELD_ALREADY:
        response.status_code = 200
    found = await queries.list_facts(session, [placement_id], new.on, new.on)
    asked = f"since={new.on}&until={new.on}&purpose={Purpose.COMMISSIONING}"
    located(response, f"/v1/placements/{placement_id}/attendance?{asked}")
    private(response)
    return telling.fact_out(next(one for one in found if one.id == row.fact_id))


@router.post(
    f"{ATTENDANCE}/batches",
    operation_id="reportAttendanceBatch",
    responses=problems(*ASKED, KeyReusedError),
)
async def report_batch(
    session: Writing, actor: Reporter, response: Response, batch: AttendanceBatch
) -> BatchOutcome:
    """Report up to 500 sessions. Each row is told what became of it; sent again, nothing is added.

    A row is what a single fact is, with its `placement`. Give each a `reference` of your own.
    """
    rows = await reporting.report(session, actor, reporting.read_rows(batch.items))
    located(response, f"{ATTENDANCE}/expected?purpose={Purpose.COMMISSIONING}")
    private(response)
    outcomes = [row.outcome for row in rows]
    return BatchOutcome(
        recorded=outcomes.count(RowOutcome.RECORDED),
        held_already=outcomes.count(RowOutcome.HELD_ALREADY),
        refused=outcomes.count(RowOutcome.REFUSED),
        rows=[_row(number, row) for number, row in enumerate(rows)],
    )


@router.get(
    f"{ATTENDANCE}/expected", operation_id="listExpectedChildren", responses=problems(*ASKED)
)
async def list_expected(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    ring: Ring,
    purpose: StatedPurpose,
    on: Annotated[date | None, Query(description="The first day; today if not given.")] = None,
    days: Annotated[int, Query(ge=1, le=WEEK, description="How many days.")] = 1,
) -> ExpectedChildren:
    """List whom your organisation expects at its sites: today, or on up to seven days."""
    since = on or clock.today()
    private(response)
    within = (since, since + timedelta(days=days - 1))
    return await telling.read_expected(session, actor, ring, purpose, within)


@router.get(
    OF_PLACEMENT,
    operation_id="getPlacementAttendance",
    responses=problems(*ASKED, PlacementNotFoundError),
)
async def get_attendance(  # noqa: PLR0913, PLR0917 - each is named where it is sent
    session: Looking,
    actor: Reader,
    response: Response,
    placement_id: uuid.UUID,
    purpose: StatedPurpose,
    since: Annotated[date, Query(description="The first day.")],
    until: Annotated[date, Query(description="The last day.")],
) -> PlacementAttendance:
    """Read a placement's sessions: what was reported, the codes proposed and decided, counts.

    For the commissioner, the authorities responsible for the child, and the home school.
    """
    if not 0 <= (until - since).days < MOST_DAYS:
        detail = f"Ask for 1 to {MOST_DAYS} days, the first before the last."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="until"),))
    if not await queries.may_see(session, placement_id):
        raise PlacementNotFoundError("No placement has this id, or none that you may see.")
    placement = await get_placement(session, placement_id)
    whose = placement.commissioner_id if placement else actor.organisation_id
    subject = Subject("placement", placement_id, None, whose)
    await record_read(session, actor, "attendance.read", subject, purpose)
    private(response)
    return await telling.tell(session, placement_id, since, until)


@router.post(
    f"{OF_PLACEMENT}/codes",
    status_code=201,
    operation_id="enterAttendanceCode",
    responses=problems(*ASKED, KeyReusedError, AttendanceNotYoursError, CodeForbiddenError),
)
async def enter_code(
    session: Writing,
    actor: Registrar,
    response: Response,
    placement_id: uuid.UUID,
    new: NewCode,
) -> CodeOut:
    """Enter the code your school decides on. A wrong one is warned of, with the reason.

    It is refused only where an enactment forbids it: a code that claims attendance which the
    report denies, or D without a second school.
    """
    decided = await deciding.enter_code(session, actor, placement_id, new)
    asked = f"since={new.on}&until={new.on}&purpose={Purpose.COMMISSIONING}"
    located(response, f"/v1/placements/{placement_id}/attendance?{asked}")
    private(response)
    warning = RuleReason.model_validate(decided.warning) if decided.warning else None
    return CodeOut(
        placement=placement_id,
        on=new.on,
        half=new.half,
        code=new.code,
        proposed=decided.proposed.code,
        warning=warning,
    )


@router.post(
    f"{OF_PLACEMENT}/contact",
    operation_id="agreeAttendanceContact",
    responses=problems(*ASKED, KeyReusedError, PlacementNotFoundError, PlacementNotYoursError),
)
async def agree_contact(
    session: Writing,
    actor: Recorder,
    response: Response,
    placement_id: uuid.UUID,
    agreed: AgreedContact,
) -> AttendanceContactOut:
    """Say who is told that the child has not arrived, and how soon after the expected time."""
    await deciding.agree_contact(session, actor, placement_id, agreed)
    located(response, f"/v1/placements/{placement_id}?purpose={Purpose.COMMISSIONING}")
    private(response)
    return await telling.contact_of(session, placement_id)


def _row(number: int, row: Row) -> BatchRow:
    found = []
    if row.refusal is not None:
        faults = row.refusal.errors or (FieldFault(row.refusal.detail),)
        found = [
            RowProblem(type=row.refusal.type, detail=one.detail, pointer=one.pointer)
            for one in faults
        ]
    return BatchRow(row=number, outcome=row.outcome, fact=row.fact_id, problems=found)
