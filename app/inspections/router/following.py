"""What follows a publication over HTTP: replies, actions, appeals, revisits asked for."""

import uuid
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from app.access import Actor, Permission
from app.http.problems import problems
from app.http.security import Requires
from app.http.sessions import Reading, Writing
from app.inspections.errors import (
    ActionMoveNotAllowedError,
    ActionNotFoundError,
    AmendmentSettledError,
    AnswersNotAcceptedError,
    AppealNotFoundError,
    AppealNotPossibleError,
    AppealSettledError,
    JudgementChangedError,
    JudgementsNotAcceptedError,
    NobodyToCheckError,
    NotIndependentError,
    ReasonNeededError,
    ReplyNotFoundError,
    RevisitNotFoundError,
    RevisitNotPossibleError,
    RevisitSettledError,
)
from app.inspections.queries import following as queries
from app.inspections.router import answering as answers
from app.inspections.router.answering import (
    Checker,
    Owner,
    Planner,
    Reader,
    RecentChecker,
    Reference,
    Submitter,
)
from app.inspections.router.follow_up import follow_up_told, is_late
from app.inspections.schemas.following import (
    ActionEvidence,
    ActionLookedAt,
    ActionsStated,
    AppealAsked,
    AppealDecided,
    FollowUp,
    NewAppeal,
    NewRevisit,
    RepliesStated,
    ReplyWithdrawn,
    ReplyWithheld,
    RevisitAnswered,
    WaitingAppeal,
    WaitingAppeals,
    WaitingRevisit,
    WaitingRevisits,
)
from app.inspections.service import answering, appealing, revisiting, withholding
from app.inspections.service.looking import look_at
from app.organisations.router.pages import AskedPage
from app.providers.errors import PersonNeededError

router = APIRouter(tags=["inspections"])

Signer = Annotated[Actor, Depends(Requires(Permission.PROVIDER_RECORDS_SIGN))]
ACTION = f"{answers.INSPECTION}/actions/{{action_id}}"
APPEALS = f"{answers.INSPECTION}/appeals"
APPEAL = f"{APPEALS}/{{appeal_id}}"
REVISITS = f"{answers.INSPECTION}/revisits"
REVISIT = f"{REVISITS}/{{revisit_id}}"
_DONE = (*answers.DONE, PersonNeededError)
_SAID = (*_DONE, AnswersNotAcceptedError)
_ACTED = (*_DONE, ActionNotFoundError, ActionMoveNotAllowedError)
_APPEALED = (*_DONE, AppealNotFoundError, AppealSettledError)
_REVISITED = (*_DONE, RevisitNotFoundError, RevisitSettledError)


@router.get(
    f"{answers.INSPECTION}/follow-up",
    operation_id="getFollowUp",
    responses=problems(*answers.LOOKED),
)
async def get_follow_up(
    session: Reading, _: Reader, response: Response, reference: Reference
) -> FollowUp:
    """See what followed: replies, actions, appeals, revisits, and every clock with its rule."""
    return await follow_up_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/replies", operation_id="replyToFindings", responses=problems(*_SAID)
)
async def reply_to_findings(
    session: Writing,
    actor: Signer,
    response: Response,
    reference: Reference,
    stated: RepliesStated,
) -> FollowUp:
    """Reply to findings in public, in your own name for the provider; at any time."""
    await answering.reply(session, actor, reference, stated)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/replies/withdrawal",
    operation_id="withdrawReply",
    responses=problems(*_DONE, ReplyNotFoundError),
)
async def withdraw_reply(
    session: Writing,
    actor: Signer,
    response: Response,
    reference: Reference,
    stated: ReplyWithdrawn,
) -> FollowUp:
    """Take a reply back."""
    await answering.withdraw_reply(session, actor, reference, (stated.site, stated.criterion))
    return await follow_up_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/replies/withholding",
    operation_id="withholdReply",
    responses=problems(*_DONE, *answers.RECENT, NotIndependentError, ReplyNotFoundError),
)
async def withhold_reply(
    session: Writing,
    actor: RecentChecker,
    response: Response,
    reference: Reference,
    stated: ReplyWithheld,
) -> FollowUp:
    """Show a reply to the public no more, because it must not be; the provider is told why."""
    await withholding.withhold(session, actor, reference, stated)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{answers.INSPECTION}/actions", operation_id="planActions", responses=problems(*_SAID)
)
async def plan_actions(
    session: Writing,
    actor: Owner,
    response: Response,
    reference: Reference,
    stated: ActionsStated,
) -> FollowUp:
    """Say what will be done about each judgement that falls short, by whom and when."""
    await answering.plan_actions(session, actor, reference, stated)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{ACTION}/evidence",
    operation_id="sendActionEvidence",
    responses=problems(*_ACTED, AnswersNotAcceptedError),
)
async def send_action_evidence(
    session: Writing,
    actor: Owner,
    response: Response,
    reference: Reference,
    action_id: uuid.UUID,
    evidence: ActionEvidence,
) -> FollowUp:
    """Show that an action was done."""
    await answering.send_evidence(session, actor, reference, action_id, evidence)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{ACTION}/verification",
    operation_id="verifyAction",
    responses=problems(*_ACTED, ReasonNeededError),
)
async def verify_action(
    session: Writing,
    actor: Submitter,
    response: Response,
    reference: Reference,
    action_id: uuid.UUID,
    stated: ActionLookedAt,
) -> FollowUp:
    """Say that an action was done, or what is missing; by an inspector of the body."""
    await answering.look_at_action(session, actor, reference, action_id, stated)
    return await follow_up_told(session, reference, response)


