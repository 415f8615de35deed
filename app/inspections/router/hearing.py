"""A fair hearing over HTTP: the draft, the provider's comments, their answers, the second check."""

import uuid
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Response

from app.db.events import ReadSession, WriteSession
from app.http.conditions import ExpectedVersion
from app.http.problems import problems
from app.http.sessions import Reading, Writing
from app.inspections.errors import (
    CommentAnsweredError,
    CommentNotFoundError,
    CommentsNotAcceptedError,
    CommentsOpenError,
    CommentsOverError,
    CorrectFirstError,
    JudgementsMissingError,
    NobodyToCheckError,
    NotIndependentError,
    ReasonNeededError,
)
from app.inspections.independence import Part
from app.inspections.queries import hearing as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import (
    Checker,
    Owner,
    Reader,
    RecentChecker,
    Reference,
    Submitter,
)
from app.inspections.router.showing import inspection_told, is_owner, summary_of
from app.inspections.schemas.hearing import (
    CheckDecided,
    CheckMade,
    CheckRequested,
    CommentAnswered,
    CommentList,
    CommentOut,
    CommentsStated,
    HearingOut,
    LetterStated,
    WaitingCheck,
    WaitingChecks,
)
from app.inspections.schemas.inspections import InspectionOut
from app.inspections.service import checking, commenting, drafting
from app.inspections.service.impartial import could_check, why_not_here
from app.inspections.service.looking import look_at
from app.organisations.router.pages import AskedPage
from app.providers.errors import PersonNeededError

router = APIRouter(tags=["inspections"])

COMMENTS = f"{answers.INSPECTION}/comments"
CHECKS = "/v1/inspection-checks"
_DONE = (*answers.DONE, PersonNeededError)
_SAID = (*_DONE, CommentsOverError, CommentsNotAcceptedError)


@router.post(
    f"{answers.INSPECTION}/draft",
    operation_id="sendDraft",
    responses=problems(*_DONE, *answers.EDITED, JudgementsMissingError),
)
async def send_draft(
    session: Writing,
    actor: Submitter,
    response: Response,
    reference: Reference,
    expected: ExpectedVersion,
) -> InspectionOut:
    """Give the draft to the provider, who then has so many working days for comments.

    Only the lead does, and only when everything that is looked at has a judgement.
    """
    await drafting.send_draft(session, actor, reference, expected)
    return await inspection_told(session, reference, response)


@router.get(
    f"{answers.INSPECTION}/hearing",
    operation_id="getHearing",
    responses=problems(*answers.LOOKED),
)
async def get_hearing(
    session: Reading, _: Reader, response: Response, reference: Reference
) -> HearingOut:
    """See how far the hearing is: comments and answers, checks, and who else could check."""
    row = await look_at(session, reference)
    answers.private(response, row.version)
    checks = [] if is_owner(row) else await queries.list_checks(session, row.id)
    free = [] if is_owner(row) else await queries.who_could_check(session, row.id)
    return HearingOut(
        reference=row.reference,
        comments=await _comments(session, row),
        checks=[
            CheckMade(
                decision=one.decision,
                reason=one.reason,
                name=one.person_name,
                checked_at=one.checked_at,
            )
            for one in checks
        ],
        could_check=could_check(free),
    )


@router.get(COMMENTS, operation_id="getComments", responses=problems(*answers.LOOKED))
async def get_comments(
    session: Reading, _: Reader, response: Response, reference: Reference
) -> CommentList:
    """See what the provider says is wrong with the draft, until when it may, and the answers."""
    return await comments_told(session, reference, response)


@router.post(COMMENTS, operation_id="commentOnDraft", responses=problems(*_SAID))
async def comment_on_draft(
    session: Writing,
    actor: Owner,
    response: Response,
    reference: Reference,
    stated: CommentsStated,
) -> CommentList:
    """Say what is factually wrong with the draft about your provider, criterion by criterion."""
    await commenting.comment(session, actor, reference, stated.comments)
    return await comments_told(session, reference, response)


