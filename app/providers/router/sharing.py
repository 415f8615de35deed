"""Whom a provider shares its evidence with, and what is shared with whom, over HTTP."""

import uuid
from typing import Any

from fastapi import APIRouter, Response

from app import clock
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import PersonNeededError
from app.providers.evidence_errors import (
    DocumentNotFoundError,
    DocumentWithdrawnError,
    ShareEndedError,
    ShareNotFitError,
    ShareNotFoundError,
    ShareStandsError,
)
from app.providers.queries import sharing as queries
from app.providers.router import answering as answers
from app.providers.router.answering import Number, Reader, RecentSigner, Signer
from app.providers.schemas.sharing import (
    NewShare,
    SharedEvidence,
    SharedEvidenceList,
    ShareList,
    ShareOut,
)
from app.providers.service import sharing as service
from app.providers.service.records import look_at

router = APIRouter(tags=["evidence"])

_SHARES = f"{answers.RECORD}/shares"
_SHARE = f"{_SHARES}/{{share_id}}"


@router.post(
    _SHARES,
    status_code=201,
    operation_id="shareEvidence",
    responses=problems(
        *answers.KEPT,
        *answers.RECENT,
        PersonNeededError,
        ShareNotFitError,
        ShareStandsError,
        DocumentNotFoundError,
        DocumentWithdrawnError,
    ),
)
async def share_evidence(
    session: Writing, actor: RecentSigner, response: Response, number: Number, new: NewShare
) -> ShareOut:
    """Let a commissioner see your evidence until a day; it ends by itself.

    What you share is what everybody sees: one store, one answer. Private contacts and accounts are
    in it for nobody.
    """
    share_id = await service.share(session, actor, number, new)
    return await _shown(session, response, number, share_id)


@router.get(_SHARES, operation_id="listShares", responses=problems(*answers.LOOKED))
async def list_shares(
    session: Reading, _: Reader, response: Response, number: Number, page: AskedPage
) -> ShareList:
    """List whom a provider's evidence is, or was, shared with; newest first."""
    held = await look_at(session, number)
    key = page.after((str,))
    found = await queries.list_shares(session, held.id, key[0] if key else None, page.limit + 1)
    links = page.links(found, "id")
    answers.private(response)
    return ShareList(
        items=[_told(row) for row in found[: page.limit]],
        links=links,
    )


@router.get(
    _SHARE,
    operation_id="getShare",
    responses=problems(*answers.LOOKED, ShareNotFoundError),
)
async def get_share(
    session: Reading, _: Reader, response: Response, number: Number, share_id: uuid.UUID
) -> ShareOut:
    """Look at one consent."""
    return await _shown(session, response, number, share_id)


@router.delete(
    _SHARE,
    status_code=204,
    operation_id="revokeShare",
    responses=problems(*answers.KEPT, PersonNeededError, ShareNotFoundError, ShareEndedError),
)
async def revoke_share(
    session: Writing, actor: Signer, number: Number, share_id: uuid.UUID
) -> None:
    """Take a consent back, from now on."""
    await service.revoke(session, actor, number, share_id)


@router.get(
    "/v1/shared-evidence",
    operation_id="listSharedEvidence",
    responses=problems(*answers.ASKED),
)
async def list_shared_evidence(
    session: Reading, _: Reader, response: Response, page: AskedPage
) -> SharedEvidenceList:
    """List which providers let your organisation see what, and until when."""
    key = page.after((str,))
    found = await queries.list_shared_with_me(
        session, clock.today(), key[0] if key else None, page.limit + 1
    )
    links = page.links(found, "share_id")
    answers.private(response)
    return SharedEvidenceList(
        items=[SharedEvidence.model_validate(row) for row in found[: page.limit]],
        links=links,
    )


async def _shown(
    session: answers.AnySession, response: Response, number: str, share_id: uuid.UUID
) -> ShareOut:
    held = await look_at(session, number)
    found = await queries.get_share(session, held.id, share_id)
    if found is None:
        raise ShareNotFoundError("The record has no consent with this id.")
    answers.located(response, f"{answers.RECORDS}/{held.number}/shares/{found.id}")
    answers.private(response)
    return _told(found)


def _told(row: Any) -> ShareOut:
    names = (name for name in ShareOut.model_fields if name != "holds")
    facts = {name: getattr(row, name) for name in names}
    return ShareOut(**facts, holds=row.revoked_at is None and row.until >= clock.today())
