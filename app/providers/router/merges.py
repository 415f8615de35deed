"""Duplicate records: which are likely, and two people's making one of two."""

import uuid
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from app.access import Actor, Permission
from app.errors import InvalidRequestError
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import (
    MergeCannotBeError,
    MergeNotFoundError,
    MergeNotOpenError,
    MergeOpenError,
    MergeOvertakenError,
    NotYoursToJudgeError,
    ProviderNotFoundError,
    RecordMergedError,
    SecondPersonNeededError,
)
from app.providers.queries import merges as queries
from app.providers.schemas.merges import (
    LikelyDuplicateList,
    LikelyDuplicateRecord,
    MergeAsked,
    MergeList,
    MergeRecord,
    Number,
    ReasonGiven,
    RecordNamed,
)
from app.providers.service import duplicates
from app.providers.service import merges as service
from app.providers.service.merges import NewMerge
from app.providers.terms import MergeState

router = APIRouter(tags=["provider records"])

_ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    *(InvalidRequestError,),
)
_OBSTACLES = (MergeCannotBeError, MergeOpenError, MergeOvertakenError, RecordMergedError)
_CHANGED = (*_ASKED, MergeNotFoundError, MergeNotOpenError, NotYoursToJudgeError, KeyReusedError)
_SETTLED = (*_CHANGED, SecondPersonNeededError, SignInAgainError)

Reader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Proposer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE))]
Confirmer = Annotated[Actor, Depends(Requires(Permission.DECISIONS_CONFIRM, recently=True))]


@router.get(
    "/v1/provider-records/{number}/likely-duplicates",
    operation_id="listLikelyDuplicates",
    responses=problems(*_ASKED, ProviderNotFoundError),
)
async def list_likely_duplicates(
    session: Reading, actor: Reader, response: Response, number: Number
) -> LikelyDuplicateList:
    """List records, among those you may see, that may be of the same provider; likeliest first."""
    found = await duplicates.find_duplicates(session, actor, number)
    response.headers["Cache-Control"] = "no-store"
    return LikelyDuplicateList(
        items=[
            LikelyDuplicateRecord(number=each.number, name=each.name, score=each.score)
            for each in found
        ]
    )


@router.get("/v1/merges", operation_id="listMerges", responses=problems(*_ASKED))
async def list_merges(
    session: Reading,
    _: Reader,
    response: Response,
    page: AskedPage,
    state: Annotated[MergeState | None, Query(description="Only those that stand so.")] = None,
) -> MergeList:
    """List merges of records you answer for, newest first."""
    key = page.after((str,))
    found = await queries.list_merges(session, state, key[0] if key else None, page.limit + 1)
    response.headers["Cache-Control"] = "no-store"
    return MergeList(
        items=[_record(each) for each in found[: page.limit]], links=page.links(found, "id")
    )


@router.post(
    "/v1/merges",
    status_code=201,
    operation_id="proposeMerge",
    responses=problems(
        *_ASKED, *_OBSTACLES, NotYoursToJudgeError, ProviderNotFoundError, KeyReusedError
    ),
)
async def propose_merge(
    session: Writing, actor: Proposer, response: Response, asked: MergeAsked
) -> MergeRecord:
    """Propose to make two records one: `keep` goes on for both. Somebody else confirms it."""
    new = NewMerge(asked.keep, asked.absorb, asked.reason)
    return await _located(session, await service.propose(session, actor, new), response)


@router.get(
    "/v1/merges/{merge_id}",
    operation_id="getMerge",
    responses=problems(*_ASKED, MergeNotFoundError),
)
async def get_merge(
    session: Reading, _: Reader, response: Response, merge_id: uuid.UUID
) -> MergeRecord:
    """Look at a merge."""
    return await _shown(session, merge_id, response)


@router.post(
    "/v1/merges/{merge_id}/confirmation",
    operation_id="confirmMerge",
    responses=problems(*_SETTLED, *_OBSTACLES),
)
async def confirm_merge(
    session: Writing, actor: Confirmer, response: Response, merge_id: uuid.UUID
) -> MergeRecord:
    """Make the two records one, as a colleague proposed."""
    await service.confirm(session, actor, merge_id)
    return await _located(session, merge_id, response)


@router.post(
    "/v1/merges/{merge_id}/refusal",
    operation_id="refuseMerge",
    responses=problems(*_SETTLED),
)
async def refuse_merge(
    session: Writing, actor: Confirmer, response: Response, merge_id: uuid.UUID, said: ReasonGiven
) -> MergeRecord:
    """Leave the two records as they are."""
    await service.refuse(session, actor, merge_id, said.reason)
    return await _located(session, merge_id, response)


@router.post(
    "/v1/merges/{merge_id}/undoing",
    operation_id="proposeUndoing",
    responses=problems(*_CHANGED, MergeOpenError, MergeOvertakenError),
)
async def propose_undoing(
    session: Writing, actor: Proposer, response: Response, merge_id: uuid.UUID, said: ReasonGiven
) -> MergeRecord:
    """Propose to part the two records again. Somebody else confirms it."""
    await service.propose_undoing(session, actor, merge_id, said.reason)
    return await _located(session, merge_id, response)


@router.post(
    "/v1/merges/{merge_id}/undoing/confirmation",
    operation_id="confirmUndoing",
    responses=problems(*_SETTLED, MergeOpenError, MergeOvertakenError),
)
async def confirm_undoing(
    session: Writing, actor: Confirmer, response: Response, merge_id: uuid.UUID
) -> MergeRecord:
    """Part the two records again; what was changed since the merge stays changed."""
    await service.confirm_undoing(session, actor, merge_id)
    return await _located(session, merge_id, response)


@router.post(
    "/v1/merges/{merge_id}/undoing/refusal",
    operation_id="refuseUndoing",
    responses=problems(*_SETTLED),
)
async def refuse_undoing(
    session: Writing, actor: Confirmer, response: Response, merge_id: uuid.UUID, said: ReasonGiven
) -> MergeRecord:
    """Leave the two records merged."""
    await service.refuse_undoing(session, actor, merge_id, said.reason)
    return await _located(session, merge_id, response)


async def _located(session: Any, merge_id: uuid.UUID, response: Response) -> MergeRecord:
    response.headers["Location"] = f"/v1/merges/{merge_id}"
    return await _shown(session, merge_id, response)


async def _shown(session: Any, merge_id: uuid.UUID, response: Response) -> MergeRecord:
    found = await queries.get_merge(session, merge_id)
    if found is None:
        raise MergeNotFoundError
    response.headers["Cache-Control"] = "no-store"
    return _record(found)


def _record(row: Any) -> MergeRecord:
    merge = row.Merge
    return MergeRecord(
        id=merge.id,
        state=merge.state,
        keep=RecordNamed(number=row.kept_number, name=row.kept_name),
        absorb=RecordNamed(number=row.absorbed_number, name=row.absorbed_name),
        reason=merge.reason,
        proposed_by=row.proposed_by,
        proposed_at=merge.proposed_at,
        settled_by=row.settled_by,
        settled_at=merge.settled_at,
        undo_reason=merge.undo_reason,
        undo_proposed_by=row.undo_proposed_by,
        undo_proposed_at=merge.undo_proposed_at,
        undo_settled_by=row.undo_settled_by,
        undo_settled_at=merge.undo_settled_at,
    )
