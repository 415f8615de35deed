"""Rules and reasons as every answer tells them, and the small types questions are made of."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from app.rules.catalogue import Subject
from app.rules.stated import Provenance, RuleBasis

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2095, 12, 31)

Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]
"""A day that can be asked about: the law is held for fewer, and says so."""
YesOrNo = Annotated[bool, Field(strict=True)]


class Asked(BaseModel):
    """Something that is asked: no member but those that are named."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Told(BaseModel):
    """Something that is answered, read off what the rules found."""

    model_config = ConfigDict(from_attributes=True)


class RuleCitation(Told):
    """Where a rule stands."""

    source: str = Field(description="The enactment or the guidance.")
    provision: str = Field(description="The section, regulation or part.")
    url: str


class RuleCited(Told):
    """A rule that an answer rests on; `GET /v1/rules` says what it asks."""

    code: str = Field(examples=["registration-test"])
    citation: RuleCitation
    basis: RuleBasis = Field(
        description="`statute` binds; `statutory-guidance` may be departed from with reasons; "
        "`policy` is the register's own, local practice, or a proposal."
    )
    provenance: Provenance = Field(
        description="Whether it was read in a source, or is from general knowledge and still to be "
        "checked against one."
    )
    since: date | None = Field(description="The first day in force; null while none is set.")
    until: date | None = Field(description="The last day in force; null while none is set.")


class RuleReason(Told):
    """Why an answer is what it is, and on what authority."""

    because: str
    rule: RuleCited


class RuleStated(RuleCited):
    """A rule, whole."""

    subject: Subject
    says: str = Field(description="What it asks or allows, in the register's own words.")
    in_force: bool = Field(description="Whether it holds on the day that was asked about.")
    figures: dict[str, int] = Field(description="Its numbers by name, the unit in the name.")


class RulesQuery(Asked):
    """On which day, and about what."""

    in_force_on: date | None = Field(
        default=None, description="A day in London; today if not given."
    )
    subject: Subject | None = Field(default=None, description="Only rules about this.")


class RulesList(Told):
    """The rules in force on a day and those to come, by subject."""

    in_force_on: date
    items: list[RuleStated]
