"""What a row of the matrix says of a route: duties, money, roll, code, beginning, reviews."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.rules.attendance.codes import Code
from app.rules.stated import Provenance, Rule


class Route(StrEnum):
    """How a child comes to a place elsewhere than in the school they would attend."""

    OFF_SITE_DIRECTION = "off-site-direction"
    OFF_SITE_ACADEMY = "off-site-direction-by-academy"
    SUSPENSION = "suspension-from-day-six"
    SUSPENSION_FROM_UNIT = "suspension-from-pupil-referral-unit"
    EXCLUSION = "permanent-exclusion-from-day-six"
    FIRST_FIVE_DAYS = "exclusion-days-one-to-five"
    HEALTH = "health-absence"
    OTHER_ABSENCE = "other-absence"
    SCHOOL_ARRANGED = "school-arranged"
    PART_TIME = "part-time-timetable"
    PLAN_SCHOOL = "plan-school-adds"
    PLAN_AUTHORITY = "plan-authority-secures"
    OTHERWISE_THAN_AT_SCHOOL = "otherwise-than-at-school"
    DUAL_REGISTRATION = "dual-registration"
    SUB_CONTRACTED = "sub-contracted"
    LOOKED_AFTER_INTERIM = "looked-after-interim"
    NEW_ARRIVAL = "new-arrival"
    COLLEGE = "college-14-to-16"
    PARENT_PAID = "parent-paid"


class Party(StrEnum):
    """Who commissions or pays."""

    SCHOOL = "school"
    ACADEMY_TRUST = "academy-trust"
    AREA_AUTHORITY = "local-authority-where-the-child-is"
    PLAN_AUTHORITY = "local-authority-that-maintains-the-plan"
    CORPORATE_PARENT = "local-authority-that-looks-after-the-child"
    REGISTERED_PROVIDER = "school-that-sub-contracts"
    COLLEGE = "college"
    DEPARTMENT = "department"
    PARENT = "parent"
    SENDER = "whoever-bought-the-place"


@dataclass(frozen=True, slots=True)
class Cell:
    """What a row says on one matter, on what authority, and how that is known.

    Attributes:
        says: it, in a sentence.
        rule: on what authority.
        provenance: of this sentence; the rule's own may be better.
    """

    says: str
    rule: Rule
    provenance: Provenance


def seen(says: str, rule: Rule) -> Cell:
    """Say what was read in a source."""
    return Cell(says, rule, Provenance.SEEN)


def recalled(says: str, rule: Rule) -> Cell:
    """Say what is from general knowledge and is to be checked."""
    return Cell(says, rule, Provenance.RECALLED)


@dataclass(frozen=True, slots=True)
class Row:
    """One route: whose duty it is, who pays first, and what goes with it.

    Attributes:
        commissioner: who arranges and answers for the place.
        first_payer: who pays until money is moved.
        budget: out of which money, in words.
        recoveries: what may be moved or got back, and from whom.
        roll: on whose roll the child is.
        codes: of the home school's attendance register.
        starts: by when education begins.
        reviews: how often it is looked at again.
        notices: who is told or asked, and how long before.
        clocks: names of the clocks that run.
        alternative_provision: whether it is that in law.
    """

    route: Route
    title: str
    commissioner: Party
    duty: Cell
    first_payer: Party
    payment: Cell
    budget: Cell
    recoveries: Sequence[Cell]
    roll: Cell
    codes: Sequence[Code]
    code: Cell
    starts: Cell
    reviews: Sequence[Cell]
    notices: Sequence[Cell]
    clocks: Sequence[str] = field(default_factory=tuple)
    alternative_provision: bool = True
