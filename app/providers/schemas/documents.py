"""What is asked and told of documents: evidence that a provider shows."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from app.files.terms import FileState
from app.organisations.schemas.members import PageLinks
from app.providers.evidence import DocumentState
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told
from app.standards.terms import EvidenceKind
from app.values.numbers_of_persons import holds_certificate_number

MOST_PENCE = 100_000_000_000_000


def without_certificate_number(text: str) -> str:
    """Return a text that holds no number of a certificate.

    Raises:
        ValueError: it does.
    """
    if holds_certificate_number(text):
        message = (
            "leave out the twelve digits: numbers of DBS certificates are never kept. Say what the "
            "document is instead"
        )
        raise ValueError(message)
    return text


Title = Annotated[Line, AfterValidator(without_certificate_number)]
Reason = Annotated[Prose, AfterValidator(without_certificate_number)]


class NewDocument(Stated):
    """What is said of a document that is sent. Fields of a form, so numbers come as text."""

    kind: EvidenceKind
    title: Title
    site: Annotated[int, Field(ge=1, le=32_767)] | None = Field(
        None, description="The site it is for; leave out if it is for the provider as a whole."
    )
    issued_on: Day | None = Field(None, description="Its own date: from then on it is good.")
    expires_on: Day | None = Field(None, description="The last day it is good.")
    insurer: Title | None = Field(None, description="Of an insurance, and needed there.")
    limit_pence: Annotated[int, Field(ge=1, le=MOST_PENCE)] | None = Field(
        None, description="Of an insurance: the most that is paid for one claim, in pence."
    )
    covers_abuse: bool | None = Field(
        None, description="Of an insurance: whether claims of abuse are covered."
    )
    replaces: uuid.UUID | None = Field(
        None, description="The document it takes the place of, of the same kind."
    )


class Withdrawal(Stated):
    """Why a document is taken back. It stays on record, and counts for nothing."""

    reason: Reason


class DocumentFile(Told):
    """The file of a document."""

    name: str
    media_type: str
    size_bytes: int
    sha256: str = Field(description="Of its bytes, in hexadecimal.")
    state: FileState = Field(
        description="What scanning found. `quarantined` and `infected` files are not handed out."
    )


class DocumentOut(Told):
    """A document. Its `ETag` names the version."""

    id: uuid.UUID
    kind: EvidenceKind
    title: str
    site: int | None = Field(description="The site it is for; `null`: the provider as a whole.")
    state: DocumentState = Field(description="On this day, in London.")
    issued_on: date | None
    expires_on: date | None
    current_until: date | None = Field(
        description="The last day it counts as evidence: its own last, or as long as the standards "
        "let its kind count."
    )
    insurer: str | None
    limit_pence: int | None
    covers_abuse: bool | None
    replaces: uuid.UUID | None
    replaced_by: uuid.UUID | None
    warnings: list[str] = Field(description="What will be asked about it; nothing is refused.")
    file: DocumentFile | None
    added_at: datetime
    withdrawn_at: datetime | None
    withdrawn_reason: str | None = Field(description="For the owner and who answers for it.")
    version: int


class DocumentList(Told):
    """Documents, the newest first."""

    items: list[DocumentOut]
    links: PageLinks
