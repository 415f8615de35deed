"""What callers may ask of the record of acts, and how an entry is told."""

import uuid
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.access import ActorKind
from app.audit.terms import ActOutcome, ExportFormat, Purpose, Wanted
from app.clock import LONDON

PAGE, LARGEST_PAGE = 50, 200
FIRST_DAY, LAST_DAY = date(2020, 1, 1), date(2199, 12, 31)

Word = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f]+$")]
Day = Annotated[date, Field(ge=FIRST_DAY, le=LAST_DAY)]


class StatesPurpose(BaseModel):
    """A look at protected records: it says what for, or there is none."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    purpose: Purpose = Field(description="What you look for; it is written down beside your name.")

    @model_validator(mode="before")
    @classmethod
    def _list_the_purposes(cls, given: Any) -> Any:
        """Refuse no purpose as an unknown one is refused: by listing those there are."""
        return {"purpose": "", **given} if isinstance(given, dict) else given


class AuditQuery(StatesPurpose):
    """A search of the record of acts. Parameters narrow one another; an unknown one is an error."""

    act: Word | None = Field(
        default=None,
        description="Exactly this act; of refused requests, method and address.",
        examples=["invitation.made", "POST /v1/organisations/{organisation_id}/invitations"],
    )
    actor_id: uuid.UUID | None = Field(
        default=None, description="What this person or machine did, looked at or tried."
    )
    subject_kind: Word | None = Field(
        default=None, description="What was done to things of this kind.", examples=["membership"]
    )
    subject_id: Word | None = Field(
        default=None, description="What was done to this one; needs `subject_kind`."
    )
    outcome: ActOutcome | None = Field(default=None, description="Done, read or refused.")
    from_: Day | None = Field(
        default=None, alias="from", description="On this day, London time, or later."
    )
    until: Day | None = Field(default=None, description="On this day, London time, or earlier.")
    limit: int = Field(default=PAGE, ge=1, le=LARGEST_PAGE, description="Entries a page.")
    cursor: Annotated[str, StringConstraints(max_length=600)] | None = Field(
        default=None, description="From `links.next` of the page before; not to be made up."
    )

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        if self.subject_id is not None and self.subject_kind is None:
            raise ValueError("subject_id needs subject_kind: an id alone may be of anything")
        _check_order(self.from_, self.until)
        return self

    def wanted(self) -> Wanted:
        """Return which entries are asked for."""
        return Wanted(
            act=self.act,
            actor_id=self.actor_id,
            subject_kind=self.subject_kind,
            subject_id=self.subject_id,
            outcome=self.outcome,
            since=beginning_of(self.from_) if self.from_ else None,
            before=end_of(self.until) if self.until else None,
        )


class ExportQuery(StatesPurpose):
    """A period of the record of acts, as a file."""

    from_: Day = Field(alias="from", description="The first day, London time.")
    until: Day = Field(description="The last day, London time.")
    format: ExportFormat = Field(default=ExportFormat.CSV, description="The shape of the file.")

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        _check_order(self.from_, self.until)
        return self


def beginning_of(day: date) -> datetime:
    """Return the moment at which a day begins in London."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def end_of(day: date) -> datetime:
    """Return the moment at which a day is over in London."""
    return beginning_of(day + timedelta(days=1))


def _check_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise ValueError("until is a day before from; give the earlier day as from")


class ActorOut(BaseModel):
    """Who acted, as they were called then."""

    kind: ActorKind
    id: uuid.UUID | None = Field(description="Of the person or machine")
    name: str


class OrganisationOut(BaseModel):
    """An organisation, as it was called then."""

    id: uuid.UUID
    name: str | None


class SubjectOut(BaseModel):
    """To what something was done."""

    kind: str = Field(examples=["membership"])
    id: str
    label: str | None
    organisation: OrganisationOut | None = Field(description="Whose record it was")


class AuditEntryOut(BaseModel):
    """One act, look or refusal."""

    id: uuid.UUID
    recorded_at: datetime
    actor: ActorOut
    organisation: OrganisationOut | None = Field(description="For whom they acted")
    roles: list[str] = Field(description="Under which roles; of a machine, its scopes")
    act: str = Field(examples=["invitation.made"])
    outcome: ActOutcome
    subject: SubjectOut | None
    reason: str | None = Field(description="Why it was done; of a refusal, the kind of problem")
    purpose: Purpose | None = Field(description="Why somebody looked")
    before: dict[str, Any] | None = Field(description="The changed fields as they were")
    after: dict[str, Any] | None = Field(
        description="The changed fields as they became; of a look, what was asked for"
    )
    request_id: str | None


class AuditLinks(BaseModel):
    """This page and the next."""

    self: str
    next: str | None = Field(description="Follow it as it is given; null on the last page")


class AuditPage(BaseModel):
    """Entries, newest first."""

    items: list[AuditEntryOut]
    links: AuditLinks
