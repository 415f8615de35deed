"""The registration test of one institution: how near it is to having to register, and why.

It is asked of the institution over all who place children with it, in the test that is in force
and, side by side, in the one that is to come.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.registration.children import ChildFinding, Standing, finding_of
from app.rules.registration.facts import ChildFacts, Declaration, declared_children
from app.rules.registration.law import (
    DECLARATION,
    INDEPENDENT_SCHOOL,
    NEAR_THE_LIMIT,
    NOT_COMMISSIONED,
    WIDER_TEST,
)
from app.rules.registration.limbs import Light, Limb, five, one_of, worst_of
from app.rules.stated import Reason, Rule, in_force


@dataclass(frozen=True, slots=True)
class Regime:
    """One test of the law.

    Attributes:
        rule: where it stands, and from when it holds.
        whom: the children of whom one is enough, in words.
        counts_alone: whether a child is one of them.
    """

    rule: Rule
    whom: str
    counts_alone: Callable[[ChildFacts], bool]


IN_FORCE_NOW = Regime(
    INDEPENDENT_SCHOOL,
    "with an education, health and care plan or looked after",
    lambda child: child.has_plan or child.looked_after,
)
TO_COME = Regime(
    WIDER_TEST,
    "with special educational needs or looked after",
    lambda child: child.has_special_needs or child.has_plan or child.looked_after,
)
REGIMES = (IN_FORCE_NOW, TO_COME)


@dataclass(frozen=True, slots=True)
class RegimeOutcome:
    """What one test says.

    Attributes:
        in_force: whether it held on the day; otherwise what it says is a warning to plan by.
        light: the worst of its limbs.
    """

    rule: Rule
    in_force: bool
    light: Light
    limbs: Sequence[Limb]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the registration test says of an institution, in counts and never in children.

    Attributes:
        light: of the test in force.
        warning: what the test to come would say, where that is worse.
        reasons: what makes the answer incomplete, and what follows from it.
        counts: how many children stand where, those declared included.
    """

    on: date
    light: Light
    warning: Reason | None
    reasons: Sequence[Reason]
    counts: Mapping[Standing, int]
    regimes: Sequence[RegimeOutcome]


def registration_test(
    children: Sequence[ChildFacts], declaration: Declaration | None, on: date
) -> Outcome:
    """Say how an institution stands to the limit on a day.

    Args:
        children: everybody placed there, whoever pays.
        declaration: what the provider says of the others; `None` where it has said nothing.
        on: the day.

    Raises:
        NotInForceError: nothing is known of the law on that day.
    """
    in_force((INDEPENDENT_SCHOOL,), on)
    current = declaration is not None and declaration.is_current(on)
    everybody = [*children, *(declared_children(declaration) if current and declaration else ())]
    found = [(child, finding_of(child, on)) for child in everybody]
    regimes = [_outcome(regime, found, on, complete=current) for regime in REGIMES]
    light = worst_of([regime.light for regime in regimes if regime.in_force])
    reasons = [] if current else [_not_declared(declaration, on)]
    if light is Light.RED:
        reasons.append(
            Reason(
                "No place is added or made longer here until the department or the setting's own "
                "registration settles it.",
                NOT_COMMISSIONED,
            )
        )
    return Outcome(
        on=on,
        light=light,
        warning=_warning(light, regimes),
        reasons=reasons,
        counts=_counts(found),
        regimes=regimes,
    )


def _outcome(
    regime: Regime,
    found: Sequence[tuple[ChildFacts, ChildFinding]],
    on: date,
    *,
    complete: bool,
) -> RegimeOutcome:
    standings = Counter(finding.standing for _, finding in found)
    alone = Counter(finding.standing for child, finding in found if regime.counts_alone(child))
    limbs = (
        five(standings, regime.rule, NEAR_THE_LIMIT),
        one_of(alone, regime.rule, regime.whom, NEAR_THE_LIMIT),
    )
    lights = [limb.light for limb in limbs] + ([] if complete else [Light.INCOMPLETE])
    light = worst_of(lights)
    return RegimeOutcome(regime.rule, regime.rule.holds_on(on), light, limbs)


def _not_declared(declaration: Declaration | None, on: date) -> Reason:
    if declaration is None:
        said = "The provider has not declared children educated at home or paid for privately."
    elif on < declaration.declared_on:
        said = "The provider's declaration is of a later day."
    else:
        said = f"The provider's declaration stopped being current on {declaration.stale_from}."
    return Reason(f"{said} The test is incomplete without it.", DECLARATION)


def _warning(light: Light, regimes: Sequence[RegimeOutcome]) -> Reason | None:
    for later in regimes:
        if not later.in_force and later.light is not light:
            because = f"The test to come would say {later.light}; the one in force says {light}."
            return Reason(because, later.rule)
    return None


def _counts(found: Sequence[tuple[ChildFacts, ChildFinding]]) -> Mapping[Standing, int]:
    counted = Counter(finding.standing for _, finding in found)
    return {standing: counted[standing] for standing in Standing}
