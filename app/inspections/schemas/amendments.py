"""What is asked and told of amendments of what was published."""

import uuid
from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.inspections.schemas.judgements import JudgementStated
from app.inspections.terms import AmendmentKind, AmendmentState
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Stated, Told


class AmendmentProposed(Stated):
    """What is to be put right."""

    kind: AmendmentKind
    of_version: Annotated[int, Field(ge=1, le=32_767)] = Field(
        description="The published version: the newest for a correction, an older one for a "
        "redaction."
    )
    reason: Reason = Field(
        description="What was wrong; public once it is confirmed, so nothing that must not be."
    )
    judgements: Annotated[list[JudgementStated], Field(max_length=2_000)] = Field(
        default=[],
        description="Of a correction: the judgements as they are to be, each naming the version it "
        "changes. Notes and files stay as they are.",
    )


class AmendmentRefused(Stated):
    """Why it stays as it is."""

    reason: Reason


class AmendmentOut(Told):
    """An amendment."""

    id: uuid.UUID
    kind: AmendmentKind
    of_version: int
    reason: str
    judgements: list[JudgementStated]
    state: AmendmentState
    proposed_at: datetime
    decided_at: datetime | None
    decision_reason: str | None
    yours: bool = Field(description="Whether you proposed it; then somebody else decides.")


class AmendmentList(Told):
    """Amendments of an inspection, the earliest first."""

    reference: str
    items: list[AmendmentOut]
