"""How records come into their owners' hands, over HTTP."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Query, Response

from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.organisations.errors import (
    AlreadyInvitedError,
    AlreadyMemberError,
    TooManyInvitationsError,
    TooManyOpenInvitationsError,
)
from app.organisations.router.pages import AskedPage
from app.providers.errors import (
    ClaimantNotFitError,
    ClaimNotFoundError,
    ClaimNotOpenError,
    ClaimOpenError,
    PersonNeededError,
    RecordNotOwnedError,
    RecordOwnedError,
)
from app.providers.queries import claims as queries
from app.providers.record_terms import ClaimState
from app.providers.router import answering as answers
from app.providers.router.answering import (
    Inviter,
    Number,
    Reader,
    RecentInviter,
    RecentSigner,
    Ring,
)
from app.providers.schemas.claims import ClaimList, ClaimOut, NewClaim
from app.providers.schemas.stating import Prose
from app.providers.service import claims as service

router = APIRouter(tags=["claims"])

_CLAIMS = "/v1/claims"
_INVITED = (
    *(TooManyInvitationsError, TooManyOpenInvitationsError),
    *(AlreadyInvitedError, AlreadyMemberError),
)


@router.post(
    f"{answers.RECORD}/claims",
    status_code=201,
    operation_id="inviteToClaim",
    responses=problems(
        *answers.JUDGED,
        *answers.RECENT,
        *_INVITED,
        PersonNeededError,
        RecordOwnedError,
        ClaimOpenError,
        ClaimantNotFitError,
    ),
)
async def invite_to_claim(
    session: Writing,
    actor: RecentInviter,
    ring: Ring,
    response: Response,
    number: Number,
    new: NewClaim,
) -> ClaimOut:
    """Invite a provider to claim its record, once you have made sure who they are.

    A new owner is added, and its administrator invited to the service, in the same step.
    """
    claim_id = await service.invite_to_claim(session, actor, ring, number, new)
    return await _shown(session, response, claim_id)


@router.get(_CLAIMS, operation_id="listClaims", responses=problems(*answers.ASKED))
async def list_claims(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    state: Annotated[ClaimState | None, Query(description="Only those that stand so now.")] = None,
) -> ClaimList:
    """List the claims that your organisation was invited to make, or answers for; newest first."""
    key = page.after((str,))
    found = await queries.list_claims(session, state, key[0] if key else None, page.limit + 1)
    links = page.links(found, "id")
    answers.private(response)
    return ClaimList(
        items=[_told(row) for row in found[: page.limit]],
        links=links,
    )


@router.get(
    f"{_CLAIMS}/{{claim_id}}",
    operation_id="getClaim",
    responses=problems(*answers.ASKED, ClaimNotFoundError),
)
async def get_claim(
    session: Reading, _: Reader, response: Response, claim_id: uuid.UUID
) -> ClaimOut:
    """Look at a claim from either side."""
    return await _shown(session, response, claim_id)


@router.post(
    f"{_CLAIMS}/{{claim_id}}/acceptance",
    operation_id="acceptClaim",
    responses=problems(
        *answers.ASKED,
        *answers.RECENT,
        PersonNeededError,
        ClaimNotFoundError,
        ClaimNotOpenError,
        RecordOwnedError,
    ),
)
async def accept_claim(
    session: Writing, actor: RecentSigner, response: Response, claim_id: uuid.UUID
) -> ClaimOut:
    """Take the record into the hands of the organisation you act for, which was invited."""
    await service.accept_claim(session, actor, claim_id)
    return await _shown(session, response, claim_id)


@router.delete(
    f"{_CLAIMS}/{{claim_id}}",
    status_code=204,
    operation_id="withdrawClaim",
    responses=problems(*answers.ASKED, ClaimNotFoundError, ClaimNotOpenError),
)
async def withdraw_claim(session: Writing, actor: Inviter, claim_id: uuid.UUID) -> None:
    """Take an invitation to claim a record back, or say that the record is not yours."""
    await service.withdraw_claim(session, actor, claim_id)


@router.delete(
    f"{answers.RECORD}/owner",
    status_code=204,
    operation_id="endOwnership",
    responses=problems(*answers.JUDGED, *answers.RECENT, RecordNotOwnedError),
)
async def end_ownership(
    session: Writing,
    actor: RecentInviter,
    number: Number,
    reason: Annotated[Prose, Query(description="Why, in a sentence; its owner can read it.")],
) -> None:
    """Take a record out of its owner's hands, so that another can be invited to claim it."""
    await service.end_ownership(session, actor, number, reason)


async def _shown(session: answers.AnySession, response: Response, claim_id: uuid.UUID) -> ClaimOut:
    found = await queries.get_claim(session, claim_id)
    if found is None:
        raise ClaimNotFoundError("No claim has this id, or none that you may see.")
    answers.located(response, f"{_CLAIMS}/{claim_id}")
    answers.private(response)
    return _told(found)


def _told(row: Any) -> ClaimOut:
    state = ClaimState.OPEN
    if row.accepted_at is not None:
        state = ClaimState.ACCEPTED
    elif row.withdrawn_at is not None:
        state = ClaimState.WITHDRAWN
    left_out = {"state", "verified_note"}
    facts = {name: getattr(row, name) for name in ClaimOut.model_fields if name not in left_out}
    note = row.verified_note if row.answers else None
    return ClaimOut(**facts, state=state, verified_note=note)
