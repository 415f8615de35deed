"""Cases of settings that may have to register as a school, over HTTP."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.placements.errors import (
    CaseClosedError,
    CaseNotFoundError,
    CaseNotYoursError,
)
from app.placements.queries import cases as case_queries
from app.placements.schemas import (
    CaseClosure,
    RegistrationCaseList,
    RegistrationCaseOut,
)
from app.placements.service import cases
from app.providers.errors import PersonNeededError
from app.providers.router.answering import (
    ASKED,
    EDITED,
    located,
    private,
)

CASES = "/v1/registration-cases"

router = APIRouter(tags=["placements"])

CaseReader = Annotated[Actor, Depends(Requires(Permission.REGISTRATION_CASES_READ))]
CaseCloser = Annotated[Actor, Depends(Requires(Permission.REGISTRATION_CASES_CLOSE))]


@router.get(CASES, operation_id="listRegistrationCases", responses=problems(*ASKED))
async def list_cases(
    session: Reading,
    _: CaseReader,
    response: Response,
    page: AskedPage,
    open_: Annotated[
        bool | None, Query(alias="open", description="Only those that are open, or are not.")
    ] = None,
) -> RegistrationCaseList:
    """List settings that may have to register as a school, the newest case first."""
    key = page.after((str,))
    before = key[0] if key else None
    found = await case_queries.list_cases(session, open_, before, page.limit + 1)
    private(response)
    items = [_case(row) for row in found[: page.limit]]
    return RegistrationCaseList(items=items, links=page.links(found, "id"))


@router.get(
    f"{CASES}/{{case_id}}",
    operation_id="getRegistrationCase",
    responses=problems(*ASKED, CaseNotFoundError),
)
async def get_case(
    session: Reading, _: CaseReader, response: Response, case_id: uuid.UUID
) -> RegistrationCaseOut:
    """Look at a case. What was counted is told in numbers and names nobody."""
    return await _shown_case(session, response, case_id)


@router.post(
    f"{CASES}/{{case_id}}/closure",
    operation_id="closeRegistrationCase",
    responses=problems(
        *(*ASKED, *EDITED, KeyReusedError, PersonNeededError),
        *(CaseNotFoundError, CaseNotYoursError, CaseClosedError),
    ),
)
async def close_case(
    session: Writing,
    actor: CaseCloser,
    response: Response,
    case_id: uuid.UUID,
    said: CaseClosure,
    expected: ExpectedVersion,
) -> RegistrationCaseOut:
    """Say what the department found of a setting."""
    await cases.close(session, actor, (case_id, expected), said)
    return await _shown_case(session, response, case_id)


async def _shown_case(
    session: ReadSession | WriteSession, response: Response, case_id: uuid.UUID
) -> RegistrationCaseOut:
    told = _case(await cases.look_at(session, case_id))
    located(response, f"{CASES}/{told.id}")
    private(response, told.version)
    return told


def _case(row: Any) -> RegistrationCaseOut:
    return RegistrationCaseOut(
        id=row.id,
        provider=row.provider,
        provider_name=row.provider_name,
        would_reach_on=row.would_reach_on,
        refused=row.refused,
        counts=row.counts.split("\n"),
        opened_at=row.opened_at,
        closure=row.closure,
        closed_at=row.closed_at,
        closed_reason=row.closed_reason,
        version=row.version,
    )
