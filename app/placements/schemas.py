"""What is asked and told of placements."""

import uuid
from datetime import date, datetime
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from app.calculators.schemas.stated import RuleReason
from app.children.schemas import ChildIdentity, Circumstances, OwnReference
from app.occupancy.schemas import SiteReference, Timetable, TimetabledSessionOut
from app.organisations.schemas.members import PageLinks
from app.placements.terms import (
    MOST_ROWS,
    CaseEnd,
    Destination,
    FullTime,
    KnownBy,
    LoadOutcome,
    PlacementEnd,
    PlacementState,
)
from app.providers.schemas.stating import Day, Prose, Stated, Told, Whole
from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light


class UrgentStart(Stated):
    """Why a place cannot wait for its assessment; it is assessed within the time for it."""

    reasons: Prose = Field(description="Encrypted under the child's own key.")


class PlacementFacts(Timetable):
    """A placement, of whomever it is."""

    reference: OwnReference = Field(description="Your own system's; unique among your placements.")
    provider: Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]
    site: SiteReference = Field(description="The usual one, by its reference.")
    route: Route
    delivery: Delivery = Delivery.AT_A_SETTING
    starts_on: Day
    planned_end_on: Day | None = Field(None, description="The last day, as planned.")
    assessment: uuid.UUID | None = Field(
        None, description="The approved assessment it rests on: of this child, at this site."
    )
    urgent: UrgentStart | None = Field(None, description="Why it cannot wait for an assessment.")

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.assessment is not None and self.urgent is not None:
            message = "It was assessed, or it could not wait: send one of the two."
            raise ValueError(message)
        if self.planned_end_on is not None and self.planned_end_on < self.starts_on:
            message = "The placement ends before it starts. Check both days."
            raise ValueError(message)
        return self


class NewPlacement(PlacementFacts):
    """A placement, as it is planned or as it runs already.

    One that began before today is recorded as it is, never refused for the registration test, and
    assessed later. One that has yet to begin rests on an approved assessment, or is urgent.
    """

    child: uuid.UUID


class ChildToRecord(ChildIdentity):
    """Who a child is that you hold no record of yet, and who has which duty."""

    circumstances: Circumstances


class ChildNamed(Stated):
    """A child by your own reference; with its record where you hold none yet."""

    reference: OwnReference = Field(description="Your own system's, of the child.")
    record: ChildToRecord | None = Field(
        None, description="Needed where you hold no child under this reference."
    )


class BatchedPlacement(PlacementFacts):
    """A row of a batch: a placement, and its child by your own reference."""

    child: ChildNamed


class PlacementBatch(Stated):
    """Up to 200 placements. Each is judged by itself: a wrong one keeps none of the others out."""

    items: Annotated[
        list[dict[str, Any]],
        Field(
            min_length=1,
            max_length=MOST_ROWS,
            description="Rows: what a single placement has, with `child` as your own `reference` "
            "and, where you hold no record of it yet, the `record`.",
        ),
    ]


class PlacementRowProblem(Told):
    """One thing wrong with a row."""

    type: str = Field(description="As the `type` of a refused single placement.")
    detail: str
    pointer: str | None = Field(description="Where in the row; `null`: the row as a whole.")
    column: str | None = Field(description="Of a file: in which column.")


class PlacementBatchRow(Told):
    """What became of a row."""

    row: int = Field(description="Its place in `items`, from 0; of a file its first line, from 1.")
    outcome: LoadOutcome
    reference: str | None = Field(description="Yours, of the placement, where it could be read.")
    placement: uuid.UUID | None
    child: uuid.UUID | None
    assess_by: date | None = Field(description="Not yet assessed, and has to be by this day.")
    warnings: list[RuleReason] = Field(description="What is to be known, and stops nothing.")
    problems: list[PlacementRowProblem]


class PlacementBatchOutcome(Told):
    """What became of a batch, row by row."""

    recorded: int
    held_already: int
    refused: int
    rows: list[PlacementBatchRow]


class TimetableChange(Timetable):
    """Another timetable, from a day on. The registration test is made anew."""

    since: Day


class PlacementAssessed(Stated):
    """By which approved assessment a placement was found suitable after it began."""

    assessment: uuid.UUID


class PlacementEnding(Stated):
    """When and why a placement ended, and where the child went."""

    ended_on: Day = Field(description="The last day of it.")
    reason: PlacementEnd
    destination: Destination


class EndingCorrected(PlacementEnding):
    """How a placement really ended: recorded wrongly, or learned later."""

    known_by: KnownBy = Field(description="How it is known.")


class TimetableOut(Told):
    """When a child is there, from a day on until the next timetable."""

    since: date
    weekly_minutes: int
    minutes_elsewhere: int | None
    registration_test: Light = Field(
        description="What it said of the setting when this was written down. Red and amber say "
        "that the limit is near or reached, never by whom."
    )
    sessions: list[TimetabledSessionOut]


