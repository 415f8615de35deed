"""What is asked and told of whom it is safe to tell of a child."""

import uuid
from datetime import datetime
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.calculators.schemas.stated import YesOrNo
from app.children.schemas import PersonName
from app.notices.terms import ContactRelation
from app.organisations.schemas.people import EmailAddress
from app.providers.schemas.stating import Line, Prose, Stated, Told, Whole
from app.rules.notices.standing import SendingWay

MOST_CONTACTS = 10


class SafeContact(Stated):
    """One person, and what is safe. Nothing of it is ever shown outside the child's record."""

    number: Annotated[Whole, Field(ge=1, le=50)] = Field(
        description="Yours; the same person keeps it. A notice is composed to it."
    )
    name: PersonName
    relation: ContactRelation
    has_parental_responsibility: YesOrNo
    to_be_told: YesOrNo = Field(
        True, description="`false`: barred by a court, or unsafe. Nothing is composed or sent."
    )
    ways: Annotated[list[SendingWay], Field(max_length=len(SendingWay))] = Field(
        default_factory=lambda: list(SendingWay), description="By these alone; others are refused."
    )
    post_to: Annotated[list[Line], Field(max_length=6)] = Field(
        default_factory=list, description="Where it is safe to write to; not by post: leave empty."
    )
    email: EmailAddress | None = None
    withhold_address: YesOrNo = Field(
        False, description="Leave out the setting, its address and people: contact is barred there."
    )
    language: Line | None = Field(None, description="Where it is not English.")
    interpreter: YesOrNo = False
    easy_read: YesOrNo = False
    note: Prose | None = Field(None, description="For those who write: court orders, safe hours.")

    @model_validator(mode="after")
    def _reached_somehow(self) -> Self:
        if self.to_be_told and not self.ways:
            message = "Name a safe way, or say that they are not to be told."
            raise ValueError(message)
        return self


class SafeContactsStated(Stated):
    """Who may be told of a child, the whole list; what it leaves out no longer stands."""

    contacts: Annotated[list[SafeContact], Field(max_length=MOST_CONTACTS)]

    @model_validator(mode="after")
    def _numbered_apart(self) -> Self:
        numbers = [one.number for one in self.contacts]
        if len(set(numbers)) < len(numbers):
            message = "Two contacts have the same number. Give each its own."
            raise ValueError(message)
        return self


class ChildSafeContacts(Told):
    """Who may be told of a child, and how. The `ETag` names the version; 1 is: nothing yet."""

    child: uuid.UUID
    contacts: list[SafeContact]
    version: int
    recorded_by: str | None
    recorded_at: datetime | None
