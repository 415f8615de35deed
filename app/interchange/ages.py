"""Whom a provider takes, read from the many ways in which lists say it.

Understood are ages (`11-16`, `13-17`, `14+`, `up to 16`), key stages (`KS3|KS4`, `Key stage 3 and
4`, `all key stages`), school years (`Y9-Y11`, `YR-Y9`, `Reception to Year 9`), phases (`primary`,
`secondary`, `early years`, `sixth form`), and several of these in one cell.

What is not said is read so:

* A year is the ages its pupils have in it (year 9 is 13 to 14), a key stage likewise.
* `5+` and `13-16+` name no upper limit: the register's oldest age stands there.
* `all key stages` are the four of the national curriculum; the fifth is only called one.
* Ages take in a key stage when pupils of every age of it are taken.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass

from app.providers.terms import OLDEST, YOUNGEST

_KEY_STAGES = {1: (5, 7), 2: (7, 11), 3: (11, 14), 4: (14, 16), 5: (16, 18)}
"""Ages of the pupils of each key stage: years 1-2, 3-6, 7-9, 10-11, 12-13."""
_LAST_YEAR = 14
_PHASES = {
    "early y": (YOUNGEST, 5),
    "eyfs": (YOUNGEST, 5),
    "nursery": (YOUNGEST, 5),
    "primary": (4, 11),
    "secondary": (11, 16),
    "sixth form": (16, 18),
    "post 16": (16, 18),
    "post-16": (16, 18),
    "all key stages": (5, 16),
    "all": (YOUNGEST, OLDEST),
    "any": (YOUNGEST, OLDEST),
}
_REWRITINGS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"[\u2010-\u2015\u2212]"), "-"),
    (re.compile(r"\bkey[ -]?stages?\b"), "ks"),
    (re.compile(r"\ball ks\b"), "all key stages"),
    (re.compile(r"\bearly years\b"), "early y"),
    (re.compile(r"\breception\b|\byr(?!s?\s*\d)\b"), "y0"),
    (re.compile(r"\b(?:school |nc )?(?:years?|yrs?)\s*(?:groups?\s*)?(?=\d)"), "y"),
    (re.compile(r"\s*(?:\band (?:over|above|older|up)\b|\bplus\b|\bupwards\b|\bonwards\b)"), "+"),
    (re.compile(r"\b(?:age range|ages?|aged|pupils|phase|years?(?: olds?)?|yrs)\b"), " "),
    (re.compile(r"^\s*under (\d+)s?\s*$"), lambda match: f"{YOUNGEST}-{int(match[1]) - 1}"),
    (re.compile(r"\s*\b(?:to|until|through)\b\s*"), "-"),
    (re.compile(r"^\s*up\s*-"), f"{YOUNGEST}-"),
    (re.compile(r"\s*-\s*"), "-"),
    (re.compile(r"\b(ks|y)\s+(?=\d)"), r"\1"),
)
_SEPARATOR = re.compile(r"(?:\s*(?:[|;,/&()]|\band\b)\s*)+")
_RANGE = re.compile(r"(ks|y)?(\d{1,2})(?:-(ks|y)?(\d{1,2}))?(\+)?")
_MONTH = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec")
_CURE = "Write ages as 11-16 or 14+, key stages as KS3|KS4, or school years as Y9-Y11."


class AgesNotReadableError(ValueError):
    """Nobody can tell whom the text means.

    Attributes:
        problem: what is wrong.
        cure: how to write it.
    """

    def __init__(self, problem: str, cure: str = _CURE) -> None:
        super().__init__(problem)
        self.problem, self.cure = problem, cure


@dataclass(frozen=True, slots=True, order=True)
class AgeRange:
    """Whom a provider takes.

    Attributes:
        age_from: the youngest age, in years.
        age_to: the oldest.
        key_stages: those taken in whole; may be empty.
    """

    age_from: int
    age_to: int
    key_stages: tuple[int, ...]


def parse_ages(text: str) -> tuple[AgeRange, ...]:
    """Return the ranges of ages a text means, youngest first, with no overlap between them.

    Raises:
        AgesNotReadableError: it cannot be read; says why, and how to write it.
    """
    plain = " ".join(text.casefold().split())
    for pattern, replacement in _REWRITINGS:
        plain = pattern.sub(replacement, plain)
    unit, ranges = "", []
    for part in _SEPARATOR.split(plain.strip(" .()")):
        low, high, unit = _part(part.strip(), unit, text)
        ranges.append((low, high))
    return tuple(AgeRange(low, high, _key_stages(low, high)) for low, high in _merged(ranges))


def _part(part: str, unit: str, text: str) -> tuple[int, int, str]:
    """Return the ages one part of the text means, and the unit a bare number after it has.

    In `KS3/4` and `years 7, 8 and 9` a number takes its unit from the one before it.
    """
    if part in _PHASES:
        return (*_PHASES[part], "")
    match = _RANGE.fullmatch(part)
    if match is None:
        raise _not_readable(text)
    first, last = int(match[2]), int(match[4] or match[2])
    unit = match[1] or ("" if match[4] or match[5] else unit)
    if match[3] and match[3] != unit:
        raise _not_readable(text)
    low, high = _ages(unit, first, text)[0], _ages(unit, last, text)[1]
    high = OLDEST if match[5] else high
    if not YOUNGEST <= low <= high <= OLDEST:
        problem = f"“{text}” means ages {low} to {high}, which cannot be."
        raise AgesNotReadableError(
            problem, f"Ages rise, and lie between {YOUNGEST} and {OLDEST}. {_CURE}"
        )
    return low, high, unit


def _ages(unit: str, number: int, text: str) -> tuple[int, int]:
    if unit == "ks":
        if number not in _KEY_STAGES:
            raise AgesNotReadableError(f"“{text}” names key stage {number}; there are 1 to 5.")
        return _KEY_STAGES[number]
    if unit == "y":
        if number > _LAST_YEAR:
            raise AgesNotReadableError(
                f"“{text}” names school year {number}; there are reception and 1 to {_LAST_YEAR}."
            )
        return number + 4, number + 5
    return number, number


def _merged(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return merged


def _key_stages(low: int, high: int) -> tuple[int, ...]:
    return tuple(
        stage for stage, (first, last) in _KEY_STAGES.items() if low <= first and last <= high
    )


def _not_readable(text: str) -> AgesNotReadableError:
    if _MONTH.search(text.casefold()) and any(sign.isdigit() for sign in text):
        cure = f"A spreadsheet took it for a date: 11-16 becomes 16-Nov. {_CURE}"
        return AgesNotReadableError(f"“{text}” is a date, not ages.", cure)
    return AgesNotReadableError(f"Nobody can tell which ages “{text}” means.")
