"""The rules in force on a day, and those to come."""

from datetime import date

from app.calculators.schemas.stated import RuleCited, RulesList, RuleStated
from app.rules.catalogue import RULES, Subject


def list_rules(on: date, subject: Subject | None = None) -> RulesList:
    """List the rules that hold on a day or begin later, by subject; what is over is left out.

    Args:
        on: the day.
        subject: only rules about this.
    """
    return RulesList(
        in_force_on=on,
        items=[
            RuleStated(
                **RuleCited.model_validate(rule).model_dump(),
                subject=about,
                says=rule.says,
                in_force=rule.holds_on(on),
                figures=dict(rule.figures),
            )
            for about, rules in RULES.items()
            for rule in rules
            if about is (subject or about) and (rule.until is None or rule.until >= on)
        ],
    )
