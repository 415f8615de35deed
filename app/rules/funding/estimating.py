"""What a place costs as agreed, and what each payer's part of it is, in pence and exact."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

WHOLE = 10_000
"""A whole in basis points: 100 %."""


class PriceUnit(StrEnum):
    """What a price is for."""

    HOUR = "hour"
    HALF_DAY = "half-day"
    """A session of the school day."""
    DAY = "day"
    WEEK = "week"
    TERM = "term"
    PLACE = "place"
    """For as long as the arrangement holds."""


COUNTED_A_WEEK = frozenset({PriceUnit.HOUR, PriceUnit.HALF_DAY, PriceUnit.DAY})
"""Units of which so many are bought a week."""


def estimate(price_pence: int, unit: PriceUnit, units_a_week: Decimal | None, times: int) -> int:
    """Return what an arrangement costs in all, in pence; half a penny is rounded up.

    Args:
        price_pence: of one unit.
        unit: what that is.
        units_a_week: how many of them a week; only of hours, half days and days.
        times: for how many weeks, or terms; once for a place.
    """
    a_week = units_a_week if unit in COUNTED_A_WEEK and units_a_week is not None else Decimal(1)
    exact = Decimal(price_pence) * a_week * times
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def parts_of(total_pence: int, shares: Sequence[int]) -> list[int]:
    """Return what each share of a sum is, so that together they are the sum to the penny.

    What rounding down leaves goes, a penny each, to the shares that lost most by it; of equals to
    the first.

    Args:
        total_pence: the sum.
        shares: in basis points; together 10,000.
    """
    parts = [total_pence * share // WHOLE for share in shares]
    lost = [total_pence * share % WHOLE for share in shares]
    left = total_pence - sum(parts)
    for at in sorted(range(len(shares)), key=lambda one: -lost[one])[:left]:
        parts[at] += 1
    return parts
