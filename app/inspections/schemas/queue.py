"""What is told of the work queue."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.inspections.risk import RiskGround
from app.inspections.terms import InspectionKind, Outcome
from app.providers.schemas.stating import Told


class QueueDue(Told):
    """The next visit of a site."""

    kind: InspectionKind
    on: date
    because: str
    overdue: bool


class PlannedInspection(Told):
    """An inspection that is not over."""

    reference: str
    kind: InspectionKind
    planned_on: date


class QueuedSite(Told):
    """A site, and how pressing it is to see it."""

    provider: str
    provider_name: str
    site: int
    site_name: str
    points: int = Field(description="They order the work, and decide nothing.")
    grounds: list[RiskGround] = Field(description="Why, the weightiest first.")
    due: QueueDue | None
    last_seen_on: date | None
    outcome: Outcome
    outcome_valid_until: date | None
    planned: list[PlannedInspection]


class InspectionQueue(Told):
    """The sites of an authority, the most pressing first."""

    la_code: str
    on: date
    sites: int = Field(description="On the register there.")
    never_seen: int
    overdue: int
    items: Annotated[list[QueuedSite], Field(description="The most pressing of them.")]
