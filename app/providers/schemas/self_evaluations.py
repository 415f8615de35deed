"""What is asked and told of self-evaluations: what a provider says of itself."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.organisations.schemas.members import PageLinks
from app.providers.evidence import Answer
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Stated, Told
from app.standards.terms import Force, Gate, Relation


class NewSelfEvaluation(Stated):
    """Which site is evaluated, and against which version of the standards."""

    site: Annotated[int, Field(ge=1, le=32_767)] = Field(description="Its reference.")
    version: str | None = Field(
        None,
        max_length=100,
        description="The code of a published version; the one in force, unless you say.",
    )


class AnswerStated(Stated):
    """What is said of a criterion."""

    answer: Answer
    comment: Reason | None = None
    documents: Annotated[list[uuid.UUID], Field(max_length=20)] = Field(
        default=[], description="Documents of the record that show it."
    )


class AnswerOut(Told):
    """What is said of a criterion."""

    answer: Answer
    comment: str | None
    documents: list[uuid.UUID]
    carried: bool = Field(description="From an earlier self-evaluation, and not said anew.")
    look_again: bool = Field(
        description="The criterion asks for something else than it did: say it anew."
    )
    answered_at: datetime


class AskedCriterion(Told):
    """A criterion that is asked of this site and provider, and what is said of it."""

    criterion: str = Field(description="Its number.")
    requirement: str
    gate: Gate
    force: Force
    evidence_kinds: list[str]
    answer: AnswerOut | None


class SelfEvaluationSummary(Told):
    """A self-evaluation. Its `ETag` names the version."""

    id: uuid.UUID
    site: int
    standards: str = Field(description="The code of the version it is held against.")
    carried_from: uuid.UUID | None
    begun_at: datetime
    completed_at: datetime | None = Field(description="From then on nothing of it changes.")
    version: int


class SelfEvaluationOut(SelfEvaluationSummary):
    """A self-evaluation with everything that is asked and said."""

    asked: int
    answered: int
    criteria: list[AskedCriterion]


class SelfEvaluationList(Told):
    """Self-evaluations, the newest first."""

    items: list[SelfEvaluationSummary]
    links: PageLinks


class Impact(Told):
    """A criterion of another version that a site does not meet yet, as far as is known."""

    site: int
    criterion: str
    requirement: str
    gate: Gate
    became: Relation | None = Field(
        description="How it differs from what was asked before; `null`: nothing like it was."
    )
    why: str


class ImpactRun(Told):
    """What a version of the standards would find missing, before it takes effect."""

    standards: str
    criteria: list[Impact]
