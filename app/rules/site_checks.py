"""What a commissioner checks of a setting by itself, and for how long what it saw may be used.

A listing is no clearance: whoever places a child makes sure, for itself, that the setting is safe.
"""

from datetime import date, timedelta
from enum import StrEnum

from app.rules.stated import Provenance, Rule, RuleBasis, guide


class SiteCheckKind(StrEnum):
    """What was checked."""

    STAFF_CHECKS = "staff-checks"
    """Written confirmation that everybody who works with children there was checked."""
    VISIT = "visit"
    INSURANCE = "insurance"
    SAFEGUARDING_POLICY = "safeguarding-policy"
    HEALTH_AND_SAFETY = "health-and-safety"
    FIRE_RISK = "fire-risk"
    FIRST_AID = "first-aid"


OWN_CHECKS = Rule(
    code="own-checks-of-a-setting",
    says="A commissioner satisfies itself that a setting is safe and suitable, has written "
    "confirmation of the staff's checks, and visits. A local authority's list is not enough.",
    citation=guide(
        "Keeping children safe in education",
        "alternative provision",
        "government/publications/keeping-children-safe-in-education--2",
    ),
    basis=RuleBasis.STATUTORY_GUIDANCE,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
)
CHECKS_LAST = Rule(
    code="own-checks-last",
    says="What a commissioner saw of a setting is used for a year; a certificate no longer than it "
    "says itself.",
    citation=OWN_CHECKS.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=date(2014, 9, 1),
    figures={"days": 365},
)
RULES = (OWN_CHECKS, CHECKS_LAST)


def last_day_of_use(seen_on: date, valid_until: date | None) -> date:
    """Return the last day on which a check may be used.

    Args:
        seen_on: the day on which somebody looked.
        valid_until: the last day that the thing itself names, such as a certificate's; if any.
    """
    by_rule = seen_on + timedelta(days=CHECKS_LAST.figures["days"])
    return by_rule if valid_until is None else min(by_rule, valid_until)
