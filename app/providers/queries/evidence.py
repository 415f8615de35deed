"""Statements on what evidence a site has on a day, and what of it is missing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.db.events import ReadSession, WriteSession
from app.files.models import File
from app.files.terms import FileState
from app.providers.evidence import CheckStatus, settles
from app.providers.models.documents import Document
from app.providers.models.people import StaffCheck, StaffMember
from app.providers.models.providers import Provider
from app.providers.models.self_evaluations import SelfEvaluation
from app.providers.models.sites import Site
from app.rules.staff_checks import CheckKind
from app.standards.policies import applicable
from app.standards.queries import versions
from app.standards.terms import EvidenceKind, Force, Gate
from app.values.site_kind import SiteKind, StaffSize

AnySession = ReadSession | WriteSession

_DBS = (CheckKind.ENHANCED_DBS, CheckKind.BARRED_LIST)


@dataclass(frozen=True, slots=True)
class Missing:
    """A critical criterion for which a site has no current evidence.

    Attributes:
        criterion: its number.
        requirement: what it asks.
        kinds: any one of these would show it.
    """

    criterion: str
    requirement: str
    kinds: tuple[str, ...]


async def is_self_evaluated(session: AnySession, site_id: uuid.UUID, version_id: uuid.UUID) -> bool:
    """Say whether a site was completely self-evaluated against a version of the standards.

    Args:
        session: of the owner, of an authority that answers for it, or of the operator.
        site_id: the site.
        version_id: of the standards.
    """
    statement = select(
        exists().where(
            SelfEvaluation.site_id == site_id,
            SelfEvaluation.version_id == version_id,
            SelfEvaluation.completed_at.is_not(None),
        )
    )
    return bool((await session.execute(statement)).scalar_one())


async def critical_documents_missing(
    session: AnySession, provider: Provider, site: Site, day: date
) -> list[Missing]:
    """Return the critical criteria for which a site has nothing current to show on a day.

    Only those that are asked of such a site and provider and that count in an outcome, in the
    version in force on the day; none, where none is in force.

    Args:
        session: of the owner, of an authority that answers for it, or of the operator.
        provider: whose site it is.
        site: the site.
        day: in London.
    """
    version = await versions.in_force(session, day)
    if version is None:
        return []
    held = await current_kinds(session, provider.id, site.id, day)
    criteria = applicable(
        await versions.list_criteria(session, version.id),
        SiteKind(site.kind),
        StaffSize(provider.staff_size) if provider.staff_size else None,
    )
    return [
        Missing(one.number, one.requirement, tuple(one.evidence_kinds))
        for one in criteria
        if one.gate == Gate.CRITICAL.value
        and one.force != Force.GOOD_PRACTICE.value
        and one.evidence_kinds
        and held.isdisjoint(one.evidence_kinds)
    ]


async def current_kinds(
    session: AnySession, provider_id: uuid.UUID, site_id: uuid.UUID, day: date
) -> frozenset[str]:
    """Return the kinds of evidence a site has on a day: its own documents and the provider's.

    A complete record of staff checks counts as its kind; see `has_staff_checks`.
    """
    statement = (
        select(Document.kind)
        .distinct()
        .where(
            Document.provider_id == provider_id,
            or_(Document.site_id.is_(None), Document.site_id == site_id),
            is_current(day),
        )
    )
    kinds = set((await session.scalars(statement)).all())
    if await has_staff_checks(session, provider_id, day):
        kinds.add(EvidenceKind.STAFF_CHECKS_RECORD.value)
    return frozenset(kinds)


def is_current(day: date) -> ColumnElement[bool]:
    """Return the condition under which a document counts as evidence on a day.

    What was found infected after it was taken in counts no more: its content is gone.
    """
    infected = exists().where(File.id == Document.file_id, File.state == FileState.INFECTED.value)
    return and_(
        Document.withdrawn_at.is_(None),
        or_(Document.current_until.is_(None), Document.current_until >= day),
        or_(Document.issued_on.is_(None), Document.issued_on <= day),
        ~infected,
    )


async def find_current(
    session: AnySession, document_ids: Sequence[uuid.UUID], day: date
) -> frozenset[uuid.UUID]:
    """Return which of these documents count as evidence on a day."""
    statement = select(Document.id).where(Document.id.in_(document_ids), is_current(day))
    return frozenset((await session.scalars(statement)).all())


async def has_staff_checks(session: AnySession, provider_id: uuid.UUID, day: date) -> bool:
    """Say whether the record of staff checks shows what a critical criterion asks of it.

    Somebody works there on the day, and of everybody in regulated activity who does, the newest
    enhanced DBS check is clear or its risk assessed, and the newest look at the barred list clear.
    """
    works = and_(
        StaffMember.provider_id == provider_id,
        or_(StaffMember.started_on.is_(None), StaffMember.started_on <= day),
        or_(StaffMember.ended_on.is_(None), StaffMember.ended_on > day),
    )
    members = {
        row.id: row.regulated_activity
        for row in await session.execute(
            select(StaffMember.id, StaffMember.regulated_activity).where(works)
        )
    }
    newest = (
        select(StaffCheck.staff_member_id, StaffCheck.kind, StaffCheck.status)
        .ext(distinct_on(StaffCheck.staff_member_id, StaffCheck.kind))
        .where(StaffCheck.staff_member_id.in_(members), StaffCheck.kind.in_(_DBS))
        .order_by(
            StaffCheck.staff_member_id,
            StaffCheck.kind,
            StaffCheck.recorded_at.desc(),
            StaffCheck.id.desc(),
        )
    )
    found = {
        (row.staff_member_id, row.kind): CheckStatus(row.status)
        for row in await session.execute(newest)
    }
    return bool(members) and all(
        settles(kind, found.get((member, kind.value)))
        for member, regulated in members.items()
        if regulated
        for kind in _DBS
    )
