"""What is asked and told about a provider's private record as a whole."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.organisations.schemas.members import PageLinks
from app.providers.record_terms import LegalForm
from app.providers.schemas.sites import PrivateSite
from app.providers.schemas.stating import Line, Stated, Told
from app.providers.schemas.vouching import Times
from app.providers.terms import NameKind, Scheme, Status
from app.values.email_address import read_email_address
from app.values.phone_number import normalise_phone
from app.values.site_kind import StaffSize
from app.values.web_domain import read_website


def _phone(text: str) -> str:
    normalise_phone(text)
    return " ".join(text.split())


Website = Annotated[str, StringConstraints(max_length=300), AfterValidator(read_website)]
Mailbox = Annotated[str, StringConstraints(max_length=254), AfterValidator(read_email_address)]
Phone = Annotated[str, StringConstraints(max_length=40), AfterValidator(_phone)]


class _Particulars(Stated):
    legal_form: LegalForm | None = None
    staff_size: StaffSize | None = Field(
        default=None, description="How many adults work for it: one, two to four, five or more."
    )
    website: Website | None = None
    public_email: Mailbox | None = Field(
        default=None, description="Shown to the public once the owner agrees to publication."
    )
    public_phone: Phone | None = Field(default=None, description="Likewise.")


class NewRecord(_Particulars):
    """A provider whose owner begins its record."""

    name: Line


class RecordChange(_Particulars):
    """What can be changed; what is left out stays, `null` takes away."""

    name: Line | None = Field(
        default=None, description="The name it goes by from today; the former one is kept."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give at least one member"
            raise ValueError(message)
        if "name" in self.model_fields_set and self.name is None:
            message = "a provider has a name"
            raise ValueError(message)
        return self


class NewOtherName(Stated):
    """Another name the provider trades under."""

    name: Line


class NewNumber(Stated):
    """What another register calls the provider."""

    scheme: Scheme
    value: Annotated[str, StringConstraints(max_length=40)] = Field(
        description="In any spelling; it is held in one.", examples=["1234567"]
    )


class OtherNameOut(Told):
    """Another name the provider goes, or went, by."""

    id: uuid.UUID
    kind: NameKind
    name: str
    until: date | None = Field(description="Of a former name: its last day.")


class NumberOut(Told):
    """What another register calls the provider, and who made sure of it."""

    id: uuid.UUID
    scheme: Scheme
    value: str
    times: Times


class OwnerOut(Told):
    """The organisation that the record belongs to."""

    organisation_id: uuid.UUID
    name: str
    since: datetime


class ConsentOut(Told):
    """The owner's word on publication."""

    given: bool
    recorded_at: datetime
    person: str | None = Field(description="Who said so.")
    effect: str = Field(description="What follows from it.")


class ConfirmationOut(Told):
    """The owner's word that the whole record is right."""

    confirmed_on: date | None
    due_on: date | None = Field(description="When it is next due; nothing while no policy says.")
    overdue: bool


class OtherRecordOut(Told):
    """Another provider that this one goes on from, or that goes on from it."""

    id: uuid.UUID = Field(description="Of the link between the two.")
    number: str
    name: str
    since: date | None


class InstitutionSiteOut(Told):
    """A site that the department counts to an institution of another provider."""

    id: uuid.UUID = Field(description="Of the grouping.")
    provider_number: str
    site_reference: int
    institution_number: str


class LocalResultOut(Told):
    """A line of the caller's own authority's list."""

    list_name: str
    list_date: str | None
    list_reference: str | None
    listed_as: str | None
    local_result: str | None = Field(description="What its own check found, in its own words.")
    local_result_on: date | None


class MissingOut(Told):
    """One thing that is missing before the provider can apply."""

    field: str = Field(description="JSON pointer into the record, or a collection below it.")
    words: str


class RecordSummary(Told):
    """A record as it stands in a list."""

    number: str
    name: str
    status: Status
    owner: OwnerOut | None
    missing: list[MissingOut]


class RecordList(Told):
    """Records by number."""

    items: list[RecordSummary]
    links: PageLinks


class PrivateRecord(Told):
    """The private record of a provider. Its `ETag` names the version of its own facts."""

    number: str
    name: str
    status: Status
    status_since: date
    version: int
    legal_form: LegalForm | None
    staff_size: StaffSize | None
    website: str | None
    public_email: str | None
    public_phone: str | None
    times: Times
    other_names: list[OtherNameOut]
    identifiers: list[NumberOut]
    owner: OwnerOut | None
    consent: ConsentOut | None
    confirmation: ConfirmationOut
    sites: list[PrivateSite]
    predecessors: list[OtherRecordOut]
    successors: list[OtherRecordOut]
    institution: list[InstitutionSiteOut]
    known_by: list[LocalResultOut] = Field(
        description="Lines of your own authority's lists; nobody else's are told."
    )
    missing: list[MissingOut] = Field(description="What is missing before it can apply.")


class BegunRecord(PrivateRecord):
    """A record that was just begun."""

    likely_duplicates: list[str] = Field(
        description="Numbers of records that may be the same provider; look before you go on. A "
        "record of yours that an authority began is claimed by its invitation."
    )
