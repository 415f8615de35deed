"""The rules of inspections in force on a day, read from the policies with days."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from app.db.events import ReadSession, WriteSession
from app.inspections.clocks import FairHearing
from app.inspections.cycle import Cycle
from app.inspections.outcome import OutcomeRule
from app.standards.queries.published_policies import policy_on
from app.standards.terms import Gate, PolicyCode

WITHOUT_LEEWAY = OutcomeRule(0, MappingProxyType({}))
"""The outcome rule where its policy is switched off: outcomes are still computed, but no major
criterion may be partly met, and no judgement grows too old to count."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What holds of inspections on a day.

    Attributes:
        outcome: the figures of the outcome rule; `WITHOUT_LEEWAY` where it is switched off.
        cycle: when visits are due; `None` where it is switched off, and none is due or overdue.
        hearing: how long each step has; `None` where it is switched off, and no clock runs.
    """

    outcome: OutcomeRule
    cycle: Cycle | None
    hearing: FairHearing | None


async def rules_on(session: ReadSession | WriteSession, day: date) -> Rules:
    """Return the rules of inspections on a day in London; before a policy begins, it is off.

    Args:
        session: of any role.
        day: the day.
    """
    outcome = await policy_on(session, PolicyCode.OUTCOME_RULE, day)
    cycle = await policy_on(session, PolicyCode.INSPECTION_CYCLE, day)
    hearing = await policy_on(session, PolicyCode.FAIR_HEARING, day)
    return Rules(
        WITHOUT_LEEWAY if outcome is None else _outcome_rule(outcome),
        None if cycle is None else Cycle(**cycle),
        None if hearing is None else FairHearing(**hearing),
    )


def _outcome_rule(figures: dict[str, Any]) -> OutcomeRule:
    months = {Gate(gate): count for gate, count in figures["counts_months"].items()}
    return OutcomeRule(figures["major_partly_at_most"], MappingProxyType(months))
