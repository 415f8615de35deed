"""What follows a permanently excluded pupil from budget to budget, in pence."""

from dataclasses import dataclass
from datetime import date

from app.rules.funding.facts import SchoolKind
from app.rules.funding.money_law import EXCLUSION_MONEY, LOCAL_AGREEMENTS
from app.rules.stated import Reason, in_force

_DAYS_OF_A_WEEK = 7
_OUTSIDE = frozenset({SchoolKind.SPECIAL, SchoolKind.PUPIL_REFERRAL_UNIT})


@dataclass(frozen=True, slots=True)
class Recovery:
    """What the excluding school's budget is reduced by.

    Attributes:
        pence: how much; `None` where the formula does not apply.
        weeks: complete weeks that were counted.
        formula: with its figures, to be read.
        reason: on what authority, and how binding.
    """

    pence: int | None
    weeks: int
    formula: str
    reason: Reason


def exclusion_money(
    year_pence: int, weeks: int, order_pence: int, school_kind: SchoolKind | None, on: date
) -> Recovery:
    """Return what an excluding school's budget is reduced by: `A x B/52 + C`.

    Half a penny is rounded up; the regulations do not say.

    Args:
        year_pence: A, what the formula gives for such a pupil in a year.
        weeks: B, complete weeks left, from none to 52.
        order_pence: C, what a financial adjustment order adds.
        school_kind: of the excluding school; `None` is taken as a maintained one.
        on: the day of the exclusion.

    Raises:
        NotInForceError: the regulations of that day are not held here.
    """
    rule = in_force(EXCLUSION_MONEY, on)
    if school_kind in _OUTSIDE:
        because = "Special schools and pupil referral units are outside the formula."
        return Recovery(None, weeks, "", Reason(because, rule))
    whole = rule.figures["weeks"]
    pence = (2 * year_pence * weeks + whole) // (2 * whole) + order_pence
    formula = f"{pounds(year_pence)} x {weeks}/{whole} + {pounds(order_pence)} = {pounds(pence)}"
    if school_kind in {SchoolKind.ACADEMY, SchoolKind.INDEPENDENT}:
        because = "The regulations bind maintained schools; others by agreement, if they have one."
        return Recovery(pence, weeks, formula, Reason(because, LOCAL_AGREEMENTS))
    return Recovery(pence, weeks, formula, Reason("A maintained school's budget share.", rule))


def follows_to_admitting_school(reduced_pence: int, weeks_there: int, weeks: int) -> int:
    """Return by what a maintained school's budget at least rises that admits the pupil: `D x E/F`.

    Args:
        reduced_pence: D, what the excluding school's was reduced by.
        weeks_there: E, complete weeks left in the period, on that school's roll.
        weeks: F, complete weeks left from the exclusion, at least one.
    """
    return (2 * reduced_pence * weeks_there + weeks) // (2 * weeks)


def complete_weeks(first: date, last: date) -> int:
    """Return how many complete weeks lie between two days, both included; 52 in a year."""
    return max(0, (last - first).days + 1) // _DAYS_OF_A_WEEK


def pounds(pence: int) -> str:
    """Return a sum as it is read: `£5,388.96`."""
    return f"£{pence // 100:,}.{pence % 100:02}"
