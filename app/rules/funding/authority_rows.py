"""The routes on which a local authority commissions, and pays first."""

from dataclasses import replace
from typing import Any

from app.rules.attendance.codes import Code
from app.rules.attendance.law import CODES, DUAL_REGISTRATION
from app.rules.clocks.law import (
    EXCLUDED_FROM_DAY_SIX,
    HALF_TERMLY,
    HEALTH_ABSENCE,
    OTHER_ABSENCE,
    PLAN_REVIEW,
    SECTION_19,
    SUSPENDED_FROM_DAY_SIX,
)
from app.rules.funding.law import (
    COMMISSIONER_ANSWERS,
    EXCLUSION_DUTY,
    EXCLUSION_NOTICES,
    LOOKED_AFTER_DUTY,
    OTHERWISE_THAN_AT_SCHOOL,
    PLAN_DUTY,
)
from app.rules.funding.money_law import EXCLUSION_MONEY, LOCAL_AGREEMENTS, PAYER_FOLLOWS_DUTY
from app.rules.funding.rows import Cell, Party, Route, Row, recalled, seen

_AUTHORITY_PAYS = recalled("The authority: the duty is its own.", PAYER_FOLLOWS_DUTY)
_HIGH_NEEDS = recalled("The authority's high needs money.", PAYER_FOLLOWS_DUTY)
_NOTHING_BACK = recalled("Nothing, unless it is agreed locally.", LOCAL_AGREEMENTS)
_STAYS_ON_ROLL = recalled("On a school's roll where they are registered.", COMMISSIONER_ANSWERS)
_HALF_TERMLY = seen("At least once in each half term.", HALF_TERMLY)
_AUTHORITYS_CODE = seen("K where they attend what the authority arranged.", CODES)
_NO_DAY = recalled("On the day that is agreed.", COMMISSIONER_ANSWERS)

_USUAL = Row(
    route=Route.OTHER_ABSENCE,
    title="Arranged by an authority",
    duty=_AUTHORITY_PAYS,
    commissioner=Party.AREA_AUTHORITY,
    first_payer=Party.AREA_AUTHORITY,
    payment=_AUTHORITY_PAYS,
    budget=_HIGH_NEEDS,
    recoveries=(_NOTHING_BACK,),
    roll=_STAYS_ON_ROLL,
    codes=(Code.ARRANGED_BY_AUTHORITY,),
    code=_AUTHORITYS_CODE,
    reviews=(_HALF_TERMLY,),
    starts=_NO_DAY,
    notices=(),
)
"""What most of these rows say."""


def _row(route: Route, title: str, duty: Cell, **more: Any) -> Row:
    return replace(_USUAL, route=route, title=title, duty=duty, **more)


