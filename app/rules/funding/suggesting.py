"""Which route a situation leads to: the first that fits, in the order of the law's weight."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from app.rules.clocks.law import HEALTH_ABSENCE, SECTION_19
from app.rules.funding.facts import Arranger, Exclusion, PlacementPurpose, SchoolKind, Situation
from app.rules.funding.law import (
    ACADEMY_DIRECTION,
    COLLEGE,
    COMMISSIONER_ANSWERS,
    EXCLUSION_DUTY,
    LOOKED_AFTER_DUTY,
    MISSING_EDUCATION,
    OFF_SITE_DIRECTION,
    OTHERWISE_THAN_AT_SCHOOL,
    PARENTS_DUTY,
    PART_TIME,
    PLAN_DUTY,
    PUBLIC_PLACES,
    SCHOOL_ARRANGES,
    SCHOOL_STAYS_RESPONSIBLE,
    SUSPENSION_DUTY,
)
from app.rules.funding.money_law import REGISTERED_PLACES
from app.rules.funding.rows import Route
from app.rules.stated import Reason, Rule

LAST_OF_FIRST_DAYS = 5
"""School days of an exclusion on which no place is owed."""


@dataclass(frozen=True, slots=True)
class Path:
    """How a situation leads to a route.

    Attributes:
        route: where to.
        leads: whether it does.
        because: in a sentence.
        rule: on what authority.
    """

    route: Route
    leads: Callable[[Situation], bool]
    because: str
    rule: Rule


def _first_days(told: Situation) -> bool:
    if told.exclusion is Exclusion.NONE:
        return False
    short = told.exclusion_days is not None and told.exclusion_days <= LAST_OF_FIRST_DAYS
    early = told.exclusion_day is not None and told.exclusion_day <= LAST_OF_FIRST_DAYS
    return early or (short and told.exclusion is Exclusion.SUSPENSION)


def _long_suspension(told: Situation) -> bool:
    said = told.exclusion_days is not None or told.exclusion_day is not None
    return told.exclusion is Exclusion.SUSPENSION and said and not _first_days(told)


def _from_unit(told: Situation) -> bool:
    return told.school_kind is SchoolKind.PUPIL_REFERRAL_UNIT


def _by_school(told: Situation) -> bool:
    excluded = told.exclusion is not Exclusion.NONE
    return told.arranged_by is Arranger.SCHOOL and told.on_roll is not False and not excluded


def _by_authority(told: Situation) -> bool:
    excluded = told.exclusion is not Exclusion.NONE
    return told.arranged_by is Arranger.LOCAL_AUTHORITY and not excluded


def _directed(told: Situation) -> bool:
    return _by_school(told) and told.purpose is PlacementPurpose.BEHAVIOUR


def _away_for_health(told: Situation) -> bool:
    long = (told.school_days_missed or 0) >= HEALTH_ABSENCE.figures["school_days"]
    nobody_yet = told.arranged_by is None and told.exclusion is Exclusion.NONE and long
    return told.purpose is PlacementPurpose.HEALTH and (_by_authority(told) or nobody_yet)


PATHS = (
    Path(
        Route.PARENT_PAID,
        lambda told: told.arranged_by is Arranger.PARENT,
        "The parent arranges it.",
        PARENTS_DUTY,
    ),
    Path(
        Route.FIRST_FIVE_DAYS,
        _first_days,
        "It would be in the first five school days.",
        PUBLIC_PLACES,
    ),
    Path(
        Route.EXCLUSION,
        lambda told: told.exclusion is Exclusion.PERMANENT,
        "They are permanently excluded, which goes before every other reason.",
        EXCLUSION_DUTY,
    ),
    Path(
        Route.SUSPENSION_FROM_UNIT,
        lambda told: _long_suspension(told) and _from_unit(told),
        "They are suspended from a pupil referral unit for more than five school days.",
        EXCLUSION_DUTY,
    ),
    Path(
        Route.SUSPENSION,
        lambda told: _long_suspension(told) and not _from_unit(told),
        "They are suspended for more than five school days.",
        SUSPENSION_DUTY,
    ),
    Path(
        Route.OTHERWISE_THAN_AT_SCHOOL,
        lambda told: told.otherwise_than_at_school and told.has_plan,
        "The authority has decided on provision otherwise than at school.",
        OTHERWISE_THAN_AT_SCHOOL,
    ),
    Path(
        Route.PLAN_AUTHORITY,
        lambda told: told.plan_secures and told.has_plan,
        "The plan names it, or the authority secures it under the plan.",
        PLAN_DUTY,
    ),
    Path(
        Route.SUB_CONTRACTED,
        lambda told: told.sent_on,
        "A registered school for alternative provision sends them on.",
        SCHOOL_STAYS_RESPONSIBLE,
    ),
    Path(
        Route.DUAL_REGISTRATION,
        lambda told: told.registered_at_both,
        "They are registered at both.",
        REGISTERED_PLACES,
    ),
    Path(
        Route.COLLEGE,
        lambda told: told.arranged_by is Arranger.COLLEGE,
        "A college enrols them.",
        COLLEGE,
    ),
    Path(
        Route.OFF_SITE_DIRECTION,
        lambda told: _directed(told) and told.school_kind is SchoolKind.MAINTAINED,
        "A maintained school arranges it to improve behaviour.",
        OFF_SITE_DIRECTION,
    ),
    Path(
        Route.OFF_SITE_ACADEMY,
        lambda told: _directed(told) and told.school_kind is SchoolKind.ACADEMY,
        "An academy arranges it to improve behaviour.",
        ACADEMY_DIRECTION,
    ),
    Path(
        Route.PART_TIME,
        lambda told: _by_school(told) and told.part_time_timetable,
        "The school has agreed a part-time timetable.",
        PART_TIME,
    ),
    Path(
        Route.PLAN_SCHOOL,
        lambda told: _by_school(told) and told.has_plan,
        "There is a plan, and the school adds to it.",
        COMMISSIONER_ANSWERS,
    ),
    Path(
        Route.SCHOOL_ARRANGED,
        lambda told: _by_school(told) and told.parent_agrees is True,
        "The school arranges it, and the parent agrees.",
        SCHOOL_ARRANGES,
    ),
    Path(
        Route.LOOKED_AFTER_INTERIM,
        lambda told: _by_authority(told) and told.looked_after and told.on_roll is False,
        "They are looked after and on no roll.",
        LOOKED_AFTER_DUTY,
    ),
    Path(
        Route.HEALTH,
        _away_for_health,
        "They are away for their health.",
        SECTION_19,
    ),
    Path(
        Route.NEW_ARRIVAL,
        lambda told: _by_authority(told) and told.on_roll is False,
        "They are on no school's roll.",
        MISSING_EDUCATION,
    ),
    Path(
        Route.OTHER_ABSENCE,
        lambda told: _by_authority(told) and told.on_roll is True,
        "They are on a roll, and the authority arranges it for another reason.",
        SECTION_19,
    ),
)


def routes_of(told: Situation) -> Sequence[tuple[Route, Reason]]:
    """Return every route that a situation leads to and why, the weightiest first."""
    return tuple(
        (path.route, Reason(path.because, path.rule)) for path in PATHS if path.leads(told)
    )