@router.post(f"{COMMENTS}/close", operation_id="closeComments", responses=problems(*_DONE))
async def close_comments(
    session: Writing, actor: Owner, response: Response, reference: Reference
) -> CommentList:
    """Say that you have nothing more to say, so that it goes on before your last day."""
    await commenting.close(session, actor, reference)
    return await comments_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/letters", operation_id="writeDownLetter", responses=problems(*_SAID)
)
async def write_down_letter(
    session: Writing,
    actor: Submitter,
    response: Response,
    reference: Reference,
    stated: LetterStated,
) -> CommentList:
    """Write down comments that came by letter, as where nobody keeps the provider's record."""
    await commenting.write_down(session, actor, reference, stated.comments, stated.received_on)
    return await comments_told(session, reference, response)


@router.post(
    f"{COMMENTS}/{{comment_id}}/answer",
    operation_id="answerComment",
    responses=problems(
        *(*_DONE, CommentNotFoundError, CommentAnsweredError, ReasonNeededError, CorrectFirstError)
    ),
)
async def answer_comment(
    session: Writing,
    actor: Submitter,
    response: Response,
    reference: Reference,
    comment_id: uuid.UUID,
    stated: CommentAnswered,
) -> CommentList:
    """Answer a comment: accepted, once the judgement is corrected, or not, with a reason."""
    await commenting.answer(session, actor, reference, comment_id, stated)
    return await comments_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/check-request",
    operation_id="requestCheck",
    responses=problems(*_DONE, *answers.EDITED, CommentsOpenError, NobodyToCheckError),
)
async def request_check(
    session: Writing,
    actor: Submitter,
    response: Response,
    reference: Reference,
    asked: CheckRequested,
    expected: ExpectedVersion,
) -> InspectionOut:
    """Ask a second officer to read it: of your own body, or of a peer that you name.

    Asked again, somebody else is asked instead. `…/hearing` says where somebody uninvolved is.
    """
    await checking.request_check(session, actor, reference, asked, expected)
    return await inspection_told(session, reference, response)


@router.get(CHECKS, operation_id="listWaitingChecks", responses=problems(*answers.ASKED))
async def list_waiting_checks(
    session: Reading, actor: Checker, response: Response, page: AskedPage
) -> WaitingChecks:
    """List what waits for a second officer of yours, and whether you yourself may check it."""
    key = page.after((str, str))
    after = (answers.read_key(datetime, key[0]), key[1]) if key else None
    found = await queries.list_to_check(session, after, page.limit + 1)
    answers.private(response)
    return WaitingChecks(
        items=[
            WaitingCheck(
                **summary_of(row),
                waits_since=row.comments_closed_at,
                why_not_you=await why_not_here(session, actor, row, Part.CHECK),
            )
            for row in found[: page.limit]
        ],
        links=page.links(found, "comments_closed_at", "id"),
    )


@router.post(
    f"{answers.INSPECTION}/check",
    operation_id="checkInspection",
    responses=problems(
        *(*_DONE, *answers.EDITED, *answers.RECENT, NotIndependentError, ReasonNeededError)
    ),
)
async def check_inspection(
    session: Writing,
    actor: RecentChecker,
    response: Response,
    reference: Reference,
    stated: CheckDecided,
    expected: ExpectedVersion,
) -> InspectionOut:
    """Publish it, or give it back with a reason; by a second officer who did not inspect."""
    await checking.check(session, actor, reference, stated, expected)
    return await inspection_told(session, reference, response)


async def comments_told(
    session: ReadSession | WriteSession, reference: str, response: Response
) -> CommentList:
    """Return what the provider said of the drafts of an inspection, and what was answered."""
    row = await look_at(session, reference)
    answers.located(response, f"{answers.INSPECTIONS}/{row.reference}/comments")
    answers.private(response, row.version)
    return await _comments(session, row)


async def _comments(session: ReadSession | WriteSession, row: Any) -> CommentList:
    found = await queries.list_comments(session, row.id)
    return CommentList(
        reference=row.reference,
        due_on=row.comments_due_on,
        rule=row.comments_rule,
        closed=row.comments_due_on is not None and commenting.is_closed(row),
        items=[
            CommentOut(**{name: getattr(one, name) for name in CommentOut.model_fields})
            for one in found
        ],
    )
