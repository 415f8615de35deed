"""What is asked and told about what a provider offers at a site."""

import uuid
from datetime import date, datetime, time
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Self

from pydantic import AfterValidator, Field, PlainSerializer, WithJsonSchema, model_validator

from app.providers.record_terms import DEAREST_PENCE, LONGEST_GROUP, MOST_SESSIONS, Availability
from app.providers.schemas.stating import Day, Line, Stated, Told, Whole
from app.providers.terms import KEY_STAGES, OLDEST, YOUNGEST, Need

Age = Annotated[Whole, Field(ge=YOUNGEST, le=OLDEST)]
KeyStage = Annotated[Whole, Field(ge=min(KEY_STAGES), le=max(KEY_STAGES))]
Pupils = Annotated[Whole, Field(ge=1, le=LONGEST_GROUP)]
Pence = Annotated[
    Whole, Field(ge=0, le=DEAREST_PENCE, description="Pence, for one pupil.", examples=[4500])
]
Hours = Annotated[Decimal, Field(gt=0, le=50, max_digits=3, decimal_places=1)]


def _minutes_only(moment: time) -> time:
    if moment.second or moment.microsecond or moment.tzinfo:
        message = "write a time of day in London as 09:30"
        raise ValueError(message)
    return moment


def _as_minutes(moment: time) -> str:
    return f"{moment:%H:%M}"


TimeOfDay = Annotated[
    time,
    AfterValidator(_minutes_only),
    PlainSerializer(_as_minutes),
    WithJsonSchema({"type": "string"}),
]


class Session(Stated):
    """A time of the week at which it is offered; London time."""

    day: Annotated[Whole, Field(ge=1, le=7)] = Field(description="1 is Monday.")
    begins: TimeOfDay = Field(alias="from", examples=["09:30"])
    ends: TimeOfDay = Field(alias="to", examples=["12:00"])

    @model_validator(mode="after")
    def _ends_later(self) -> Self:
        if self.ends <= self.begins:
            message = "a session ends later on the same day than it begins"
            raise ValueError(message)
        return self


def _apart(sessions: tuple[Session, ...]) -> tuple[Session, ...]:
    ordered = sorted(sessions, key=lambda one: (one.day, one.begins))
    for one, following in pairwise(ordered):
        if one.day == following.day and following.begins < one.ends:
            message = f"two sessions on day {one.day} overlap at {following.begins:%H:%M}"
            raise ValueError(message)
    return tuple(ordered)


def _each_once(given: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(given)))


def _needs_once(given: tuple[Need, ...]) -> tuple[Need, ...]:
    return tuple(sorted(set(given)))


Sessions = Annotated[tuple[Session, ...], Field(max_length=MOST_SESSIONS), AfterValidator(_apart)]
KeyStages = Annotated[tuple[KeyStage, ...], Field(max_length=20), AfterValidator(_each_once)]
Needs = Annotated[tuple[Need, ...], Field(max_length=50), AfterValidator(_needs_once)]


class OfferStated(Stated):
    """All that is said of a programme at a site; whole, so that what hangs together is checked."""

    programme: Line
    age_from: Age
    age_to: Age
    key_stages: KeyStages = ()
    needs: Needs = Field(default=(), description="SEN need codes (DfE).")
    sessions: Sessions = Field(default=(), description="When it takes place in a usual week.")
    hours_per_week: Hours | None = Field(
        default=None, description="Most hours offered to one pupil in a usual week."
    )
    group_from: Pupils | None = None
    group_to: Pupils | None = None
    price_hour_pence: Pence | None = None
    price_half_day_pence: Pence | None = None
    price_day_pence: Pence | None = None
    price_week_pence: Pence | None = None
    availability: Availability | None = Field(
        default=None, description="Your own word; it is dated today whenever you give it."
    )

    @model_validator(mode="after")
    def _rises(self) -> Self:
        if self.age_to < self.age_from:
            message = "the oldest age is below the youngest"
            raise ValueError(message)
        if (self.group_from is None) != (self.group_to is None):
            message = "give both the smallest and the largest group, or neither"
            raise ValueError(message)
        if self.group_from and self.group_to and self.group_to < self.group_from:
            message = "the largest group is below the smallest"
            raise ValueError(message)
        return self


class OfferChange(Stated):
    """What can be changed of an offer; what is left out stays, `null` takes away."""

    programme: Line | None = None
    age_from: Age | None = None
    age_to: Age | None = None
    key_stages: KeyStages | None = None
    needs: Needs | None = None
    sessions: Sessions | None = None
    hours_per_week: Hours | None = None
    group_from: Pupils | None = None
    group_to: Pupils | None = None
    price_hour_pence: Pence | None = None
    price_half_day_pence: Pence | None = None
    price_day_pence: Pence | None = None
    price_week_pence: Pence | None = None
    availability: Availability | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give at least one member"
            raise ValueError(message)
        return self


class AvailabilityStated(Stated):
    """Whether there are places, as of today."""

    availability: Availability


class Ending(Stated):
    """From which day on something is over."""

    on: Day = Field(description="The first day it is over; today or earlier, or a day to come.")


class PrivateOffer(Told):
    """A programme at a site. Its `version` goes into `If-Match` when it is changed."""

    id: uuid.UUID
    programme: str
    age_from: int
    age_to: int
    key_stages: list[int]
    needs: list[Need]
    sessions: list[Session]
    hours_per_week: Decimal | None
    group_from: int | None
    group_to: int | None
    price_hour_pence: int | None
    price_half_day_pence: int | None
    price_day_pence: int | None
    price_week_pence: int | None
    availability: Availability | None
    availability_confirmed_on: date | None
    ended_on: date | None = Field(description="The first day it was not offered.")
    changed_at: datetime
    version: int
