"""The steps about the place: needs and teaching, risk, plan, money."""

from collections.abc import Iterator

from app.rules.clocks.reviewing import half_term_review
from app.rules.funding.answering import ROWS
from app.rules.funding.law import EXCLUSION_DUTY, PLAN_DUTY, SUSPENSION_DUTY
from app.rules.funding.money_law import PAYER_FOLLOWS_DUTY
from app.rules.funding.rows import Party, Route
from app.rules.stated import Rule
from app.rules.suitability import law
from app.rules.suitability.facts import Facts, Match, Money
from app.rules.suitability.findings import Found, blocking, missing
from app.rules.suitability.steps import SectionF, Step

_FULL_TIME_BY_STATUTE: dict[Route, Rule] = {
    Route.SUSPENSION: SUSPENSION_DUTY,
    Route.SUSPENSION_FROM_UNIT: EXCLUSION_DUTY,
    Route.EXCLUSION: EXCLUSION_DUTY,
    Route.HEALTH: law.PART_TIME_FOR_HEALTH,
    Route.OTHER_ABSENCE: law.PART_TIME_FOR_HEALTH,
    Route.NEW_ARRIVAL: law.PART_TIME_FOR_HEALTH,
}
"""Routes on which a statute asks for full-time education, and which."""
_BY_AUTHORITY = frozenset(_FULL_TIME_BY_STATUTE) - {Route.SUSPENSION}


def of_match(facts: Facts) -> Iterator[Found]:
    """Say what is lacking of needs and teaching."""
    said = facts.match
    if said is None:
        because = "Say how the child's needs are met, and what they are taught."
        yield missing(Step.MATCH, "needs", because, law.NEEDS_MATCHED)
        return
    if not said.needs:
        because = "Name the child's needs, and how each is met."
        yield missing(Step.MATCH, "needs", because, law.NEEDS_MATCHED)
    if said.unmet:
        because = f"{said.unmet} of the needs are neither met nor have a plan for the gap."
        yield blocking(Step.MATCH, "unmet-needs", because, law.NEEDS_MATCHED)
    for subject, arranged in (("english", said.english), ("mathematics", said.mathematics)):
        if not arranged:
            because = f"Say where the child goes on with {subject.capitalize()}."
            yield missing(Step.MATCH, subject, because, law.CORE_SUBJECTS)
    if facts.has_plan and said.section_f is None:
        because = "Say whether all that section F of the plan specifies is provided."
        yield missing(Step.MATCH, "section-f", because, PLAN_DUTY)
    if facts.has_plan and said.section_f is SectionF.NOT_DELIVERED:
        because = "Not all that section F of the plan specifies is provided."
        yield blocking(Step.MATCH, "section-f", because, PLAN_DUTY)
    yield from _of_hours(facts, said)


def _of_hours(facts: Facts, said: Match) -> Iterator[Found]:
    rule = _FULL_TIME_BY_STATUTE.get(facts.route, law.WHOLE_EDUCATION)
    if said.full_time is None:
        because = "Say whether all of the child's education together is full-time."
        yield missing(Step.MATCH, "full-time", because, law.WHOLE_EDUCATION)
    elif said.full_time:
        return
    elif not said.part_time_because:
        because = "All education together is less than full-time, and nobody says why."
        yield blocking(Step.MATCH, "part-time", because, rule)
    elif facts.route in _FULL_TIME_BY_STATUTE and not (
        facts.route in _BY_AUTHORITY and said.part_time_for_health
    ):
        because = "The duty is to full-time education; the reason is not one that the law allows."
        yield blocking(Step.MATCH, "part-time", because, rule)


def of_risk(facts: Facts) -> Iterator[Found]:
    """Say what is lacking of the risks, and whether one stays high."""
    said = facts.risk
    if said is None or not said.weighed:
        because = "Weigh the risks to this child, and with the others there."
        yield missing(Step.RISK, "risks", because, law.RISK_ASSESSED)
        return
    if said.high:
        because = f"{said.high} of the risks stay high with all that is done about them."
        yield blocking(Step.RISK, "high-risk", because, law.RISK_ASSESSED)
    if not said.we_agree or not said.provider_agrees:
        because = "Somebody of yours and somebody of the setting agree to it."
        yield missing(Step.RISK, "agreement", because, law.RISK_ASSESSED)


def of_plan(facts: Facts) -> Iterator[Found]:
    """Say what the plan lacks: objectives, last day, first review, the way back."""
    said = facts.plan
    if said is None or not said.objectives:
        because = "Say what is to be reached, and how that is measured."
        yield missing(Step.PLAN, "objectives", because, law.PLANNED)
    if said is None or said.ends_on is None:
        because = "Give the last day: no place is open-ended."
        yield missing(Step.PLAN, "end-date", because, law.PLANNED)
    due = half_term_review(facts.starts_on)
    if said is None or said.first_review_on is None:
        because = f"Give the day of the first review, {due.due_on} at the latest."
        yield missing(Step.PLAN, "first-review", because, law.PLANNED)
    elif said.first_review_on > due.due_on:
        because = f"The first review is later than half a term on, which is {due.due_on}."
        yield blocking(Step.PLAN, "late-review", because, due.reasons[0].rule)
    if said is None or not said.steps_back:
        because = "Say by which steps the child comes back to school, or goes on."
        yield missing(Step.PLAN, "steps-back", because, law.PLANNED)


def of_money(facts: Facts, *, eased: bool) -> Iterator[Found]:
    """Say what is lacking of the money. A dispute never stands against a start."""
    said = facts.money or Money()
    first = ROWS[facts.route].first_payer
    if said.payer is None:
        because = f"Say who pays first. On this route it is the {_words(first)}."
        yield missing(Step.MONEY, "payer", because, PAYER_FOLLOWS_DUTY)
    elif said.payer is not first and not said.other_payer_because:
        because = f"On this route the {_words(first)} pays first; say why it is another."
        yield blocking(Step.MONEY, "other-payer", because, PAYER_FOLLOWS_DUTY)
    if not said.priced:
        because = "State the price, its unit, how many and for how long."
        yield missing(Step.MONEY, "price", because, law.PRICED)
    if not said.travel_and_meals:
        because = "Say who pays for travel and meals, or that there is nothing to pay."
        yield missing(Step.MONEY, "travel-and-meals", because, law.PRICED)
    if not said.value and not eased:
        because = "Say why it is worth what it costs."
        yield missing(Step.MONEY, "value", because, law.PRICED)


def _words(party: Party) -> str:
    return party.replace("-", " ")
