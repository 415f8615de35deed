"""Many at once over HTTP: listing by transition, and confirming colleagues' proposals."""

from fastapi import APIRouter, Response

from app.http.errors import KeyReusedError
from app.http.problems import problems
from app.http.sessions import Writing
from app.providers.errors import DecidedElsewhereError, TransitionOffError
from app.providers.router.listing_answers import (
    APPLICATIONS,
    ASKED,
    RECENT,
    Confirmer,
    RecentProposer,
)
from app.providers.schemas.listings import (
    Confirmations,
    NewTransition,
    OutcomeList,
    OutcomeOf,
)
from app.providers.service import transitions as service
from app.providers.service.transitions import Outcome

router = APIRouter(prefix="/v1", tags=["listings"])


@router.post(
    "/applications/transition",
    operation_id="proposeByTransition",
    responses=problems(*ASKED, *RECENT, TransitionOffError, DecidedElsewhereError, KeyReusedError),
)
async def propose_by_transition(
    session: Writing, actor: RecentProposer, response: Response, new: NewTransition
) -> OutcomeList:
    """Propose to list providers that your authority checked lately, under the published policy."""
    outcomes = await service.propose_by_transition(session, actor, new.provider_numbers)
    return _told(outcomes, response)


@router.post(
    "/proposals/confirmation",
    operation_id="confirmProposals",
    responses=problems(*ASKED, *RECENT, KeyReusedError),
)
async def confirm_proposals(
    session: Writing, actor: Confirmer, response: Response, wanted: Confirmations
) -> OutcomeList:
    """Confirm up to a hundred proposals of colleagues, each by itself."""
    outcomes = await service.confirm_many(session, actor, wanted.proposal_ids)
    return _told(outcomes, response)


def _told(outcomes: list[Outcome], response: Response) -> OutcomeList:
    response.headers["Location"] = APPLICATIONS
    response.headers["Cache-Control"] = "no-store"
    return OutcomeList(
        items=[
            OutcomeOf(
                id=one.key,
                done=one.refused is None,
                listing_id=one.listing_id,
                proposal_ids=list(one.proposal_ids),
                problem=one.refused.slug if one.refused else None,
                detail=one.refused.detail if one.refused else None,
            )
            for one in outcomes
        ]
    )
