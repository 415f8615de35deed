"""Statements on who could pay: organisations, whether they closed, and who followed them."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.children.models import ChildCircumstances
from app.db.events import ReadSession, WriteSession
from app.organisations.models.organisations import Organisation, School, SchoolLink
from app.places.models import FormerLocalAuthority, FormerLocalAuthoritySuccessor

AnySession = ReadSession | WriteSession
_AUTHORITY = "local-authority"


async def list_organisations(session: AnySession, ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, Any]:
    """Return organisations by their ids: kind, name, parent, when they closed, and a school's URN.

    `said_shut` says of a school that GIAS calls it closed, with or without a day.
    """
    statement = (
        select(
            Organisation.id,
            Organisation.kind,
            Organisation.name,
            Organisation.la_code,
            Organisation.parent_id,
            Organisation.closed_on,
            School.urn,
            School.status.is_not_distinct_from("Closed").label("said_shut"),
        )
        .outerjoin(School, School.organisation_id == Organisation.id)
        .where(Organisation.id.in_(list(ids)))
    )
    return {row.id: row for row in await session.execute(statement)}


async def circumstances_on(session: AnySession, child_id: uuid.UUID, day: date) -> Any | None:
    """Return who has which duty towards a child on a day; the first that is known, if later."""
    statement = (
        select(
            ChildCircumstances.home_la_code,
            ChildCircumstances.plan_la_code,
            ChildCircumstances.care_la_code,
            ChildCircumstances.school_id,
        )
        .where(ChildCircumstances.child_id == child_id)
        .order_by(
            (ChildCircumstances.since <= day).desc(),
            func.abs(ChildCircumstances.since - day),
        )
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def authorities(session: AnySession, codes: Iterable[str]) -> dict[str, uuid.UUID]:
    """Return the organisations of local authorities by their codes."""
    statement = select(Organisation.la_code, Organisation.id).where(
        Organisation.kind == _AUTHORITY, Organisation.la_code.in_(list(codes))
    )
    return {row.la_code: row.id for row in await session.execute(statement)}


async def find_of_kind(session: AnySession, kind: str) -> uuid.UUID | None:
    """Return the organisation of a kind of which there is one, such as the department."""
    statement = select(Organisation.id).where(Organisation.kind == kind).limit(1)
    return (await session.scalars(statement)).one_or_none()


async def successors_of(session: AnySession, organisation: Any) -> Sequence[Any]:
    """Return who followed an organisation that closed, as far as that is known: id and name.

    Of a school what GIAS links as its successor; of an authority whoever has its area now.
    """
    if organisation.urn is not None:
        later = aliased(School)
        statement = (
            select(Organisation.id, Organisation.name)
            .join(later, later.organisation_id == Organisation.id)
            .join(SchoolLink, SchoolLink.linked_urn == later.urn)
            .where(SchoolLink.urn == organisation.urn, SchoolLink.link_type.ilike("successor%"))
        )
    else:
        statement = (
            select(Organisation.id, Organisation.name)
            .join(
                FormerLocalAuthoritySuccessor,
                FormerLocalAuthoritySuccessor.successor_la_code == Organisation.la_code,
            )
            .join(
                FormerLocalAuthority,
                FormerLocalAuthority.gss_code == FormerLocalAuthoritySuccessor.former_gss_code,
            )
            .where(
                Organisation.kind == _AUTHORITY,
                organisation.kind == _AUTHORITY,
                FormerLocalAuthority.la_code == organisation.la_code,
                Organisation.id != organisation.id,
            )
        )
    found: Sequence[Any] = (await session.execute(statement.order_by(Organisation.name))).all()
    return found
