"""Statements of the worker: what is overdue, who is told, who follows an abolished authority."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, or_, select

from app.access import Role
from app.db.events import WriteSession
from app.organisations.models.organisations import Organisation
from app.organisations.models.people import Membership, Person
from app.organisations.terms import OrganisationKind
from app.oversight.models import FollowUp
from app.places.models import (
    FormerLocalAuthority,
    FormerLocalAuthoritySuccessor,
    LocalAuthority,
)

_TOLD = [Role.SAFEGUARDING_LEAD.value, Role.COMMISSIONER.value]


async def find_overdue(
    session: WriteSession, day: date, after: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return follow-ups whose next step was due before a day, by id."""
    statement = select(
        *(FollowUp.id, FollowUp.reference, FollowUp.next_step_by),
        *(FollowUp.la_code, FollowUp.care_la_code, FollowUp.school_id),
    ).where(FollowUp.closed_on.is_(None), FollowUp.next_step_by < day)
    if after is not None:
        statement = statement.where(FollowUp.id > after)
    found: Sequence[Any] = (
        await session.execute(statement.order_by(FollowUp.id).limit(most))
    ).all()
    return found


async def find_people_to_chase(
    session: WriteSession, la_codes: Sequence[str], school_id: uuid.UUID | None
) -> Sequence[Any]:
    """Return who looks for children at these authorities and this school, and is not blocked.

    Rows: `person_id`, `organisation_id`.
    """
    authority = Organisation.kind.in_(
        [OrganisationKind.LOCAL_AUTHORITY.value, OrganisationKind.LOCAL_AUTHORITY_TEAM.value]
    ) & Organisation.la_code.in_(la_codes)
    statement = (
        select(Membership.person_id, Membership.organisation_id)
        .join(Person, Person.id == Membership.person_id)
        .join(Organisation, Organisation.id == Membership.organisation_id)
        .where(
            or_(authority, Organisation.id == school_id),
            Membership.ended_at.is_(None),
            Membership.roles.overlap(_TOLD),
            Person.blocked_at.is_(None),
        )
        .order_by(Membership.person_id, Membership.organisation_id)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def find_abolished(session: WriteSession) -> Sequence[Any]:
    """Return follow-ups of authorities that are no more and have one successor, locked, by id.

    Rows: `id`, `la_code`, `successor`.
    """
    successor = (
        select(func.min(FormerLocalAuthoritySuccessor.successor_la_code))
        .join(
            FormerLocalAuthority,
            FormerLocalAuthority.gss_code == FormerLocalAuthoritySuccessor.former_gss_code,
        )
        .join(LocalAuthority, LocalAuthority.gss_code == FormerLocalAuthority.gss_code)
        .where(LocalAuthority.la_code == FollowUp.la_code)
        .having(func.count() == 1)
        .correlate(FollowUp)
        .scalar_subquery()
    )
    statement = (
        select(FollowUp.id, FollowUp.la_code, successor.label("successor"))
        .where(FollowUp.closed_on.is_(None), successor.is_not(None), successor != FollowUp.la_code)
        .order_by(FollowUp.id)
        .with_for_update(of=FollowUp)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found
