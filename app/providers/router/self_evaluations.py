"""What providers say themselves of how they meet the standards, over HTTP."""

import uuid
from typing import Annotated

from fastapi import APIRouter, Path, Query, Response

from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.organisations.router.pages import AskedPage
from app.providers.errors import PartEndedError, PersonNeededError, SiteNotFoundError
from app.providers.evidence_errors import (
    AnswerNotFitError,
    CriterionNotAskedError,
    SelfEvaluationCompletedError,
    SelfEvaluationNotFoundError,
    SelfEvaluationOpenError,
    SelfEvaluationUnfinishedError,
    VersionNotInForceError,
)
from app.providers.queries import self_evaluations as queries
from app.providers.router import answering as answers
from app.providers.router.answering import Manager, Number, Reader, Signer
from app.providers.router.showing_evidence import evaluation_summary, self_evaluation_told
from app.providers.schemas.self_evaluations import (
    AnswerStated,
    Impact,
    ImpactRun,
    NewSelfEvaluation,
    SelfEvaluationList,
    SelfEvaluationOut,
    SelfEvaluationSummary,
)
from app.providers.service import carrying_over
from app.providers.service import self_evaluations as service
from app.providers.service.records import look_at
from app.providers.service.sharing import see
from app.standards.terms import Gate

router = APIRouter(prefix=answers.RECORD, tags=["self-evaluation"])

_ALL = "/self-evaluations"
_ONE = f"{_ALL}/{{self_evaluation_id}}"
_EDITED = (
    *(*answers.KEPT, *answers.EDITED, PersonNeededError),
    *(SelfEvaluationNotFoundError, SelfEvaluationCompletedError),
)
CriterionNumber = Annotated[
    str, Path(pattern="^[1-4][.][0-9]{1,2}[a-z]{1,2}$", description="As the version numbers it.")
]


@router.post(
    _ALL,
    status_code=201,
    operation_id="beginSelfEvaluation",
    responses=problems(
        *answers.KEPT,
        PersonNeededError,
        SiteNotFoundError,
        PartEndedError,
        VersionNotInForceError,
        SelfEvaluationOpenError,
    ),
)
async def begin_self_evaluation(
    session: Writing, actor: Manager, response: Response, number: Number, new: NewSelfEvaluation
) -> SelfEvaluationOut:
    """Begin to say, for one site, how you meet each criterion that is asked of it."""
    identity = await service.begin(session, actor, number, new)
    return await _shown(session, response, number, identity)


@router.get(_ALL, operation_id="listSelfEvaluations", responses=problems(*answers.LOOKED))
async def list_self_evaluations(
    session: Reading,
    _: Reader,
    response: Response,
    number: Number,
    page: AskedPage,
    site: Annotated[int | None, Query(ge=1, le=32_767, description="Only of this site.")] = None,
) -> SelfEvaluationList:
    """List self-evaluations, the newest first.

    Their owner sees all; who answers for the provider the completed ones, and open ones while the
    site's application is assessed; whom everything is shared with the completed ones.
    """
    sight = await see(session, number)
    key = page.after((str,))
    found = await queries.list_self_evaluations(
        session, sight.held.id, site, key[0] if key else None, page.limit + 1
    )
    links = page.links([row.SelfEvaluation for row in found], "id")
    answers.private(response)
    return SelfEvaluationList(
        items=[SelfEvaluationSummary(**evaluation_summary(row)) for row in found[: page.limit]],
        links=links,
    )


@router.get(
    _ONE,
    operation_id="getSelfEvaluation",
    responses=problems(*answers.LOOKED, SelfEvaluationNotFoundError),
)
async def get_self_evaluation(
    session: Reading, _: Reader, response: Response, number: Number, self_evaluation_id: uuid.UUID
) -> SelfEvaluationOut:
    """Read what is asked of a site and what is said of it."""
    return await _shown(session, response, number, self_evaluation_id)


@router.put(
    f"{_ONE}/answers/{{criterion_number}}",
    operation_id="answerCriterion",
    responses=problems(*_EDITED, CriterionNotAskedError, AnswerNotFitError),
)
async def answer_criterion(  # noqa: PLR0913, PLR0917 - each is a part of the request
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    self_evaluation_id: uuid.UUID,
    criterion_number: CriterionNumber,
    stated: AnswerStated,
    expected: ExpectedVersion,
) -> SelfEvaluationOut:
    """Say of a criterion whether it is met, and name the documents that show it."""
    await service.answer(
        session, actor, number, self_evaluation_id, criterion_number, stated, expected
    )
    return await _shown(session, response, number, self_evaluation_id)


@router.post(
    f"{_ONE}/completion",
    operation_id="completeSelfEvaluation",
    responses=problems(*_EDITED, SelfEvaluationUnfinishedError),
)
async def complete_self_evaluation(
    session: Writing,
    actor: Signer,
    response: Response,
    number: Number,
    self_evaluation_id: uuid.UUID,
    expected: ExpectedVersion,
) -> SelfEvaluationOut:
    """Stand by it: everything is answered, and nothing of it changes any more."""
    await service.complete(session, actor, number, self_evaluation_id, expected)
    return await _shown(session, response, number, self_evaluation_id)


@router.post(
    f"{_ONE}/carry-over",
    status_code=201,
    operation_id="carryOverSelfEvaluation",
    responses=problems(
        *answers.KEPT,
        PersonNeededError,
        SelfEvaluationNotFoundError,
        SelfEvaluationUnfinishedError,
        SelfEvaluationOpenError,
        VersionNotInForceError,
    ),
)
async def carry_over(
    session: Writing,
    actor: Manager,
    response: Response,
    number: Number,
    self_evaluation_id: uuid.UUID,
) -> SelfEvaluationOut:
    """Begin against the next version with what you said before; only what changed is asked anew."""
    identity = await carrying_over.carry_over(session, actor, number, self_evaluation_id)
    return await _shown(session, response, number, identity)


@router.get(
    "/impact",
    operation_id="getStandardsImpact",
    responses=problems(*answers.LOOKED, VersionNotInForceError),
)
async def get_impact(
    session: Reading,
    _: Reader,
    response: Response,
    number: Number,
    version: Annotated[str, Query(max_length=100, description="The code of a published version.")],
) -> ImpactRun:
    """See which criteria of a version you would miss, before it takes effect."""
    held = await look_at(session, number)
    missed = await carrying_over.impact(session, held, version)
    answers.private(response)
    return ImpactRun(
        standards=version,
        criteria=[
            Impact(
                site=one.site,
                criterion=one.criterion.number,
                requirement=one.criterion.requirement,
                gate=Gate(one.criterion.gate),
                became=one.became,
                why=one.why,
            )
            for one in missed
        ],
    )


async def _shown(
    session: answers.AnySession, response: Response, number: str, identity: uuid.UUID
) -> SelfEvaluationOut:
    sight = await see(session, number)
    told = await self_evaluation_told(session, sight, identity)
    answers.located(response, f"{answers.RECORDS}/{sight.held.number}/self-evaluations/{told.id}")
    answers.private(response, told.version)
    return told
