"""What the department's editors send and get about drafts of the standards."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from app.organisations.schemas.members import PageLinks
from app.standards.schemas.published import (
    MONTHS,
    Code,
    CriterionOut,
    CrosswalkLine,
    Number,
    PeriodOut,
)
from app.standards.terms import EvidenceKind, Force, Gate, Relation, SourceStatus, State
from app.values.site_kind import SiteKind, StaffSize

MOST_CRITERIA = 400
"""Criteria of a version, and lines of a crosswalk: several times what there has ever been."""

_NO_CONTROLS = r"^[^\x00-\x08\x0b-\x1f\x7f]*$"
Line = Annotated[
    str,
    StringConstraints(
        strip_whitespace=True, min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$"
    ),
]
Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000, pattern=_NO_CONTROLS),
]
StandardNumber = Annotated[str, StringConstraints(pattern=r"^[1-4]\.[0-9]{1,2}$")]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class NewDraft(_Stated):
    """A draft of the standards to begin."""

    code: Code = Field(description="Its name for machines; never used again.")
    title: Line
    note: Words | None = Field(default=None, description="What readers should know of it.")
    copied_from: Code | None = Field(
        default=None,
        description="The newest published version, to begin with its criteria and a crosswalk on "
        "which each is the same; an empty draft if not given.",
    )


class DraftChange(_Stated):
    """What can be changed of a draft itself; what is left out stays."""

    title: Line | None = None
    note: Words | None = None
    standard_titles: dict[StandardNumber, Line] | None = Field(
        default=None, description="Short title of every standard, by its number; all of them."
    )

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give title, note or standard_titles"
            raise ValueError(message)
        for name in ("title", "standard_titles"):
            if name in self.model_fields_set and getattr(self, name) is None:
                message = f"a version has a {name.replace('_', ' ')}"
                raise ValueError(message)
        return self


class CriterionDraft(_Stated):
    """A criterion of a draft, whole; its number stands in the address."""

    requirement: Words
    force: Force
    law_part: Words | None = None
    gate: Gate
    site_kinds: tuple[SiteKind, ...] = Field(default=(), description="Empty is all.")
    staff_sizes: tuple[StaffSize, ...] = Field(default=(), description="Empty is all.")
    evidence_kinds: tuple[EvidenceKind, ...] = ()
    evidence_months: int | None = Field(default=None, ge=1, le=120, description=MONTHS)
    guidance: Words
    source: Words
    source_status: SourceStatus
    position: int | None = Field(
        default=None,
        ge=1,
        le=MOST_CRITERIA,
        description="Where it is shown; where it stood, or at the end, if not given.",
    )


class CrosswalkStep(_Stated):
    """One line of a crosswalk."""

    from_: Number = Field(alias="from", description="Of the newest published version.")
    to: Number = Field(description="Of the draft.")
    relation: Relation


def _each_once(lines: tuple[CrosswalkStep, ...]) -> tuple[CrosswalkStep, ...]:
    if len({(one.from_, one.to) for one in lines}) < len(lines):
        message = "each pair of criteria stands once"
        raise ValueError(message)
    return lines


class CrosswalkDraft(_Stated):
    """What became of every criterion of the newest published version; replaces what was there."""

    items: Annotated[
        tuple[CrosswalkStep, ...], Field(max_length=4 * MOST_CRITERIA), AfterValidator(_each_once)
    ]
    withdrawn: tuple[Number, ...] = Field(
        default=(),
        max_length=MOST_CRITERIA,
        description="Those that nothing takes the place of.",
    )


class Publication(_Stated):
    """From when something drafted holds."""

    in_force_from: date = Field(
        description="The first day, in London; today or later. What held before ends the day "
        "before."
    )


class DraftSummary(BaseModel):
    """A draft as it stands in a list."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    code: str
    title: str
    state: State
    drafted_by: uuid.UUID | None
    last_changed_by: uuid.UUID | None


class DraftCriterion(CriterionOut):
    """A criterion of a draft, and where it is shown."""

    position: int


class DraftRecord(DraftSummary):
    """A version as its editors see it. Its `ETag` names the version of the draft."""

    note: str | None
    in_force: PeriodOut | None = Field(description="Null while it is a draft.")
    published_by: uuid.UUID | None
    published_at: datetime | None
    standard_titles: dict[str, str]
    criteria: list[DraftCriterion]
    crosswalk: list[CrosswalkLine]
    withdrawn: list[str]


class DraftList(BaseModel):
    """Drafts of the standards, by code."""

    items: list[DraftSummary]
    links: PageLinks