class PlacementOut(Told):
    """A placement. Its `ETag` names the version."""

    id: uuid.UUID
    reference: str
    commissioner: str
    child: uuid.UUID
    provider: str
    provider_name: str
    site: int
    host_la: str | None = Field(description="The local authority where the site lies.")
    route: Route
    delivery: Delivery
    state: PlacementState
    starts_on: date
    planned_end_on: date | None
    ended_on: date | None
    end_reason: PlacementEnd | None
    destination: Destination | None
    assess_by: date | None = Field(
        description="It is not yet assessed, and has to be by this day; `null` once it is."
    )
    assessment: uuid.UUID | None = Field(description="The one it rests on.")
    urgent_because: str | None = Field(
        description="Why it could not wait; null where it was not urgent, or once it is erased."
    )
    timetables: list[TimetableOut] = Field(description="The newest first.")
    warnings: list[RuleReason] = Field(description="What is to be known, and stops nothing.")
    recorded_at: datetime
    version: int


class PlacementBrief(Told):
    """A placement in a list."""

    id: uuid.UUID
    reference: str
    commissioner: str
    child: uuid.UUID
    provider: str
    provider_name: str
    site: int
    route: Route
    state: PlacementState
    starts_on: date
    planned_end_on: date | None
    ended_on: date | None
    assess_by: date | None


class PlacementList(Told):
    """Placements, the newest first."""

    items: list[PlacementBrief]
    links: PageLinks


class RegistrationCaseOut(Told):
    """A setting may have to register as a school. Its `ETag` names the version."""

    id: uuid.UUID
    provider: str
    provider_name: str
    would_reach_on: date
    refused: bool = Field(description="Whether a place was refused; else it is so already.")
    counts: list[str] = Field(description="What the test counted; it names nobody.")
    opened_at: datetime
    closure: CaseEnd | None
    closed_at: datetime | None
    closed_reason: str | None
    version: int


class RegistrationCaseList(Told):
    """Cases, the newest first."""

    items: list[RegistrationCaseOut]
    links: PageLinks


class CaseClosure(Stated):
    """What was found of the setting, and how."""

    closure: CaseEnd
    reason: Prose = Field(description="How it is known; name no child.")


class CaseChildOut(Told):
    """One child at the setting of a case, without a name: facts that the test counts."""

    child: uuid.UUID = Field(description="Names the child in this case, and means nothing else.")
    weekly_minutes: int = Field(description="At the setting, over all who place the child there.")
    minutes_elsewhere: int | None = Field(
        description="A week, as far as is known; `null`: nobody has said."
    )
    of_school_age: bool | None = Field(description="`null`: nobody holds the birth any more.")
    has_plan: bool
    looked_after: bool
    has_needs: bool
    delivery: Delivery
    commissioners: list[str] = Field(description="Who places the child there, to be asked.")
    found_not_full_time: bool = Field(description="By the department, and for these hours.")


class FullTimeFindingOut(Told):
    """What the department found of one child. The latest that covers a day stands."""

    child: uuid.UUID
    finding: FullTime
    weekly_minutes: int = Field(description="It covers no more than these.")
    since: date
    until: date | None
    reasons: str
    found_by: str
    found_at: datetime


class CaseChildren(Told):
    """The children whom a case is about, for the department alone."""

    case: uuid.UUID
    on: date = Field(description="The day that is looked at.")
    items: list[CaseChildOut]
    findings: list[FullTimeFindingOut] = Field(description="The newest first.")


class FullTimeFindingStated(Stated):
    """That a child is not full-time at the setting, or is counted by its hours again."""

    child: uuid.UUID = Field(description="As the children of the case are named.")
    finding: FullTime
    since: Day
    until: Day | None = Field(None, description="The last day; left out: no end is set.")
    reasons: Prose = Field(description="How it is known; name no child.")

    @model_validator(mode="after")
    def _days_of_finding_in_order(self) -> Self:
        if self.until is not None and self.until < self.since:
            message = "It ends before it starts. Check both days."
            raise ValueError(message)
        return self


class DeclaredCount(Stated):
    """Children of compulsory school age in one band of hours."""

    children: Annotated[Whole, Field(ge=0, le=1_000)]
    with_plan_or_care: Annotated[Whole, Field(ge=0, le=1_000)] = Field(
        0, description="Of them, with an EHC plan or looked after."
    )
    with_needs: Annotated[Whole, Field(ge=0, le=1_000)] = Field(
        0, description="Of them, with special educational needs, with or without a plan."
    )

    @model_validator(mode="after")
    def _parts_fit(self) -> Self:
        if max(self.with_plan_or_care, self.with_needs) > self.children:
            message = "More children have a plan, care or needs than there are. Count again."
            raise ValueError(message)
        return self


_NOBODY = DeclaredCount(children=0)


class AttendanceDeclared(Stated):
    """Children whom no school or authority places: educated at home, or paid for privately.

    Each stands in one band. With nobody in any, say so: a declaration of nobody counts, silence
    does not.
    """

    declared_on: Day
    over_18_hours: DeclaredCount = _NOBODY
    from_15_to_18_hours: DeclaredCount = Field(
        _NOBODY, description="Both included, with education elsewhere."
    )
    under_15_hours: DeclaredCount = Field(_NOBODY, description="With education elsewhere.")
    up_to_18_hours_and_little_elsewhere: DeclaredCount = Field(
        _NOBODY, description="For whom it is all or nearly all of their education."
    )


class AttendanceDeclarationOut(Told):
    """What a provider last declared, and from when it no longer counts."""

    declared_on: date
    stale_from: date = Field(description="The first day on which it is no longer current.")
    bands: dict[str, DeclaredCount]
