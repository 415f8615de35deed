"""What is asked and told of who answers for a placed child."""

import uuid
from datetime import date, datetime
from typing import Self

from pydantic import Field, model_validator

from app.calculators.schemas.safeguarding import SafeguardingItemTold
from app.calculators.schemas.stated import RuleReason
from app.organisations.schemas.members import PageLinks
from app.organisations.schemas.people import EmailAddress, PersonName
from app.providers.schemas.record import Phone
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told
from app.rules.safeguarding.standing import SafeguardingStatus
from app.safeguarding.terms import BodyCapacity, Duty, ItemSource, OfferAnswer


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


class WaitingDutyOffer(DutyOfferOut):
    """An offer that waits for your organisation's answer."""

    placement: uuid.UUID = Field(description="Whose duty it is: see its `lead-contact`.")
    reference: str | None = Field(description="Of the placement, where you may see all of it.")


class WaitingDutyOfferList(Told):
    """Offers that wait for your organisation's answer, the latest first."""

    items: list[WaitingDutyOffer]
    links: PageLinks


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


class ItemStated(Stated):
    """What was done of one item, and when it is due again."""

    done_on: Day | None = Field(None, description="Empty: not yet.")
    next_due: Day | None = Field(None, description="By when it is done, or done again.")
    done_by: PersonName = Field(description="Who did it, or will.")
    what: Prose = Field(description="What was done, in your own words; kept encrypted.")
    evidence: Line | None = Field(None, description="Where it can be seen; kept encrypted.")

    @model_validator(mode="after")
    def _on_some_day(self) -> Self:
        if self.done_on is None and self.next_due is None:
            message = "Say when it was done, or by when it will be."
            raise ValueError(message)
        if self.done_on and self.next_due and self.next_due < self.done_on:
            message = "It is due again before it was done. Check both days."
            raise ValueError(message)
        return self


class UrgentSafeguarding(Stated):
    """Why a start could not wait for what keeps the child safe to be complete."""

    reasons: Prose = Field(description="Kept encrypted.")


class ProviderItemOut(Told):
    """What the provider says of its own part of an item."""

    done_on: date | None
    next_due: date | None
    done_by: str | None
    what: str | None
    evidence: str | None
    recorded_by: str
    recorded_at: datetime


class ChecklistItemOut(SafeguardingItemTold):
    """One item: what is asked, of whom, on what authority, how it stands, and what was done."""

    version: int = Field(description="Send it as `If-Match` with what you record.")
    read_from: ItemSource = Field(description="`recorded` by you; others are read by themselves.")
    done_on: date | None
    done_by: str | None
    what: str | None
    evidence: str | None
    recorded_by: str | None
    recorded_at: datetime | None
    provider: ProviderItemOut | None = Field(
        description="What the provider says of its own part; it does not stand for yours."
    )


class UrgentStartOut(Told):
    """That a start could not wait."""

    complete_by: date
    reasons: str | None
    recorded_by: str
    recorded_at: datetime


class PlacementSafeguarding(Told):
    """How a placement stands, why, and what of the checklist was done."""

    placement: uuid.UUID
    on: date
    status: SafeguardingStatus
    reasons: list[RuleReason] = Field(description="Why it is not green, the gravest first.")
    missing: list[str] = Field(description="Items that are missing or overdue.")
    next_due: date | None = Field(description="The first day from today on which one is due.")
    urgent_start: UrgentStartOut | None
    items: list[ChecklistItemOut]


class ProviderChecklistItem(SafeguardingItemTold):
    """One item that is the provider's duty, too, and what the provider says of it."""

    version: int = Field(description="Send it as `If-Match` with what you record.")
    said: ProviderItemOut | None


class ProviderSafeguarding(Told):
    """The provider's own part of a placement's checklist; nothing that others said of it."""

    placement: uuid.UUID
    on: date
    missing: list[str] = Field(description="Items of yours that are missing or overdue.")
    items: list[ProviderChecklistItem]


class SafeguardingBrief(Told):
    """A placement that runs or is to begin, and how it stands now."""

    placement: uuid.UUID
    reference: str
    commissioner: str
    provider: str
    provider_name: str
    status: SafeguardingStatus
    reasons: list[RuleReason]
    missing: list[str]
    next_due: date | None


class SafeguardingList(Told):
    """Placements by how they stand, the newest first."""

    items: list[SafeguardingBrief]
    links: PageLinks
