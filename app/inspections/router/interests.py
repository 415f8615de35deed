"""Declared interests over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Query, Response

from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import InterestNotFoundError
from app.inspections.queries import interests as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import Planner, Reader
from app.inspections.schemas.inspections import (
    InterestChange,
    InterestList,
    InterestOut,
    NewInterest,
)
from app.inspections.service import interests as service
from app.providers.errors import PersonNeededError, ProviderNotFoundError

INTERESTS = "/v1/declared-interests"
MOST = 1_000

router = APIRouter(prefix=INTERESTS, tags=["inspections"])


@router.post(
    "",
    status_code=201,
    operation_id="declareInterest",
    responses=problems(*answers.ASKED, PersonNeededError, ProviderNotFoundError, KeyReusedError),
)
async def declare_interest(
    session: Writing, actor: Planner, response: Response, new: NewInterest
) -> InterestOut:
    """Declare what ties you to a provider; you take no part in its inspections from now on."""
    identity = await service.declare(session, actor, new)
    return await _told(session, response, identity)


@router.get("", operation_id="listInterests", responses=problems(*answers.ASKED))
async def list_interests(
    session: Reading,
    _: Reader,
    response: Response,
    provider: Annotated[
        str | None, Query(pattern="^[A-Za-z0-9]{1,20}$", description="In this provider.")
    ] = None,
) -> InterestList:
    """List the interests that you, and those you act for, have declared, the newest first."""
    answers.private(response)
    found = await queries.list_interests(session, provider.upper() if provider else None, MOST)
    return InterestList(items=[_out(row) for row in found])


@router.patch(
    "/{interest_id}",
    operation_id="endInterest",
    responses=problems(
        *answers.ASKED,
        *answers.EDITED,
        PersonNeededError,
        InterestNotFoundError,
        KeyReusedError,
    ),
)
async def end_interest(
    session: Writing,
    actor: Planner,
    response: Response,
    interest_id: uuid.UUID,
    change: InterestChange,
    expected: ExpectedVersion,
) -> InterestOut:
    """Say when an interest of yours ends."""
    await service.end(session, actor, interest_id, change, expected)
    return await _told(session, response, interest_id)


async def _told(
    session: ReadSession | WriteSession, response: Response, identity: uuid.UUID
) -> InterestOut:
    row = next(
        one for one in await queries.list_interests(session, None, MOST) if one.id == identity
    )
    answers.located(response, f"{INTERESTS}/{row.id}")
    answers.private(response, row.version)
    return _out(row)


def _out(row: object) -> InterestOut:
    return InterestOut.model_validate(
        {
            name: getattr(row, "person_id" if name == "person" else name)
            for name in InterestOut.model_fields
        }
    )
