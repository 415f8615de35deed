"""Judgements over HTTP: what is looked at, and what was found."""

from fastapi import APIRouter, Response

from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import JudgementChangedError, JudgementsNotAcceptedError
from app.inspections.router import answering as answers
from app.inspections.router.answering import Reader, Reference, Submitter
from app.inspections.router.showing import sheet_told
from app.inspections.schemas.judgements import JudgementSheet, JudgementsStated
from app.inspections.service import judging
from app.providers.errors import PersonNeededError

router = APIRouter(prefix=f"{answers.INSPECTION}/judgements", tags=["inspections"])


@router.get("", operation_id="getJudgements", responses=problems(*answers.LOOKED))
async def get_judgements(
    session: Reading, _: Reader, response: Response, reference: Reference
) -> JudgementSheet:
    """See what is looked at, what was found so far, and what was published last.

    Who is inspected sees what was found once the draft was sent.
    """
    return await sheet_told(session, reference, response)


@router.patch(
    "",
    operation_id="judge",
    responses=problems(
        *answers.DONE, JudgementsNotAcceptedError, JudgementChangedError, PersonNeededError
    ),
)
async def judge(
    session: Writing,
    actor: Submitter,
    response: Response,
    reference: Reference,
    stated: JudgementsStated,
) -> JudgementSheet:
    """Write down what you found, some or all of it; either everything is kept or nothing.

    Each item names the version of the judgement it takes the place of, so that nobody undoes a
    colleague's unseen; what says the same again changes nothing.
    """
    await judging.judge(session, actor, reference, stated.judgements)
    return await sheet_told(session, reference, response)
