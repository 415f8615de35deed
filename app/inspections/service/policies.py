"""The rules of inspections in force on a day, read from the policies with days."""

from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from app.db.events import ReadSession, WriteSession
from app.inspections.clocks import FairHearing
from app.inspections.cycle import Cycle
from app.inspections.eras import Era, eras
from app.inspections.outcome import OutcomeRule
from app.inspections.queries import rules as queries
from app.standards.queries.published_policies import policy_on
from app.standards.terms import Gate, PolicyCode

WITHOUT_LEEWAY = OutcomeRule(0, MappingProxyType({}))
"""The outcome rule where its policy is switched off: outcomes are still computed, but no major
criterion may be partly met, and no judgement grows too old to count."""
_ERAS = "inspections.eras"


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
        _rule_if_any(outcome) or WITHOUT_LEEWAY,
        _cycle_if_any(cycle),
        None if hearing is None else FairHearing(**hearing),
    )


async def all_eras(session: ReadSession | WriteSession, *, standards: bool) -> list[Era]:
    """Return every era of the standards, the outcome rule and the cycle; read once a transaction.

    Args:
        session: of any role.
        standards: whether the standards are needed; without them nothing is asked in any era.
    """
    known: dict[bool, list[Era]] = session.info.setdefault(_ERAS, {})
    if standards not in known:
        codes = (PolicyCode.OUTCOME_RULE, PolicyCode.INSPECTION_CYCLE)
        held = await queries.find_policies(session, codes)
        rules, cycles = (
            [queries.period_of(row, read(row.parameters)) for row in held[code]]
            for code, read in zip(codes, (_rule_if_any, _cycle_if_any), strict=True)
        )
        versions = await queries.read_versions(session) if standards else []
        known[standards] = eras(versions, rules, cycles, WITHOUT_LEEWAY)
    return known[standards]


def outcome_rule(figures: dict[str, Any]) -> OutcomeRule:
    """Return the outcome rule that a policy's figures make."""
    months = {Gate(gate): count for gate, count in figures["counts_months"].items()}
    return OutcomeRule(figures["major_partly_at_most"], MappingProxyType(months))


def _rule_if_any(figures: dict[str, Any] | None) -> OutcomeRule | None:
    return None if figures is None else outcome_rule(figures)


def _cycle_if_any(figures: dict[str, Any] | None) -> Cycle | None:
    return None if figures is None else Cycle(**figures)