AUTHORITY_ROWS = (
    _row(
        Route.SUSPENSION_FROM_UNIT,
        "Suspended from a pupil referral unit for more than five school days",
        seen("The local authority must arrange it.", EXCLUSION_DUTY),
        roll=recalled("On the unit's roll.", EXCLUSION_DUTY),
        codes=(Code.ARRANGED_BY_AUTHORITY, Code.OTHER_SCHOOL),
        code=recalled("K, or D at a school where they are registered, too.", DUAL_REGISTRATION),
        starts=seen("On the sixth consecutive school day.", SUSPENDED_FROM_DAY_SIX),
        notices=(seen("The parent without delay.", EXCLUSION_NOTICES),),
        clocks=("suspension-education",),
    ),
    _row(
        Route.EXCLUSION,
        "Permanently excluded, from the sixth school day",
        seen("The local authority where the child is must arrange it.", EXCLUSION_DUTY),
        recoveries=(
            seen("From a maintained school: A x B/52 + C.", EXCLUSION_MONEY[-1]),
            seen("From an academy by its funding agreement.", EXCLUSION_MONEY[-1]),
            seen("Pupil premium in the same way.", EXCLUSION_MONEY[-1]),
            seen("More only by local agreement.", LOCAL_AGREEMENTS),
        ),
        roll=recalled("Off the school's roll when the review has ended.", EXCLUSION_NOTICES),
        codes=(Code.ARRANGED_BY_AUTHORITY, Code.OTHER_SCHOOL, Code.SUSPENDED),
        code=seen("Until deletion: K, or D at a unit; E while nothing is arranged.", CODES),
        starts=seen("On the sixth school day after the first.", EXCLUDED_FROM_DAY_SIX),
        reviews=(
            recalled("Regularly, with a plan for a new school.", COMMISSIONER_ANSWERS),
            _HALF_TERMLY,
        ),
        notices=(
            seen("Parent, authority and governors without delay.", EXCLUSION_NOTICES),
            seen("Social worker and virtual school head.", EXCLUSION_NOTICES),
        ),
        clocks=("permanent-exclusion-education", "half-term-review"),
    ),
    _row(
        Route.HEALTH,
        "Away for physical or mental health",
        seen("The local authority, once they would go without.", SECTION_19),
        recoveries=(
            seen(
                "What the pupil brings, where the school agrees; it ends on return.",
                LOCAL_AGREEMENTS,
            ),
        ),
        roll=seen("They stay on the school's roll.", HEALTH_ABSENCE),
        codes=(Code.ARRANGED_BY_AUTHORITY, Code.ILL),
        code=recalled("K at what is arranged; I on days too ill for it.", CODES),
        starts=seen("As soon as it is clear; at fifteen days the latest.", HEALTH_ABSENCE),
        reviews=(
            seen(
                "Regularly, with medical advice; part-time only for the child's good.", SECTION_19
            ),
            _HALF_TERMLY,
        ),
        notices=(seen("Parent and school agree the plan; a named officer.", HEALTH_ABSENCE),),
        clocks=("health-absence", "half-term-review"),
    ),
    _row(
        Route.OTHER_ABSENCE,
        "Not attending for another reason",
        seen("The local authority, once they would go without.", SECTION_19),
        recoveries=(
            recalled(
                "The school may have to pay where a fit place there exists.", LOCAL_AGREEMENTS
            ),
        ),
        starts=seen("In local practice the sixth day; the law names none.", OTHER_ABSENCE),
        reviews=(
            seen("Whether the duty arises is kept under review, reasons written down.", SECTION_19),
            _HALF_TERMLY,
        ),
        notices=(recalled("The parent in writing.", COMMISSIONER_ANSWERS),),
        clocks=("other-absence", "half-term-review"),
    ),
    _row(
        Route.PLAN_AUTHORITY,
        "Named in a plan, or secured under it by the authority",
        seen("The authority that maintains the plan must secure it.", PLAN_DUTY),
        commissioner=Party.PLAN_AUTHORITY,
        first_payer=Party.PLAN_AUTHORITY,
        payment=seen("The authority that maintains the plan.", PLAN_DUTY),
        recoveries=(recalled("Between authorities only by regulations.", PLAN_DUTY),),
        roll=recalled("On a school's roll, or on none.", PLAN_DUTY),
        starts=recalled("As the plan says.", PLAN_DUTY),
        reviews=(recalled("The plan's, at least every twelve months.", PLAN_REVIEW), _HALF_TERMLY),
        notices=(recalled("As the regulations on plans ask.", PLAN_DUTY),),
        clocks=("plan-annual-review", "half-term-review"),
    ),
    _row(
        Route.OTHERWISE_THAN_AT_SCHOOL,
        "Educated otherwise than at school under a plan",
        seen("The authority, if a school is inappropriate.", OTHERWISE_THAN_AT_SCHOOL),
        commissioner=Party.PLAN_AUTHORITY,
        first_payer=Party.PLAN_AUTHORITY,
        payment=seen("The authority, or by a direct payment.", OTHERWISE_THAN_AT_SCHOOL),
        recoveries=(recalled("Nothing.", OTHERWISE_THAN_AT_SCHOOL),),
        roll=recalled("As a rule on no roll.", OTHERWISE_THAN_AT_SCHOOL),
        code=seen("K if they are on a roll.", CODES),
        starts=recalled("As the plan says.", OTHERWISE_THAN_AT_SCHOOL),
        reviews=(recalled("The plan's, at least every twelve months.", PLAN_REVIEW),),
        notices=(seen("The parent is consulted.", OTHERWISE_THAN_AT_SCHOOL),),
        clocks=("plan-annual-review",),
        alternative_provision=False,
    ),
    _row(
        Route.LOOKED_AFTER_INTERIM,
        "Looked after and without a school place",
        recalled("The authority that looks after them.", LOOKED_AFTER_DUTY),
        commissioner=Party.CORPORATE_PARENT,
        first_payer=Party.CORPORATE_PARENT,
        recoveries=(seen("Pupil premium plus may help.", LOCAL_AGREEMENTS),),
        roll=recalled("None, or a school's.", LOOKED_AFTER_DUTY),
        code=seen("K if they are on a roll.", CODES),
        starts=recalled("Without delay.", LOOKED_AFTER_DUTY),
        reviews=(seen("The personal education plan, each term.", LOOKED_AFTER_DUTY), _HALF_TERMLY),
        notices=(seen("Social worker and carer agree.", LOOKED_AFTER_DUTY),),
        clocks=("half-term-review",),
    ),
)
