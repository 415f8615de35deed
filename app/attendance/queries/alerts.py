"""Statements on closures, on whom alerts go to, and on alerts."""

import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, Date, Select, bindparam, func, insert, select, update
from sqlalchemy.dialects import postgresql

from app.attendance.models import AttendanceAlert, AttendanceClosure, AttendanceContact
from app.db.events import ReadSession, WriteSession
from app.organisations.models.people import Membership, Person
from app.placements.models import Placement
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession
_MISSING = ("placement_id", "starts", "why", "due_at")


async def without_arrival(
    session: AnySession,
    day: date,
    within: tuple[datetime, datetime],
    minutes: int,
    holidays: Sequence[date],
) -> Sequence[Any]:
    """Return a day's sessions of which nobody was told yet that the child has not arrived.

    Args:
        session: as the worker.
        day: in London.
        within: it was due after the first of these moments, and by the second.
        minutes: after the expected time, where no other interval is agreed.
        holidays: days on which nobody is expected anywhere.
    """
    told = func.sessions_without_arrival(
        day, *within, minutes, bindparam("holidays", list(holidays), ARRAY(Date))
    ).table_valued(*_MISSING)
    found: Sequence[Any] = (
        await session.execute(select(*(told.c[name] for name in _MISSING)))
    ).all()
    return found


async def open_alerts(
    session: WriteSession, rows: Sequence[Mapping[str, Any]]
) -> Sequence[uuid.UUID]:
    """Open alerts; of a session that has one already none. Return the ids of the new ones."""
    statement = (
        postgresql.insert(AttendanceAlert)
        .values([dict(row) for row in rows])
        .on_conflict_do_nothing(index_elements=["placement_id", "day", "starts"])
        .returning(AttendanceAlert.id)
    )
    return (await session.scalars(statement)).all() if rows else []


async def recipients_of(session: AnySession, alert_id: uuid.UUID) -> Sequence[Any]:
    """Return whom an alert is mailed to: `person_id`, `name`, `email`; see the function."""
    named = ("person_id", "name", "email")
    told = func.alert_recipients(alert_id).table_valued(*named)
    found: Sequence[Any] = (await session.execute(select(*(told.c[name] for name in named)))).all()
    return found


def _shown() -> Select[Any]:
    return (
        select(
            *AttendanceAlert.__table__.columns,
            Placement.commissioner_id,
            Placement.reference,
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Site.reference.label("site"),
        )
        .join(Placement, Placement.id == AttendanceAlert.placement_id)
        .join(Site, Site.id == Placement.site_id)
        .join(Provider, Provider.id == Site.provider_id)
    )


async def get_alert(session: AnySession, alert_id: uuid.UUID, *, lock: bool = False) -> Any | None:
    """Return an alert that the actor may see; locked, so that nobody else takes it."""
    if lock:
        own = select(AttendanceAlert.id).where(AttendanceAlert.id == alert_id)
        await session.execute(own.with_for_update())
    return (await session.execute(_shown().where(AttendanceAlert.id == alert_id))).one_or_none()


async def list_alerts(
    session: AnySession,
    commissioner_ids: Sequence[uuid.UUID],
    still_open: bool | None,
    page: tuple[uuid.UUID | None, int],
) -> Sequence[Any]:
    """Return alerts of these commissioners, the newest first."""
    before, most = page
    statement = _shown().where(Placement.commissioner_id.in_(commissioner_ids))
    if still_open is not None:
        is_open = AttendanceAlert.answered_at.is_(None)
        statement = statement.where(is_open if still_open else ~is_open)
    if before is not None:
        statement = statement.where(AttendanceAlert.id < before)
    ordered = statement.order_by(AttendanceAlert.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def answer_alert(
    session: WriteSession, alert_id: uuid.UUID, values: Mapping[str, Any]
) -> None:
    """Write down who took an alert, and what came of it."""
    statement = update(AttendanceAlert).where(AttendanceAlert.id == alert_id)
    await session.execute(statement.values(dict(values)))


async def add_closure(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep days on which nobody is expected."""
    await session.execute(insert(AttendanceClosure), [dict(row)])


async def get_closure(
    session: AnySession, closure_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return a closure that the actor may see; locked, so that nobody else withdraws it."""
    statement = select(*AttendanceClosure.__table__.columns).where(
        AttendanceClosure.id == closure_id
    )
    if lock:
        statement = statement.with_for_update()
    return (await session.execute(statement)).one_or_none()


async def list_closures(
    session: AnySession,
    organisation_ids: Sequence[uuid.UUID],
    before: uuid.UUID | None,
    most: int,
) -> Sequence[Any]:
    """Return what these organisations said of days on which nobody is expected, newest first."""
    statement = select(*AttendanceClosure.__table__.columns).where(
        AttendanceClosure.organisation_id.in_(organisation_ids)
    )
    if before is not None:
        statement = statement.where(AttendanceClosure.id < before)
    ordered = statement.order_by(AttendanceClosure.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def closed_at(session: AnySession, site_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return what the actor may see of closures of these sites, by their ids."""
    statement = select(AttendanceClosure.id).where(AttendanceClosure.site_id.in_(site_ids))
    return set((await session.scalars(statement)).all())


async def withdraw_closure(session: WriteSession, closure_id: uuid.UUID, moment: datetime) -> None:
    """Say that somebody is expected on these days after all."""
    statement = update(AttendanceClosure).where(AttendanceClosure.id == closure_id)
    await session.execute(statement.values(withdrawn_at=moment))


async def find_own_site(
    session: AnySession, provider_number: str, reference: int
) -> uuid.UUID | None:
    """Return a site of a provider that the actor's organisation owns."""
    statement = (
        select(Site.id)
        .join(Provider, Provider.id == Site.provider_id)
        .where(
            Provider.number == provider_number,
            Site.reference == reference,
            func.owns_site(Site.id),
        )
    )
    return (await session.scalars(statement)).one_or_none()


async def list_site_ids(session: AnySession, provider_id: uuid.UUID) -> set[uuid.UUID]:
    """Return every site of a provider, closed ones as well."""
    return set(
        (await session.scalars(select(Site.id).where(Site.provider_id == provider_id))).all()
    )


async def add_contact(session: WriteSession, row: Mapping[str, Any]) -> None:
    """Keep whom alerts of a placement go to."""
    await session.execute(insert(AttendanceContact), [dict(row)])


async def get_contact(session: AnySession, placement_id: uuid.UUID) -> Any | None:
    """Return whom alerts of a placement go to, as agreed last, if it was."""
    statement = (
        select(*AttendanceContact.__table__.columns, Person.name.label("name"))
        .outerjoin(Person, Person.id == AttendanceContact.person_id)
        .where(AttendanceContact.placement_id == placement_id)
        .order_by(AttendanceContact.id.desc())
        .limit(1)
    )
    return (await session.execute(statement)).one_or_none()


async def works_for(session: AnySession, person_id: uuid.UUID, organisation_id: uuid.UUID) -> bool:
    """Say whether a person works for an organisation."""
    statement = select(Membership.id).where(
        Membership.person_id == person_id,
        Membership.organisation_id == organisation_id,
        Membership.ended_at.is_(None),
    )
    return (await session.scalars(statement.limit(1))).one_or_none() is not None
