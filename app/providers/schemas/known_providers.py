"""What commissioners are told of providers that stand on authorities' own lists."""

from datetime import date

from pydantic import BaseModel, Field

from app.organisations.schemas.members import PageLinks
from app.providers.terms import Status

CAUTION = (
    "A local result is what the authority named beside it found, by its own measure, on the day "
    "given. It is not a listing on this register, and it is not clearance for a particular child."
)
"""True of every local result, so it goes with every answer that holds one."""


class SiteArea(BaseModel):
    """Whereabouts a site is, and no more: nobody assessed it, and its address may be a home."""

    town: str | None
    la_code: str
    la_name: str


class ListLine(BaseModel):
    """How the provider stands on one list of a local authority."""

    la_code: str = Field(description="Whose list: DfE three-digit code.")
    la_name: str
    list_name: str
    list_date: str | None = Field(description="The list's own day, month or year.")
    listed_as: str | None = Field(description="The list's own category.")
    local_result: str | None = Field(
        description="What that authority's own check found, in its own words."
    )
    local_result_on: date | None = Field(description="The day of that check, if the list says.")


class KnownProvider(BaseModel):
    """A provider that at least one local authority's own list names."""

    number: str
    name: str
    status: Status = Field(
        description="`known` says only that a list names it; it was assessed by nobody here."
    )
    sites: list[SiteArea]
    lists: list[ListLine]


class KnownProviderRecord(KnownProvider):
    """One such provider, with what must be said of every local result."""

    caution: str = CAUTION


class KnownProviderList(BaseModel):
    """Such providers by name, with what must be said of every local result."""

    caution: str = CAUTION
    items: list[KnownProvider]
    links: PageLinks
