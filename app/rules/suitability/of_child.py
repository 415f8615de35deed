"""The steps about the child: need, earlier support, voices, who was told."""

from collections.abc import Iterator

from app.rules.funding.conflicts import conflicts_of
from app.rules.funding.law import COMMISSIONER_ANSWERS, PARENTS_DUTY, SCHOOL_ARRANGES
from app.rules.funding.rows import Route
from app.rules.suitability import law
from app.rules.suitability.facts import Facts
from app.rules.suitability.findings import Found, blocking, missing
from app.rules.suitability.steps import Consent, Step, Told

NEED_CONSENT = frozenset({Route.SCHOOL_ARRANGED, Route.PART_TIME})
"""Routes by which no place begins without the parent's agreement."""
FOR_HEALTH = frozenset({Route.HEALTH})


def of_need(facts: Facts) -> Iterator[Found]:
    """Say what the need lacks, and what in the situation does not go with the route."""
    if facts.route is Route.PARENT_PAID:
        because = "What a parent arranges and pays for is not commissioned."
        yield blocking(Step.NEED, "parent-paid", because, PARENTS_DUTY)
    if facts.situation is None:
        because = "Say why the child needs it, for what, and what their situation is."
        yield missing(Step.NEED, "need", because, law.NEED_STATED)
        return
    for against in conflicts_of(facts.route, facts.situation):
        if against.rule is not SCHOOL_ARRANGES:  # what the parent says is asked with the voices
            code = f"route-{against.rule.code}"
            yield blocking(Step.NEED, code, against.because, against.rule)


def of_alternatives(facts: Facts, *, eased: bool) -> Iterator[Found]:
    """Say what is lacking of earlier support, and whether the place is a sanction."""
    said = facts.alternatives
    if said is None:
        because = "Say what was tried before, and what came of it."
        yield missing(Step.ALTERNATIVES, "earlier-support", because, law.EARLIER_SUPPORT)
        return
    if said.as_sanction:
        because = "It is meant as a sanction, or instead of a formal exclusion."
        yield blocking(Step.ALTERNATIVES, "sanction", because, law.NOT_A_SANCTION)
    if not said.tried and not said.none_because:
        because = "Nothing was tried before, and nobody says why."
        yield blocking(Step.ALTERNATIVES, "nothing-tried", because, law.EARLIER_SUPPORT)
    if not said.considered and not eased:
        because = "Say which other ways were considered."
        yield missing(Step.ALTERNATIVES, "other-ways", because, law.EARLIER_SUPPORT)


def of_voices(facts: Facts) -> Iterator[Found]:
    """Say whose view is lacking, and whether the place rests on consent or a power."""
    said = facts.voices
    if said is None or not said.child:
        because = "Write down the child's view, or why it could not be heard."
        yield missing(Step.VOICES, "childs-view", because, law.CHILDS_VIEW)
    if said is None or not said.parent:
        because = "Write down the parent's view, or why it could not be heard."
        yield missing(Step.VOICES, "parents-view", because, law.PARENTS_VIEW)
    consent = said.consent if said else Consent.NOT_ASKED
    if consent is Consent.GIVEN:
        return
    if facts.route in NEED_CONSENT:
        if consent is Consent.REFUSED:
            because = "The parent does not agree; only a direction does without."
            yield blocking(Step.VOICES, "consent", because, SCHOOL_ARRANGES)
        else:
            because = "Ask the parent: no school arranges this without their agreement."
            yield missing(Step.VOICES, "consent", because, SCHOOL_ARRANGES)
    elif said is None or not said.power:
        because = "Name the power on which it rests without the parent's consent."
        yield missing(Step.VOICES, "power", because, law.CONSENT_OR_POWER)


def of_told(facts: Facts) -> Iterator[Found]:
    """Say who has yet to be told."""
    told = facts.told or frozenset()
    if facts.by_school and Told.LOCAL_AUTHORITY not in told:
        because = "Tell the local authority, and say when."
        yield missing(Step.TOLD, "local-authority", because, COMMISSIONER_ANSWERS)
    if facts.has_plan and Told.PLAN_CASEWORKER not in told:
        because = "Tell the plan's caseworker before it begins, and say when."
        yield missing(Step.TOLD, "plan-caseworker", because, law.CASEWORKER_TOLD)
    for one in (Told.SOCIAL_WORKER, Told.VIRTUAL_SCHOOL_HEAD):
        if facts.looked_after and one not in told:
            because = f"The child is looked after: tell the {one.replace('-', ' ')}."
            yield missing(Step.TOLD, one.value, because, law.CARE_TOLD)
    if facts.route in FOR_HEALTH and Told.HEALTH_PROFESSIONAL not in told:
        because = "Ask those who treat the child, and say when."
        yield missing(Step.TOLD, "health-professional", because, law.HEALTH_TOLD)
