"""What a register holds already, as far as a demonstration must know."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from typing import cast as cast_to

from sqlalchemy import CursorResult, Integer, Select, bindparam, cast, func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.db.base import Base
from app.db.events import ReadSession, WriteSession
from app.inspections.models.inspections import Inspection
from app.inspections.models.judgements import InspectionJudgement
from app.inspections.terms import SHORT, InspectionState
from app.ledger import queries as ledger_queries
from app.ledger.models import LedgerEntry
from app.organisations.models.organisations import Organisation
from app.providers.models.providers import Provider, ProviderKnownBy
from app.providers.models.sites import Site

_LOCK = "ap-register demonstration"


@dataclass(frozen=True, slots=True)
class Held:
    """What is in a register.

    Attributes:
        providers: how many, whoever recorded them.
        lists: the invented lists its providers stand on; more than one only after a mishap.
        listed: the providers on the list that was asked for: place on it and id, by place.
        entries: how many the log has.
        recorded_at: when the last of them was recorded.
        asked_at: when the entry that was asked for was recorded, if there is one.
    """

    providers: int
    lists: list[str]
    listed: list[tuple[int, uuid.UUID]]
    entries: int
    recorded_at: datetime | None
    asked_at: datetime | None


async def get_held(session: ReadSession, list_prefix: str, list_name: str, entry: int) -> Held:
    """Return what a register holds, and how much of it stands on an invented list."""
    head = await ledger_queries.get_head(session)
    named = ProviderKnownBy.list_name.startswith(list_prefix, autoescape=True)
    lists = select(ProviderKnownBy.list_name).where(named).distinct().order_by("list_name")
    place = cast(ProviderKnownBy.list_reference, Integer)
    listed = (
        select(place, ProviderKnownBy.provider_id)
        .where(ProviderKnownBy.list_name == list_name)
        .order_by(place)
    )
    asked = select(LedgerEntry.recorded_at).where(LedgerEntry.entry == entry)
    return Held(
        providers=await _count(session, select(Provider)),
        lists=list(await session.scalars(lists)),
        listed=[(row[0], row[1]) for row in await session.execute(listed)],
        entries=head.entry,
        recorded_at=head.recorded_at,
        asked_at=(await session.scalars(asked)).one_or_none(),
    )


async def try_to_be_alone(session: ReadSession) -> bool:
    """Keep everybody else from writing a demonstration until this transaction ends, if one can."""
    lock = func.pg_try_advisory_xact_lock(func.hashtext(_LOCK))
    return bool((await session.execute(select(lock))).scalar_one())


async def _count(session: ReadSession, rows: Select[Any]) -> int:
    statement = select(func.count()).select_from(rows.subquery())
    return int((await session.execute(statement)).scalar_one())


Rows: TypeAlias = list[dict[str, Any]]


async def insert_new(session: WriteSession, table: str, rows: Rows) -> int:
    """Insert those rows of a table that are not there yet, and return how many those were."""
    statement = insert(Base.metadata.tables[table]).on_conflict_do_nothing()
    added = 0
    for row in rows:
        result = await session.execute(statement.values(row))
        added += cast_to("CursorResult[Any]", result).rowcount
    return added


async def find_sites(session: WriteSession, provider_ids: Collection[uuid.UUID]) -> Sequence[Any]:
    """Return (provider_id, reference, id, kind, number, staff_size) of every site of providers."""
    statement = (
        select(
            *(Site.provider_id, Site.reference, Site.id, Site.kind),
            *(Provider.number, Provider.staff_size),
        )
        .join(Provider, Provider.id == Site.provider_id)
        .where(Site.provider_id.in_(provider_ids))
    )
    return (await session.execute(statement)).all()


async def organisation_names(
    session: WriteSession, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, str]:
    """Return the names of some organisations, by id."""
    statement = select(Organisation.id, Organisation.name).where(Organisation.id.in_(ids))
    return {row.id: row.name for row in await session.execute(statement)}


async def take_inspection_numbers(session: WriteSession, count: int) -> None:
    """Use up as many numbers of inspections, so that nobody is given them again."""
    number = func.nextval("inspection_numbers")
    await session.execute(select(number).select_from(func.generate_series(1, count)))


async def let_check(session: WriteSession, ids: Collection[uuid.UUID]) -> None:
    """Let inspections that are judged wait for a second officer."""
    statement = update(Inspection).where(Inspection.id.in_(ids))
    state = InspectionState.TO_CHECK.value
    await session.execute(statement.values(state=state, version=Inspection.version + 1))


async def mark_published(session: WriteSession, moments: Mapping[uuid.UUID, datetime]) -> None:
    """Let inspections that were checked be published, each at its moment."""
    statement = (
        update(Inspection)
        .where(Inspection.id == bindparam("inspection"))
        .values(
            state=InspectionState.PUBLISHED.value,
            published_at=bindparam("moment"),
            version=Inspection.version + 1,
        )
    )
    connection = await session.connection()
    rows = [{"inspection": key, "moment": moment} for key, moment in moments.items()]
    await connection.execute(statement, rows)


async def find_short(
    session: WriteSession, provider_ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, list[Any]]:
    """Return (id, inspection_id, provider_id) of judgements that fall short, by provider."""
    statement = (
        select(InspectionJudgement.id, InspectionJudgement.inspection_id, Inspection.provider_id)
        .join(Inspection, Inspection.id == InspectionJudgement.inspection_id)
        .where(
            Inspection.provider_id.in_(provider_ids),
            InspectionJudgement.judgement.in_([one.value for one in SHORT]),
        )
        .order_by(InspectionJudgement.id)
    )
    found: dict[uuid.UUID, list[Any]] = defaultdict(list)
    for row in await session.execute(statement):
        found[row.provider_id].append(row)
    return found
