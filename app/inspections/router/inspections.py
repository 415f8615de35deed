"""Inspections over HTTP: planned, changed, given up; who inspects."""

import uuid
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import (
    InspectionNotPlannableError,
    InspectorHasJudgedError,
    InspectorNotFoundError,
    NoStandardsInForceError,
    NotIndependentError,
)
from app.inspections.queries import inspections as queries
from app.inspections.queries.inspections import Wanted
from app.inspections.router import answering as answers
from app.inspections.router.answering import Planner, Reader, Reference
from app.inspections.router.showing import inspection_told, summary_told
from app.inspections.schemas.inspections import (
    Cancellation,
    InspectionChange,
    InspectionList,
    InspectionOut,
    NewInspection,
    NewInspector,
)
from app.inspections.service import inspectors, planning
from app.inspections.terms import InspectionKind, InspectionState
from app.organisations.router.pages import AskedPage
from app.providers.errors import (
    DecidedElsewhereError,
    NotYoursToJudgeError,
    ProviderNotFoundError,
)

router = APIRouter(tags=["inspections"])

_NAMED = (InspectorNotFoundError, NotIndependentError)
_PLANNED = (
    *(*answers.DONE, *_NAMED, ProviderNotFoundError, NotYoursToJudgeError),
    *(DecidedElsewhereError, NoStandardsInForceError, InspectionNotPlannableError),
)


@router.post(
    answers.INSPECTIONS,
    status_code=201,
    operation_id="planInspection",
    responses=problems(*_PLANNED),
)
async def plan_inspection(
    session: Writing, actor: Planner, response: Response, new: NewInspection
) -> InspectionOut:
    """Plan to look at sites of a provider that you answer for."""
    reference = await planning.plan(session, actor, new)
    return await inspection_told(session, reference, response)


@router.get(answers.INSPECTIONS, operation_id="listInspections", responses=problems(*answers.ASKED))
async def list_inspections(  # noqa: PLR0913, PLR0917 - each narrows the list
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    state: Annotated[list[InspectionState] | None, Query(description="Any of these.")] = None,
    kind: Annotated[list[InspectionKind] | None, Query(description="Any of these.")] = None,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="Of this provider.")
    ] = None,
    body: Annotated[uuid.UUID | None, Query(description="Of this QA body.")] = None,
    la: Annotated[
        str | None, Query(pattern="^[0-9]{3}$", description="In this local authority's area.")
    ] = None,
    planned_until: Annotated[date | None, Query(description="Planned until this day.")] = None,
) -> InspectionList:
    """List inspections that you plan, inspect, check, answer for, or are told of."""
    wanted = Wanted(
        states=tuple(state or ()),
        kinds=tuple(kind or ()),
        provider_number=provider.upper() if provider else None,
        body_id=body,
        la_code=la,
        planned_until=planned_until,
    )
    key = page.after((str, str))
    after = (answers.read_key(date, key[0]), key[1]) if key else None
    found = await queries.list_inspections(session, wanted, after, page.limit + 1)
    answers.private(response)
    return InspectionList(
        items=[summary_told(row) for row in found[: page.limit]],
        links=page.links(found, "planned_on", "id"),
    )


@router.get(answers.INSPECTION, operation_id="getInspection", responses=problems(*answers.LOOKED))
async def get_inspection(
    session: Reading, _: Reader, response: Response, reference: Reference
) -> InspectionOut:
    """Look at an inspection: what is planned, who inspects, how far it is."""
    return await inspection_told(session, reference, response)


@router.patch(
    answers.INSPECTION,
    operation_id="changeInspection",
    responses=problems(
        *answers.DONE, *answers.EDITED, NoStandardsInForceError, InspectionNotPlannableError
    ),
)
async def change_inspection(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    change: InspectionChange,
    expected: ExpectedVersion,
) -> InspectionOut:
    """Change the plan, before anybody judged."""
    await planning.change(session, actor, reference, change, expected)
    return await inspection_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/cancellation",
    operation_id="cancelInspection",
    responses=problems(*answers.DONE, *answers.EDITED),
)
async def cancel_inspection(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    stated: Cancellation,
    expected: ExpectedVersion,
) -> InspectionOut:
    """Give an inspection up; nothing of it is ever published."""
    await planning.cancel(session, actor, reference, stated.reason, expected)
    return await inspection_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/inspectors",
    operation_id="nameInspector",
    responses=problems(*answers.DONE, *_NAMED),
)
async def name_inspector(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    new: NewInspector,
) -> InspectionOut:
    """Let an officer of the body inspect; one with a tie to the provider cannot."""
    await inspectors.name_inspector(session, actor, reference, new)
    return await inspection_told(session, reference, response)


@router.delete(
    f"{answers.INSPECTION}/inspectors/{{person_id}}",
    status_code=204,
    operation_id="takeInspectorOff",
    responses=problems(*answers.DONE, InspectorNotFoundError, InspectorHasJudgedError),
)
async def take_inspector_off(
    session: Writing, actor: Planner, reference: Reference, person_id: uuid.UUID
) -> None:
    """Take somebody off an inspection who has judged nothing yet."""
    await inspectors.take_off(session, actor, reference, person_id)
