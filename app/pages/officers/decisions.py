"""The pages on which officers decide on a listing: two by two, or one at once to protect."""

import uuid
from typing import Annotated, Any, Literal, TypeAlias

from fastapi import Form, Request
from starlette.responses import Response

from app import clock
from app.access import Actor
from app.db.events import ReadSession, WriteSession
from app.errors import VersionChangedError
from app.http.sessions import Reading
from app.pages.form_page import Answers, show_form, take_form
from app.pages.form_page_view import FormAsked
from app.pages.officers.applications import answered_for
from app.pages.officers.decisions_view import (
    propose_form,
    protect_form,
    read_proposal,
    settle_form,
)
from app.pages.officers.desk import (
    Proposer,
    RecentConfirmer,
    RecentProposer,
)
from app.pages.officers.listing_acts import proposable
from app.pages.signed_in import SentOnce, SentVersion, own_router, understood
from app.providers.schemas.listings import NewProposal, Protection, Reasoned
from app.providers.service import decisions as service
from app.providers.service.decisions import Proposed

router = own_router()

LISTING = "/listings/{listing_id}"
PROPOSAL = f"{LISTING}/proposals/{{proposal_id}}"
How: TypeAlias = Literal["review", "suspend"]


@router.get(f"{LISTING}/propose")
async def show_propose(
    request: Request, session: Reading, actor: RecentProposer, listing_id: uuid.UUID
) -> Response:
    """Offer the form on which a decision is proposed."""
    return await show_form(request, await _proposing(session, actor, listing_id))


@router.post(f"{LISTING}/propose")
async def propose(
    request: Request,
    actor: RecentProposer,
    listing_id: uuid.UUID,
    sent: Annotated[SentVersion, Form()],
) -> Response:
    """Propose a decision, for a second officer to confirm."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _proposing(session, actor, listing_id)

    async def act(session: WriteSession, answers: Answers) -> str:
        new = understood(NewProposal, read_proposal(answers))
        listing = await answered_for(session, listing_id)
        if listing.version != sent.version:
            raise VersionChangedError
        proposed = Proposed(
            new.to_state, new.effective_on, new.reason, new.public_reason, new.columns()
        )
        await service.propose(session, actor, listing_id, proposed)
        return _at(listing_id, "proposed")

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{PROPOSAL}/confirm")
async def show_confirm(
    request: Request,
    session: Reading,
    _: RecentConfirmer,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
) -> Response:
    """Repeat to the second officer everything that was proposed."""
    form = await _settling(session, listing_id, proposal_id, confirming=True)
    return await show_form(request, form)


@router.post(f"{PROPOSAL}/confirm")
async def confirm(
    request: Request,
    actor: RecentConfirmer,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Confirm what a colleague proposed: it moves, or is announced to."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _settling(session, listing_id, proposal_id, confirming=True)

    async def act(session: WriteSession, _: Answers) -> str:
        await service.confirm(session, actor, listing_id, proposal_id)
        return _at(listing_id, "confirmed")

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{PROPOSAL}/decline")
async def show_decline(
    request: Request,
    session: Reading,
    _: RecentConfirmer,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
) -> Response:
    """Ask the second officer why nothing is to come of what was proposed."""
    form = await _settling(session, listing_id, proposal_id, confirming=False)
    return await show_form(request, form)


@router.post(f"{PROPOSAL}/decline")
async def decline(
    request: Request,
    actor: RecentConfirmer,
    listing_id: uuid.UUID,
    proposal_id: uuid.UUID,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Leave the listing where it stands."""

    async def ask(session: ReadSession) -> FormAsked:
        return await _settling(session, listing_id, proposal_id, confirming=False)

    async def act(session: WriteSession, answers: Answers) -> str:
        said = understood(Reasoned, answers)
        await service.decline(session, actor, listing_id, proposal_id, said.reason)
        return _at(listing_id, "declined")

    return await take_form(request, actor, sent, ask, act)


@router.get(f"{LISTING}/protect/{{how}}")
async def show_protect(
    request: Request, session: Reading, _: Proposer, listing_id: uuid.UUID, how: How
) -> Response:
    """Warn what happens at once when a listing is suspended, or put under review."""
    return await show_form(request, protect_form(await answered_for(session, listing_id), how))


@router.post(f"{LISTING}/protect/{{how}}")
async def protect(
    request: Request,
    actor: Proposer,
    listing_id: uuid.UUID,
    how: How,
    sent: Annotated[SentOnce, Form()],
) -> Response:
    """Put a listing under review at once, and propose to suspend it where there is a risk."""

    async def ask(session: ReadSession) -> FormAsked:
        return protect_form(await answered_for(session, listing_id), how)

    async def act(session: WriteSession, answers: Answers) -> str:
        said = understood(Protection, answers)
        protects = service.suspend if how == "suspend" else service.caution
        await protects(session, actor, listing_id, said.reason, said.public_reason)
        return _at(listing_id, how)

    return await take_form(request, actor, sent, ask, act)


async def _proposing(session: ReadSession, actor: Actor, listing_id: uuid.UUID) -> FormAsked:
    listing = await answered_for(session, listing_id)
    return propose_form(listing, proposable(actor, listing), clock.today())


async def _settling(
    session: ReadSession, listing_id: uuid.UUID, proposal_id: uuid.UUID, *, confirming: bool
) -> FormAsked:
    listing: Any = await answered_for(session, listing_id)
    proposal = await service.get_proposal(session, listing_id, proposal_id)
    return settle_form(listing, proposal, confirming=confirming)


def _at(listing_id: uuid.UUID, done: str) -> str:
    return f"/applications/{listing_id}?done={done}"
