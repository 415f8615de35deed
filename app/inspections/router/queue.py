"""The work queue over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Query, Response

from app import clock
from app.errors import FieldFault, InvalidRequestError
from app.http.problems import problems
from app.http.sessions import Reading
from app.inspections.risk import RiskGround
from app.inspections.router import answering as answers
from app.inspections.router.answering import Planner
from app.inspections.schemas.queue import (
    InspectionQueue,
    PlannedInspection,
    QueuedSite,
    QueueDue,
)
from app.inspections.service.queue import Waiting, queue_of
from app.inspections.terms import InspectionKind, Outcome
from app.providers.errors import DecidedElsewhereError

QUEUE = "/v1/inspection-queue"

router = APIRouter(prefix=QUEUE, tags=["inspections"])


@router.get(
    "",
    operation_id="getInspectionQueue",
    responses=problems(*answers.ASKED, DecidedElsewhereError),
)
async def get_queue(
    session: Reading,
    actor: Planner,
    response: Response,
    la: Annotated[
        str | None,
        Query(pattern="^[0-9]{3}$", description="The authority; your own, unless you say."),
    ] = None,
    limit: Annotated[int, Query(ge=1, le=500, description="How many sites.")] = 50,
) -> InspectionQueue:
    """See which sites to visit first: never seen, overdue, worried about, or changed since."""
    la_code = la or actor.la_code
    if la_code is None:
        detail = "You act for no local authority: say of which one you want the queue."
        raise InvalidRequestError(detail, errors=(FieldFault(detail, parameter="la"),))
    if actor.la_code not in {None, la_code}:
        raise DecidedElsewhereError(f"The queue of {la_code} is for those who decide there.")
    today = clock.today()
    waiting = await queue_of(session, la_code, today)
    answers.private(response)
    return InspectionQueue(
        la_code=la_code,
        on=today,
        sites=len(waiting),
        never_seen=sum(RiskGround.NEVER_SEEN in one.risk.grounds for one in waiting),
        overdue=sum(RiskGround.OVERDUE in one.risk.grounds for one in waiting),
        items=[_out(one) for one in waiting[:limit]],
    )


def _out(one: Waiting) -> QueuedSite:
    row, due = one.row, one.risk.due
    return QueuedSite(
        provider=row.number,
        provider_name=row.provider_name,
        site=row.site,
        site_name=row.site_name,
        points=one.risk.points,
        grounds=list(one.risk.grounds),
        due=QueueDue(
            kind=due.kind,
            on=due.on,
            because=due.because,
            overdue=RiskGround.OVERDUE in one.risk.grounds,
        )
        if due
        else None,
        last_seen_on=one.last_seen_on,
        outcome=Outcome(row.outcome) if row.outcome else Outcome.NOT_YET_ASSESSED,
        outcome_valid_until=row.valid_until,
        planned=[
            PlannedInspection(
                reference=plan.reference,
                kind=InspectionKind(plan.kind),
                planned_on=plan.planned_on,
            )
            for plan in one.planned
        ],
    )
