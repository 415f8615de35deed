"""What the register said of a provider at another time: the two clocks of its log.

`as_at` asks what the log knew at the end of a day, or with an entry; `in_force_on` what
holds on a day, as it is known. Together they ask what was known at the one of the other.
"""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import asyncpg
import orjson

from app import clock
from app.errors import FieldFault
from app.register.answers import redaction
from app.register.errors import (
    DayAheadError,
    EntryAheadError,
    NotKnownThenError,
    RecordTakenOutError,
)
from app.register.queries.documents import find_entry, get_head
from app.register.rendering import render


async def record_then(
    connection: asyncpg.Connection,
    number: str,
    as_at: date | int | None,
    in_force_on: date | None,
) -> bytes:
    """Return a provider's record as it was told then, in the shape of `schemas.ProviderRecord`.

    Args:
        connection: the public's.
        number: the provider's.
        as_at: what the log knew at the end of this London day, or with this entry.
        in_force_on: the day on which it holds.

    Raises:
        DayAheadError: a day has not come; what is known ahead is in the present record's `next`.
        EntryAheadError: the log has no such entry yet.
        NotKnownThenError: there was nothing to tell yet.
        RecordTakenOutError: it was told, and taken out since.
    """
    asked = {"as_at": as_at, "in_force_on": in_force_on}
    days = {name: day for name, day in asked.items() if day is not None}
    await check_come(connection, **asked)
    row = await find_entry(connection, number, known_by(as_at), in_force_on)
    if row is None:
        raise NotKnownThenError("The register told nothing of this provider then.")
    if row["record"] is None:
        raise RecordTakenOutError(
            "What the register said then was taken out of its log.", redacted=redaction(row)
        )
    document = orjson.loads(
        render(orjson.loads(row["record"]), row["entry"], row["recorded_at"]).document
    )
    document["links"]["self"] += f"?{urlencode(days)}"
    return orjson.dumps(document)


def known_by(as_at: date | int | None) -> datetime | int | None:
    """Return up to where the log was known: the end of a London day, or an entry."""
    return _end_of(as_at) if isinstance(as_at, date) else as_at


async def check_come(connection: asyncpg.Connection, **asked: date | int | None) -> None:
    """Refuse days that have not come, and entries that are not written.

    Args:
        connection: the public's.
        asked: days and numbers of entries, by the name of the parameter.

    Raises:
        DayAheadError: a day has not come; what is known ahead is in the present record's `next`.
        EntryAheadError: the log has no such entry yet.
    """
    _check_days({name: day for name, day in asked.items() if isinstance(day, date)})
    numbers = {name: one for name, one in asked.items() if isinstance(one, int)}
    if not numbers:
        return
    head = (await get_head(connection))["entry"]
    faults = tuple(
        FieldFault(f"{one} is not written; the newest is {head}.", parameter=name)
        for name, one in numbers.items()
        if one > head
    )
    if faults:
        raise EntryAheadError(f"The log's newest entry is {head}.", errors=faults, entry=head)


def _check_days(days: dict[str, date]) -> None:
    today = clock.today()
    faults = tuple(
        FieldFault(f"{day} has not come. Ask for today, or a day before.", parameter=name)
        for name, day in days.items()
        if day > today
    )
    if faults:
        raise DayAheadError(
            "What is known ahead is in `next` of the present record.", errors=faults
        )


def _end_of(day: date) -> datetime:
    """Return the first moment after a day in London."""
    return datetime.combine(day + timedelta(days=1), time(), clock.LONDON)
