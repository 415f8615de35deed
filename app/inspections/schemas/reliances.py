"""What is asked and told of reliances."""

import uuid
from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from app.inspections.schemas.inspections import CriterionNumber
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Stated, Told


class RelianceEnd(StrEnum):
    """Why a reliance ended."""

    WITHDRAWN = "withdrawn"
    """The body that relied no longer does."""
    LAPSED = "lapsed"
    """Its last day is over."""
    INSPECTION_WITHDRAWN = "inspection-withdrawn"
    """What it relied on was taken back."""


class NewReliance(Stated):
    """For what, and until when, you rely on an inspection of another body."""

    criteria: Annotated[list[CriterionNumber], Field(max_length=200)] = Field(
        default=[], description="Only for these; for everything that was seen, unless you say."
    )
    until: Day = Field(description="The last day.")


class RelianceOut(Told):
    """That a QA body relies, or relied, on an inspection. Its `ETag` names the version."""

    id: uuid.UUID
    inspection: str
    provider: str
    provider_name: str
    body: uuid.UUID = Field(description="Who relies on it.")
    body_name: str
    criteria: list[str]
    since: date
    until: date
    ended_on: date | None
    ended_because: RelianceEnd | None
    version: int


class RelianceList(Told):
    """Reliances, the newest first."""

    items: list[RelianceOut]
    links: PageLinks
