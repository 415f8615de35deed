"""A follow-up as it is told, in a list and on its own."""

from collections.abc import Sequence
from typing import Any

from app import clock
from app.access import Actor
from app.db.events import WriteSession
from app.keyring.ring import Keyring
from app.organisations.terms import OrganisationKind
from app.oversight.queries import follow_ups as queries
from app.oversight.schemas import (
    FollowUpBasis,
    FollowUpBrief,
    FollowUpOut,
    FollowUpSpellOut,
    FollowUpStepOut,
    HandoverOut,
)
from app.oversight.service.working import look_at, said_in
from app.rules.missing.chasing import next_step, pressing_on
from app.rules.missing.owning import Searcher, searchers_of
from app.rules.stated import Reason

FOLLOW_UPS = "/v1/follow-ups"


def brief(row: Any) -> FollowUpBrief:
    """Return a follow-up as a list tells it."""
    light = pressing_on(row.next_step_by, clock.today()) if row.next_step_by else None
    return FollowUpBrief(
        id=row.id,
        reference=row.reference,
        commissioner=row.commissioner,
        first=Searcher.SCHOOL if row.school_id else Searcher.LOCAL_AUTHORITY,
        la=row.la_code,
        la_name=row.la_name,
        school=row.school_name,
        corporate_parent_la=row.care_la_code,
        since=row.since,
        next_step_by=row.next_step_by,
        light=light,
        offered_to_la=row.offered_to,
        outcome=row.outcome,
        closed_on=row.closed_on,
    )


async def whole(session: WriteSession, actor: Actor, ring: Keyring, row_id: Any) -> FollowUpOut:
    """Return a follow-up with what was tried; what was said to who may see the child."""
    row = await look_at(session, row_id)
    steps = await queries.list_steps(session, row.id)
    said = await said_in(session, ring, row, steps)
    told = actor.organisation_kind != OrganisationKind.DEPARTMENT
    clocked = next_step(row.since).reasons
    return FollowUpOut(
        **brief(row).model_dump(),
        placement=row.placement_id if told else None,
        child=row.child_id if told else None,
        destination=row.destination,
        known_by=row.evidence,
        why=await _why(session, row),
        clock=[_basis(one) for one in clocked] if row.closed_on is None else [],
        steps=[
            FollowUpStepOut(
                kind=one.kind,
                taken_on=one.taken_on,
                organisation=one.organisation,
                by=one.by_name,
                what=said.get(one.id),
                recorded_at=one.recorded_at,
            )
            for one in steps
        ],
        authorities=[
            FollowUpSpellOut(la=one.la_code, since=one.since, became=one.became)
            for one in await queries.list_spells(session, row.id)
        ],
        handovers=_handovers(await queries.list_handovers(session, row.id)),
        version=row.version,
    )


def _handovers(rows: Sequence[Any]) -> list[HandoverOut]:
    return [
        HandoverOut(
            from_la=one.from_la_code,
            to_la=one.to_la_code,
            reason=one.reason,
            offered_on=one.offered_on,
            answer=one.answer,
            answered_on=one.answered_on,
        )
        for one in rows
    ]


async def _why(session: WriteSession, row: Any) -> list[FollowUpBasis]:
    duties = await queries.duties_on(session, row.child_id, row.since)
    if duties is None:
        return []
    found = searchers_of(
        duties.date_of_birth,
        row.since,
        on_roll=row.school_id is not None,
        looked_after=row.care_la_code is not None,
    )
    return [_basis(one) for one in found.reasons]


def _basis(reason: Reason) -> FollowUpBasis:
    rule = reason.rule
    return FollowUpBasis(
        because=reason.because, rule=rule.code, basis=rule.basis, source=str(rule.citation)
    )
