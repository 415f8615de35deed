"""The routes on which a school commissions, and pays first."""

from dataclasses import replace
from typing import Any

from app.rules.attendance.codes import Code
from app.rules.attendance.law import CODES, DUAL_REGISTRATION
from app.rules.clocks.law import (
    HALF_TERMLY,
    OFF_SITE_NOTICE,
    OFF_SITE_REVIEWS,
    PLAN_REVIEW,
    SUSPENDED_FROM_DAY_SIX,
    SUSPENSION_PLACE_NOTICE,
)
from app.rules.funding.law import (
    ACADEMY_DIRECTION,
    COMMISSIONER_ANSWERS,
    EXCLUSION_NOTICES,
    OFF_SITE_DIRECTION,
    PART_TIME,
    PLAN_DUTY,
    PUBLIC_PLACES,
    SCHOOL_ARRANGES,
    SUSPENSION_DUTY,
)
from app.rules.funding.money_law import LOCAL_AGREEMENTS, PAYER_FOLLOWS_DUTY
from app.rules.funding.rows import Cell, Party, Route, Row, recalled, seen

_SCHOOL_PAYS = recalled("The school: the duty is its own.", PAYER_FOLLOWS_DUTY)
_OWN_BUDGET = recalled("The school's own budget; pupil premium may be used.", PAYER_FOLLOWS_DUTY)
_NOTHING_BACK = recalled("Nothing, unless it is agreed locally.", LOCAL_AGREEMENTS)
_STAYS_ON_ROLL = seen("The child stays on the school's roll.", COMMISSIONER_ANSWERS)
_HALF_TERMLY = seen("At least once in each half term.", HALF_TERMLY)
_TELL_AUTHORITY = seen("Tell the local authority of the placement.", COMMISSIONER_ANSWERS)
_SCHOOLS_CODE = seen("B for what the school arranged and somebody supervised.", CODES)
_B_OR_D = recalled(
    "B at non-school provision; D only at a school where they are registered, too.",
    DUAL_REGISTRATION,
)
_AGREED_START = recalled("On the day that is agreed.", SCHOOL_ARRANGES)
_MAY_ASK = seen(
    "The parent, and the authority that maintains a plan, may ask for a review in writing; it is "
    "held unless one was in the ten weeks before.",
    OFF_SITE_REVIEWS[-1],
)

_USUAL = Row(
    route=Route.SCHOOL_ARRANGED,
    title="Arranged by a school",
    duty=_SCHOOL_PAYS,
    commissioner=Party.SCHOOL,
    first_payer=Party.SCHOOL,
    payment=_SCHOOL_PAYS,
    budget=_OWN_BUDGET,
    recoveries=(_NOTHING_BACK,),
    roll=_STAYS_ON_ROLL,
    codes=(Code.ELSEWHERE,),
    code=_SCHOOLS_CODE,
    starts=_AGREED_START,
    reviews=(_HALF_TERMLY,),
    notices=(_TELL_AUTHORITY,),
    clocks=("half-term-review",),
)
"""What most of these rows say."""


def _row(route: Route, title: str, duty: Cell, **more: Any) -> Row:
    return replace(_USUAL, route=route, title=title, duty=duty, **more)


