"""Attendance codes, from facts as they are sent to an answer as it is told."""

from datetime import date

from app.calculators.errors import DayNotHeldError
from app.calculators.schemas.attendance import (
    AttendanceCodeAnswer,
    AttendanceCodeAsked,
    ProposedCode,
    WrongCode,
)
from app.calculators.schemas.stated import RuleReason
from app.rules.attendance.codes import MEANINGS
from app.rules.attendance.facts import Session
from app.rules.attendance.judging import judge
from app.rules.dated import NotInForceError


def answer_attendance_code(asked: AttendanceCodeAsked, today: date) -> AttendanceCodeAnswer:
    """Say which code fits a session, and whether the one that was given does.

    Raises:
        DayNotHeldError: other codes were in use on that day.
    """
    on = asked.on or today
    session = Session(**asked.model_dump(exclude={"on", "given"}))
    try:
        judged = judge(session, asked.given, on)
    except NotInForceError as unknown:
        raise DayNotHeldError(str(unknown)) from None
    code = judged.proposed.code
    return AttendanceCodeAnswer(
        on=on,
        proposed=ProposedCode(
            code=code,
            means=None if code is None else MEANINGS[code].says,
            reason=RuleReason.model_validate(judged.proposed.reason),
        ),
        right=judged.right,
        wrong=[
            WrongCode(
                code=one.code,
                means=MEANINGS[one.code].says,
                reason=RuleReason.model_validate(one.reason),
            )
            for one in judged.wrong
        ],
        besides=[RuleReason.model_validate(reason) for reason in judged.besides],
    )
