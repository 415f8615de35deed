"""Who answers for a duty on which day: periods that follow each other without gap; pure.

The last period is open: it holds until the placement ends, whenever that is. So neither an end nor
its correction changes who answered before it, and nothing has to be put back.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Period:
    """A body answers on these days.

    Attributes:
        organisation_id: which body.
        since: the first day; London.
        until: the last day; empty: until the placement ends.
    """

    organisation_id: uuid.UUID
    since: date
    until: date | None = None


class HandoverFault(StrEnum):
    """Why a handover cannot be on a day."""

    COMES_ALREADY = "comes-already"
    """Another body takes over on a later day already."""
    DAY_PASSED = "day-passed"
    """What a body answered for on past days is not rewritten; and no day has two."""
    AFTER_THE_END = "after-the-end"
    TO_ITSELF = "to-itself"


def first_period(organisation_id: uuid.UUID, starts_on: date, recorded_on: date) -> Period:
    """Return the commissioner's period: from the recording, or a start before it."""
    return Period(organisation_id, min(starts_on, recorded_on))


def body_on(periods: Sequence[Period], day: date) -> uuid.UUID | None:
    """Return who answers on a day."""
    for one in periods:
        if one.since <= day and (one.until is None or one.until >= day):
            return one.organisation_id
    return None


def fault_of(
    periods: Sequence[Period], to: uuid.UUID, since: date, of: tuple[date, date | None]
) -> HandoverFault | None:
    """Say why a duty cannot pass to a body on a day; nothing, if it can.

    Args:
        periods: so far, in order; the last is open.
        to: who would answer.
        since: from the beginning of this day.
        of: today, and the placement's last day if it has ended or is to end.
    """
    today, ended_on = of
    last = periods[-1]
    if last.since > today:
        return HandoverFault.COMES_ALREADY
    if to == last.organisation_id:
        return HandoverFault.TO_ITSELF
    if since < today or since <= last.since:
        return HandoverFault.DAY_PASSED
    if ended_on is not None and since > ended_on:
        return HandoverFault.AFTER_THE_END
    return None


def handed_over(periods: Sequence[Period], to: uuid.UUID, since: date) -> tuple[Period, ...]:
    """Return the periods once a body has accepted: the former ends on the day before."""
    *earlier, last = periods
    closed = Period(last.organisation_id, last.since, since - _DAY)
    return (*earlier, closed, Period(to, since))
