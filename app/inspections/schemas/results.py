"""A whole result in one document, as a device that was offline writes it; and what became of it."""

import uuid
from datetime import datetime
from typing import Annotated, Literal

from pydantic import AwareDatetime, ConfigDict, Field

from app.inspections.schemas.inspections import CriterionNumber, ProviderNumber, SiteReference
from app.inspections.schemas.judgements import FoundAtSite
from app.inspections.terms import InspectionKind, ResultDecision, ResultStatus, StaleReason
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.documents import Reason
from app.providers.schemas.stating import Day, Stated, Told
from app.standards.schemas.published import Code

RESULT_SCHEMA = "inspection-result/1"
OwnReference = Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$")]
InspectionReference = Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]


class FormMade(Stated):
    """What a form was made from; kept with the result, and nothing follows from it."""

    made_at: AwareDatetime
    version: int | None = Field(
        None, ge=1, le=1_000_000_000, description="Of the inspection, as it was then."
    )


class ResultDocument(Stated):
    """Everything that was found in one inspection."""

    model_config = ConfigDict(title="An inspection's whole result")

    schema_: Literal["inspection-result/1"] = Field(alias="schema")
    reference: OwnReference = Field(
        description="Your own name for this result, of which your organisation has one: the same "
        "document sent again under it lands once."
    )
    provider: ProviderNumber
    kind: InspectionKind
    sites: Annotated[list[SiteReference], Field(min_length=1, max_length=50)]
    standards: Code = Field(description="The code of the version it was judged against.")
    visited_on: Day = Field(description="The day of the visit, London.")
    inspection: InspectionReference | None = Field(
        None,
        description="The inspection's number, where it was planned. Otherwise one is planned for "
        "it, where you answer for the provider.",
    )
    inspectors: Annotated[list[uuid.UUID], Field(min_length=1, max_length=20)] = Field(
        description="Who looked, of your organisation; the first one leads."
    )
    criteria: Annotated[list[CriterionNumber], Field(max_length=200)] = Field(
        default=[], description="The only criteria looked at, of a themed or follow-up inspection."
    )
    judgements: Annotated[list[FoundAtSite], Field(min_length=1, max_length=5_000)] = Field(
        description="One for each criterion that is looked at, at each of the sites; what nobody "
        "looked at is not-assessed, and why."
    )
    written_at: AwareDatetime | None = Field(
        None, description="By the device's clock; kept, and nothing follows from it."
    )
    form: FormMade | None = None


class ReasonTold(Told):
    """Why a result was kept instead of applied, and how to go on."""

    code: StaleReason
    detail: str
    go_on: str


class ResultOut(Told):
    """What became of a result. Its `ETag` names the version."""

    reference: str = Field(description="The inspector's own.")
    organisation: uuid.UUID
    organisation_name: str
    provider: str
    provider_name: str
    status: ResultStatus
    reasons: list[ReasonTold] = Field(description="Why it was kept when it came.")
    inspection: str | None = Field(description="The inspection whose judgements it became.")
    sha256: str = Field(
        description="Of the document's canonical JSON (RFC 8785), in hexadecimal: the same however "
        "it is spaced and ordered."
    )
    received_at: datetime
    decided_at: datetime | None
    decision_reason: str | None
    document: str = Field(description="Where it can be read again as it came.")
    version: int


class ResultList(Told):
    """Results that came in one document, the newest first."""

    items: list[ResultOut]
    links: PageLinks


class ResultDecided(Stated):
    """What becomes of a result that was kept."""

    decision: ResultDecision
    reason: Reason = Field(description="Why; never public.")
