"""Distances as people say them, and as the register keeps them: whole metres on the grid."""

from math import isfinite

METRES_PER_MILE = 1609.344
"""Exactly: the international mile, which the Weights and Measures Act 1985, schedule 1, uses."""
METRES_PER_KILOMETRE = 1_000


def metres_from_miles(miles: float) -> int:
    """Return a distance in whole metres.

    Raises:
        ValueError: it is negative or no number.
    """
    return _whole_metres(miles, METRES_PER_MILE, "miles")


def metres_from_kilometres(kilometres: float) -> int:
    """Return a distance in whole metres.

    Raises:
        ValueError: it is negative or no number.
    """
    return _whole_metres(kilometres, METRES_PER_KILOMETRE, "kilometres")


def tenths_of_a_mile(metres: int) -> int:
    """Return a distance in tenths of a mile, halves rounded up: 2,000 metres are 12."""
    return (metres * 10_000 + 804_672) // 1_609_344


def tenths_of_a_kilometre(metres: int) -> int:
    """Return a distance in tenths of a kilometre, halves rounded up: 2,050 metres are 21."""
    return (metres + 50) // 100


def _whole_metres(amount: float, metres_each: float, unit: str) -> int:
    if not isfinite(amount) or amount < 0:
        message = f"{amount} {unit} is not a distance; give zero or more {unit}."
        raise ValueError(message)
    return round(amount * metres_each)
