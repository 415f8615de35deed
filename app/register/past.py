"""What the register said of a provider at another time: the two clocks of its log.

`as_at` asks what the log knew at the end of a day; `in_force_on` what holds on a day, as it is
known. Together they ask what was known on the one day of the other.
"""

from datetime import date, datetime, time, timedelta
from urllib.parse import urlencode

import asyncpg
import orjson

from app import clock
from app.errors import FieldFault
from app.register.answers import redaction
from app.register.errors import DayAheadError, NotKnownThenError, RecordTakenOutError
from app.register.queries.documents import find_entry
from app.register.rendering import render


async def record_then(
    connection: asyncpg.Connection, number: str, as_at: date | None, in_force_on: date | None
) -> bytes:
    """Return a provider's record as it was told then, in the shape of `schemas.ProviderRecord`.

    Raises:
        DayAheadError: a day has not come; what is known ahead is in the present record's `next`.
        NotKnownThenError: there was nothing to tell yet.
        RecordTakenOutError: it was told, and taken out since.
    """
    asked = {"as_at": as_at, "in_force_on": in_force_on}
    days = {name: day for name, day in asked.items() if day is not None}
    _check_come(days)
    row = await find_entry(connection, number, _end_of(as_at) if as_at else None, in_force_on)
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


def _check_come(days: dict[str, date]) -> None:
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
