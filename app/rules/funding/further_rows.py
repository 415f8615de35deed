"""Routes with several payers, or with none that commissions; and children on no roll."""

from dataclasses import replace
from typing import Any

from app.rules.attendance.codes import Code
from app.rules.attendance.law import CODES, DUAL_REGISTRATION
from app.rules.clocks.law import HALF_TERMLY, SECTION_19
from app.rules.funding.law import (
    COLLEGE,
    COMMISSIONER_ANSWERS,
    MISSING_EDUCATION,
    PARENTS_DUTY,
    SCHOOL_STAYS_RESPONSIBLE,
)
from app.rules.funding.money_law import LOCAL_AGREEMENTS, PAYER_FOLLOWS_DUTY, REGISTERED_PLACES
from app.rules.funding.rows import Cell, Party, Route, Row, recalled, seen

_AUTHORITY_PAYS = recalled("The authority: the duty is its own.", PAYER_FOLLOWS_DUTY)
_HIGH_NEEDS = recalled("The authority's high needs money.", PAYER_FOLLOWS_DUTY)
_NOTHING_BACK = recalled("Nothing, unless it is agreed locally.", LOCAL_AGREEMENTS)
_STAYS_ON_ROLL = recalled("On a school's roll where they are registered.", COMMISSIONER_ANSWERS)
_HALF_TERMLY = seen("At least once in each half term.", HALF_TERMLY)
_AUTHORITYS_CODE = seen("K where they attend what the authority arranged.", CODES)
_NO_REGISTER = recalled("None: they are on no school's roll.", CODES)
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
    clocks=("half-term-review",),
)
"""What most of these rows say."""


def _row(route: Route, title: str, duty: Cell, **more: Any) -> Row:
    return replace(_USUAL, route=route, title=title, duty=duty, **more)


FURTHER_ROWS = (
    _row(
        Route.DUAL_REGISTRATION,
        "On the rolls of a main school and of a pupil referral unit or academy",
        seen("Whoever bought the place, the school or the authority.", REGISTERED_PLACES),
        commissioner=Party.SENDER,
        first_payer=Party.SENDER,
        payment=seen("Whoever bought the place tops up what the unit has.", REGISTERED_PLACES),
        budget=seen("Place money from the department or authority.", REGISTERED_PLACES),
        recoveries=(
            seen("A part of what the pupil brings, where it is agreed.", LOCAL_AGREEMENTS),
        ),
        roll=seen("On both rolls, a main and a subsidiary one.", REGISTERED_PLACES),
        codes=(Code.OTHER_SCHOOL,),
        code=recalled("D at the school not attended in a session.", DUAL_REGISTRATION),
        notices=(recalled("The parent, and the authority.", COMMISSIONER_ANSWERS),),
    ),
    _row(
        Route.SUB_CONTRACTED,
        "Sent on to non-school provision by a registered one",
        recalled("The school that sends on commissions that part.", SCHOOL_STAYS_RESPONSIBLE),
        commissioner=Party.REGISTERED_PROVIDER,
        first_payer=Party.REGISTERED_PROVIDER,
        payment=recalled("The school that sends on.", PAYER_FOLLOWS_DUTY),
        budget=recalled("That school's own.", PAYER_FOLLOWS_DUTY),
        roll=recalled("On that school's roll, and a main school's if dual.", REGISTERED_PLACES),
        code=recalled("B in that school's register; D in a main school's.", DUAL_REGISTRATION),
        codes=(Code.ELSEWHERE, Code.OTHER_SCHOOL),
        notices=(recalled("The main school and the authority.", SCHOOL_STAYS_RESPONSIBLE),),
    ),
    _row(
        Route.NEW_ARRIVAL,
        "On no roll, and without a school place",
        recalled("The authority where the child is.", MISSING_EDUCATION),
        roll=recalled("None.", MISSING_EDUCATION),
        codes=(),
        code=_NO_REGISTER,
        starts=recalled("Quickly, and not instead of admission.", SECTION_19),
        reviews=(recalled("Until they are admitted.", MISSING_EDUCATION), _HALF_TERMLY),
    ),
    _row(
        Route.COLLEGE,
        "At a college from 14 to 16",
        recalled("The college, or the school or authority that fills a place.", COLLEGE),
        commissioner=Party.COLLEGE,
        first_payer=Party.DEPARTMENT,
        payment=recalled("The department where enrolled directly; else who sends.", COLLEGE),
        budget=recalled("Money for 14 to 16 in further education.", COLLEGE),
        roll=recalled("The college's, or a school's.", COLLEGE),
        codes=(Code.ELSEWHERE,),
        code=recalled("B if on a school's roll.", CODES),
        starts=recalled("On the day that is agreed.", COLLEGE),
        reviews=(recalled("Each term.", COLLEGE),),
        clocks=(),
    ),
    _row(
        Route.PARENT_PAID,
        "Arranged and paid for by the parent, or educated at home",
        seen("The parent. No commissioner's money goes this way.", PARENTS_DUTY),
        commissioner=Party.PARENT,
        first_payer=Party.PARENT,
        payment=seen("The parent.", PARENTS_DUTY),
        budget=seen("The parent's own.", PARENTS_DUTY),
        recoveries=(seen("Nothing.", PARENTS_DUTY),),
        roll=recalled("None where educated at home.", PARENTS_DUTY),
        codes=(),
        code=_NO_REGISTER,
        starts=seen("As the parent chooses.", PARENTS_DUTY),
        reviews=(recalled("None by a commissioner; the hours count.", PARENTS_DUTY),),
        clocks=(),
        alternative_provision=False,
    ),
)
