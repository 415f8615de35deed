"""Listings over HTTP: where they stand, how they came there, and decisions on them."""

import uuid

from fastapi import APIRouter, Response

from app.db.events import WriteSession
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.providers.errors import (
    ApplicationNotReadyError,
    DayCannotBeError,
    PaperworkNeverSuspendsError,
    ProposalNotFoundError,
    ProposalOpenError,
    ProposalOvertakenError,
    ProposalSettledError,
)
from app.providers.queries import listings as queries
from app.providers.router.listing_answers import (
    DECIDED,
    LISTINGS,
    LOOKED,
    OWNED,
    RECENT,
    Confirmer,
    Proposer,
    Reader,
    RecentProposer,
    Signer,
    listing_record,
    move_out,
)
from app.providers.schemas.listings import (
    Closure,
    ListingRecord,
    MoveList,
    NewProposal,
    ProposalList,
    ProposalRecord,
    Protection,
    Reasoned,
)
from app.providers.service import applications, decisions
from app.providers.service.decisions import Proposed
from app.providers.service.listings import look_at

router = APIRouter(prefix=f"{LISTINGS}/{{listing_id}}", tags=["listings"])

_SETTLED = (ProposalNotFoundError, ProposalSettledError, ProposalOvertakenError, DayCannotBeError)


@router.get("", operation_id="getListing", responses=problems(*LOOKED))
async def get_listing(
    session: Reading, _: Reader, response: Response, listing_id: uuid.UUID
) -> ListingRecord:
    """Look at a listing that you own or answer for."""
    return await listing_record(session, listing_id, response)


@router.get("/moves", operation_id="listListingMoves", responses=problems(*LOOKED))
async def list_moves(
    session: Reading, _: Reader, response: Response, listing_id: uuid.UUID
) -> MoveList:
    """List every move of a listing, and why, as far as it is yours to know."""
    listing = await look_at(session, listing_id)
    response.headers["Cache-Control"] = "no-store"
    to_owner = not listing.answers
    return MoveList(
        items=[
            move_out(one, to_owner=to_owner, owner_id=listing.owner_id)
            for one in await queries.list_moves(session, listing_id)
        ]
    )


@router.get("/proposals", operation_id="listProposals", responses=problems(*LOOKED))
async def list_proposals(
    session: Reading, _: Reader, response: Response, listing_id: uuid.UUID
) -> ProposalList:
    """List what officers proposed for a listing, newest first; its owner is shown none."""
    await look_at(session, listing_id)
    response.headers["Cache-Control"] = "no-store"
    found = await queries.list_proposals(session, listing_id)
    return ProposalList(items=[ProposalRecord.model_validate(one) for one in found])


@router.post(
    "/proposals",
    status_code=201,
    operation_id="proposeMove",
    responses=problems(
        *(*DECIDED, *RECENT, DayCannotBeError, ProposalOpenError),
        *(ApplicationNotReadyError, PaperworkNeverSuspendsError),
    ),
)
async def propose_move(
    session: Writing,
    actor: RecentProposer,
    response: Response,
    listing_id: uuid.UUID,
    new: NewProposal,
) -> ProposalRecord:
    """Propose a decision; another officer confirms it, and then it holds from its day."""
    proposed = Proposed(
        new.to_state, new.effective_on, new.reason, new.public_reason, new.columns()
    )
    proposal_id = await decisions.propose(session, actor, listing_id, proposed)
    response.headers["Location"] = f"{LISTINGS}/{listing_id}/proposals/{proposal_id}"
    response.headers["Cache-Control"] = "no-store"
    found = await decisions.get_proposal(session, listing_id, proposal_id)
    return ProposalRecord.model_validate(found)


@router.get(
    "/proposals/{proposal_id}",
    operation_id="getProposal",
    responses=problems(*LOOKED, ProposalNotFoundError),
)
async def get_proposal(
    session: Reading,
    _: Reader,
    response: Response,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
) -> ProposalRecord:
    """Look at one proposal and what became of it."""
    response.headers["Cache-Control"] = "no-store"
    found = await decisions.get_proposal(session, listing_id, proposal_id)
    return ProposalRecord.model_validate(found)


@router.post(
    "/proposals/{proposal_id}/confirmation",
    operation_id="confirmProposal",
    responses=problems(*DECIDED, *RECENT, *_SETTLED, ApplicationNotReadyError),
)
async def confirm_proposal(
    session: Writing,
    actor: Confirmer,
    response: Response,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
) -> ListingRecord:
    """Confirm what a colleague proposed: the listing moves, or is announced to."""
    await decisions.confirm(session, actor, listing_id, proposal_id)
    return await _shown(session, listing_id, response)


@router.post(
    "/proposals/{proposal_id}/refusal",
    operation_id="declineProposal",
    responses=problems(*DECIDED, *RECENT, *_SETTLED),
)
async def decline_proposal(
    session: Writing,
    actor: Confirmer,
    response: Response,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
    said: Reasoned,
) -> ListingRecord:
    """Refuse what a colleague proposed; the listing stays where it is."""
    await decisions.decline(session, actor, listing_id, proposal_id, said.reason)
    return await _shown(session, listing_id, response)


@router.post(
    "/suspension",
    status_code=201,
    operation_id="suspendListing",
    responses=problems(*DECIDED, ProposalOpenError, PaperworkNeverSuspendsError),
)
async def suspend_listing(
    session: Writing,
    actor: Proposer,
    response: Response,
    listing_id: uuid.UUID,
    said: Protection,
) -> ProposalRecord:
    """Find a risk of harm: the listing is under review from this moment.

    It is suspended as soon as a second officer confirms this proposal; nobody is heard before.
    """
    identity = await decisions.suspend(session, actor, listing_id, said.reason, said.public_reason)
    response.headers["Location"] = f"{LISTINGS}/{listing_id}/proposals/{identity}"
    response.headers["Cache-Control"] = "no-store"
    found = await decisions.get_proposal(session, listing_id, identity)
    return ProposalRecord.model_validate(found)


@router.post("/review", operation_id="reviewListing", responses=problems(*DECIDED))
async def review_listing(
    session: Writing,
    actor: Proposer,
    response: Response,
    listing_id: uuid.UUID,
    said: Protection,
) -> ListingRecord:
    """Put a listing under review at once."""
    await decisions.caution(session, actor, listing_id, said.reason, said.public_reason)
    return await _shown(session, listing_id, response)


@router.post(
    "/closure",
    operation_id="closeListing",
    responses=problems(*OWNED, *RECENT, DayCannotBeError),
)
async def close_listing(
    session: Writing, actor: Signer, response: Response, listing_id: uuid.UUID, said: Closure
) -> ListingRecord:
    """Leave the register with a site, today or from a later day; or give up an application."""
    await applications.close(session, actor, listing_id, said.reason, said.effective_on)
    return await _shown(session, listing_id, response)


async def _shown(session: WriteSession, listing_id: uuid.UUID, response: Response) -> ListingRecord:
    response.headers["Location"] = f"{LISTINGS}/{listing_id}"
    return await listing_record(session, listing_id, response)
