"""What is said about a provider when it is first recorded."""

from datetime import date
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.providers.terms import OLDEST, YOUNGEST, NameKind, Need, Scheme
from app.values.site_kind import SiteKind

ShortText = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Age = Annotated[int, Field(ge=YOUNGEST, le=OLDEST)]
KeyStage = Annotated[int, Field(ge=1, le=5)]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewOffer(_Stated):
    """A programme at a site."""

    programme: ShortText
    age_from: Age
    age_to: Age
    key_stages: tuple[KeyStage, ...] = ()
    needs: tuple[Need, ...] = ()
    hours_per_week: Decimal | None = Field(default=None, gt=0, le=50, decimal_places=1)

    @model_validator(mode="after")
    def _ages_rise(self) -> Self:
        if self.age_to < self.age_from:
            message = "the oldest age is below the youngest"
            raise ValueError(message)
        return self


class Location(_Stated):
    """A point in metres on the British National Grid, and how exact it is."""

    easting: int = Field(ge=0, le=700_000)
    northing: int = Field(ge=0, le=1_300_000)
    precision: str = Field(pattern="^(given|postcode|postcode-district|postcode-area)$")


class NewSite(_Stated):
    """A place, or way, at which the provider works."""

    name: ShortText
    kind: SiteKind
    la_code: str = Field(pattern="^[0-9]{3}$")
    address_lines: tuple[ShortText, ...] = ()
    town: ShortText | None = None
    postcode: str | None = None
    location: Location | None = None
    opened_on: date | None = None
    offers: tuple[NewOffer, ...] = ()


class NewName(_Stated):
    """Another name the provider goes by."""

    name: ShortText
    kind: NameKind = NameKind.TRADING


class NewIdentifier(_Stated):
    """What another register calls the provider."""

    scheme: Scheme
    value: ShortText


class KnownBy(_Stated):
    """The line of a local authority's list on which the provider stands."""

    la_code: str = Field(pattern="^[0-9]{3}$")
    list_name: ShortText
    list_date: str | None = None
    list_reference: str | None = None
    listed_as: str | None = None
    source_url: str | None = None
    local_result: str | None = None
    local_result_on: date | None = None

    @model_validator(mode="after")
    def _a_day_is_a_results(self) -> Self:
        if self.local_result_on is not None and self.local_result is None:
            message = "a day of a check is given, and no result"
            raise ValueError(message)
        return self


class NewProvider(_Stated):
    """A provider the register does not hold yet; it begins as known, never as listed."""

    name: ShortText
    other_names: tuple[NewName, ...] = ()
    identifiers: tuple[NewIdentifier, ...] = ()
    known_by: tuple[KnownBy, ...] = ()
    sites: tuple[NewSite, ...] = ()
