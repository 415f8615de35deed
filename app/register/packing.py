"""What a site can be filtered by, packed: as bits of one number, and as tags of one list.

Bits are quick to test on a row that is met; tags (`need:SEMH`, `age:14`, `la:937`) are found
through an index. The order of a closed list decides what a bit means: one is only ever added to at
its end, and `rendering.FORMAT` is raised when it is.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from app.inspections.terms import Outcome
from app.providers.record_terms import Availability
from app.providers.standing import EvidenceResult
from app.providers.terms import KEY_STAGES, OLDEST, Need, Status

NEEDS: Final = tuple(need.value for need in Need)
PLACES: Final = tuple(band.value for band in Availability)
STATUSES: Final = tuple(status.value for status in Status)
EVIDENCE: Final = tuple(result.value for result in EvidenceResult)
OUTCOMES: Final = tuple(outcome.value for outcome in Outcome)


def bits(numbers: Iterable[int]) -> int:
    """Return a number whose bit n is set for each n."""
    packed = 0
    for number in numbers:
        packed |= 1 << number
    return packed


def bits_of(values: Iterable[str], among: Sequence[str]) -> int:
    """Return a number whose bit n is set where the nth of a closed list is among the values."""
    return bits(among.index(value) for value in values)


def age_bits(ages: Iterable[int]) -> int:
    """Pack ages in years; those beyond what places are commissioned for are left out."""
    return bits(age for age in ages if age <= OLDEST)


def stage_bits(stages: Iterable[int]) -> int:
    """Pack key stages; one that is none of them is left out."""
    return bits(stage for stage in stages if stage in KEY_STAGES)


def months_between(first: date, last: date) -> list[str]:
    """Return each month from one day's to another's, `2026-11`; the first at least."""
    begun, ends = first.year * 12 + first.month - 1, last.year * 12 + last.month - 1
    months = range(begun, max(begun, ends) + 1)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in months]


def tag(kind: str, value: object) -> str:
    """Write one."""
    return f"{kind}:{value}"


def all_of(kind: str, values: Iterable[object]) -> list[str]:
    """Write one for each value, in the order given."""
    return [tag(kind, value) for value in values]
