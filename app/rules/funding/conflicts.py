"""What in a situation does not go with a route, whoever chose it."""

from collections.abc import Callable, Sequence

from app.rules.clocks.law import SECTION_19
from app.rules.funding.facts import PlacementPurpose, SchoolKind, Situation
from app.rules.funding.law import (
    ACADEMY_DIRECTION,
    COMMISSIONER_ANSWERS,
    EXCLUSION_DUTY,
    OFF_SITE_DIRECTION,
    OTHERWISE_THAN_AT_SCHOOL,
    PLAN_DUTY,
    SCHOOL_ARRANGES,
    SUSPENSION_DUTY,
)
from app.rules.funding.rows import Route
from app.rules.school_age import AGE
from app.rules.stated import Reason, Rule

_OF_SECTION_19 = frozenset(
    {Route.HEALTH, Route.OTHER_ABSENCE, Route.NEW_ARRIVAL, Route.EXCLUSION}
    | {Route.SUSPENSION_FROM_UNIT}
)
_OF_SCHOOL_AGE = _OF_SECTION_19 | {Route.SUSPENSION, Route.FIRST_FIVE_DAYS}
_NEED_A_PLAN = frozenset({Route.PLAN_SCHOOL, Route.PLAN_AUTHORITY, Route.OTHERWISE_THAN_AT_SCHOOL})

_Check = tuple[frozenset[Route], Callable[[Situation], bool], str, Rule]
_CHECKS: Sequence[_Check] = (
    (
        frozenset({Route.OFF_SITE_DIRECTION, Route.OFF_SITE_ACADEMY}),
        lambda told: told.purpose not in {None, PlacementPurpose.BEHAVIOUR},
        "A direction is only for improving behaviour; this is for something else.",
        OFF_SITE_DIRECTION,
    ),
    (
        frozenset({Route.OFF_SITE_DIRECTION}),
        lambda told: told.school_kind not in {None, SchoolKind.MAINTAINED, SchoolKind.SPECIAL},
        "Section 29A is for maintained schools.",
        OFF_SITE_DIRECTION,
    ),
    (
        frozenset({Route.OFF_SITE_ACADEMY}),
        lambda told: told.school_kind not in {None, SchoolKind.ACADEMY},
        "Only an academy directs under its articles.",
        ACADEMY_DIRECTION,
    ),
    (
        frozenset({Route.SUSPENSION}),
        lambda told: told.school_kind is SchoolKind.PUPIL_REFERRAL_UNIT,
        "For a pupil suspended from a pupil referral unit the authority has the duty.",
        EXCLUSION_DUTY,
    ),
    (
        frozenset({Route.SUSPENSION}),
        lambda told: told.at_own_school and not told.arranged_jointly,
        "The place may not be at the school that suspends them, unless jointly with another.",
        SUSPENSION_DUTY,
    ),
    (
        frozenset({Route.SUSPENSION_FROM_UNIT}),
        lambda told: told.school_kind not in {None, SchoolKind.PUPIL_REFERRAL_UNIT},
        "For a pupil suspended from a school that is no pupil referral unit the school has it.",
        SUSPENSION_DUTY,
    ),
    (
        _NEED_A_PLAN,
        lambda told: not told.has_plan,
        "There is no education, health and care plan.",
        PLAN_DUTY,
    ),
    (
        frozenset({Route.OTHERWISE_THAN_AT_SCHOOL}),
        lambda told: not told.otherwise_than_at_school,
        "The authority has not decided that a school would be inappropriate.",
        OTHERWISE_THAN_AT_SCHOOL,
    ),
    (
        frozenset({Route.SCHOOL_ARRANGED, Route.PART_TIME}),
        lambda told: told.parent_agrees is False,
        "The parent does not agree; only a direction to improve behaviour needs no consent.",
        SCHOOL_ARRANGES,
    ),
    (
        frozenset({Route.SCHOOL_ARRANGED, Route.PLAN_SCHOOL, Route.PART_TIME}),
        lambda told: told.on_roll is False,
        "They are on no school's roll, so no school arranges it for its pupil.",
        COMMISSIONER_ANSWERS,
    ),
    (
        frozenset({Route.NEW_ARRIVAL}),
        lambda told: told.on_roll is True,
        "They are on a roll: the school pursues them first, jointly with the authority.",
        SECTION_19,
    ),
    (
        _OF_SCHOOL_AGE,
        lambda told: not told.of_compulsory_school_age,
        "They are not of compulsory school age, to which this duty is limited.",
        AGE,
    ),
    (
        _OF_SECTION_19,
        lambda told: told.leaves_within_six_weeks and not told.examinations_left,
        "They stop being of that age within six weeks and have no examination left.",
        SECTION_19,
    ),
)


def conflicts_of(route: Route, told: Situation) -> Sequence[Reason]:
    """Return what does not go with a route; nothing, if all that was said does."""
    return tuple(
        Reason(because, rule)
        for routes, against, because, rule in _CHECKS
        if route in routes and against(told)
    )
