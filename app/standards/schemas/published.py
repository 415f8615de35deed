"""What everybody is told about standards and policies: documents that others build on."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from app.standards.terms import (
    EvidenceKind,
    Force,
    Gate,
    PolicyCode,
    Relation,
    SourceStatus,
)
from app.values.site_kind import SiteKind, StaffSize

Code = Annotated[
    str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", min_length=1, max_length=60)
]
"""Small letters and digits in words joined by hyphens."""
Number = Annotated[str, StringConstraints(pattern=r"^[1-4]\.[0-9]{1,2}[a-z]{1,2}$")]
"""A criterion's: part, standard, letter."""
MONTHS = "How long evidence stays current; null where it has a last day of its own."


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Answer(BaseModel):
    model_config = ConfigDict(populate_by_name=True)


class OnDayQuery(_Stated):
    """On which day."""

    on: date | None = Field(default=None, description="A day in London; today if not given.")


class AskedOfQuery(_Stated):
    """Of which provider the criteria are asked."""

    site_kind: SiteKind | None = Field(
        default=None, description="Only what is asked at a site of this kind."
    )
    staff_size: StaffSize | None = Field(
        default=None,
        description="Only what is asked of a provider with so many adults: `lone` is one, `small` "
        "two to four, `larger` five or more.",
    )


class CrosswalkQuery(_Stated):
    """From which older version."""

    from_: Code = Field(alias="from", description="Code of the older version.")


class PeriodOut(_Answer):
    """The days on which something holds, both included."""

    from_: date = Field(alias="from")
    to: date | None = Field(description="The last day; null while none is set.")


class StandardsSummary(_Answer):
    """A version of the standards as it stands in a list."""

    code: str = Field(examples=["working-set-1"])
    title: str
    in_force: PeriodOut
    published_at: datetime
    note: str | None = Field(description="What readers should know of it.")


class StandardsList(_Answer):
    """Every published version, the earliest first, and which is in force on a day."""

    on: date
    in_force: str | None = Field(description="Code of the version in force on that day, if any.")
    items: list[StandardsSummary]


class PartOut(_Answer):
    """One of the four parts."""

    part: int
    title: str


class StandardOut(_Answer):
    """A standard: a heading over some criteria."""

    standard: str = Field(examples=["1.1"])
    part: int
    title: str


class CriterionOut(_Answer):
    """One thing that is asked of providers."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    number: str = Field(examples=["1.1a"])
    standard: str = Field(examples=["1.1"])
    part: int
    requirement: str = Field(description="What is asked, in the register's own words.")
    force: Force = Field(
        description="`law`: other law asks it already. `standard`: the standards ask it. "
        "`good-practice`: never counts in an outcome."
    )
    law_part: str | None = Field(description="What of it is law, where the whole is not.")
    gate: Gate = Field(description="What it means for a listing if it is not met.")
    site_kinds: list[SiteKind] = Field(description="Asked at these kinds of site; empty is all.")
    staff_sizes: list[StaffSize] = Field(description="Asked of these sizes; empty is all.")
    evidence_kinds: list[EvidenceKind] = Field(description="What may show it.")
    evidence_months: int | None = Field(description=MONTHS)
    guidance: str = Field(description="How to show it, in proportion.")
    source: str = Field(description="What it rests on.")
    source_status: SourceStatus = Field(
        description="`confirmed`: read in the publication itself. `second-hand`: in a page that "
        "describes it. `to-confirm`: from general knowledge."
    )


class AskedOfOut(_Answer):
    """Of which provider the criteria shown are asked; null narrows nothing."""

    site_kind: SiteKind | None
    staff_size: StaffSize | None


class StandardsDocument(StandardsSummary):
    """A published version of the standards, whole or as far as it is asked of some provider."""

    asked_of: AskedOfOut
    parts: list[PartOut]
    standards: list[StandardOut]
    criteria: list[CriterionOut]


class CrosswalkLine(_Answer):
    """What became of a criterion; one that was split stands in several lines."""

    from_: str = Field(alias="from", examples=["1.1a"])
    to: str = Field(examples=["1.1a"])
    relation: Relation


class Crosswalk(_Answer):
    """From an older version of the standards to a newer one, over those between."""

    from_: str = Field(alias="from", description="Code of the older version.")
    to: str = Field(description="Code of the newer version.")
    items: list[CrosswalkLine]
    withdrawn: list[str] = Field(description="Older criteria that nothing takes the place of.")
    added: list[str] = Field(description="Newer criteria that take no older one's place.")


class PolicyOut(_Answer):
    """A rule of the register's own, and the days on which it holds."""

    code: PolicyCode
    parameters: dict[str, Any] | None = Field(
        description="Its figures; null says that it is switched off on these days."
    )
    in_force: PeriodOut
    holds: bool = Field(description="Whether it holds on the day asked for.")
    reason: str
    source: str
    published_at: datetime


class PolicyList(_Answer):
    """Every published policy, by code and day."""

    on: date
    items: list[PolicyOut]
