"""How long a child's record is kept after nobody places the child any more; pure."""

from dataclasses import dataclass
from datetime import date

from app.rules.stated import Provenance, Rule, RuleBasis, act, guide

_KNOWN_FROM = date(2014, 9, 1)

REGISTERS_KEPT = Rule(
    code="registers-kept",
    says="Every entry in the admission and attendance registers is kept for six years after it "
    "was made; what a placement recorded is where such entries came from.",
    citation=act(
        "School Attendance (Pupil Registration) (England) Regulations 2024",
        "preservation of registers",
        "uksi/2024/208",
    ),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=_KNOWN_FROM,
    figures={"years": 6},
)
KEPT_WHERE_AT_RISK = Rule(
    code="kept-where-at-risk",
    says="Where a child has an education, health and care plan or is looked after, what was done "
    "for it is kept until its twenty-fifth birthday, as safeguarding files are.",
    citation=guide(
        "Data protection in schools",
        "how long to keep records",
        "guidance/data-protection-in-schools",
    ),
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_KNOWN_FROM,
    figures={"age": 25},
)
RULES = (REGISTERS_KEPT, KEPT_WHERE_AT_RISK)


@dataclass(frozen=True, slots=True)
class Kept:
    """Until when a record is kept, and by which rule.

    Attributes:
        until: the last day in London; from the next one it is erased.
        rule: what asks for it longest.
    """

    until: date
    rule: Rule


def kept_until(born_on: date, quiet_since: date, *, plan_or_care: bool) -> Kept:
    """Return until when the record of a child whom nobody places any more is kept.

    Args:
        born_on: the child's day of birth.
        quiet_since: the last day of its last placement; where it was never placed, the day on
            which its record last changed.
        plan_or_care: whether it ever had an education, health and care plan or was looked after,
            as far as its record says.
    """
    by_register = years_after(quiet_since, REGISTERS_KEPT.figures["years"])
    if plan_or_care:
        by_age = years_after(born_on, KEPT_WHERE_AT_RISK.figures["age"])
        if by_age > by_register:
            return Kept(by_age, KEPT_WHERE_AT_RISK)
    return Kept(by_register, REGISTERS_KEPT)


def years_after(day: date, years: int) -> date:
    """Return the same day so many years later; the first of March for the leap day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
