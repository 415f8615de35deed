"""Rules that are not in force: each has its place, its source and no day, and only ever warns.

Once a day is set it stands in the rule, and nothing else is to change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.rules.stated import Provenance, Reason, Rule, RuleBasis, act, guide

_RESPONSE = guide(
    "Strengthening protections in unregistered alternative provision: government response",
    "time limits, approved providers and notification",
    "government/consultations/strengthening-protections-in-unregistered-alternative-provision",
)

INTENSIVE_WEEKS = Rule(
    code="intensive-placement-weeks",
    says="A short intensive placement in non-school alternative provision would last 12 weeks at "
    "most before a return to full-time school.",
    citation=_RESPONSE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.SEEN,
    since=None,
    figures={"weeks": 12},
)
PART_TIME_SESSIONS = Rule(
    code="part-time-placement-sessions",
    says="Longer use beside school would be two days, or four sessions, a week at most.",
    citation=_RESPONSE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.SEEN,
    since=None,
    figures={"sessions_a_week": 4, "days_a_week": 2},
)
APPROVED_ONLY = Rule(
    code="approved-providers-only",
    says="Commissioners would use only providers that a local authority has approved against the "
    "national standards.",
    citation=_RESPONSE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.SEEN,
    since=None,
)
STANDARDS_MANDATORY = Rule(
    code="standards-mandatory",
    says="The voluntary national standards would bind providers.",
    citation=_RESPONSE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.SEEN,
    since=None,
)
TELL_THE_AUTHORITY = Rule(
    code="tell-the-authority",
    says="Schools would have to tell the local authority of every placement they make in "
    "non-school alternative provision; today guidance says that they should.",
    citation=_RESPONSE,
    basis=RuleBasis.POLICY,
    provenance=Provenance.SEEN,
    since=None,
)
CHILDREN_NOT_IN_SCHOOL = Rule(
    code="children-not-in-school-registers",
    says="Local authorities would keep a register of children not in school, pupils who are "
    "educated elsewhere for some or all of school time by arrangement included, with each "
    "provider, place and estimated time; regulations may leave cases out.",
    citation=act(
        "Children's Wellbeing and Schools Act 2026", "section 38", "ukpga/2026/21/section/38"
    ),
    basis=RuleBasis.STATUTE,
    provenance=Provenance.SEEN,
    since=None,  # section 78(5): on a day to be appointed
)

RULES = (
    *(INTENSIVE_WEEKS, PART_TIME_SESSIONS, APPROVED_ONLY, STANDARDS_MANDATORY),
    *(TELL_THE_AUTHORITY, CHILDREN_NOT_IN_SCHOOL),
)


@dataclass(frozen=True, slots=True)
class PlacementFacts:
    """What the rules to come would ask of a placement; `None` where nobody has said.

    Attributes:
        weeks: how long it is to last.
        sessions_a_week: half days, ten in a full week.
        provider_approved: whether a local authority has approved the provider.
        arranged_by_school: whether a school makes it; otherwise a local authority does.
    """

    weeks: int | None = None
    sessions_a_week: int | None = None
    provider_approved: bool | None = None
    arranged_by_school: bool | None = None


@dataclass(frozen=True, slots=True)
class Warned:
    """What a rule would mean for a placement.

    Attributes:
        reason: what, and which rule.
        in_force: whether it holds; while it does not, nothing is blocked by it.
    """

    reason: Reason
    in_force: bool


def warnings_of(placement: PlacementFacts, on: date) -> Sequence[Warned]:
    """Say what the rules to come would mean for a placement; none of them blocks it."""
    found = [*_of_time(placement)]
    if placement.provider_approved is False:
        found.append(Reason("No local authority has approved the provider.", APPROVED_ONLY))
    if placement.arranged_by_school:
        found.append(Reason("The local authority would have to be told.", TELL_THE_AUTHORITY))
    return tuple(Warned(reason, reason.rule.holds_on(on)) for reason in found)


def _of_time(placement: PlacementFacts) -> Sequence[Reason]:
    weeks = INTENSIVE_WEEKS.figures["weeks"]
    most = PART_TIME_SESSIONS.figures["sessions_a_week"]
    sessions = placement.sessions_a_week
    if placement.weeks is None or placement.weeks <= weeks:
        return ()
    if sessions is None:
        beside = f"Its length would do only at {most} sessions a week or fewer."
    elif sessions > most:
        beside = f"Its {sessions} sessions a week are more than {most}."
    else:
        return ()
    return (
        Reason(f"It lasts {placement.weeks} weeks, more than {weeks}.", INTENSIVE_WEEKS),
        Reason(beside, PART_TIME_SESSIONS),
    )
