"""What is asked and told of concerns."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.concerns.terms import ConcernEnd, ConcernKind, Severity
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Prose, Stated, Told


class NewConcern(Stated):
    """What worries you. A child in danger: call 999 and the local authority first."""

    provider: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]
    site: Annotated[int, Field(ge=1, le=32_767)] | None = Field(
        None, description="Its reference; leave it out for the provider as a whole."
    )
    kind: ConcernKind
    severity: Severity
    what: Prose = Field(description="What was noticed; name no child.")
    noticed_on: Day


class ConcernClosure(Stated):
    """What came of it, and how that is known."""

    closure: ConcernEnd
    reason: Prose


class ConcernOut(Told):
    """A concern. Its `ETag` names the version."""

    id: uuid.UUID
    provider: str
    provider_name: str
    site: int | None
    kind: ConcernKind
    severity: Severity
    what: str
    noticed_on: date
    raised_by: str = Field(description="The name of the organisation; people are not named.")
    raised_at: datetime
    closure: ConcernEnd | None = Field(description="What came of it; `null` while it is open.")
    closed_at: datetime | None
    closed_reason: str | None
    version: int


class ConcernList(Told):
    """Concerns, the newest first."""

    items: list[ConcernOut]
    links: PageLinks
