"""Statements on placements, for whoever may see them."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    Uuid,
    and_,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import Range

from app.db.events import ReadSession, WriteSession
from app.occupancy.models import Commitment
from app.organisations.models.organisations import Organisation
from app.placements.models import Placement, PlacementSession, PlacementTimetable
from app.placements.terms import PlacementState
from app.providers.models.providers import Provider
from app.providers.models.sites import Site

AnySession = ReadSession | WriteSession


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which placements are listed; what is empty does not narrow.

    Attributes:
        commissioner_ids: of these.
        today: the day on which they stand somewhere.
        provider_number: at this provider.
        child_id: of this child.
        state: where they stand.
        overdue: not assessed by the day by which they were to be, and not ended.
    """

    commissioner_ids: Sequence[uuid.UUID]
    today: date
    provider_number: str | None = None
    child_id: uuid.UUID | None = None
    state: PlacementState | None = None
    overdue: bool = False


def _shown() -> Select[Any]:
    return (
        select(
            *Placement.__table__.columns,
            Organisation.name.label("commissioner"),
            Provider.number.label("provider"),
            Provider.name.label("provider_name"),
            Provider.status.label("provider_status"),
            Site.reference.label("site"),
        )
        .join(Organisation, Organisation.id == Placement.commissioner_id)
        .join(Site, Site.id == Placement.site_id)
        .join(Provider, Provider.id == Site.provider_id)
    )


async def get_placement(
    session: AnySession, placement_id: uuid.UUID, *, lock: bool = False
) -> Any | None:
    """Return a placement that the actor may see; locked, so that nobody else changes it."""
    if lock:
        own = select(Placement.id).where(Placement.id == placement_id).with_for_update()
        await session.execute(own)
    return (await session.execute(_shown().where(Placement.id == placement_id))).one_or_none()


async def lock_reference(session: WriteSession, commissioner_id: uuid.UUID, reference: str) -> None:
    """Let nobody else record a placement under this reference until the transaction ends."""
    named = func.hashtextextended(f"placement {commissioner_id} {reference}", 0)
    await session.execute(select(func.pg_advisory_xact_lock(named)))


async def find_by_reference(
    session: AnySession, commissioner_id: uuid.UUID, reference: str
) -> uuid.UUID | None:
    """Return the id of the placement that a commissioner calls so."""
    statement = select(Placement.id).where(
        Placement.commissioner_id == commissioner_id, Placement.reference == reference
    )
    return (await session.scalars(statement)).one_or_none()


async def rests_on(session: AnySession, assessment_id: uuid.UUID) -> uuid.UUID | None:
    """Return the id of the placement that rests on an assessment, if one does."""
    statement = select(Placement.id).where(Placement.assessment_id == assessment_id)
    return (await session.scalars(statement)).one_or_none()


async def list_placements(
    session: AnySession, wanted: Wanted, before: uuid.UUID | None, most: int
) -> Sequence[Any]:
    """Return placements, the newest first."""
    statement = _shown().where(Placement.commissioner_id.in_(wanted.commissioner_ids))
    if wanted.provider_number is not None:
        statement = statement.where(Provider.number == wanted.provider_number)
    if wanted.child_id is not None:
        statement = statement.where(Placement.child_id == wanted.child_id)
    ended = and_(Placement.ended_on.is_not(None), Placement.ended_on < wanted.today)
    if wanted.state is PlacementState.ENDED:
        statement = statement.where(ended)
    elif wanted.state is PlacementState.UPCOMING:
        statement = statement.where(Placement.starts_on > wanted.today, ~ended)
    elif wanted.state is PlacementState.LIVE:
        statement = statement.where(Placement.starts_on <= wanted.today, ~ended)
    if wanted.overdue:
        statement = statement.where(Placement.assess_by < wanted.today, ~ended)
    if before is not None:
        statement = statement.where(Placement.id < before)
    ordered = statement.order_by(Placement.id.desc()).limit(most)
    found: Sequence[Any] = (await session.execute(ordered)).all()
    return found


async def add_placement(session: WriteSession, row: dict[str, Any]) -> None:
    """Keep a placement."""
    await session.execute(insert(Placement), [row])


