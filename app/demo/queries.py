"""What a register holds already, as far as a demonstration must know."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias
from typing import cast as cast_to

from sqlalchemy import CursorResult, Integer, Select, cast, func, select
from sqlalchemy.dialects.postgresql import insert

from app.db.base import Base
from app.db.events import ReadSession, WriteSession
from app.ledger import queries as ledger_queries
from app.providers.models.providers import (
    Provider,
    ProviderKnownBy,
    ProviderName,
    ProviderStatusChange,
)
from app.providers.terms import NameKind

_LOCK = "ap-register demonstration"


@dataclass(frozen=True, slots=True)
class Held:
    """What is in a register.

    Attributes:
        providers: how many, whoever recorded them.
        lists: the invented lists its providers stand on; more than one only after a mishap.
        listed: the providers on the list that was asked for: place on it and id, by place.
        changes: how often those have moved or taken another name.
        entries: how many the log has.
        recorded_at: when the last of them was recorded.
    """

    providers: int
    lists: list[str]
    listed: list[tuple[int, uuid.UUID]]
    changes: int
    entries: int
    recorded_at: datetime | None


async def get_held(session: ReadSession, list_prefix: str, list_name: str) -> Held:
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
    moves = _of_listed(ProviderStatusChange, list_name)
    renamings = _of_listed(ProviderName, list_name).where(ProviderName.kind == NameKind.FORMER)
    return Held(
        providers=await _count(session, select(Provider)),
        lists=list(await session.scalars(lists)),
        listed=[(row[0], row[1]) for row in await session.execute(listed)],
        changes=await _count(session, moves) + await _count(session, renamings),
        entries=head.entry,
        recorded_at=head.recorded_at,
    )


async def try_to_be_alone(session: ReadSession) -> bool:
    """Keep everybody else from writing a demonstration until this transaction ends, if one can."""
    lock = func.pg_try_advisory_xact_lock(func.hashtext(_LOCK))
    return bool((await session.execute(select(lock))).scalar_one())


def _of_listed(entity: type[ProviderStatusChange | ProviderName], list_name: str) -> Select[Any]:
    """Rows of providers that stand on a list."""
    return (
        select(entity.id)
        .join(ProviderKnownBy, ProviderKnownBy.provider_id == entity.provider_id)
        .where(ProviderKnownBy.list_name == list_name)
    )


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
