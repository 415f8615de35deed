"""What an application shares with records removed or refused, for those who assess it."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.errors import InvalidRequestError
from app.http.errors import (
    KeyReusedError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    TokenRefusedError,
)
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Looking, Writing
from app.providers.errors import ApplicationNotFoundError, MatchNotFoundError, NotYoursToJudgeError
from app.providers.schemas.matches import (
    MatchedRecord,
    MatchJudged,
    MatchList,
    MatchRecord,
    SharedThing,
)
from app.providers.service import matches as service
from app.providers.terms import MatchJudgement

router = APIRouter(prefix="/v1/applications/{listing_id}/matches", tags=["applications"])

_ASKED = (
    *(NotSignedInError, TokenRefusedError, OrganisationNotChosenError, NotPermittedError),
    *(ApplicationNotFoundError, InvalidRequestError),
)

Reader = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_READ))]
Assessor = Annotated[Actor, Depends(Requires(Permission.DECISIONS_PROPOSE))]


@router.get("", operation_id="listMatches", responses=problems(*_ASKED))
async def list_matches(
    session: Looking, actor: Reader, response: Response, listing_id: uuid.UUID
) -> MatchList:
    """List what an application shares with records removed or refused; found anew each time.

    That you looked is written down.
    """
    found = await service.open_matches(session, actor, listing_id)
    return _listed(found, response)


@router.post(
    "/{match_id}/judgement",
    operation_id="judgeMatch",
    responses=problems(*_ASKED, MatchNotFoundError, NotYoursToJudgeError, KeyReusedError),
)
async def judge_match(
    session: Writing,
    actor: Assessor,
    response: Response,
    listing_id: uuid.UUID,
    match_id: uuid.UUID,
    judged: MatchJudged,
) -> MatchList:
    """Say what you make of a match, and why; a later judgement takes the place of an earlier."""
    match = (listing_id, match_id)
    await service.judge_match(session, actor, match, judged.judgement, judged.reason)
    response.headers["Location"] = f"/v1/applications/{listing_id}/matches"
    return _listed(await service.list_matches(session, actor, listing_id), response)


def _listed(found: list[service.Match], response: Response) -> MatchList:
    response.headers["Cache-Control"] = "no-store"
    return MatchList(items=[_record(each) for each in found])


def _record(match: service.Match) -> MatchRecord:
    noted, other = match.noted, match.other
    return MatchRecord(
        id=noted.id,
        other=MatchedRecord(
            number=other.number,
            name=other.name,
            status=other.status,
            left_as=other.left_as,
            left_on=other.left_on,
        ),
        score=float(noted.score),
        shared=[
            SharedThing(ground=ground, sentences=sentences)
            for ground, sentences in sorted(match.sentences.items())
        ],
        found_at=noted.found_at,
        judgement=MatchJudgement(noted.judgement) if noted.judgement else None,
        judged_at=noted.judged_at,
        judged_reason=noted.judged_reason,
    )