async def add_timetable(
    session: WriteSession, row: dict[str, Any], sessions: Sequence[dict[str, Any]]
) -> None:
    """Keep a timetable and its sessions."""
    await session.execute(insert(PlacementTimetable), [row])
    await session.execute(insert(PlacementSession), list(sessions))


async def list_timetables(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return a placement's timetables, the newest first."""
    statement = (
        select(*PlacementTimetable.__table__.columns)
        .where(PlacementTimetable.placement_id == placement_id)
        .order_by(PlacementTimetable.since.desc())
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def list_sessions(session: AnySession, placement_id: uuid.UUID) -> Sequence[Any]:
    """Return the sessions of all of a placement's timetables, in the order of the week."""
    statement = (
        select(*PlacementSession.__table__.columns, Site.reference.label("site"))
        .join(PlacementTimetable, PlacementTimetable.id == PlacementSession.timetable_id)
        .join(Site, Site.id == PlacementSession.site_id)
        .where(PlacementTimetable.placement_id == placement_id)
        .order_by(PlacementSession.weekday, PlacementSession.starts)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def weeks_of_child(
    session: AnySession,
    child_id: uuid.UUID,
    but: uuid.UUID | None,
    within: tuple[date, date | None],
) -> Sequence[Any]:
    """Return the sessions of a child's placements, but for one of them, that hold within some days.

    Each row: reference, weekday, starts, ends. A place runs until it is ended, or is planned to.
    """
    since, until = within
    number = PlacementTimetable
    following = func.lead(number.since).over(
        partition_by=number.placement_id, order_by=number.since
    )
    weeks = (
        select(number.id, number.placement_id, number.since, following.label("following"))
        .join(Placement, Placement.id == number.placement_id)
        .where(Placement.child_id == child_id)
        .subquery()
    )
    ends = func.coalesce(Placement.ended_on, Placement.planned_end_on)
    statement = (
        select(
            Placement.reference,
            PlacementSession.weekday,
            PlacementSession.starts,
            PlacementSession.ends,
        )
        .join(weeks, weeks.c.placement_id == Placement.id)
        .join(PlacementSession, PlacementSession.timetable_id == weeks.c.id)
        .where(
            or_(weeks.c.following.is_(None), weeks.c.following > since),
            or_(ends.is_(None), ends >= since),
        )
        .order_by(Placement.id, PlacementSession.weekday, PlacementSession.starts)
    )
    if but is not None:
        statement = statement.where(Placement.id != but)
    if until is not None:
        statement = statement.where(weeks.c.since <= until)
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def linked_elsewhere_at_once(
    session: WriteSession, child_id: uuid.UUID, today: date
) -> Sequence[uuid.UUID]:
    """Return the other records of a child by which it is in two places at once; as the matcher."""
    told = func.linked_elsewhere_at_once(child_id, today, type_=Uuid(as_uuid=True))
    return list((await session.scalars(select(told))).all())


async def weekly_minutes(session: AnySession, timetable_id: uuid.UUID) -> int:
    """Return how many minutes a week a timetable has, over all sites."""
    lasts = func.extract("epoch", PlacementSession.ends - PlacementSession.starts) / 60
    statement = select(func.coalesce(func.sum(lasts), 0)).where(
        PlacementSession.timetable_id == timetable_id
    )
    return int((await session.execute(statement)).scalar_one())


async def change_placement(
    session: WriteSession, placement_id: uuid.UUID, values: dict[str, Any]
) -> None:
    """Write down what changed of a placement."""
    changed = {**values, "version": Placement.version + 1}
    await session.execute(update(Placement).where(Placement.id == placement_id).values(changed))


async def commit_child(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Say where a child is committed."""
    await session.execute(insert(Commitment), list(rows))


async def cut_commitments(session: WriteSession, placement_id: uuid.UUID, last: date) -> None:
    """End a placement's commitments with a day; those that begin later are none any more."""
    begins = func.lower(Commitment.period)
    of_it = Commitment.placement_id == placement_id
    await session.execute(delete(Commitment).where(of_it, begins > last))
    kept = Commitment.period * func.daterange(None, last, "[]")
    await session.execute(update(Commitment).where(of_it).values(period=kept))


async def move_commitments_end(
    session: WriteSession, placement_id: uuid.UUID, former: date, last: date
) -> None:
    """Let a placement's commitments that ended with one day end with another."""
    if last <= former:
        await cut_commitments(session, placement_id, last)
        return
    longer = func.daterange(func.lower(Commitment.period), last, "[]")
    at_the_end = func.upper(Commitment.period) == former + timedelta(days=1)
    statement = update(Commitment).where(Commitment.placement_id == placement_id, at_the_end)
    await session.execute(statement.values(period=longer))


async def extend_commitments(
    session: WriteSession, placement_id: uuid.UUID, former: date, last: date
) -> None:
    """Let commitments that ended with a placement's planned end, or ran past it, end with a day."""
    ends = func.upper(Commitment.period)
    statement = update(Commitment).where(
        Commitment.placement_id == placement_id,
        func.upper_inf(Commitment.period) | (ends == former + timedelta(days=1)),
    )
    longer = func.daterange(func.lower(Commitment.period), last, "[]")
    await session.execute(statement.values(period=longer))


async def get_site(session: AnySession, provider_number: str, reference: int) -> Any | None:
    """Return a site to place at: its id, its authority, its provider and its state.

    By its provider's exact number a commissioner finds one that it may not see, for what runs there
    is to be recorded as it is. It learns no name.
    """
    sites = func.sites_to_place_at(provider_number).table_valued(
        *("id", "reference", "la_code", "provider_id", "closed_on", "status", "number")
    )
    statement = select(
        type_coerce(sites.c.id, Uuid).label("id"),
        sites.c.la_code,
        type_coerce(sites.c.provider_id, Uuid).label("provider_id"),
        type_coerce(sites.c.closed_on, Date).label("closed_on"),
        sites.c.status,
        sites.c.number,
    ).where(sites.c.reference == reference)
    return (await session.execute(statement)).one_or_none()


async def list_sites(session: AnySession, provider_number: str) -> Sequence[Any]:
    """Return the sites of a provider to place at, by its exact number.

    Names are told only of a provider that the actor may see.
    """
    sites = func.sites_to_place_at(provider_number).table_valued(
        *("id", "reference", "la_code", "provider_id", "closed_on", "status", "number")
    )
    statement = (
        select(
            sites.c.reference,
            type_coerce(sites.c.closed_on, Date).label("closed_on"),
            sites.c.status,
            sites.c.number,
            Site.name,
            Provider.name.label("provider_name"),
        )
        .select_from(sites)
        .outerjoin(Site, Site.id == type_coerce(sites.c.id, Uuid))
        .outerjoin(Provider, Provider.id == Site.provider_id)
        .order_by(sites.c.reference)
    )
    found: Sequence[Any] = (await session.execute(statement)).all()
    return found


async def relink(session: WriteSession, child_id: uuid.UUID, link_id: uuid.UUID) -> None:
    """Give the commitments of a child's placements the link its record has now."""
    of_child = select(Placement.id).where(Placement.child_id == child_id)
    statement = update(Commitment).where(
        Commitment.placement_id.in_(of_child), Commitment.child_link != link_id
    )
    await session.execute(statement.values(child_link=link_id))


async def has_open_placement(session: AnySession, child_id: uuid.UUID) -> bool:
    """Say whether a placement of a child has not ended."""
    statement = select(Placement.id).where(
        Placement.child_id == child_id, Placement.ended_on.is_(None)
    )
    return (await session.scalars(statement.limit(1))).one_or_none() is not None


async def knows_provider(session: AnySession, provider_number: str) -> bool:
    """Say whether a provider of this number is seen, or has a site to place at."""
    sites = func.sites_to_place_at(provider_number).table_valued("id")
    known = select(1).select_from(sites).exists()
    seen = select(Provider.id).where(Provider.number == provider_number).exists()
    return bool((await session.execute(select(or_(seen, known)))).scalar_one())


def days(since: date, until: date | None) -> Range[date]:
    """Return days as a range of the database; both are in it."""
    return Range(since, until, bounds="[]" if until is not None else "[)")
