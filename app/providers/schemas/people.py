"""What is asked and told of the people behind a provider; none of it is ever public."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app import clock
from app.providers.record_terms import ContactKind, PersonKind, PersonSource
from app.providers.schemas.stating import Day, Line, Stated, Told
from app.values.person_name import read_name

_OLDEST_YEARS = 110


def _month(text: str) -> str:
    year, month = (int(part) for part in text.split("-"))
    today = clock.today()
    if not today.year - _OLDEST_YEARS <= year or (year, month) > (today.year, today.month):
        message = "give the month of birth of somebody who can be living"
        raise ValueError(message)
    return text


PersonName = Annotated[str, StringConstraints(max_length=400), AfterValidator(read_name)]
BirthMonth = Annotated[
    str,
    StringConstraints(pattern="^[0-9]{4}-(0[1-9]|1[0-2])$"),
    AfterValidator(_month),
    Field(
        description="Year and month; a day is not asked for and not taken.", examples=["1979-03"]
    ),
]


class ProviderPersonStated(Stated):
    """Somebody behind a provider."""

    kind: PersonKind
    name: PersonName
    birth_month: BirthMonth | None = None
    appointed_on: Day | None = None


class ProviderPersonChange(Stated):
    """What can be changed; what is left out stays, `null` takes away."""

    kind: PersonKind | None = None
    name: PersonName | None = None
    birth_month: BirthMonth | None = None
    appointed_on: Day | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give at least one member"
            raise ValueError(message)
        return self


class ProviderPersonOut(Told):
    """Somebody who is or was behind a provider. Their `ETag` names the version."""

    id: uuid.UUID
    kind: PersonKind
    name: str
    birth_month: str | None
    appointed_on: date | None
    ended_on: date | None = Field(description="The first day they no longer were.")
    confirmed_on: date | None = Field(description="When the owner last stood by it.")
    source: PersonSource
    changed_at: datetime
    version: int


class ProviderPersonList(Told):
    """Everybody who is or was behind a provider: a handful, so in one page."""

    items: list[ProviderPersonOut]


class NewContact(Stated):
    """How the people behind a provider can be reached."""

    kind: ContactKind
    value: Line = Field(
        description="A phone number, an e-mail address, or a postal address with its postcode."
    )


class PrivateContact(Told):
    """How the people behind a provider can be reached."""

    id: uuid.UUID
    kind: ContactKind
    value: str
    recorded_at: datetime


class ContactList(Told):
    """Every way that holds: a handful, so in one page."""

    items: list[PrivateContact]


class BankReferenceStated(Stated):
    """The account the provider is paid into. Neither number is kept, logged or told again."""

    sort_code: Annotated[
        str, StringConstraints(pattern=r"^[0-9]{2}[ -]?[0-9]{2}[ -]?[0-9]{2}$")
    ] = Field(examples=["00-00-00"])
    account_number: Annotated[str, StringConstraints(pattern=r"^ ?[0-9]{6,8} ?$")] = Field(
        description="Six to eight digits.", examples=["00000000"]
    )


class BankReferenceOut(Told):
    """That an account was named, and when; which one cannot be told."""

    given_at: datetime
