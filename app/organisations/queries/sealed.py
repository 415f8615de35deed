"""Where sealed values lie, and the statements that re-wrap and check them.

A column that holds sealed values is called `sealed_…`, in whichever slice's table it lies; by that
it is found, or turning the keyring would pass it by.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, ColumnElement, Row, bindparam, case, func, select, update

from app.db.base import Base
from app.db.events import ReadSession, WriteSession
from app.keyring.sealing import LEAST_BYTES, VERSION

_SEALED = "sealed_"
NOT_SEALED = ""
"""The key id of bytes that are no sealed value."""


@dataclass(frozen=True, slots=True)
class Place:
    """A column of sealed values, each bound to its row's key.

    Attributes:
        column: where they lie.
        key: the table's primary key.
    """

    column: Column[Any]
    key: Column[Any]

    @property
    def name(self) -> str:
        """`table.column`, as in what the values are bound to."""
        return f"{self.column.table.name}.{self.column.name}"


def places() -> Mapping[str, Place]:
    """Return every place, by its name: each column of the tables known by now that is so called."""
    columns = (column for table in Base.metadata.sorted_tables for column in table.columns)
    found = (
        Place(column, next(iter(column.table.primary_key.columns)))
        for column in columns
        if column.name.startswith(_SEALED)
    )
    return {place.name: place for place in found}


def _key_id(column: Column[Any]) -> ColumnElement[str]:
    """As `key_id_of` reads it; bytes that are no sealed value have none."""
    named = func.get_byte(column, 1)
    is_sealed = case(
        (func.octet_length(column) < LEAST_BYTES, False),
        (func.get_byte(column, 0) != VERSION, False),
        else_=func.octet_length(column) >= LEAST_BYTES + named,
    )
    return case((is_sealed, func.encode(func.substring(column, 3, named), "escape")), else_="")


async def count_by_key(session: ReadSession | WriteSession, place: Place) -> dict[str, int]:
    """Count a place's sealed values under each key."""
    key_id = _key_id(place.column)
    statement = select(key_id, func.count()).where(place.column.is_not(None)).group_by(key_id)
    return {row[0]: row[1] for row in await session.execute(statement)}


async def find_sealed(
    session: ReadSession, place: Place, after: Any | None, most: int
) -> Sequence[Row[Any, bytes]]:
    """Return a place's sealed values with their keys, in the order of these."""
    return (await session.execute(_some(place, after, most))).all()


async def lock_sealed_otherwise(
    session: WriteSession, place: Place, current: str, after: Any | None, most: int
) -> Sequence[Row[Any, bytes]]:
    """Return values sealed under another key than the current one, for this transaction to change.

    What somebody else is changing just now is passed by: whoever never waits while holding rows
    cannot be caught in a deadlock.
    """
    statement = (
        _some(place, after, most)
        .where(_key_id(place.column) != current)
        .with_for_update(skip_locked=True, key_share=True)
    )
    return (await session.execute(statement)).all()


async def replace_sealed(session: WriteSession, place: Place, rows: list[dict[str, Any]]) -> None:
    """Put new bytes in the place of old ones, wherever those are still there.

    Args:
        session: the transaction that does it.
        place: where they lie.
        rows: of each value `of`, its row's key, `old` and `new`.
    """
    statement = (
        update(place.column.table)
        .where(place.key == bindparam("of"), place.column == bindparam("old"))
        .values({place.column: bindparam("new")})
    )
    await (await session.connection()).execute(statement, rows)


def _some(place: Place, after: Any | None, most: int) -> Any:
    statement = (
        select(place.key, place.column)
        .where(place.column.is_not(None))
        .order_by(place.key)
        .limit(most)
    )
    return statement if after is None else statement.where(place.key > after)
