"""What the department finds of the children of a registration case, over HTTP."""

import uuid
from typing import Any

from fastapi import APIRouter, Response

from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.sessions import Looking, Writing
from app.occupancy.service.threshold import delivery_of
from app.placements.errors import (
    CaseChildNotFoundError,
    CaseClosedError,
    CaseNotFoundError,
    CaseNotYoursError,
)
from app.placements.router.cases import CASES, CaseCloser, CaseReader
from app.placements.schemas import (
    CaseChildOut,
    CaseChildren,
    FullTimeFindingOut,
    FullTimeFindingStated,
)
from app.placements.service import findings
from app.placements.service.findings import CaseLooked
from app.providers.errors import PersonNeededError
from app.providers.router.answering import ASKED, located, private
from app.rules.registration.facts import is_found_not_full_time
from app.rules.school_age import school_age_of

CHILDREN = f"{CASES}/{{case_id}}/children"

router = APIRouter(tags=["placements"])


@router.get(
    CHILDREN,
    operation_id="listCaseChildren",
    responses=problems(*ASKED, CaseNotFoundError, CaseNotYoursError),
)
async def list_case_children(
    session: Looking, actor: CaseReader, response: Response, case_id: uuid.UUID
) -> CaseChildren:
    """Look at the children of a case, as the department: facts without names; it is written down.

    A child is called differently in every case, so that nothing can be joined by it.
    """
    looked = await findings.read_children(session, actor, case_id)
    private(response)
    return told(looked)


@router.post(
    f"{CASES}/{{case_id}}/findings",
    status_code=201,
    operation_id="recordFullTimeFinding",
    responses=problems(
        *(*ASKED, KeyReusedError, PersonNeededError, CaseNotFoundError),
        *(CaseNotYoursError, CaseClosedError, CaseChildNotFoundError),
    ),
)
async def record_finding(
    session: Writing,
    actor: CaseCloser,
    response: Response,
    case_id: uuid.UUID,
    stated: FullTimeFindingStated,
) -> CaseChildren:
    """Record, as the department, that a child is not full-time there; or take that back.

    It covers the hours the child has there now: who comes for longer counts by the hours again.
    Neither commissioners nor the provider are told.
    """
    await findings.find(session, actor, case_id, stated)
    looked = await findings.look_at_children(session, actor, case_id)
    located(response, CHILDREN.replace("{case_id}", str(case_id)))
    private(response)
    return told(looked)


def told(looked: CaseLooked) -> CaseChildren:
    """Return the children of a case as they are told, without what links them elsewhere."""
    return CaseChildren(
        case=looked.case.id,
        on=looked.on,
        items=[_child(looked, row) for row in looked.children],
        findings=[
            FullTimeFindingOut(
                child=findings.name_in(looked.case.id, row.child_link),
                finding=row.finding,
                weekly_minutes=row.weekly_minutes,
                since=row.since,
                until=row.until,
                reasons=row.reasons,
                found_by=row.found_by_name,
                found_at=row.found_at,
            )
            for row in looked.findings
        ],
    )


def _child(looked: CaseLooked, row: Any) -> CaseChildOut:
    born, elsewhere = row.birth_month, None
    if row.said_elsewhere is not None or row.placed_elsewhere:
        elsewhere = (row.said_elsewhere or 0) + row.placed_elsewhere
    return CaseChildOut(
        child=findings.name_in(looked.case.id, row.child_link),
        weekly_minutes=row.minutes,
        minutes_elsewhere=elsewhere,
        of_school_age=school_age_of(born).covers(looked.on) if born else None,
        has_plan=row.has_plan,
        looked_after=row.is_looked_after,
        has_needs=row.has_sen,
        delivery=delivery_of(at_a_setting=row.at_a_setting, lone=row.lone_tutor),
        commissioners=row.commissioners,
        found_not_full_time=is_found_not_full_time(row.minutes, row.found_up_to),
    )
