"""Interim suspensions over HTTP: what holds, by when it is looked at again, and looking."""

import uuid
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app import clock
from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import SuspensionEndedError, SuspensionNotFoundError
from app.inspections.queries import suspensions as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import Reader
from app.inspections.schemas.clocks import clock_told
from app.inspections.schemas.suspensions import (
    NewSuspensionReview,
    ReviewDecision,
    SuspensionList,
    SuspensionOut,
    SuspensionReviewOut,
)
from app.inspections.service import suspensions as service
from app.organisations.router.pages import AskedPage
from app.providers.errors import NotYoursToJudgeError, PersonNeededError, ProposalOpenError
from app.providers.router.answering import Proposer

SUSPENSIONS = "/v1/interim-suspensions"

router = APIRouter(prefix=SUSPENSIONS, tags=["inspections"])


@router.get("", operation_id="listSuspensions", responses=problems(*answers.ASKED))
async def list_suspensions(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    due_until: Annotated[
        date | None, Query(description="To be looked at again by this day; yesterday: overdue.")
    ] = None,
) -> SuspensionList:
    """List the interim suspensions that hold, of providers that you own or answer for."""
    key = page.after((str, str))
    after = (answers.read_key(date, key[0]), key[1]) if key else None
    found = await queries.list_open(session, due_until, after, page.limit + 1)
    answers.private(response)
    return SuspensionList(
        items=[await _out(session, row) for row in found[: page.limit]],
        links=page.links(found, "due", "id"),
    )


@router.get(
    "/{suspension_id}",
    operation_id="getSuspension",
    responses=problems(*answers.ASKED, SuspensionNotFoundError),
)
async def get_suspension(
    session: Reading, _: Reader, response: Response, suspension_id: uuid.UUID
) -> SuspensionOut:
    """Look at an interim suspension, and by when it is looked at again."""
    return await _shown(session, response, suspension_id)


@router.post(
    "/{suspension_id}/reviews",
    status_code=201,
    operation_id="reviewSuspension",
    responses=problems(
        *(*answers.ASKED, *answers.EDITED, KeyReusedError, PersonNeededError),
        *(SuspensionNotFoundError, NotYoursToJudgeError, SuspensionEndedError, ProposalOpenError),
    ),
)
async def review_suspension(
    session: Writing,
    actor: Proposer,
    response: Response,
    suspension_id: uuid.UUID,
    said: NewSuspensionReview,
    expected: ExpectedVersion,
) -> SuspensionOut:
    """Say whether a suspension stays; lifting it is proposed, for a second officer to confirm."""
    await service.review(session, actor, suspension_id, said, expected)
    return await _shown(session, response, suspension_id)


async def _shown(
    session: ReadSession | WriteSession, response: Response, suspension_id: uuid.UUID
) -> SuspensionOut:
    told = await _out(session, await service.look_at(session, suspension_id))
    answers.located(response, f"{SUSPENSIONS}/{told.id}")
    answers.private(response, told.version)
    return told


async def _out(session: ReadSession | WriteSession, row: Any) -> SuspensionOut:
    reviews = await queries.list_reviews(session, row.id)
    review = await service.review_clock(session, row.reviewed_on)
    return SuspensionOut(
        id=row.id,
        listing=row.listing_id,
        provider=row.provider,
        provider_name=row.provider_name,
        site=row.site,
        la_code=row.la_code,
        holds=row.open,
        imposed_on=row.imposed_on,
        review=clock_told(review, clock.today()),
        finding=row.finding,
        reviews=[
            SuspensionReviewOut(
                decision=ReviewDecision(one.decision),
                reason=one.reason,
                name=one.person_name,
                reviewed_at=one.reviewed_at,
                next_due_on=one.next_due_on,
            )
            for one in reviews
        ],
        version=row.version,
    )
