"""Every statement on the record of acts.

Entries are in order of the moment the database recorded them, then of their ids. The id alone would
not do: it is made by the server that writes, and two acts of one request often fall into the same
millisecond, within which ids are random.
"""

import operator
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    UnaryExpression,
    func,
    insert,
    literal,
    select,
    true,
    tuple_,
    union,
)

from app.audit.models import AuditEntry
from app.audit.terms import Entry, Place, Wanted
from app.db.events import ReadSession, WriteSession

BATCH = 500
"""Rows held in memory at once while all of them are read."""

_ENTRIES: FromClause = AuditEntry.__table__
_PLACE = (_ENTRIES.c.recorded_at, _ENTRIES.c.id)
_IN_THE_ORDER_OF_THE_INDEX = select(func.set_config("enable_bitmapscan", "off", True))
"""For the transaction at hand."""


async def insert_entries(session: WriteSession, rows: Sequence[dict[str, Any]]) -> None:
    """Add entries, in this order."""
    await session.execute(insert(AuditEntry), rows)


async def find_page(
    session: ReadSession | WriteSession, wanted: Wanted, after: Place | None, limit: int
) -> Sequence[Entry]:
    """Return entries that whoever asks may see, newest first.

    Each organisation's own newest are read off its index, then put together. Left to itself
    PostgreSQL walks back through everybody's entries until it has met enough of these, so that a
    school with few waits for a walk through the whole country's; or it fetches all of a big
    authority's to sort them, because it takes row security for a narrower filter than it is.

    Args:
        session: as the app's role, of somebody who acts for an organisation.
        wanted: which.
        after: the place of the last entry of the page before.
        limit: how many at most.
    """
    conditions = _conditions(wanted)
    if after is not None:
        conditions.append(tuple_(*_PLACE) < tuple_(*map(literal, after)))
    ours = select(func.unnest(func.organisations_acted_for()).label("id")).subquery("ours")
    newest = union(
        *(
            _newest_of_each(ours, whose, conditions, limit)
            for whose in (_ENTRIES.c.organisation_id, _ENTRIES.c.subject_organisation_id)
        )
    ).subquery("newest")
    first = select(newest).order_by(*_newest_first(newest)).limit(limit).subquery("first")
    statement = (
        select(_ENTRIES).join(first, first.c.id == _ENTRIES.c.id).order_by(*_newest_first(_ENTRIES))
    )
    await session.execute(_IN_THE_ORDER_OF_THE_INDEX)
    return [dict(row) for row in (await session.execute(statement)).mappings()]


async def stream_entries(session: ReadSession, wanted: Wanted) -> AsyncIterator[Sequence[Entry]]:
    """Yield everything that whoever asks may see, oldest first, in batches, from one snapshot.

    One statement, so what is written down meanwhile is not in it, and a count of it is true.
    """
    statement = select(_ENTRIES).where(*_conditions(wanted)).order_by(*_PLACE)
    result = await session.stream(statement.execution_options(yield_per=BATCH))
    async for batch in result.mappings().partitions():
        yield [dict(row) for row in batch]


def _newest_of_each(
    ours: FromClause,
    whose: ColumnElement[Any],
    conditions: Sequence[ColumnElement[bool]],
    limit: int,
) -> Select[Any]:
    newest = (
        select(*_PLACE)
        .where(whose == ours.c.id, *conditions)
        .order_by(*_newest_first(_ENTRIES))
        .limit(limit)
        .lateral()
    )
    return select(newest).select_from(ours).join(newest, true())


def _newest_first(entries: FromClause) -> tuple[UnaryExpression[Any], ...]:
    return entries.c.recorded_at.desc(), entries.c.id.desc()


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    entry = _ENTRIES.c
    stated: list[tuple[ColumnElement[Any], Callable[[Any, Any], ColumnElement[bool]], Any]] = [
        (entry.act, operator.eq, wanted.act),
        (entry.actor_id, operator.eq, wanted.actor_id),
        (entry.subject_kind, operator.eq, wanted.subject_kind),
        (entry.subject_id, operator.eq, wanted.subject_id),
        (entry.outcome, operator.eq, wanted.outcome),
        (entry.recorded_at, operator.ge, wanted.since),
        (entry.recorded_at, operator.lt, wanted.before),
    ]
    return [compare(column, value) for column, compare, value in stated if value is not None]
