"""What an assessment knows as facts for the rules, which see no name and no words."""

from app.assessments.schemas.steps import (
    AlternativesStated,
    MatchStated,
    MoneyStated,
    NeedStated,
    PlanStated,
    RegistrationStated,
    RiskStated,
    ShortlistStated,
    StepStated,
    ToldStated,
    VoicesStated,
)
from app.assessments.service.gathering import Gathered
from app.assessments.terms import Level, OptionStanding
from app.organisations.terms import OrganisationKind
from app.rules.clocks.law import SECTION_19
from app.rules.funding.facts import Arranger, Situation
from app.rules.funding.rows import Route
from app.rules.registration.facts import is_educated_elsewhere
from app.rules.registration.limbs import Light
from app.rules.school_age import school_age_of
from app.rules.site_checks import SiteCheckKind
from app.rules.suitability.facts import (
    Alternatives,
    Facts,
    Match,
    Money,
    Plan,
    Risk,
    Setting,
    Voices,
)
from app.rules.suitability.steps import Consent, Step, Told

SCHOOLS = frozenset({OrganisationKind.SCHOOL, OrganisationKind.TRUST, OrganisationKind.FEDERATION})
"""Commissioners that are schools; the others are local authorities and their teams."""
_AGREES = {Consent.GIVEN: True, Consent.REFUSED: False, Consent.NOT_ASKED: None}
_WEEK = 7


def facts_of(gathered: Gathered) -> Facts:
    """Return what the rules ask of an assessment."""
    assessment, said = gathered.assessment, gathered.said
    chosen = gathered.chosen
    turned_down = [
        one for one in gathered.options if one.standing == OptionStanding.TURNED_DOWN.value
    ]
    shortlist = said.get(Step.SHORTLIST)
    told = said.get(Step.TOLD)
    minutes_elsewhere = chosen.minutes_elsewhere if chosen else None
    return Facts(
        route=Route(assessment.route),
        by_school=assessment.commissioner_kind in SCHOOLS,
        starts_on=assessment.starts_on,
        situation=_situation(gathered),
        alternatives=_alternatives(said.get(Step.ALTERNATIVES)),
        voices=_voices(said.get(Step.VOICES)),
        told=_told(told, gathered),
        options=len(gathered.options),
        turned_down_bare=sum(
            gathered.words.get(one.id, {}).get("reasons") is None for one in turned_down
        ),
        only_one_because=isinstance(shortlist, ShortlistStated)
        and shortlist.only_one_because is not None,
        setting=_setting(gathered),
        match=_match(said.get(Step.MATCH)),
        risk=_risk(said.get(Step.RISK)),
        plan=_plan(said.get(Step.PLAN)),
        money=_money(said.get(Step.MONEY)),
        minutes_a_week=chosen.weekly_minutes if chosen else None,
        assessed_before_on=gathered.before_on,
        has_plan=bool(gathered.duties and gathered.duties.plan_la),
        looked_after=bool(gathered.duties and gathered.duties.care_la),
        other_education=is_educated_elsewhere(0, minutes_elsewhere) is True,
    )


def _told(said: StepStated | None, gathered: Gathered) -> frozenset[Told] | None:
    """Return who was told: as somebody said, and by notices that were sent."""
    stated = frozenset(one.who for one in said.told) if isinstance(said, ToldStated) else None
    by_notices = frozenset(gathered.told_on)
    return by_notices | stated if stated is not None else by_notices or None


def _situation(gathered: Gathered) -> Situation | None:
    """Return the child's situation: what was said of the need, and what the record holds."""
    need, voices = gathered.said.get(Step.NEED), gathered.said.get(Step.VOICES)
    if not isinstance(need, NeedStated) or gathered.child.date_of_birth is None:
        return None
    starts_on, duties = gathered.assessment.starts_on, gathered.duties
    age = school_age_of(gathered.child.date_of_birth)
    weeks = SECTION_19.figures["weeks_before_the_end_of_school_age"]
    by_school = gathered.assessment.commissioner_kind in SCHOOLS
    return Situation(
        on_roll=duties.school is not None if duties else None,
        school_kind=need.school_kind,
        arranged_by=Arranger.SCHOOL if by_school else Arranger.LOCAL_AUTHORITY,
        purpose=need.purpose,
        exclusion=need.exclusion,
        exclusion_days=need.exclusion_days,
        exclusion_day=need.exclusion_day,
        school_days_missed=need.school_days_missed,
        parent_agrees=_AGREES[voices.consent] if isinstance(voices, VoicesStated) else None,
        has_plan=bool(duties and duties.plan_la),
        plan_secures=need.plan_secures,
        otherwise_than_at_school=need.otherwise_than_at_school,
        looked_after=bool(duties and duties.care_la),
        registered_at_both=need.registered_at_both,
        sent_on=need.sent_on,
        of_compulsory_school_age=age.covers(starts_on),
        leaves_within_six_weeks=0 <= (age.last - starts_on).days <= weeks * _WEEK,
        examinations_left=need.examinations_left,
        at_own_school=need.at_own_school,
        arranged_jointly=need.arranged_jointly,
    )


def _setting(gathered: Gathered) -> Setting | None:
    chosen = gathered.chosen
    if chosen is None:
        return None
    checked = gathered.checked[chosen.id]
    return Setting(
        listed=checked.listed,
        covers_age=checked.covers_age,
        covers_needs=checked.covers_needs,
        assured=checked.outcome,
        evidence_current=checked.evidence_current,
        insured=checked.insured,
        checked=frozenset(SiteCheckKind(one.kind) for one in checked.own_checks),
        concern_open=checked.concern_open,
        light=Light(chosen.light) if chosen.light else None,
        light_considered=isinstance(gathered.said.get(Step.REGISTRATION), RegistrationStated),
    )


def _alternatives(said: StepStated | None) -> Alternatives | None:
    if not isinstance(said, AlternativesStated):
        return None
    return Alternatives(
        tried=len(said.tried),
        none_because=said.none_because is not None,
        considered=said.considered is not None,
        as_sanction=said.as_sanction,
    )


def _voices(said: StepStated | None) -> Voices | None:
    if not isinstance(said, VoicesStated):
        return None
    return Voices(
        child=said.child is not None,
        parent=said.parent is not None,
        consent=said.consent,
        power=said.power is not None,
    )


def _match(said: StepStated | None) -> Match | None:
    if not isinstance(said, MatchStated):
        return None
    return Match(
        needs=len(said.needs),
        unmet=sum(one.met_by is None and one.gap_filled_by is None for one in said.needs),
        english=said.english is not None,
        mathematics=said.mathematics is not None,
        section_f=said.section_f,
        full_time=said.full_time,
        part_time_because=said.part_time_because is not None,
        part_time_for_health=said.part_time_for_health,
    )


def _risk(said: StepStated | None) -> Risk | None:
    if not isinstance(said, RiskStated):
        return None
    return Risk(
        weighed=len(said.risks),
        high=sum(one.then is Level.HIGH for one in said.risks),
        we_agree=said.we_agree is not None,
        provider_agrees=said.provider_agrees is not None,
    )


def _plan(said: StepStated | None) -> Plan | None:
    if not isinstance(said, PlanStated):
        return None
    return Plan(len(said.objectives), said.ends_on, said.first_review_on, len(said.steps_back))


def _money(said: StepStated | None) -> Money | None:
    if not isinstance(said, MoneyStated):
        return None
    return Money(
        payer=said.payer,
        other_payer_because=said.other_payer_because is not None,
        priced=said.estimate_pence is not None,
        travel_and_meals=said.travel is not None and said.meals is not None,
        value=said.value is not None,
    )
