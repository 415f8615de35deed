"""The plain words for the codes of funding."""

from collections.abc import Mapping

from app.funding.terms import (
    BudgetLine,
    FundingKind,
    FundingState,
    InterimReason,
    RecoveryBasis,
    Settlement,
)
from app.pages.part_view import TagView
from app.rules.funding.agreeing import Capacity
from app.rules.funding.estimating import PriceUnit
from app.rules.funding.facts import SchoolKind
from app.rules.funding.rows import Party

KINDS: Mapping[str, str] = {
    FundingKind.EDUCATION: "Education",
    FundingKind.TRANSPORT: "Transport",
    FundingKind.MEALS: "Meals",
}
STATES: Mapping[str, TagView] = {
    FundingState.WAITING_FOR_SECOND_PERSON: TagView("Waits for a second person", "yellow"),
    FundingState.TO_SIGN: TagView("To be signed", "yellow"),
    FundingState.TO_BE_CONFIRMED: TagView("Hours changed: to be confirmed", "orange"),
    FundingState.AGREED: TagView("Agreed", "green"),
}
UNITS: Mapping[str, str] = {
    PriceUnit.HOUR: "An hour",
    PriceUnit.HALF_DAY: "Half a day: a session",
    PriceUnit.DAY: "A day",
    PriceUnit.WEEK: "A week",
    PriceUnit.TERM: "A term",
    PriceUnit.PLACE: "The place, for as long as the arrangement holds",
}
UNIT_NAMES: Mapping[str, tuple[str, str]] = {
    PriceUnit.HOUR: ("hour", "hours"),
    PriceUnit.HALF_DAY: ("half day", "half days"),
    PriceUnit.DAY: ("day", "days"),
    PriceUnit.WEEK: ("week", "weeks"),
    PriceUnit.TERM: ("term", "terms"),
    PriceUnit.PLACE: ("place", "places"),
}
PAYS_AS: Mapping[str, str] = {
    Capacity.SCHOOL: "the school",
    Capacity.TRUST: "the academy trust",
    Capacity.HOME_LA: "the authority where the child lives",
    Capacity.PLAN_LA: "the authority that maintains the plan",
    Capacity.CORPORATE_PARENT: "the authority that looks after the child",
    Capacity.HEALTH_BODY: "a health body",
    Capacity.COLLEGE: "a college",
    Capacity.DEPARTMENT: "the department",
    Capacity.PARENT: "a parent",
    Capacity.OTHER: "somebody else",
}
"""As what somebody pays, in a sentence."""
PARTIES: Mapping[str, str] = {
    Party.SCHOOL: "The school",
    Party.ACADEMY_TRUST: "The academy trust",
    Party.AREA_AUTHORITY: "The local authority where the child is",
    Party.PLAN_AUTHORITY: "The local authority that maintains the plan",
    Party.CORPORATE_PARENT: "The local authority that looks after the child",
    Party.REGISTERED_PROVIDER: "The school that sub-contracts",
    Party.COLLEGE: "The college",
    Party.DEPARTMENT: "The department",
    Party.PARENT: "The parent",
    Party.SENDER: "Whoever bought the place",
}
BUDGETS: Mapping[str, str] = {
    BudgetLine.SCHOOL_BUDGET: "The school's budget",
    BudgetLine.NOTIONAL_SEN: "Notional budget for special needs",
    BudgetLine.PUPIL_PREMIUM: "Pupil premium",
    BudgetLine.PUPIL_PREMIUM_PLUS: "Pupil premium plus",
    BudgetLine.HIGH_NEEDS_AP: "High needs: alternative provision",
    BudgetLine.HIGH_NEEDS_TOP_UP: "High needs: top-up",
    BudgetLine.EARLY_YEARS: "Early years",
    BudgetLine.ICB: "Integrated care board (health)",
}
RECOVERIES: Mapping[str, str] = {
    RecoveryBasis.EXCLUSION_FORMULA: "After an exclusion, by the formula",
    RecoveryBasis.AWPU_PRO_RATA: "Of what a pupil brings, the part of the year",
    RecoveryBasis.PUPIL_PREMIUM: "Pupil premium",
    RecoveryBasis.TOP_UP: "Top-up",
    RecoveryBasis.LOCAL_AGREEMENT: "As agreed locally",
}
SCHOOL_KINDS: Mapping[str, str] = {
    SchoolKind.MAINTAINED: "Maintained by a local authority",
    SchoolKind.ACADEMY: "Academy",
    SchoolKind.SPECIAL: "Special school",
    SchoolKind.PUPIL_REFERRAL_UNIT: "Pupil referral unit",
    SchoolKind.INDEPENDENT: "Independent school",
}
MEANWHILE: Mapping[str, str] = {
    InterimReason.DISPUTE: "because a payer disputes it",
    InterimReason.SIGNATURE_MISSING: "because a signature is missing",
}
SETTLEMENTS: Mapping[str, str] = {
    Settlement.AGREEMENT: "By agreement: the payer that disputed it says so",
    Settlement.DECISION: "By somebody's decision, with reasons",
}
