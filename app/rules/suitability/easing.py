"""Where little is at stake, less is asked; where much is, everything is."""

from datetime import timedelta

from app.rules.stated import Reason
from app.rules.suitability.facts import Facts
from app.rules.suitability.law import LITTLE_AT_STAKE


def eased_by(facts: Facts) -> Reason | None:
    """Say why less is asked of an assessment; `None` where everything is."""
    figures = LITTLE_AT_STAKE.figures
    ends_on = facts.plan.ends_on if facts.plan else None
    if facts.minutes_a_week is None or ends_on is None or facts.assessed_before_on is None:
        return None
    if facts.has_plan or facts.looked_after or not facts.other_education:
        return None
    days = (ends_on - facts.starts_on).days + 1
    ago = facts.starts_on - facts.assessed_before_on
    if (
        facts.minutes_a_week > figures["most_minutes_a_week"]
        or days > figures["most_days"]
        or ago > timedelta(days=figures["assessed_within_days"])
    ):
        return None
    return Reason(
        f"{facts.minutes_a_week} minutes a week for {days} days, at a site that you approved for "
        f"another child on {facts.assessed_before_on}: no second option, no other ways considered "
        "and no word on value are asked for.",
        LITTLE_AT_STAKE,
    )
