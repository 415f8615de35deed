"""An assessment as it is told: what is done, missing, blocking, and on what authority."""

import math
from collections.abc import Mapping
from datetime import date
from typing import Any

from app.assessments.queries.settings import find_origin
from app.assessments.schemas.assessments import (
    AssessmentBrief,
    AssessmentOut,
    Finding,
    PayerTold,
    StepOut,
)
from app.assessments.schemas.options import (
    DistanceTold,
    OptionOut,
    Price,
    RegistrationTestTold,
)
from app.assessments.schemas.steps import MoneyStated
from app.assessments.service.assessing import state_of
from app.assessments.service.facts import SCHOOLS
from app.assessments.service.gathering import Gathered
from app.assessments.service.register_checks import location_of
from app.assessments.terms import AssessmentState, DistanceFrom, OptionStanding, PriceUnit
from app.calculators.schemas.paying import WarnedOut
from app.calculators.schemas.stated import RuleCited, RuleReason
from app.clock import LONDON
from app.db.events import ReadSession, WriteSession
from app.occupancy.schemas import TimetabledSessionOut
from app.rules.coming import PlacementFacts, warnings_of
from app.rules.funding.answering import ROWS
from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light
from app.rules.suitability.facts import Listed
from app.rules.suitability.judging import Judged
from app.rules.suitability.steps import Step

AnySession = ReadSession | WriteSession
_DAYS_OF_A_WEEK = 7
ASKS: Mapping[Step, str] = {
    Step.NEED: "Why the child needs it, for what, their situation, and whether the route fits it.",
    Step.ALTERNATIVES: "What was tried before, what else was considered; that it is no sanction.",
    Step.VOICES: "The child's and the parent's view; consent, or the power relied on.",
    Step.TOLD: "Who was told, and when.",
    Step.SHORTLIST: "At least two settings or the reason for one; each turned down with reasons.",
    Step.REGISTRATION: "The registration test of the setting with the proposed hours.",
    Step.ASSURANCE: "Outcome, documents and insurance on the first day; your own checks; concerns.",
    Step.VISIT: "A visit of yours to the site that may be used on the first day.",
    Step.MATCH: "How needs are met; English, mathematics, section F of a plan; hours in all.",
    Step.RISK: "Risks, what is done about them, and the agreement of both sides.",
    Step.PLAN: "Objectives, days, the first review, the way back.",
    Step.MONEY: "Who pays, how much, travel and meals apart, and whether it is worth it.",
    Step.DECISION: "A named person decides who did not ask for it, with reasons.",
}


async def tell(session: AnySession, gathered: Gathered, judged: Judged) -> AssessmentOut:
    """Tell an assessment whole."""
    assessment, state = gathered.assessment, state_of(gathered.assessment)
    erased_at = gathered.child.erased_at if gathered.child else None
    is_open = state is AssessmentState.OPEN
    return AssessmentOut(
        **brief(assessment).model_dump(),
        requested_by=assessment.requested_by_name,
        withdrawn_at=assessment.withdrawn_at,
        withdrawn_reason=assessment.withdrawn_reason,
        erased_on=erased_at.astimezone(LONDON).date() if erased_at else None,
        next=judged.next if is_open else None,
        eased=RuleReason.model_validate(judged.eased) if judged.eased else None,
        steps=[
            *(_step(step, gathered, judged) for step in judged.found),
            _decision(done=assessment.outcome is not None),
        ],
        options=[await _option(session, gathered, one) for one in gathered.options],
        who_pays=_payer(gathered),
        warnings=_warnings(gathered),
    )


def brief(assessment: Any) -> AssessmentBrief:
    """Tell an assessment in a line."""
    return AssessmentBrief(
        id=assessment.id,
        reference=assessment.reference,
        commissioner=assessment.commissioner,
        child=assessment.child_id,
        route=Route(assessment.route),
        state=state_of(assessment),
        starts_on=assessment.starts_on,
        ends_on=assessment.ends_on,
        recorded_at=assessment.recorded_at,
        version=assessment.version,
    )


def findings(found: Any) -> list[Finding]:
    """Tell what was found, each with its authority."""
    return [
        Finding(
            code=one.code,
            kind=one.kind,
            because=one.reason.because,
            rule=RuleCited.model_validate(one.reason.rule),
            may_be_overridden=one.may_be_overridden,
        )
        for one in found
    ]


