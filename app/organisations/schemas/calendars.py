"""What is asked and told of the dates of terms."""

import uuid
from datetime import date, datetime
from itertools import pairwise
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

MOST_TERMS, MOST_CLOSURES = 12, 60
FIRST_YEAR, LAST_YEAR = 2000, 2100
SchoolYear = Annotated[int, Field(ge=FIRST_YEAR, le=LAST_YEAR)]


class DaysStated(BaseModel):
    """Days from the first to the last, both included."""

    model_config = ConfigDict(extra="forbid")

    first: date
    last: date

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.last < self.first:
            message = "The last day comes before the first. Check both."
            raise ValueError(message)
        return self


class SchoolCalendarStated(BaseModel):
    """The terms of one school year, and the days within them on which there is no school.

    A half term either parts two terms, or stands among the closures.
    """

    model_config = ConfigDict(extra="forbid")

    terms: Annotated[list[DaysStated], Field(min_length=1, max_length=MOST_TERMS)]
    closures: Annotated[list[DaysStated], Field(max_length=MOST_CLOSURES)] = Field(
        default_factory=list, description="Half terms and training days."
    )

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        terms = sorted(self.terms, key=lambda one: one.first)
        for former, later in pairwise(terms):
            if later.first <= former.last:
                message = f"Two terms share {later.first}. Give each day to one of them."
                raise ValueError(message)
        for closure in self.closures:
            if not any(one.first <= closure.first <= closure.last <= one.last for one in terms):
                message = f"The closure from {closure.first} lies in no term. Leave it out."
                raise ValueError(message)
        return self


class SchoolCalendarOut(BaseModel):
    """One school year. Its `version` is the `ETag` to send as `If-Match` with a change."""

    organisation: uuid.UUID
    school_year: int = Field(description="In which it begins: 2026 for 2026/27.")
    terms: list[DaysStated]
    closures: list[DaysStated]
    stated_by: str
    stated_at: datetime
    version: int


class SchoolCalendarList(BaseModel):
    """The school years that are held of an organisation, the earliest first."""

    items: list[SchoolCalendarOut]
