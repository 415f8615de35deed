"""A rule as it is stated here: what it says, on what authority, from when, and how it is known.

Every answer of the law is made of these, so that nobody has to take it on trust.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from app.rules.dated import Citation, NotInForceError


class RuleBasis(StrEnum):
    """What a rule rests on, from what binds to what is our own."""

    STATUTE = "statute"
    STATUTORY_GUIDANCE = "statutory-guidance"
    POLICY = "policy"


class Provenance(StrEnum):
    """How the register comes to know a rule."""

    SEEN = "seen-in-a-source"
    RECALLED = "recalled-to-be-checked"


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, in our own words.

    Attributes:
        code: names it, whatever its version: small letters joined by hyphens.
        says: what it asks or allows, in a sentence or two.
        citation: where it stands.
        basis: what it rests on. What binds a body by statute needs no more; guidance may be
            departed from with reasons; policy is the register's own, or a proposal's.
        provenance: whether it was read in a source or is from general knowledge.
        since: the first day on which it holds; `None` while no day is set.
        until: the last day on which it holds; `None` while none is set.
        figures: its numbers by name, the unit in the name.
    """

    code: str
    says: str
    citation: Citation
    basis: RuleBasis
    provenance: Provenance
    since: date | None
    until: date | None = None
    figures: Mapping[str, int] = field(default_factory=dict)

    def holds_on(self, day: date) -> bool:
        """Say whether the rule is in force on a day."""
        if self.since is None or day < self.since:
            return False
        return self.until is None or day <= self.until


@dataclass(frozen=True, slots=True)
class Reason:
    """Why an answer is what it is.

    Attributes:
        because: the facts and what follows from them, in a sentence that can be shown.
        rule: on what authority.
    """

    because: str
    rule: Rule


def in_force(versions: Sequence[Rule], day: date) -> Rule:
    """Return the version of a rule that holds on a day.

    Raises:
        NotInForceError: none does.
    """
    for one in versions:
        if one.holds_on(day):
            return one
    message = f"{versions[0].citation}: nothing is known of {day.isoformat()}."
    raise NotInForceError(message)


def act(source: str, provision: str, path: str) -> Citation:
    """Cite an enactment by its address at legislation.gov.uk."""
    return Citation(source, provision, f"https://www.legislation.gov.uk/{path}", binding=True)


def guide(source: str, provision: str, path: str) -> Citation:
    """Cite a publication of the government by its address at gov.uk."""
    return Citation(source, provision, f"https://www.gov.uk/{path}", binding=False)
