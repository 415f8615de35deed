"""How what follows a publication is told, with every clock and the rule it was counted by."""

from datetime import date
from typing import Any

from fastapi import Response

from app import clock
from app.db.events import ReadSession, WriteSession
from app.inspections import clocks
from app.inspections.clocks import POLICY, Clock
from app.inspections.queries import following as queries
from app.inspections.queries import publications
from app.inspections.router import answering as answers
from app.inspections.router.showing import is_owner
from app.inspections.schemas.following import (
    ActionOut,
    AppealOut,
    FollowUp,
    JudgementNamed,
    ReplyOut,
    RevisitOut,
    StepClock,
)
from app.inspections.service.answering import findings_of, state_of
from app.inspections.service.appealing import appeal_clock
from app.inspections.service.impartial import could_check
from app.inspections.service.looking import look_at
from app.inspections.service.policies import rules_on
from app.inspections.terms import (
    SHORT,
    AppealState,
    InspectionState,
    Pending,
    RevisitState,
)

AnySession = ReadSession | WriteSession


async def follow_up_told(session: AnySession, reference: str, response: Response) -> FollowUp:
    """Return what followed a publication, as far as its reader may know it."""
    row = await look_at(session, reference)
    answers.located(response, f"{answers.INSPECTIONS}/{row.reference}/follow-up")
    answers.private(response, row.version)
    found = await findings_of(session, row)
    actions = await queries.list_actions(session, row.id)
    appeals = await queries.list_appeals(session, row.id)
    revisits = await queries.list_revisits(session, row.id)
    published = row.state == InspectionState.PUBLISHED
    acted_on = {(one.site, one.criterion) for one in actions}
    free = [] if is_owner(row) or not published else await queries.who_could_decide(session, row.id)
    return FollowUp(
        reference=row.reference,
        pending=sorted(pending_of(row, appeals, revisits)),
        clocks=await _clocks(session, row, appeals),
        needs_action=[
            JudgementNamed(site=site, criterion=number)
            for (site, number), one in found.items()
            if published and one.judgement in SHORT and (site, number) not in acted_on
        ],
        replies=[
            ReplyOut.model_validate(one) for one in await queries.list_replies(session, row.id)
        ],
        actions=[action_out(one) for one in actions],
        appeals=[_appeal(one, found) for one in appeals],
        revisits=[await _revisit(session, one) for one in revisits],
        could_decide=could_check(free),
    )


def pending_of(inspection: Any, appeals: Any, revisits: Any) -> set[Pending]:
    """Return codes of what is open, as the public is told."""
    holds = {
        Pending.COMMENTS_OPEN: inspection.state == InspectionState.WITH_PROVIDER,
        Pending.APPEAL_OPEN: any(one.state == AppealState.OPEN for one in appeals),
        Pending.REVISIT_ASKED: any(one.state == RevisitState.OPEN for one in revisits),
    }
    return {code for code, held in holds.items() if held}


def action_out(one: Any) -> ActionOut:
    """Return an action as it is told."""
    return ActionOut(
        **{
            name: getattr(one, name)
            for name in ActionOut.model_fields
            if name not in {"state", "document"}
        },
        state=state_of(one.state, one.due_on),
        document=one.document_id,
    )


def is_late(due_on: date | None, state: str) -> bool:
    """Say whether an appeal waits for longer than it may."""
    return state == AppealState.OPEN and due_on is not None and due_on < clock.today()


def _appeal(one: Any, found: dict[tuple[int, str], Any]) -> AppealOut:
    by_id = {row.id: key for key, row in found.items()}
    named = sorted(by_id[judgement] for judgement in one.judgement_ids if judgement in by_id)
    return AppealOut(
        **{
            name: getattr(one, name)
            for name in AppealOut.model_fields
            if name not in {"judgements", "overdue"}
        },
        judgements=[JudgementNamed(site=site, criterion=number) for site, number in named],
        overdue=is_late(one.due_on, one.state),
    )


async def _revisit(session: AnySession, one: Any) -> RevisitOut:
    planned = await queries.reference_of(session, one.planned_id) if one.planned_id else None
    is_open = one.state == RevisitState.OPEN
    return RevisitOut(
        id=one.id,
        reason=one.reason,
        state=one.state,
        asked_at=one.asked_at,
        place=await queries.place_in_queue(session, one.id) if is_open else None,
        inspection=planned,
        answer=one.answer,
    )


async def _clocks(session: AnySession, row: Any, appeals: Any) -> list[StepClock]:
    told = []
    if row.comments_due_on is not None:
        rule = row.comments_rule or "as the policy of that day said"
        comments = Clock(row.comments_due_on, rule)
        over = row.comments_closed_at is not None or clocks.is_over(comments, clock.today())
        told.append(_clock("comments", comments, over=over))
    if row.state == InspectionState.PUBLISHED:
        published_on = row.published_at.astimezone(clock.LONDON).date()
        rules = await rules_on(session, published_on)
        newest = (await publications.list_versions(session, row.id))[-1]
        for what, due in (
            ("action-plan", clocks.action_plan_due(published_on, rules.hearing)),
            ("appeal", await appeal_clock(session, newest)),
        ):
            if due is not None:
                told.append(_clock(what, due, over=clocks.is_over(due, clock.today())))
    told += [
        _clock(
            "appeal-decision",
            Clock(one.due_on, one.due_rule, POLICY),
            over=is_late(one.due_on, one.state),
        )
        for one in appeals
        if one.state == AppealState.OPEN and one.due_on is not None
    ]
    return told


def _clock(what: str, due: Clock, *, over: bool) -> StepClock:
    return StepClock(
        what=what, due_on=due.due_on, rule=due.rule, authority=due.authority, over=over
    )
