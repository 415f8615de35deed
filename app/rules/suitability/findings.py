"""What is found of a step: what nobody has said yet, and what stands against it."""

from dataclasses import dataclass
from enum import StrEnum

from app.rules.stated import Reason, Rule, RuleBasis
from app.rules.suitability.steps import Step


class Kind(StrEnum):
    """What sort of finding it is."""

    MISSING = "missing"
    """Nobody has said; it is asked for."""
    BLOCKING = "blocking"
    """It was said, or is known, and stands against the place."""


@dataclass(frozen=True, slots=True)
class Found:
    """Something that an assessment lacks, or that stands against it.

    Attributes:
        code: names it, `step.matter`, so that a departure from it can be recorded.
        step: where it belongs.
        kind: missing or blocking.
        reason: what, and on what authority.
        essential: without it there is nothing to decide on.
    """

    code: str
    step: Step
    kind: Kind
    reason: Reason
    essential: bool = False

    @property
    def by_statute(self) -> bool:
        """Whether a statute asks it."""
        return self.reason.rule.basis is RuleBasis.STATUTE

    @property
    def may_be_overridden(self) -> bool:
        """Whether who decides may depart from it with a reason: not where a statute asks it."""
        return not self.by_statute and not self.essential


def missing(step: Step, code: str, because: str, rule: Rule, *, essential: bool = False) -> Found:
    """Say that nobody has said something."""
    return Found(f"{step}.{code}", step, Kind.MISSING, Reason(because, rule), essential)


def blocking(step: Step, code: str, because: str, rule: Rule) -> Found:
    """Say that something stands against it."""
    return Found(f"{step}.{code}", step, Kind.BLOCKING, Reason(because, rule))
