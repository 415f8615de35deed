"""Who may not take a part in an inspection, and why; pure.

Whoever inspected or checked is uninvolved no longer. An officer whose own team is the only
commissioner of a setting has a reason to like what it finds: such an officer may inspect, but
never judges alone, so the check is then for another body, and the appeal always is.
"""

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What somebody does in an inspection that asks for independence."""

    INSPECT = "inspect"
    CHECK = "check"
    """Reads the draft as the second officer, and publishes it."""
    DECIDE_APPEAL = "decide-appeal"
    SUSPEND = "suspend"
    """Is one of the two officers who impose an interim suspension."""


class Why(StrEnum):
    """Why somebody may not; of several reasons the first named here is told."""

    NOT_A_PERSON = "not-a-person"
    """Judging, checking and deciding are acts of a named person, never of a machine."""
    NOT_OF_BODY = "not-of-body"
    """Acts neither for the body that inspects nor for a peer it has asked."""
    HAS_STAKE = "has-stake"
    DECLARED_INTEREST = "declared-interest"
    INSPECTED = "inspected"
    CHECKED = "checked"
    ONLY_COMMISSIONER = "only-commissioner"


@dataclass(frozen=True, slots=True)
class Taking:
    """Who would take a part, and what ties them to the inspection or the provider.

    Attributes:
        is_person: a person, and not a machine.
        inspected: was an inspector of this inspection.
        checked: was its second officer.
        has_stake: works or worked for the provider.
        declared_interest: has declared an interest in the provider that stands.
        of_body: acts for the body that inspects, or for a peer it has asked.
        sole_commissioner: their own team is the setting's only commissioner.
        others_judge: somebody of another team inspects or checks as well.
    """

    is_person: bool
    inspected: bool
    checked: bool
    has_stake: bool
    declared_interest: bool
    of_body: bool
    sole_commissioner: bool
    others_judge: bool


def why_not(part: Part, taking: Taking) -> Why | None:
    """Return why somebody may not take a part; `None`: they may.

    A suspension stops a risk of harm at once, so neither having inspected nor being the only
    commissioner stands in its way: both know the setting, and neither gains by it.

    Args:
        part: the part.
        taking: who would take it.
    """
    bars = {
        Why.NOT_A_PERSON: not taking.is_person,
        Why.NOT_OF_BODY: not taking.of_body,
        Why.HAS_STAKE: taking.has_stake,
        Why.DECLARED_INTEREST: taking.declared_interest,
        Why.INSPECTED: taking.inspected and part in {Part.CHECK, Part.DECIDE_APPEAL},
        Why.CHECKED: taking.checked and part in {Part.INSPECT, Part.DECIDE_APPEAL},
        Why.ONLY_COMMISSIONER: taking.sole_commissioner
        and (part is Part.DECIDE_APPEAL or (part is Part.CHECK and not taking.others_judge)),
    }
    return next((why for why, barred in bars.items() if barred), None)
