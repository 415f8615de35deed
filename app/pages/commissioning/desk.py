"""The desk of those who place children: what waits for whom, the most pressing first."""

from fastapi import Request, Response

from app.access import Actor, Permission
from app.assessments.queries.assessments import list_to_decide
from app.assessments.router import assessments
from app.assessments.schemas.assessments import AssessmentBrief
from app.assessments.service.facts import facts_of
from app.assessments.service.gathering import gather
from app.assessments.service.telling import brief
from app.assessments.terms import AssessmentState
from app.attendance.router import alerts
from app.db.events import WriteSession
from app.funding.router import lists as funding
from app.funding.terms import FundingListed
from app.http.sessions import Looking
from app.organisations.router.pages import Page
from app.oversight.router import looking
from app.pages.commissioning import desk_view as view
from app.pages.commissioning.forms import (
    COMMISSIONING,
    PURPOSE,
    At,
    Reader,
    at_of,
    page_of,
    show_page,
)
from app.pages.signed_in import acted_for, own_router
from app.placements.router import placements
from app.reviews.router import due
from app.rules.suitability.judging import judge
from app.safeguarding.router import duties

router = own_router()

FEW = 5
"""How many lines of each list the desk shows."""


@router.get(COMMISSIONING)
async def show_desk(request: Request, session: Looking, actor: Reader) -> Response:
    """Show what waits for an organisation that places children, or answers for them."""
    waiting = await _waiting(session, at_of(request, actor))
    return await show_page(request, view.desk_part(actor, waiting))


async def _waiting(session: WriteSession, at: At) -> view.Waiting:
    """Gather the first of each list that somebody may read; nothing of the others."""
    actor, unsent = at.actor, Response()
    may, page = actor.permissions, page_of(COMMISSIONING, None, limit=FEW)
    return view.Waiting(
        alerts=await alerts.list_alerts(session, actor, unsent, page, PURPOSE, open_=True)
        if Permission.ATTENDANCE_READ in may
        else None,
        follow_ups=await looking.list_unaccounted(session, actor, unsent, page, PURPOSE)
        if Permission.FOLLOW_UPS_READ in may
        else None,
        reviews=await due.list_reviews(session, actor, unsent, page, PURPOSE),
        unassessed=await placements.list_placements(
            session, actor, unsent, page, PURPOSE, overdue=True
        ),
        assessments=await assessments.list_assessments(
            session, actor, unsent, page, PURPOSE, state=AssessmentState.OPEN
        ),
        to_decide=await _to_decide(session, at),
        offers=await duties.list_waiting_offers(session, actor, unsent, page, PURPOSE)
        if Permission.SAFEGUARDING_HAND_OVER in may
        else None,
        to_sign=await _funding(session, actor, page, FundingListed.TO_SIGN),
        disputed=await _funding(session, actor, page, FundingListed.DISPUTED),
    )


async def _to_decide(session: WriteSession, at: At) -> list[tuple[AssessmentBrief, int]] | None:
    """Return what somebody may decide, and of each how much is missing or stands against it."""
    actor = at.actor
    if Permission.PLACEMENTS_DECIDE not in actor.permissions or actor.id is None:
        return None
    rows = await list_to_decide(session, acted_for(actor), actor.id, FEW)
    return [
        (brief(row), len(judge(facts_of(await gather(session, at.ring, row))).everything))
        for row in rows
    ]


async def _funding(
    session: WriteSession, actor: Actor, page: Page, state: FundingListed
) -> view.FundingFound:
    if Permission.FUNDING_READ not in actor.permissions:
        return None
    return await funding.list_funding(session, actor, Response(), page, PURPOSE, state=state)