SCHOOL_ROWS = (
    _row(
        Route.OFF_SITE_DIRECTION,
        "Directed elsewhere by a maintained school to improve behaviour",
        seen("The governing body decides, and need not have consent.", OFF_SITE_DIRECTION),
        codes=(Code.ELSEWHERE, Code.OTHER_SCHOOL),
        code=_B_OR_D,
        starts=seen("On the day in the notice.", OFF_SITE_NOTICE),
        reviews=(
            seen("At intervals that suit the pupil's needs.", OFF_SITE_REVIEWS[-1]),
            _HALF_TERMLY,
            _MAY_ASK,
        ),
        notices=(
            seen(
                "In writing to the parent, or a pupil of 18, and to the authority where there is a "
                "plan: at least two school days before.",
                OFF_SITE_NOTICE,
            ),
            _TELL_AUTHORITY,
        ),
        clocks=("off-site-notice", "half-term-review", "review-request"),
    ),
    _row(
        Route.OFF_SITE_ACADEMY,
        "Directed elsewhere by an academy to improve behaviour",
        seen("The academy trust decides under its articles.", ACADEMY_DIRECTION),
        commissioner=Party.ACADEMY_TRUST,
        first_payer=Party.ACADEMY_TRUST,
        codes=(Code.ELSEWHERE, Code.OTHER_SCHOOL),
        code=_B_OR_D,
        starts=seen("On the day that is agreed or directed.", ACADEMY_DIRECTION),
        notices=(
            seen("As a maintained school would: two school days before.", ACADEMY_DIRECTION),
            _TELL_AUTHORITY,
        ),
        clocks=("off-site-notice", "half-term-review"),
    ),
    _row(
        Route.SUSPENSION,
        "Suspended for more than five school days",
        seen("The governing body or proprietor must arrange it.", SUSPENSION_DUTY),
        recoveries=(recalled("Nothing.", SUSPENSION_DUTY),),
        codes=(Code.ELSEWHERE, Code.SUSPENDED),
        code=seen("B where they attend what was arranged; E where nothing was.", CODES),
        starts=seen("On the sixth consecutive school day.", SUSPENDED_FROM_DAY_SIX),
        reviews=(recalled("At its end, with a meeting on the return.", EXCLUSION_NOTICES),),
        notices=(
            seen("The parent without delay, with reason and length.", EXCLUSION_NOTICES),
            seen(
                "The place: when, where, to whom to report, at least 48 hours before.",
                SUSPENSION_PLACE_NOTICE,
            ),
            seen(
                "The authority, governors, social worker and virtual school head.",
                EXCLUSION_NOTICES,
            ),
        ),
        clocks=("suspension-education", "suspension-place-notice"),
    ),
    _row(
        Route.FIRST_FIVE_DAYS,
        "The first five school days of a suspension or exclusion",
        seen("The school sets and marks work; no place is owed.", PUBLIC_PLACES),
        codes=(Code.SUSPENDED,),
        code=seen("E while nothing is arranged.", CODES),
        starts=recalled("From the first day, with work that is set.", PUBLIC_PLACES),
        reviews=(recalled("None: the sixth day changes the route.", PUBLIC_PLACES),),
        notices=(
            seen(
                "The parent without delay, and that the pupil keeps out of public places.",
                EXCLUSION_NOTICES,
            ),
        ),
        clocks=("suspension-education", "permanent-exclusion-education"),
        alternative_provision=False,
    ),
    _row(
        Route.SCHOOL_ARRANGED,
        "Arranged by the school for part of the week, the parent agreeing",
        recalled("The school arranges it under its general powers.", SCHOOL_ARRANGES),
        recoveries=(
            recalled("A top-up only where there is a plan.", LOCAL_AGREEMENTS),
            recalled("Pupil premium plus only where looked after.", LOCAL_AGREEMENTS),
        ),
        budget=recalled(
            "The school's own budget, its notional sum for special needs included.",
            PAYER_FOLLOWS_DUTY,
        ),
        codes=(Code.ELSEWHERE, Code.SPORT, Code.WORK_EXPERIENCE),
        code=seen("B, or P for sport, or W for work experience.", CODES),
        notices=(
            seen("The parent agrees in writing.", COMMISSIONER_ANSWERS),
            _TELL_AUTHORITY,
        ),
    ),
    _row(
        Route.PART_TIME,
        "A part-time timetable with some alternative provision",
        seen("The school agrees it with the parent, for a short time.", PART_TIME),
        codes=(Code.PART_TIME_TIMETABLE, Code.ELSEWHERE),
        code=seen("C2 for the hours without; B for those elsewhere.", CODES),
        reviews=(seen("Often, with a day on which it ends.", PART_TIME), _HALF_TERMLY),
        notices=(seen("The parent agrees; the authority is told.", PART_TIME),),
    ),
    _row(
        Route.PLAN_SCHOOL,
        "A child with a plan, for whom the school adds alternative provision",
        seen("The school, after it told the authority's caseworker.", COMMISSIONER_ANSWERS),
        budget=recalled(
            "The school's money for the place and the plan's top-up.", PAYER_FOLLOWS_DUTY
        ),
        recoveries=(seen("A top-up may stop or move with the child.", LOCAL_AGREEMENTS),),
        reviews=(recalled("The plan's, at least yearly.", PLAN_REVIEW), _HALF_TERMLY),
        notices=(
            seen("The authority before anything is arranged.", COMMISSIONER_ANSWERS),
            seen("A lasting move needs the plan to be amended.", PLAN_DUTY),
        ),
        clocks=("half-term-review", "plan-annual-review"),
    ),
)
