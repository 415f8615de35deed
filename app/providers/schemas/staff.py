"""What is asked and told of who works with children, and which checks were made of them."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StrictBool, StringConstraints, model_validator

from app.providers.evidence import CheckedBy, CheckStatus
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told
from app.rules.staff_checks import CheckKind
from app.values.numbers_of_persons import holds_long_number
from app.values.person_name import read_name


def without_numbers(text: str) -> str:
    """Return a text that holds no number of a certificate, a passport or a person.

    Raises:
        ValueError: it does.
    """
    if holds_long_number(text):
        message = (
            "leave out the number: of a check its status and day are kept, and never a "
            "certificate, a document or its number"
        )
        raise ValueError(message)
    return text


StaffName = Annotated[
    str,
    StringConstraints(max_length=400),
    AfterValidator(read_name),
    AfterValidator(without_numbers),
]
Duties = Annotated[Line, AfterValidator(without_numbers)]
Basis = Annotated[Prose, AfterValidator(without_numbers)]


class StaffMemberStated(Stated):
    """Somebody who works with children at a provider, paid or not."""

    name: StaffName
    duties: Duties = Field(examples=["tutor", "driver", "cook"])
    regulated_activity: StrictBool = Field(
        description="Whether what they do is regulated activity with children (Safeguarding "
        "Vulnerable Groups Act 2006, schedule 4): teaching, training, care or supervision, done "
        "often, supervised or not. It decides which checks are due, and which are lawful."
    )
    started_on: Day | None = None


class StaffMemberChange(Stated):
    """What can be changed; what is left out stays."""

    name: StaffName | None = None
    duties: Duties | None = None
    regulated_activity: StrictBool | None = None
    started_on: Day | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give at least one member"
            raise ValueError(message)
        emptied = (name for name in ("name", "duties", "regulated_activity"))
        if any(name in self.model_fields_set and getattr(self, name) is None for name in emptied):
            message = "name, duties and regulated_activity cannot be taken away"
            raise ValueError(message)
        return self


class CheckStated(Stated):
    """That a check was made, and what came of it; never a certificate or its number."""

    kind: CheckKind
    status: CheckStatus
    checked_on: Day | None = Field(
        None, description="The day it was made; needed unless it is pending or not required."
    )
    checked_by: CheckedBy
    basis: Basis | None = Field(None, description="On what ground. Numbers are refused.")


class CheckOut(Told):
    """The newest check of a kind."""

    kind: CheckKind
    status: CheckStatus
    checked_on: date | None
    checked_by: CheckedBy
    basis: str | None
    recorded_at: datetime


class DueOut(Told):
    """A check that is due."""

    kind: CheckKind
    status: CheckStatus | None = Field(description="Of the newest; `null`: none was made.")
    source: str = Field(description="What asks for it.")
    binding: bool = Field(description="Whether that is law; otherwise it is guidance.")


class StaffMemberOut(Told):
    """Somebody on the record of staff checks. Their `ETag` names the version."""

    id: uuid.UUID
    name: str
    duties: str
    regulated_activity: bool
    started_on: date | None
    ended_on: date | None = Field(description="The first day they no longer worked there.")
    checks: list[CheckOut]
    due: list[DueOut] = Field(description="Empty for who has left.")
    version: int


class StaffCounts(Told):
    """How many work there now, and of how many nothing is due."""

    members: int
    in_regulated_activity: int
    nothing_due: int
    due: dict[CheckKind, int] = Field(description="Of how many each kind is due; none is left out.")


class StaffRecord(Told):
    """The single central record of staff checks."""

    day: date
    counts: StaffCounts
    members: list[StaffMemberOut] | None = Field(
        description="`null` for who is shown single documents alone: they see how many, never who."
    )
