"""The words of the record of acts: outcomes, purposes, and what an act is told as."""

import uuid
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What came of an act."""

    DONE = "done"
    READ = "read"
    """Somebody looked at a protected record."""
    REFUSED = "refused"


class Purpose(StrEnum):
    """Why somebody looks at a protected record; the list is closed."""

    COMMISSIONING = "commissioning"
    SAFEGUARDING = "safeguarding"
    QUALITY_ASSURANCE = "quality-assurance"
    FINANCE = "finance"
    COMPLAINT = "complaint"
    SUBJECT_REQUEST = "subject-request"
    """Somebody asked what is held about them (UK GDPR Article 15)."""
    ADMINISTRATION = "administration"
    OVERSIGHT = "oversight"


@dataclass(frozen=True, slots=True)
class Subject:
    """To what something was done.

    Attributes:
        kind: membership, machine, invitation …
        id: its own.
        label: what people call it; never anything about a child.
        organisation_id: whose record it is, if somebody's.
    """

    kind: str
    id: uuid.UUID | str
    label: str | None = None
    organisation_id: uuid.UUID | None = None
