"""The words of the record of acts: outcomes, purposes, and what an act is told as."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeAlias


class ActOutcome(StrEnum):
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


class ExportFormat(StrEnum):
    """In which shape the record of acts is written to a file."""

    CSV = "csv"
    JSONL = "jsonl"


@dataclass(frozen=True, slots=True)
class Subject:
    """To what something was done.

    Attributes:
        kind: membership, machine, invitation …
        id: its own.
        label: what people call it; never anything about a child.
        organisation_id: whose record it is, if somebody's.
        organisation_name: that organisation's name at this moment; the actor's own need not be
            given.
    """

    kind: str
    id: uuid.UUID | str
    label: str | None = None
    organisation_id: uuid.UUID | None = None
    organisation_name: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One of many changes made by the same act, such as an import's.

    Attributes:
        subject: to what.
        reason: why, where the act's own name does not say it.
        before: the changed fields as they were.
        after: the changed fields as they are now.
    """

    subject: Subject
    reason: str | None = None
    before: Mapping[str, Any] | None = None
    after: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which entries somebody asks for; what is empty narrows nothing.

    Attributes:
        act: exactly this one.
        actor_id: of the person or machine who acted.
        subject_kind: done to something of this kind.
        subject_id: done to this very thing.
        outcome: done, read or refused.
        since: recorded then or later.
        before: recorded earlier than that.
    """

    act: str | None = None
    actor_id: uuid.UUID | None = None
    subject_kind: str | None = None
    subject_id: str | None = None
    outcome: ActOutcome | None = None
    since: datetime | None = None
    before: datetime | None = None


Place: TypeAlias = tuple[datetime, uuid.UUID]
"""Where an entry stands among all of them: the moment it was recorded, then its id."""
Entry: TypeAlias = Mapping[str, Any]
"""An entry as it is held, by the names of its columns."""
