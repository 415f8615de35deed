"""The words of evidence, and what holds of a document by its days alone; pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from app.rules.staff_checks import CheckKind
from app.standards.terms import EvidenceKind

INSURANCES = frozenset(
    {
        EvidenceKind.PUBLIC_LIABILITY_INSURANCE,
        EvidenceKind.EMPLOYERS_LIABILITY_INSURANCE,
        EvidenceKind.PROFESSIONAL_INDEMNITY_INSURANCE,
        EvidenceKind.VEHICLE_INSURANCE,
    }
)
"""Kinds of which the insurer is told, the last day and, but for vehicles, the limit."""
UNLIMITED = frozenset({EvidenceKind.VEHICLE_INSURANCE})
"""What has no one limit: a policy for a vehicle covers injury without any."""


class DocumentState(StrEnum):
    """Where a document stands on a day."""

    CURRENT = "current"
    EXPIRING = "expiring"
    """Still current, but not for long: its provider is being reminded."""
    OUT_OF_DATE = "out-of-date"
    NOT_YET = "not-yet"
    """Good from a later day on, such as next year's insurance."""
    WITHDRAWN = "withdrawn"


class Answer(StrEnum):
    """What a provider says itself of a criterion."""

    MET = "met"
    PARTLY_MET = "partly-met"
    NOT_MET = "not-met"
    NOT_APPLICABLE = "not-applicable"
    NOT_ASSESSED = "not-assessed"


class CheckStatus(StrEnum):
    """What came of a check of somebody who works with children."""

    CLEAR = "clear"
    PENDING = "pending"
    RISK_ASSESSED = "risk-assessed"
    """Something was disclosed; its risk was weighed in writing, and they may work."""
    NOT_CLEAR = "not-clear"
    NOT_REQUIRED = "not-required"


class CheckedBy(StrEnum):
    """What sort of body made a check."""

    PROVIDER = "provider"
    THIRD_PARTY = "third-party"
    COMMISSIONER = "commissioner"
    LOCAL_AUTHORITY = "local-authority"


_SETTLED = frozenset({CheckStatus.CLEAR, CheckStatus.RISK_ASSESSED, CheckStatus.NOT_REQUIRED})


def settles(kind: CheckKind, status: CheckStatus | None) -> bool:
    """Say whether a check that is due has come out so that it is due no more.

    Whoever is barred works with no child, so there is no risk to weigh; and an enhanced DBS check,
    where it is due, is never beside the point.
    """
    if kind is CheckKind.BARRED_LIST:
        return status is CheckStatus.CLEAR
    if kind is CheckKind.ENHANCED_DBS:
        return status in {CheckStatus.CLEAR, CheckStatus.RISK_ASSESSED}
    return status in _SETTLED


def current_until(
    issued_on: date | None, expires_on: date | None, months: Iterable[int]
) -> date | None:
    """Return the last day on which a document counts as evidence; `None`: for as long as may be.

    Args:
        issued_on: its own date.
        expires_on: its own last day, if it names one.
        months: how long the criteria that name its kind let it count from its date; the least
            holds.
    """
    ends = [expires_on] if expires_on else []
    if issued_on is not None:
        ends += [add_months(issued_on, count) for count in months]
    return min(ends, default=None)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = 31
    while True:
        try:
            return date(year, month + 1, min(day.day, last))
        except ValueError:  # February, or a month of thirty days
            last -= 1


def state_on(
    day: date,
    *,
    issued_on: date | None,
    until: date | None,
    withdrawn: bool,
    reminded_days: int = 0,
) -> DocumentState:
    """Return where a document stands on a day in London.

    Args:
        day: the day.
        issued_on: the document's own date.
        until: its last day as evidence.
        withdrawn: whether its owner took it back.
        reminded_days: how many days before its last its provider is first reminded.
    """
    if withdrawn:
        return DocumentState.WITHDRAWN
    if until is not None and until < day:
        return DocumentState.OUT_OF_DATE
    if issued_on is not None and issued_on > day:
        return DocumentState.NOT_YET
    if until is not None and (until - day).days <= reminded_days:
        return DocumentState.EXPIRING
    return DocumentState.CURRENT
