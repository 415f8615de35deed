"""How a placement stands, from facts as they are sent to an answer as it is told."""

from datetime import date

from app.calculators.schemas.safeguarding import (
    SafeguardingAnswer,
    SafeguardingAsked,
    SafeguardingItemTold,
)
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.rules.safeguarding.law import ITEMS
from app.rules.safeguarding.standing import Kept, SafetyFacts, stands_on


def answer_safeguarding(asked: SafeguardingAsked, today: date) -> SafeguardingAnswer:
    """Say how a placement stands, what is lacking and whose it is."""
    on = asked.on or today
    facts = SafetyFacts(**asked.model_dump(exclude={"on", "items"}))
    kept = {one.number: Kept(one.done_on, one.next_due) for one in asked.items}
    found = stands_on(facts, kept, on)
    return SafeguardingAnswer(
        on=on,
        status=found.status,
        reasons=[RuleReason.model_validate(one) for one in found.reasons],
        items=[
            SafeguardingItemTold(
                number=one.number,
                says=one.rule.says,
                force=one.force,
                whose=list(one.whose),
                standing=found.items[one.number],
                next_due=kept.get(one.number, Kept()).next_due,
                rule=RuleCited.model_validate(one.rule),
            )
            for one in ITEMS
        ],
    )
