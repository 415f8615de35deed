"""What is asked and told of judgements: of each criterion and site, what was seen, how and when."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.inspections.schemas.inspections import CriterionNumber, SiteReference
from app.inspections.terms import EvidenceMethod, Judgement
from app.providers.schemas.stating import Day, Prose, Stated, Told
from app.standards.terms import Force, Gate


class FoundAtSite(Stated):
    """What was found of one criterion at one site."""

    site: SiteReference
    criterion: CriterionNumber
    judgement: Judgement
    finding: Prose | None = Field(
        None,
        description="What was seen, or why nobody looked. Published: nothing about a child or by "
        "which somebody could be recognised. Needed unless the criterion is met.",
    )
    note: Prose | None = Field(None, description="For colleagues alone.")
    method: EvidenceMethod | None = Field(None, description="How its evidence was seen.")
    seen_on: Day | None = Field(None, description="The day on which this evidence was seen.")
    carried: bool = Field(
        False,
        description="Nobody looked anew: what was published last, and its day, stands.",
    )
    files: Annotated[list[uuid.UUID], Field(max_length=20)] = Field(
        default=[], description="Files of the inspection that show it; for colleagues alone."
    )


class JudgementStated(FoundAtSite):
    """What was found of one criterion at one site, in place of what was said of it before."""

    version: int | None = Field(
        None, ge=1, description="Of the judgement you change, as you read it; none for a new one."
    )


class JudgementsStated(Stated):
    """Judgements, some or all; each takes the place of the one before."""

    judgements: Annotated[list[JudgementStated], Field(min_length=1, max_length=5_000)]


class Carried(Told):
    """What was found last and published, and could be carried forward."""

    judgement: Judgement
    finding: str | None
    method: EvidenceMethod
    seen_on: date
    inspection: str = Field(description="The reference of the inspection that found it.")


class JudgementOut(Told):
    """What was found."""

    judgement: Judgement
    finding: str | None
    note: str | None = Field(description="Not told to who is inspected.")
    method: EvidenceMethod | None
    seen_on: date | None
    carried: bool
    files: list[uuid.UUID]
    judged_at: datetime
    version: int


class AskedAtSite(Told):
    """A criterion that is looked at, and what was found of it so far."""

    site: int
    criterion: str
    requirement: str
    gate: Gate
    force: Force
    found: JudgementOut | None
    last: Carried | None = Field(description="What was published of it last.")


class JudgementSheet(Told):
    """Everything that is looked at in an inspection."""

    reference: str
    standards: str
    version: int
    asked: int
    judged: int
    items: list[AskedAtSite]
