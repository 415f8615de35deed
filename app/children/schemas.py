"""What is asked and told of children."""

import uuid
from datetime import date, datetime
from typing import Annotated, Self

from pydantic import AfterValidator, Field, StringConstraints, model_validator

from app.children.terms import ErasureReason, HoldReason, MatchAnswer, MatchMethod, MatchStatus
from app.organisations.schemas.members import PageLinks
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told
from app.values.person_name import read_name
from app.values.upn import parse_upn

LaCode = Annotated[str, Field(pattern="^[0-9]{3}$")]
Urn = Annotated[str, Field(pattern="^[0-9]{6}$")]
PersonName = Annotated[str, StringConstraints(max_length=100), AfterValidator(read_name)]
Upn = Annotated[str, StringConstraints(max_length=20), AfterValidator(parse_upn)]
OwnReference = Annotated[Line, Field(max_length=100)]


class Circumstances(Stated):
    """Who has which duty towards a child, from a day on. Each body is kept apart."""

    since: Day = Field(description="The first day on which it is so.")
    home_la: LaCode = Field(description="The local authority where the child lives.")
    school: Urn | None = Field(None, description="The school on whose roll; none: on no roll.")
    plan_la: LaCode | None = Field(
        None, description="Which maintains the EHC plan; none: there is no plan."
    )
    care_la: LaCode | None = Field(
        None, description="Which looks after the child; none: it is not looked after."
    )
    sen: bool = Field(description="Special educational needs, with or without a plan.")

    @model_validator(mode="after")
    def _plan_means_needs(self) -> Self:
        if self.plan_la is not None and not self.sen:
            message = "A child with a plan has special educational needs: send `sen` as true."
            raise ValueError(message)
        return self


class ChildIdentity(Stated):
    """Who the child is. Encrypted at rest; providers never see the UPN."""

    upn: Upn | None = Field(
        None, description="Unique pupil number; leave it out only while none is known."
    )
    given_names: PersonName
    family_name: PersonName
    date_of_birth: Day


class NewChild(ChildIdentity):
    """A child of a commissioner. Sent again under the same reference, it is not added twice."""

    reference: OwnReference = Field(description="Your own system's; unique among your children.")
    circumstances: Circumstances


class ChildErasure(Stated):
    """Why a child's record is erased. It cannot be brought back."""

    reason: ErasureReason


class ChildHold(Stated):
    """What stands against erasing a child's record, or that nothing does any more."""

    reason: HoldReason | None = Field(description="`null` lets it be erased again.")


class Match(Told):
    """Whether others hold this child, and by what that was found; never who."""

    status: MatchStatus
    method: MatchMethod | None


class CircumstancesOut(Told):
    """Who has which duty from a day on, until the next entry."""

    since: date
    home_la: str
    school: str | None = Field(description="Its URN.")
    school_name: str | None
    plan_la: str | None
    care_la: str | None
    sen: bool


class ChildOut(Told):
    """A child's record. Its `ETag` names the version."""

    id: uuid.UUID
    reference: str | None
    commissioner: str
    upn: str | None
    given_names: str | None
    family_name: str | None
    date_of_birth: date | None
    circumstances: list[CircumstancesOut] = Field(description="The newest first.")
    recorded_at: datetime
    erased_at: datetime | None = Field(description="When it was erased; then little else is left.")
    held_because: HoldReason | None = Field(description="While it stands, nothing is erased.")
    version: int


class ChildAdded(ChildOut):
    """A child's record, and whether others hold the child."""

    match: Match


class ChildBrief(Told):
    """A child in a list."""

    id: uuid.UUID
    reference: str | None
    commissioner: str
    given_names: str | None
    family_name: str | None
    date_of_birth: date | None
    erased_at: datetime | None


class ChildList(Told):
    """Children, the newest first."""

    items: list[ChildBrief]
    links: PageLinks


class MatchSide(Told):
    """One of two records that may be of one child."""

    child: uuid.UUID
    commissioner: str
    upn: str | None
    given_names: str
    family_name: str
    date_of_birth: date
    home_la: str


class MatchQuestionOut(Told):
    """Whether two records are of one child. Its `ETag` names the version."""

    id: uuid.UUID
    method: MatchMethod
    asked_at: datetime
    sides: list[MatchSide] = Field(description="Both records; empty once it is answered.")
    answer: MatchAnswer | None
    answered_at: datetime | None
    answered_reason: str | None
    version: int


class MatchQuestionBrief(Told):
    """A question in a list; who it is about is told where it is opened."""

    id: uuid.UUID
    method: MatchMethod
    asked_at: datetime
    answer: MatchAnswer | None
    version: int


class MatchQuestionList(Told):
    """Questions, the newest first."""

    items: list[MatchQuestionBrief]
    links: PageLinks


class MatchAnswered(Stated):
    """What was found out, and how."""

    answer: MatchAnswer
    reason: Prose = Field(description="How you know; name no child.")
