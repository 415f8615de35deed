"""Drafts of policies, as the department's editors write and publish them."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.db.events import WriteSession
from app.errors import InvalidRequestError, VersionChangedError
from app.http.conditions import ExpectedVersion, version_tag
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
    TokenRefusedError,
    VersionNeededError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.organisations.errors import NotAPersonError
from app.organisations.router.pages import AskedPage
from app.standards.errors import (
    AlreadyPublishedError,
    DayTakenError,
    OwnDraftError,
    PolicyDraftNotFoundError,
    PolicyParametersError,
)
from app.standards.queries import published_policies as queries
from app.standards.schemas.drafts import Publication
from app.standards.schemas.policy_drafts import (
    NewPolicyDraft,
    PolicyDraftChange,
    PolicyDraftList,
    PolicyDraftRecord,
)
from app.standards.service import policies as service

router = APIRouter(prefix="/v1/policy-drafts", tags=["drafts of standards"])

_PATH = "/v1/policy-drafts"
_ASKED = (NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError)
_ONE = (*_ASKED, PolicyDraftNotFoundError)
_EDITED = (
    *(*_ONE, InvalidRequestError, AlreadyPublishedError, NotAPersonError, KeyReusedError),
    *(VersionChangedError, VersionNeededError),
)

Editor = Annotated[Actor, Depends(Requires(Permission.STANDARDS_DRAFT))]
Publisher = Annotated[Actor, Depends(Requires(Permission.STANDARDS_PUBLISH, recently=True))]


@router.get("", operation_id="listPolicyDrafts", responses=problems(*_ASKED))
async def list_drafts(
    session: Reading, _: Editor, response: Response, page: AskedPage
) -> PolicyDraftList:
    """List drafts of policies, the oldest first."""
    key = page.after((str,))
    found = await queries.list_drafts(session, key[0] if key else None, page.limit + 1)
    response.headers["Cache-Control"] = "no-store"
    return PolicyDraftList(
        items=[service.record_of(one) for one in found[: page.limit]],
        links=page.links(found, "id"),
    )


@router.post(
    "",
    status_code=201,
    operation_id="draftPolicy",
    responses=problems(*_ASKED, NotAPersonError, KeyReusedError, PolicyParametersError),
)
async def draft_policy(
    session: Writing, actor: Editor, response: Response, new: NewPolicyDraft
) -> PolicyDraftRecord:
    """Draft other figures of a policy, or, with `parameters` null, that it be switched off."""
    return await _located(session, await service.draft_policy(session, actor, new), response)


@router.get("/{policy_id}", operation_id="getPolicyDraft", responses=problems(*_ONE))
async def get_policy(
    session: Reading, _: Editor, response: Response, policy_id: uuid.UUID
) -> PolicyDraftRecord:
    """Look at a draft of a policy, or at what became of one."""
    held = await service.get_policy(session, policy_id)
    response.headers["ETag"] = version_tag(held.version)
    response.headers["Cache-Control"] = "no-store"
    return service.record_of(held)


@router.patch(
    "/{policy_id}",
    operation_id="changePolicyDraft",
    responses=problems(*_EDITED, PolicyParametersError),
)
async def change_policy(
    session: Writing,
    actor: Editor,
    response: Response,
    policy_id: uuid.UUID,
    change: PolicyDraftChange,
    expected: ExpectedVersion,
) -> PolicyDraftRecord:
    """Change a draft of a policy."""
    await service.change_policy(session, actor, policy_id, change, expected)
    return await _located(session, policy_id, response)


@router.post(
    "/{policy_id}/publication",
    operation_id="publishPolicy",
    responses=problems(*_EDITED, SignInAgainError, OwnDraftError, DayTakenError),
)
async def publish_policy(
    session: Writing,
    actor: Publisher,
    response: Response,
    policy_id: uuid.UUID,
    stated: Publication,
    expected: ExpectedVersion,
) -> PolicyDraftRecord:
    """Let a colleague's draft hold from a day on. What held before ends the day before."""
    await service.publish_policy(session, actor, policy_id, stated, expected)
    return await _located(session, policy_id, response)


async def _located(
    session: WriteSession, policy_id: uuid.UUID, response: Response
) -> PolicyDraftRecord:
    held = await service.get_policy(session, policy_id)
    response.headers["Location"] = f"{_PATH}/{policy_id}"
    response.headers["ETag"] = version_tag(held.version)
    response.headers["Cache-Control"] = "no-store"
    return service.record_of(held)