def _step(step: Step, gathered: Gathered, judged: Judged) -> StepOut:
    row = gathered.rows.get(step)
    found = judged.found[step]
    return StepOut(
        step=step,
        code=_code(step),
        asks=ASKS[step],
        done=not found,
        found=findings(found),
        said=gathered.said.get(step),
        said_by=row.written_by_name if row else None,
        said_at=row.written_at if row else None,
        told_by_notice={one.value: day for one, day in gathered.told_on.items()}
        if step is Step.TOLD
        else {},
    )


def _decision(*, done: bool) -> StepOut:
    step = Step.DECISION
    return StepOut(
        step=step,
        code=_code(step),
        asks=ASKS[step],
        done=done,
        found=[],
        said=None,
        said_by=None,
        said_at=None,
    )


def _code(step: Step) -> str:
    return f"W{list(Step).index(step) + 1}"


def _payer(gathered: Gathered) -> PayerTold:
    row = ROWS[Route(gathered.assessment.route)]
    money = gathered.said.get(Step.MONEY)
    return PayerTold(
        first_payer=row.first_payer,
        because=row.payment.says,
        budget=row.budget.says,
        rule=RuleCited.model_validate(row.payment.rule),
        estimate_pence=money.estimate_pence if isinstance(money, MoneyStated) else None,
    )


def _warnings(gathered: Gathered) -> list[WarnedOut]:
    """Tell what the rules to come would mean for the place; they are off, and block nothing."""
    assessment, chosen = gathered.assessment, gathered.chosen
    weeks = None
    if assessment.ends_on is not None:
        weeks = -(-((assessment.ends_on - assessment.starts_on).days + 1) // _DAYS_OF_A_WEEK)
    approved = None
    if chosen is not None:
        approved = gathered.checked[chosen.id].listed is Listed.LISTED
    facts = PlacementFacts(
        weeks=weeks,
        sessions_a_week=len(chosen.sessions) if chosen is not None and chosen.sessions else None,
        provider_approved=approved,
        arranged_by_school=assessment.commissioner_kind in SCHOOLS,
    )
    warned = warnings_of(facts, assessment.starts_on)
    return [WarnedOut.model_validate(one) for one in warned]


async def _option(session: AnySession, gathered: Gathered, option: Any) -> OptionOut:
    words = gathered.words.get(option.id, {})
    price = None
    if option.price_pence is not None:
        price = Price(pence=option.price_pence, unit=PriceUnit(option.price_unit))
    test = None
    if option.light is not None:
        light = Light(option.light)
        test = RegistrationTestTold(light=light, on=option.reached_on, tested_at=option.tested_at)
    return OptionOut(
        id=option.id,
        provider=option.provider,
        provider_name=option.provider_name,
        site=option.site,
        programme=option.programme,
        delivery=Delivery(option.delivery),
        standing=OptionStanding(option.standing),
        sessions=_sessions(option),
        weekly_minutes=option.weekly_minutes,
        minutes_elsewhere=option.minutes_elsewhere,
        price=price,
        distance=await _distance(session, gathered, option),
        gaps=words.get("gaps"),
        reasons=words.get("reasons"),
        registration_test=test,
        checked=gathered.checked[option.id],
    )


def _sessions(option: Any) -> list[TimetabledSessionOut] | None:
    if option.sessions is None:
        return None
    return [
        TimetabledSessionOut.model_validate(one | {"site": one["site"] or option.site})
        for one in option.sessions
    ]


async def _distance(session: AnySession, gathered: Gathered, option: Any) -> DistanceTold | None:
    """Say how far a setting is from the child's school, or else from their authority's middle."""
    site = await location_of(session, option.provider, option.site)
    day: date = gathered.assessment.starts_on
    origin = await find_origin(session, gathered.assessment.child_id, day)
    if site is None or origin is None:
        return None
    if origin.school_easting is not None:
        here, known = (origin.school_easting, origin.school_northing), DistanceFrom.SCHOOL
    else:
        here = (origin.centre_easting, origin.centre_northing)
        known = DistanceFrom.HOME_AUTHORITY
    metres = round(math.hypot(site["easting"] - here[0], site["northing"] - here[1]))
    return DistanceTold.model_validate({"metres": metres, "from": known})
