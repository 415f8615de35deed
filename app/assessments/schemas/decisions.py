"""What is asked and told of decisions."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field

from app.assessments.terms import DecisionOutcome
from app.providers.schemas.stating import Prose, Stated, Told


class Departure(Stated):
    """Why the decision departs from guidance or policy."""

    code: Annotated[str, Field(pattern=r"^[a-z]+\.[a-z0-9-]{1,60}$")] = Field(
        description="Of what was found, as the assessment tells it."
    )
    reason: Prose


class DecisionStated(Stated):
    """What is decided, and why. Everything that was shown is frozen with it."""

    outcome: DecisionOutcome
    reasons: Prose
    conditions: Annotated[list[Prose], Field(max_length=20)] = Field(default_factory=list)
    departures: Annotated[list[Departure], Field(max_length=40)] = Field(default_factory=list)


class DecisionOut(Told):
    """A decision, and everything that was shown when it was made; the same for ever.

    `sha256` is of the frozen bytes: the facts in clear, and the ciphertext of what is personal.
    So it still verifies after the child's record was erased.
    """

    assessment: uuid.UUID
    outcome: DecisionOutcome
    decided_by: str
    decided_at: datetime
    register_entry: int = Field(description="The register's newest entry when it was decided.")
    sha256: str
    verified: bool = Field(description="Whether the bytes that are held still give it.")
    facts: dict[str, Any] = Field(description="What was shown, and does not say who it is about.")
    personal: dict[str, Any] | None = Field(
        description="Steps, gaps, what was found, reasons and conditions; null once erased."
    )
    erased_on: date | None
    notice: str | None = Field(description="`erased on …` in the place of what is personal.")
