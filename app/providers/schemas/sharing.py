"""What is asked and told of sharing: whom a provider lets see its evidence, and until when."""

import uuid
from datetime import date, datetime

from pydantic import Field

from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Stated, Told


class NewShare(Stated):
    """Consent that a commissioner sees the evidence, for a time."""

    organisation_id: uuid.UUID = Field(description="A school, trust, federation or authority.")
    document_id: uuid.UUID | None = Field(
        None,
        description="Only this document. Leave out for everything, also what comes later: then the "
        "record of staff checks and completed self-evaluations are seen as well.",
    )
    until: Day = Field(description="The last day of the consent, at most two years from now.")


class ShareOut(Told):
    """A consent: whom it is given to, for what, until when."""

    id: uuid.UUID
    organisation_id: uuid.UUID
    organisation_name: str
    document_id: uuid.UUID | None
    document_title: str | None
    until: date
    granted_at: datetime
    revoked_at: datetime | None
    holds: bool = Field(description="Whether it can be seen by this consent today.")


class ShareList(Told):
    """Consents, the newest first; those that are over too."""

    items: list[ShareOut]
    links: PageLinks


class SharedEvidence(Told):
    """What a provider lets your organisation see."""

    share_id: uuid.UUID
    provider_number: str
    provider_name: str
    document_id: uuid.UUID | None = Field(description="`null`: everything.")
    document_title: str | None
    until: date
    granted_at: datetime


class SharedEvidenceList(Told):
    """What your organisation is shown now, the newest consent first."""

    items: list[SharedEvidence]
    links: PageLinks
