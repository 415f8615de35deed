"""Attendance codes: a session in facts that name nobody, and the code that fits."""

from datetime import date

from pydantic import Field

from app.calculators.schemas.stated import Asked, Day, RuleReason, Told, YesOrNo
from app.rules.attendance.codes import Code
from app.rules.attendance.facts import Absence, Activity, ArrangedBy, Arrival, Where


class AttendanceCodeAsked(Asked):
    """Where a pupil was at a session, who arranged it, and the code somebody means to enter."""

    on: Day | None = Field(default=None, description="The session's day; today if not given.")
    where: Where = Field(examples=["elsewhere"])
    afternoon: YesOrNo = Field(default=False, description="Otherwise it is the morning.")
    arrival: Arrival = Field(default=Arrival.IN_TIME, description="At school.")
    arranged_by: ArrangedBy = Field(default=ArrangedBy.NEITHER, examples=["school"])
    activity: Activity = Activity.EDUCATION
    supervised: YesOrNo = Field(default=False, examples=[True])
    by_school_staff: YesOrNo = Field(default=False, description="The school's own staff.")
    online: YesOrNo = False
    registered_there: YesOrNo = Field(
        default=False, description="The place is a school where they are registered, too."
    )
    absence: Absence | None = Field(default=None, description="Why they attended nothing.")
    given: Code | None = Field(
        default=None, description="The code that was entered or is meant to be.", examples=["K"]
    )


class ProposedCode(Told):
    """The code that fits; null where a person must decide."""

    code: Code | None
    means: str | None
    reason: RuleReason


class WrongCode(Told):
    """A code that does not fit, and why."""

    code: Code
    means: str
    reason: RuleReason


class AttendanceCodeAnswer(Told):
    """Which code is right for a session, and whether the one that was given is."""

    on: date
    proposed: ProposedCode
    right: bool | None = Field(
        description="Of the code that was given; null if none was, or if a person must decide."
    )
    wrong: list[WrongCode] = Field(description="The code that was given, and those that tempt.")
    besides: list[RuleReason]
