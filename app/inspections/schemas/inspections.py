"""What is asked and told of inspections: the plan, who inspects, where it stands."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.inspections.terms import InspectionKind, InspectionState, InspectorPart, InterestKind
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Day, Stated, Told

CriterionNumber = Annotated[str, Field(pattern="^[1-4][.][0-9]{1,2}[a-z]{1,2}$")]
ProviderNumber = Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]
SiteReference = Annotated[int, Field(ge=1, le=32_767)]


class NewInspector(Stated):
    """Who shall inspect."""

    person: uuid.UUID = Field(description="Somebody who has the role of an inspector in the body.")
    part: InspectorPart = Field(
        InspectorPart.INSPECTOR, description="One leads; the first one, where nobody is named."
    )


class NewInspection(Stated):
    """What is planned."""

    provider: ProviderNumber
    sites: Annotated[list[SiteReference], Field(min_length=1, max_length=50)] = Field(
        description="References of the sites that are looked at, all of one local authority."
    )
    kind: InspectionKind
    planned_on: Day = Field(description="The day of the visit; the standards of that day hold.")
    criteria: Annotated[list[CriterionNumber], Field(max_length=200)] = Field(
        default=[],
        description="The only criteria looked at, of a themed or follow-up inspection.",
    )
    reason: Reason = Field(description="Why now; never public.")
    body: uuid.UUID | None = Field(
        None, description="The QA body that inspects; your own organisation, unless you say."
    )
    inspectors: Annotated[list[NewInspector], Field(max_length=20)] = []


class InspectionChange(Stated):
    """What changes of a plan; what is not named stays."""

    planned_on: Day | None = None
    criteria: Annotated[list[CriterionNumber], Field(max_length=200)] | None = None
    reason: Reason | None = None


class Cancellation(Stated):
    """Why an inspection does not take place, or is given up."""

    reason: Reason


class InspectorOut(Told):
    """Somebody who inspects."""

    person: uuid.UUID
    name: str
    part: InspectorPart


class InspectedSite(Told):
    """A site that is looked at."""

    site: int
    name: str
    asked: int = Field(description="How many criteria are looked at there.")


class InspectionSummary(Told):
    """An inspection. Its `ETag` names the version."""

    reference: str
    provider: str
    provider_name: str
    kind: InspectionKind
    state: InspectionState
    planned_on: date
    body: uuid.UUID
    body_name: str
    la_code: str
    standards: str = Field(description="The code of the version it is held against.")
    comments_due_on: date | None = Field(description="The last day for the provider's comments.")
    published_at: datetime | None
    version: int


class InspectionOut(InspectionSummary):
    """An inspection with everything that is planned and how far it is."""

    criteria: list[str] = Field(description="The only criteria looked at; none named is all.")
    sites: list[InspectedSite]
    inspectors: list[InspectorOut] = Field(description="None are told to who is inspected.")
    reason: str | None = Field(description="Why it was planned; not told to who is inspected.")
    cancelled_reason: str | None
    check_body: uuid.UUID | None = Field(description="A peer that was asked to check.")
    judged: int
    asked: int
    comments_rule: str | None = Field(description="How the last day for comments was counted.")
    comments_closed_at: datetime | None = Field(
        description="When the provider was done with its comments, or its time was over."
    )


class InspectionList(Told):
    """Inspections, the earliest planned first."""

    items: list[InspectionSummary]
    links: PageLinks


class NewInterest(Stated):
    """What ties you to a provider, so that you neither inspect it nor decide about it."""

    provider: ProviderNumber
    kind: InterestKind
    detail: Reason = Field(description="For your own organisation; never public.")
    since: Day


class InterestChange(Stated):
    """When a tie ended."""

    ended_on: Day


class InterestOut(Told):
    """A declared interest."""

    id: uuid.UUID
    person: uuid.UUID
    provider: str
    provider_name: str
    kind: InterestKind
    detail: str
    since: Day
    ended_on: date | None
    version: int


class InterestList(Told):
    """Declared interests of your own and of those you answer for."""

    items: list[InterestOut]
