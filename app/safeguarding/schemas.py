"""What is asked and told of who answers for a placed child."""

import uuid
from datetime import date, datetime

from pydantic import Field

from app.organisations.schemas.people import EmailAddress, PersonName
from app.providers.schemas.record import Phone
from app.providers.schemas.stating import Day, Line, Stated, Told
from app.safeguarding.terms import BodyCapacity, Duty, OfferAnswer


class DutyPerson(Stated):
    """Whom a body names: somebody who can be asked by name."""

    name: PersonName
    post: Line = Field(description="What they are there: the designated safeguarding lead.")
    phone: Phone | None = Field(None, description="Kept encrypted.")
    email: EmailAddress | None = Field(None, description="Kept encrypted.")


class NewDutyPerson(Stated):
    """Whom the body that answers names from now on."""

    duty: Duty
    person: DutyPerson


class NewDutyOffer(Stated):
    """Another body is asked to take a duty over."""

    duty: Duty
    to: BodyCapacity = Field(description="What that body is to the child.")
    since: Day = Field(
        description="From the beginning of this day. Until it is accepted, you go on."
    )


class DutyAcceptance(Stated):
    """A body takes a duty over, and names who answers there."""

    person: DutyPerson


class DutyBodyOut(Told):
    """A body."""

    id: uuid.UUID
    name: str
    kind: str


class DutyContactOut(Told):
    """Whom a body names."""

    name: str
    post: str | None
    phone: str | None
    email: str | None


class DutyOfferOut(Told):
    """An offer that nobody has answered yet."""

    id: uuid.UUID
    duty: Duty
    offered_by: str
    from_: DutyBodyOut = Field(serialization_alias="from")
    to: DutyBodyOut
    since: date
    offered_at: datetime
    answer: OfferAnswer | None
    answered_by: str | None
    answered_at: datetime | None


class DutyPeriodOut(Told):
    """Who answered on which days."""

    body: DutyBodyOut
    since: date
    until: date | None = Field(description="Empty: until the placement ends.")


class DutyOut(Told):
    """One duty: who answers today, whom they name, who did before and will after."""

    duty: Duty
    body: DutyBodyOut
    contact: DutyContactOut | None = Field(
        description="Empty: the body answers and has named nobody yet. Ask it to."
    )
    yours: bool = Field(description="Your organisation answers, and may hand over.")
    periods: list[DutyPeriodOut]
    offers: list[DutyOfferOut] = Field(description="The latest first; for the bodies alone.")


class PlacementDuties(Told):
    """Who answers for a placed child: one body for each duty, at every moment."""

    placement: uuid.UUID
    on: date = Field(description="Today; of an ended placement its last day.")
    duties: list[DutyOut]
