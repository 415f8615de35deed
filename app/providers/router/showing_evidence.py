"""What a provider shows, as it is told: documents, checks on staff, and what it says of itself."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from app import clock
from app.db.events import ReadSession, WriteSession
from app.files.queries import facts_of
from app.providers.evidence import state_on
from app.providers.queries import self_evaluations, staff
from app.providers.schemas.documents import DocumentFile, DocumentOut
from app.providers.schemas.self_evaluations import AnswerOut, AskedCriterion, SelfEvaluationOut
from app.providers.schemas.staff import (
    CheckOut,
    DueOut,
    StaffCounts,
    StaffMemberOut,
    StaffRecord,
)
from app.providers.service import documents as documents_service
from app.providers.service import self_evaluations as evaluations_service
from app.providers.service import staff as staff_service
from app.providers.service.sharing import Sight
from app.standards.queries import versions
from app.standards.queries.published_policies import policy_on
from app.standards.terms import PolicyCode

AnySession = ReadSession | WriteSession


async def documents_told(
    session: AnySession, sight: Sight, rows: Sequence[Any]
) -> list[DocumentOut]:
    """Return documents as they are told, and where each stands today."""
    today = clock.today()
    policy = await policy_on(session, PolicyCode.EVIDENCE_REMINDERS, today)
    reminded_days = max(policy["days"], default=0) if policy else 0
    return [_document(sight, row, today, reminded_days) for row in rows]


async def staff_told(session: AnySession, sight: Sight, *, left: bool) -> StaffRecord:
    """Return the record of staff checks; who they are for whom everything is shared with.

    Args:
        session: the transaction.
        sight: what the actor may see.
        left: whether those who have left are told too.
    """
    today = clock.today()
    counted = await staff_service.count(session, sight.held.id, today)
    members = None
    if sight.everything:
        found = await staff.list_members(session, sight.held.id, None if left else today)
        checks = await staff.newest_checks(session, [one.id for one in found])
        members = [member_told(one, checks.get(one.id, ()), today) for one in found]
    return StaffRecord(day=today, counts=StaffCounts.model_validate(counted), members=members)


def member_told(member: Any, checks: Sequence[Any], today: date) -> StaffMemberOut:
    """Return one of those who work with children, their newest checks and what is due."""
    due = []
    if staff_service.works_on(member, today):
        due = staff_service.due_of(
            regulated_activity=member.regulated_activity,
            statuses=staff_service.statuses_of(checks),
            on=today,
        )
    left_out = {"checks", "due"}
    facts = {
        name: getattr(member, name) for name in StaffMemberOut.model_fields if name not in left_out
    }
    return StaffMemberOut(
        **facts,
        checks=[CheckOut.model_validate(check) for check in checks],
        due=[
            DueOut(
                kind=one.due.kind,
                status=one.status,
                source=str(one.due.citation),
                binding=one.due.citation.binding,
            )
            for one in due
        ],
    )


async def self_evaluation_told(
    session: AnySession, sight: Sight, identity: uuid.UUID
) -> SelfEvaluationOut:
    """Return a self-evaluation with everything that is asked and said.

    Raises:
        SelfEvaluationNotFoundError: there is none that the actor may see.
    """
    row = await evaluations_service.get_self_evaluation(session, sight.held.id, identity)
    evaluation = row.SelfEvaluation
    listed = await versions.list_criteria(session, evaluation.version_id)
    criteria = evaluations_service.asked_of(row, listed)
    said = await self_evaluations.list_answers(session, evaluation.id)
    shown = await self_evaluations.list_evidence(session, evaluation.id)
    return SelfEvaluationOut(
        **evaluation_summary(row),
        asked=len(criteria),
        answered=sum(one.id in said for one in criteria),
        criteria=[_criterion(one, said.get(one.id), shown.get(one.id, ())) for one in criteria],
    )


def evaluation_summary(row: Any) -> dict[str, Any]:
    """Return a self-evaluation by the names of `SelfEvaluationSummary`."""
    evaluation = row.SelfEvaluation
    return {
        "id": evaluation.id,
        "site": row.site,
        "standards": row.standards,
        "carried_from": evaluation.carried_from_id,
        "begun_at": evaluation.begun_at,
        "completed_at": evaluation.completed_at,
        "version": evaluation.version,
    }


def _document(sight: Sight, row: Any, today: date, reminded_days: int) -> DocumentOut:
    document = row.Document
    state = state_on(
        today,
        issued_on=document.issued_on,
        until=document.current_until,
        withdrawn=document.withdrawn_at is not None,
        reminded_days=reminded_days,
    )
    facts = facts_of(row.File) if row.File is not None else None
    return DocumentOut(
        **{
            name: getattr(document, name)
            for name in (
                *("id", "kind", "title", "issued_on", "expires_on", "current_until", "insurer"),
                *("limit_pence", "covers_abuse", "added_at", "withdrawn_at", "version"),
            )
        },
        site=row.site,
        state=state,
        replaces=document.replaces_id,
        replaced_by=row.replaced_by,
        warnings=documents_service.warnings_of(document),
        file=DocumentFile.model_validate(facts, from_attributes=True) if facts else None,
        withdrawn_reason=document.withdrawn_reason if sight.whole else None,
    )


def _criterion(criterion: Any, said: Any, documents: Any) -> AskedCriterion:
    answer = None
    if said is not None:
        names = (name for name in AnswerOut.model_fields if name != "documents")
        facts = {name: getattr(said, name) for name in names}
        answer = AnswerOut(**facts, documents=list(documents))
    return AskedCriterion(
        criterion=criterion.number,
        requirement=criterion.requirement,
        gate=criterion.gate,
        force=criterion.force,
        evidence_kinds=criterion.evidence_kinds,
        answer=answer,
    )
