"""What an assessment has done, what it lacks, what stands against it, and what comes next."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from app.rules.stated import Reason
from app.rules.suitability.easing import eased_by
from app.rules.suitability.facts import Facts
from app.rules.suitability.findings import Found
from app.rules.suitability.of_child import of_alternatives, of_need, of_told, of_voices
from app.rules.suitability.of_plan import of_match, of_money, of_plan, of_risk
from app.rules.suitability.of_setting import (
    of_assurance,
    of_registration,
    of_shortlist,
    of_visit,
)
from app.rules.suitability.steps import Step


@dataclass(frozen=True, slots=True)
class Judged:
    """Where an assessment stands.

    Attributes:
        found: by step, in their order, what is missing or blocking; empty where it is done.
        eased: why less is asked, if it is.
    """

    found: Mapping[Step, Sequence[Found]]
    eased: Reason | None

    @property
    def everything(self) -> Sequence[Found]:
        """All that was found, step by step."""
        return tuple(one for found in self.found.values() for one in found)

    @property
    def next(self) -> Step:
        """The first step that is not done; the decision, once all others are."""
        return next((step for step, found in self.found.items() if found), Step.DECISION)


def judge(facts: Facts) -> Judged:
    """Say where an assessment stands."""
    eased = eased_by(facts)
    lighter = eased is not None
    steps: Sequence[tuple[Step, Callable[[Facts], Iterable[Found]]]] = (
        (Step.NEED, of_need),
        (Step.ALTERNATIVES, partial(of_alternatives, eased=lighter)),
        (Step.VOICES, of_voices),
        (Step.TOLD, of_told),
        (Step.SHORTLIST, partial(of_shortlist, eased=lighter)),
        (Step.REGISTRATION, of_registration),
        (Step.ASSURANCE, of_assurance),
        (Step.VISIT, of_visit),
        (Step.MATCH, of_match),
        (Step.RISK, of_risk),
        (Step.PLAN, of_plan),
        (Step.MONEY, partial(of_money, eased=lighter)),
    )
    return Judged({step: tuple(asked(facts)) for step, asked in steps}, eased)


def stands_against(judged: Judged, overridden: Iterable[str]) -> Sequence[Found]:
    """Return what keeps an assessment from being approved.

    Args:
        judged: where it stands.
        overridden: codes from which who decides departs with a reason. What a statute asks stays.
    """
    departed = frozenset(overridden)
    return tuple(
        one for one in judged.everything if not (one.may_be_overridden and one.code in departed)
    )