@router.post(
    APPEALS,
    status_code=201,
    operation_id="appeal",
    responses=problems(*_SAID, AppealNotPossibleError),
)
async def appeal(
    session: Writing, actor: Signer, response: Response, reference: Reference, new: NewAppeal
) -> FollowUp:
    """Appeal against judgements, within so many working days of their publication."""
    await appealing.appeal(session, actor, reference, new)
    return await follow_up_told(session, reference, response)


@router.post(f"{APPEAL}/withdrawal", operation_id="withdrawAppeal", responses=problems(*_APPEALED))
async def withdraw_appeal(
    session: Writing,
    actor: Signer,
    response: Response,
    reference: Reference,
    appeal_id: uuid.UUID,
) -> FollowUp:
    """Take an appeal back."""
    await appealing.withdraw(session, actor, reference, appeal_id)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{APPEAL}/body",
    operation_id="askPeerToDecide",
    responses=problems(*_APPEALED, NobodyToCheckError),
)
async def ask_peer_to_decide(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    appeal_id: uuid.UUID,
    asked: AppealAsked,
) -> FollowUp:
    """Ask another body to decide an appeal, where your own has nobody uninvolved."""
    await appealing.ask_peer(session, actor, reference, appeal_id, asked.body)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{APPEAL}/decision",
    operation_id="decideAppeal",
    responses=problems(
        *(*_APPEALED, *answers.RECENT, NotIndependentError, AmendmentSettledError),
        *(JudgementsNotAcceptedError, JudgementChangedError),
    ),
)
async def decide_appeal(
    session: Writing,
    actor: RecentChecker,
    response: Response,
    reference: Reference,
    appeal_id: uuid.UUID,
    stated: AppealDecided,
) -> FollowUp:
    """Decide an appeal, having neither inspected nor checked; upheld, it corrects at once."""
    await appealing.decide(session, actor, reference, appeal_id, stated)
    return await follow_up_told(session, reference, response)


@router.get(
    "/v1/inspection-appeals",
    operation_id="listWaitingAppeals",
    responses=problems(*answers.ASKED),
)
async def list_waiting_appeals(
    session: Reading, actor: Checker, response: Response, page: AskedPage
) -> WaitingAppeals:
    """List appeals that somebody uninvolved has to decide, and whether you yourself may."""
    key = page.after((str, str))
    after = (answers.read_key(datetime, key[0]), key[1]) if key else None
    found = await queries.list_open_appeals(session, after, page.limit + 1)
    answers.private(response)
    items = []
    for row in found[: page.limit]:
        inspection = await look_at(session, row.reference)
        why = await appealing.why_not_decide(session, actor, inspection)
        items.append(
            WaitingAppeal(
                id=row.id,
                reference=row.reference,
                provider=row.number,
                provider_name=row.provider_name,
                body_name=row.body_name,
                appealed_at=row.appealed_at,
                due_on=row.due_on,
                due_rule=row.due_rule,
                overdue=is_late(row.due_on, row.state),
                asked_of=row.appeal_body_id,
                why_not_you=why.value if why else None,
            )
        )
    return WaitingAppeals(items=items, links=page.links(found, "appealed_at", "id"))


@router.post(
    REVISITS,
    status_code=201,
    operation_id="askForRevisit",
    responses=problems(*_DONE, RevisitNotPossibleError),
)
async def ask_for_revisit(
    session: Writing, actor: Owner, response: Response, reference: Reference, new: NewRevisit
) -> FollowUp:
    """Ask to be visited again, having put right what fell short. There is no fee."""
    await revisiting.ask(session, actor, reference, new.reason)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{REVISIT}/withdrawal", operation_id="withdrawRevisit", responses=problems(*_REVISITED)
)
async def withdraw_revisit(
    session: Writing,
    actor: Owner,
    response: Response,
    reference: Reference,
    revisit_id: uuid.UUID,
) -> FollowUp:
    """Ask for it no more."""
    await revisiting.withdraw(session, actor, reference, revisit_id)
    return await follow_up_told(session, reference, response)


@router.post(
    f"{REVISIT}/answer",
    operation_id="answerRevisit",
    responses=problems(*_REVISITED, ReasonNeededError, RevisitNotPossibleError),
)
async def answer_revisit(
    session: Writing,
    actor: Planner,
    response: Response,
    reference: Reference,
    revisit_id: uuid.UUID,
    stated: RevisitAnswered,
) -> FollowUp:
    """Name the planned inspection that is the revisit, or say why there is none."""
    await revisiting.answer(session, actor, reference, revisit_id, stated)
    return await follow_up_told(session, reference, response)


@router.get(
    "/v1/revisit-requests",
    operation_id="listWaitingRevisits",
    responses=problems(*answers.ASKED),
)
async def list_waiting_revisits(
    session: Reading, _: Reader, response: Response, page: AskedPage
) -> WaitingRevisits:
    """List the revisits asked for that you answer for or asked for, each with its place."""
    key = page.after((str, str))
    after = (answers.read_key(datetime, key[0]), key[1]) if key else None
    found = await queries.list_open_revisits(session, after, page.limit + 1)
    answers.private(response)
    return WaitingRevisits(
        items=[
            WaitingRevisit(
                id=row.id,
                reference=row.reference,
                provider=row.number,
                provider_name=row.provider_name,
                body_name=row.body_name,
                asked_at=row.asked_at,
                place=await queries.place_in_queue(session, row.id),
            )
            for row in found[: page.limit]
        ],
        links=page.links(found, "asked_at", "id"),
    )
