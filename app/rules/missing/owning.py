"""Whose a child is to look for, once nobody knows where it went."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.rules.missing.law import (
    CORPORATE_PARENT,
    FOLLOWED_AT_ANY_AGE,
    IDENTIFY_MISSING,
    IDENTIFY_NOT_TAKING_PART,
    ON_A_ROLL,
)
from app.rules.school_age import birthday, school_age_of
from app.rules.stated import Reason


class Searcher(StrEnum):
    """Who looks for a child first."""

    SCHOOL = "school"
    """While the child is on its roll, jointly with the local authority where the child lives."""
    LOCAL_AUTHORITY = "local-authority"
    """The one where the child lives."""


@dataclass(frozen=True, slots=True)
class Searchers:
    """Who looks for a child. The local authority where it lives always does.

    Attributes:
        first: who looks first.
        corporate_parent: whether the authority that looks after the child does so as well.
        reasons: on what authority, the main one first.
    """

    first: Searcher
    corporate_parent: bool
    reasons: Sequence[Reason]


def searchers_of(born_on: date, day: date, *, on_roll: bool, looked_after: bool) -> Searchers:
    """Say whose a child is to look for.

    Args:
        born_on: the child's birth.
        day: on which nobody knows any more where the child is.
        on_roll: whether it is on a school's roll.
        looked_after: whether a local authority looks after it.
    """
    if on_roll:
        because = "The child is on a school's roll: the school looks first, jointly with the "
        first, reason = Searcher.SCHOOL, Reason(f"{because}authority.", ON_A_ROLL)
    else:
        first, reason = Searcher.LOCAL_AUTHORITY, _by_age(born_on, day)
    reasons = [reason]
    if looked_after:
        because = "An authority looks after the child, and looks for it as well."
        reasons.append(Reason(because, CORPORATE_PARENT))
    return Searchers(first, looked_after, tuple(reasons))


def is_over_school_age(born_on: date, day: date) -> bool:
    """Say whether somebody is over compulsory school age on a day (Education Act 1996, s. 8)."""
    return day > school_age_of(born_on).last


def _by_age(born_on: date, day: date) -> Reason:
    age, adult = school_age_of(born_on), _adult_on(born_on)
    if age.covers(day):
        because = "The child is of compulsory school age and on no roll: the authority looks."
        return Reason(because, IDENTIFY_MISSING)
    if age.last < day < adult:
        because = "Over compulsory school age and under 18, on no roll: the authority looks."
        return Reason(because, IDENTIFY_NOT_TAKING_PART)
    because = "Outside the ages for which a statute asks it, the authority looks by policy."
    return Reason(because, FOLLOWED_AT_ANY_AGE)


def _adult_on(born_on: date) -> date:
    years = IDENTIFY_NOT_TAKING_PART.figures["until_the_birthday_of_years"]
    return birthday(born_on, years)
