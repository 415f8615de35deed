"""What is asked and told of timetables: when a child is somewhere in a week."""

from datetime import time
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from app.occupancy.terms import Weekday
from app.providers.schemas.stating import Stated, Told, Whole

MOST_SESSIONS = 70


def _to_the_minute(moment: time) -> time:
    if moment.second or moment.microsecond or moment.tzinfo is not None:
        message = "A time of a timetable is London's, to the minute, such as 09:30."
        raise ValueError(message)
    return moment


Minute = Annotated[time, AfterValidator(_to_the_minute)]
SiteReference = Annotated[Whole, Field(ge=1, le=32_767)]


class TimetabledSession(Stated):
    """One time of a week; breaks and independent study count."""

    weekday: Weekday
    starts: Minute
    ends: Minute
    site: SiteReference | None = Field(None, description="Where it is not the usual one.")

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.ends <= self.starts:
            message = "A session ends after it starts. One past midnight is not taken."
            raise ValueError(message)
        return self


class Timetable(Stated):
    """When a child is there in a week."""

    sessions: Annotated[list[TimetabledSession], Field(min_length=1, max_length=MOST_SESSIONS)]
    minutes_elsewhere: Annotated[Whole, Field(ge=0, le=10_080)] | None = Field(
        None,
        description="Education a week at school or anywhere else that is not a placement here; "
        "leave it out only if you do not know, and the registration test stays incomplete.",
    )

    @model_validator(mode="after")
    def _no_two_at_once(self) -> Self:
        by_day: dict[Weekday, list[tuple[time, time]]] = {}
        for one in self.sessions:
            by_day.setdefault(one.weekday, []).append((one.starts, one.ends))
        for day, times in by_day.items():
            ordered = sorted(times)
            for former, later in pairwise(ordered):
                if later[0] < former[1]:
                    message = f"Two sessions on {day} overlap: nobody is in two places at once."
                    raise ValueError(message)
        return self


class TimetabledSessionOut(Told):
    """One time of a week."""

    weekday: Weekday
    starts: time
    ends: time
    site: int
