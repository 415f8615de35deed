"""What every body about a record is made of: lines, prose, days, sums; unknown members refused."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

from app.values.plain_text import read_line, read_prose


class Stated(BaseModel):
    """Something that a caller states."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """Something that is told to a caller."""

    model_config = ConfigDict(from_attributes=True)


Line = Annotated[str, StringConstraints(max_length=200), AfterValidator(read_line)]
"""One line of up to 200 characters."""
Prose = Annotated[str, StringConstraints(max_length=2_000), AfterValidator(read_prose)]
"""Text of up to 2,000 characters, which may have several lines."""
Whole = Annotated[int, Field(strict=True)]
"""A whole number, written as one: neither `1.0` nor `"1"`."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 1, 1))]
"""A London day within reach of anybody's memory or plans."""
