"""What is asked and told of follow-ups, and of what is counted."""

import uuid
from datetime import date, datetime
from typing import Any, Self

from pydantic import Field, model_validator

from app.children.schemas import LaCode
from app.organisations.schemas.members import PageLinks
from app.oversight.terms import (
    FollowUpOutcome,
    HandoverAnswer,
    HandoverReason,
    SpellBegin,
    StepKind,
    Watched,
)
from app.placements.terms import Destination, KnownBy, PlacementEnd
from app.providers.schemas.stating import Day, Prose, Stated, Told
from app.rules.missing.chasing import Pressing
from app.rules.missing.owning import Searcher
from app.rules.stated import RuleBasis


class FollowUpStepStated(Stated):
    """What was tried to find a child."""

    kind: StepKind
    taken_on: Day
    what: Prose = Field(description="What was said and found. Kept under the child's own key.")

    @model_validator(mode="after")
    def _is_no_end(self) -> Self:
        if self.kind is StepKind.CLOSED:
            message = "A step does not end a follow-up. State its outcome instead."
            raise ValueError(message)
        return self


class FollowUpEnding(Stated):
    """How a follow-up ends, and how that is known."""

    outcome: FollowUpOutcome
    destination: Destination | None = Field(None, description="Where the child was found.")
    known_by: KnownBy
    what: Prose = Field(description="How it is known. Kept under the child's own key.")

    @model_validator(mode="after")
    def _fits(self) -> Self:
        if self.outcome is FollowUpOutcome.RECORDED_BY_MISTAKE:
            message = "Correct the end of the placement instead: its commissioner does that."
            raise ValueError(message)
        named = self.destination is not None
        if named != (self.outcome is FollowUpOutcome.FOUND):
            message = "Name a destination for a child who was found, and for no other outcome."
            raise ValueError(message)
        if self.destination is Destination.UNKNOWN:
            message = "An unknown destination ends nothing. Say where the child is."
            raise ValueError(message)
        return self


class HandoverOffered(Stated):
    """Which local authority is asked to look for the child, and why."""

    to_la: LaCode
    reason: HandoverReason

    @model_validator(mode="after")
    def _somebody_says_so(self) -> Self:
        if self.reason is HandoverReason.CIRCUMSTANCES_CHANGED:
            message = (
                "That is offered by itself where the child's record changes. Say what you saw."
            )
            raise ValueError(message)
        return self


class HandoverAnswered(Stated):
    """Whether you take the follow-up over."""

    answer: HandoverAnswer

    @model_validator(mode="after")
    def _is_an_answer(self) -> Self:
        if self.answer is HandoverAnswer.LAPSED:
            message = "Accept it or decline it."
            raise ValueError(message)
        return self


class FollowUpBasis(Told):
    """Why somebody looks for a child, and on what authority."""

    because: str
    rule: str
    basis: RuleBasis
    source: str


class FollowUpBrief(Told):
    """A follow-up in a list."""

    id: uuid.UUID
    reference: str
    commissioner: str
    first: Searcher = Field(description="Who looks first.")
    la: str = Field(description="The local authority that looks, by its code.")
    la_name: str
    school: str | None = Field(description="On whose roll the child is; looks jointly.")
    corporate_parent_la: str | None = Field(description="Looks after the child; looks, too.")
    since: date = Field(description="The last day of the placement.")
    next_step_by: date | None = Field(description="By when something is tried; `null` once ended.")
    light: Pressing | None
    offered_to_la: str | None = Field(description="Is asked to take it over.")
    outcome: FollowUpOutcome | None
    closed_on: date | None


class FollowUpList(Told):
    """Follow-ups."""

    items: list[FollowUpBrief]
    links: PageLinks


class FollowUpStepOut(Told):
    """Something that was tried."""

    kind: StepKind
    taken_on: date
    organisation: str
    by: str
    what: str | None = Field(
        description="`null` for who does not look for the child, and once its record is erased."
    )
    recorded_at: datetime


class FollowUpSpellOut(Told):
    """A local authority that looks, from a day on until the next."""

    la: str
    since: date
    became: SpellBegin


class HandoverOut(Told):
    """That an authority was asked, and what it answered."""

    from_la: str
    to_la: str
    reason: HandoverReason
    offered_on: date
    answer: HandoverAnswer | None
    answered_on: date | None


class FollowUpOut(FollowUpBrief):
    """A follow-up. Its `ETag` names the version."""

    placement: uuid.UUID | None = Field(description="`null` for the department.")
    child: uuid.UUID | None = Field(description="`null` for the department.")
    destination: Destination | None
    known_by: KnownBy | None
    why: list[FollowUpBasis] = Field(description="Empty once the child's record is erased.")
    clock: list[FollowUpBasis]
    steps: list[FollowUpStepOut] = Field(description="The newest first.")
    authorities: list[FollowUpSpellOut] = Field(description="The first of them first.")
    handovers: list[HandoverOut] = Field(description="The newest first.")
    version: int


class WatchedPlacement(Told):
    """A placement that needs a look."""

    id: uuid.UUID
    reference: str
    commissioner: str
    provider: str
    provider_name: str
    site: int
    starts_on: date
    planned_end_on: date | None
    assess_by: date | None
    ended_on: date | None
    end_reason: PlacementEnd | None
    destination: Destination | None


class WatchedList(Told):
    """Placements that need a look; the longest overdue first, of ended ones the newest."""

    why: Watched
    items: list[WatchedPlacement]
    links: PageLinks


class BalanceOut(Told):
    """Placements counted over a time, each term from its own rows."""

    la: str | None = Field(description="`null`: placements whose authority the rows do not tell.")
    opening_live: int = Field(description="Running at the end of the day before.")
    opening_followed: int = Field(description="Followed up at the end of the day before.")
    starts: int
    transfers_in: int = Field(description="The child came to live here, or was handed over.")
    transfers_out: int
    exits: int = Field(description="To a destination that is known.")
    mistakes: int = Field(description="Recorded by mistake: placements that never were.")
    closing_live: int
    closing_followed: int
    imbalance: int = Field(description="0, or somebody is not accounted for.")


class BalanceList(Told):
    """Whether every placement is accounted for."""

    since: date
    until: date
    identity: str = Field(description="What must be equal.")
    unaccounted: int = Field(
        description="0, or how far all authorities together are from it, in either direction."
    )
    items: list[BalanceOut]


class SettingCount(Told):
    """How many children are placed at a site, by all commissioners together; names nobody."""

    provider: str
    provider_name: str
    site: int
    children: int
    commissioners: int
    contacts: list[str] = Field(
        description="Commissioners to contact; told only while a concern is open about the site or "
        "its provider, or its listing is suspended."
    )


class SettingCountList(Told):
    """Sites in an authority's area at which children are placed today."""

    items: list[SettingCount]
    links: PageLinks


class HeldPart(Told):
    """One kind of thing that is held on a child."""

    part: str = Field(description="What it is: circumstances, placements, attendance_facts …")
    rows: list[dict[str, Any]] = Field(description="As it is kept, decrypted.")


class ReadBy(Told):
    """Somebody who read something of it, or did something to it."""

    at: datetime
    who: str
    organisation: str | None
    act: str
    outcome: str
    purpose: str | None


class Everything(Told):
    """Everything that an organisation holds on one child."""

    child: uuid.UUID
    commissioner: str
    made_at: datetime
    erased_at: datetime | None
    note: str
    parts: list[HeldPart]
    names: dict[uuid.UUID, str] = Field(
        description="What organisations and sites are called that stand in the rows by their ids."
    )
    read_by: list[ReadBy] = Field(description="The newest first; at most 1,000.")
