"""What is agreed about money: in which capacity somebody pays, and what never waits for it."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from app.rules.clocks.law import SECTION_19
from app.rules.funding.answering import ROWS
from app.rules.funding.law import (
    EXCLUSION_DUTY,
    LOOKED_AFTER_DUTY,
    OTHERWISE_THAN_AT_SCHOOL,
    PLAN_DUTY,
    SUSPENSION_DUTY,
)
from app.rules.funding.money_law import PAYER_FOLLOWS_DUTY
from app.rules.funding.rows import Party, Route
from app.rules.stated import Provenance, Rule, RuleBasis
from app.rules.working_days import after_working_days

_SINCE = date(2014, 9, 1)


class Capacity(StrEnum):
    """As what somebody pays; one authority may pay in two, and they are kept apart."""

    SCHOOL = "school"
    TRUST = "trust"
    HOME_LA = "home-la"
    PLAN_LA = "plan-la"
    CORPORATE_PARENT = "corporate-parent"
    HEALTH_BODY = "health-body"
    COLLEGE = "college"
    DEPARTMENT = "department"
    PARENT = "parent"
    OTHER = "other"


OTHER_PAYER = Rule(
    code="another-payer-needs-two",
    says="Where somebody else pays first than the matrix of routes allows, one person gives the "
    "reason and a second one of the commissioner confirms it.",
    citation=PAYER_FOLLOWS_DUTY.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)
DISPUTE_CLOCK = Rule(
    code="payer-dispute-clock",
    says="A dispute about who pays is settled within 20 working days, by agreement or by a named "
    "decision with reasons. It runs beside the placement and never holds it up.",
    citation=PAYER_FOLLOWS_DUTY.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_SINCE,
    figures={"working_days": 20},
)
INTERIM_PAYER = Rule(
    code="interim-payer",
    says="Where a statutory duty requires the education to begin, whoever has the duty pays "
    "meanwhile, without prejudice to who pays in the end; no dispute and no missing signature "
    "stops the start.",
    citation=PAYER_FOLLOWS_DUTY.citation,
    basis=RuleBasis.POLICY,
    provenance=Provenance.RECALLED,
    since=_SINCE,
)
RULES = (OTHER_PAYER, DISPUTE_CLOCK, INTERIM_PAYER)

_REQUIRES: Mapping[Route, Rule] = {
    Route.SUSPENSION: SUSPENSION_DUTY,
    Route.SUSPENSION_FROM_UNIT: EXCLUSION_DUTY,
    Route.EXCLUSION: EXCLUSION_DUTY,
    Route.HEALTH: SECTION_19,
    Route.OTHER_ABSENCE: SECTION_19,
    Route.NEW_ARRIVAL: SECTION_19,
    Route.PLAN_AUTHORITY: PLAN_DUTY,
    Route.OTHERWISE_THAN_AT_SCHOOL: OTHERWISE_THAN_AT_SCHOOL,
    Route.LOOKED_AFTER_INTERIM: LOOKED_AFTER_DUTY,
}
"""Routes on which education is owed; on the others somebody may arrange it, and need not."""

_ALLOWED: Mapping[Party, frozenset[Capacity]] = {
    Party.SCHOOL: frozenset({Capacity.SCHOOL, Capacity.TRUST}),
    Party.ACADEMY_TRUST: frozenset({Capacity.TRUST, Capacity.SCHOOL}),
    Party.AREA_AUTHORITY: frozenset({Capacity.HOME_LA}),
    Party.PLAN_AUTHORITY: frozenset({Capacity.PLAN_LA}),
    Party.CORPORATE_PARENT: frozenset({Capacity.CORPORATE_PARENT}),
    Party.REGISTERED_PROVIDER: frozenset({Capacity.SCHOOL, Capacity.TRUST}),
    Party.COLLEGE: frozenset({Capacity.COLLEGE}),
    Party.DEPARTMENT: frozenset(
        {Capacity.DEPARTMENT, Capacity.COLLEGE, Capacity.SCHOOL, Capacity.TRUST, Capacity.HOME_LA}
    ),
    Party.PARENT: frozenset({Capacity.PARENT}),
    Party.SENDER: frozenset(
        {Capacity.SCHOOL, Capacity.TRUST, Capacity.HOME_LA, Capacity.PLAN_LA}
        | {Capacity.CORPORATE_PARENT}
    ),
}


def required_by(route: Route) -> Rule | None:
    """Return the enactment by which education on a route is owed; `None` where it may be chosen."""
    return _REQUIRES.get(route)


def may_pay_first(route: Route, capacity: Capacity) -> bool:
    """Say whether the matrix lets somebody in this capacity pay first on a route."""
    return capacity in _ALLOWED[ROWS[route].first_payer]


def settled_by(opened_on: date) -> date:
    """Return the day by which a dispute that was opened on a day is to be settled.

    Raises:
        NotInForceError: it is in a year of which no bank holidays are known.
    """
    return after_working_days(opened_on, DISPUTE_CLOCK.figures["working_days"])


def days_left(due_on: date, today: date) -> int:
    """Return how many days a dispute's clock has left; less than none when it is over."""
    left: timedelta = due_on - today
    return left.days
