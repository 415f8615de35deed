"""What the department's editors send and get about drafts of policies; what figures each has."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StrictInt, model_validator

from app.organisations.schemas.members import PageLinks
from app.standards.schemas.drafts import Words
from app.standards.schemas.published import PeriodOut
from app.standards.terms import PolicyCode, State

MOST_DAYS, MOST_MONTHS = 366, 60
MOST_WORKING_DAYS, MOST_CRITERIA = 60, 100

Months = Annotated[StrictInt, Field(ge=1, le=MOST_MONTHS)]
WorkingDays = Annotated[StrictInt, Field(ge=1, le=MOST_WORKING_DAYS)]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Days(_Stated):
    days: Annotated[StrictInt, Field(ge=0, le=MOST_DAYS)]


class _SeveralDays(_Stated):
    days: Annotated[
        tuple[Annotated[StrictInt, Field(ge=1, le=MOST_DAYS)], ...],
        Field(min_length=1, max_length=10),
    ]


class _Months(_Stated):
    months: Months


class _RecentMonths(_Stated):
    recent_months: Months


class _MonthsByGate(_Stated):
    critical: Months
    major: Months
    minor: Months


class _OutcomeRule(_Stated):
    major_partly_at_most: Annotated[StrictInt, Field(ge=0, le=MOST_CRITERIA)]
    counts_months: _MonthsByGate


class _InspectionCycle(_Stated):
    entry_visit_months: Months
    entry_visit_before_listing: StrictBool = False
    monitoring_months: Months
    yearly_months: Months
    overdue_days: Annotated[StrictInt, Field(ge=0, le=MOST_DAYS)]
    after_concern_working_days: WorkingDays


class _FairHearing(_Stated):
    comments_working_days: WorkingDays
    action_plan_working_days: WorkingDays
    appeal_working_days: WorkingDays
    appeal_decision_working_days: WorkingDays
    suspension_review_working_days: WorkingDays
    self_evaluation_working_days: WorkingDays


PARAMETERS: Mapping[PolicyCode, type[BaseModel]] = {
    PolicyCode.EVIDENCE_GRACE: _Days,
    PolicyCode.EVIDENCE_REMINDERS: _SeveralDays,
    PolicyCode.YEARLY_CONFIRMATION: _Months,
    PolicyCode.TRANSITION_LISTING: _RecentMonths,
    PolicyCode.OUTCOME_RULE: _OutcomeRule,
    PolicyCode.INSPECTION_CYCLE: _InspectionCycle,
    PolicyCode.FAIR_HEARING: _FairHearing,
}
"""What figures each policy has, and within which bounds."""

_FIGURES = "Its figures, as `GET /v1/policies` shows them; null switches the policy off."


class NewPolicyDraft(_Stated):
    """A policy to be drafted: other figures, or none, which switches it off."""

    code: PolicyCode
    parameters: dict[str, Any] | None = Field(description=_FIGURES)
    reason: Words = Field(description="Why; public once it is published.")
    source: Words = Field(description="What it rests on; public once it is published.")


class PolicyDraftChange(_Stated):
    """What can be changed of a drafted policy; what is left out stays."""

    parameters: dict[str, Any] | None = Field(default=None, description=_FIGURES)
    reason: Words | None = None
    source: Words | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if not self.model_fields_set:
            message = "give parameters, reason or source"
            raise ValueError(message)
        for name in ("reason", "source"):
            if name in self.model_fields_set and getattr(self, name) is None:
                message = f"a policy has a {name}"
                raise ValueError(message)
        return self


class PolicyDraftRecord(BaseModel):
    """A policy as its editors see it. Its `ETag` names the version of the draft."""

    id: uuid.UUID
    code: PolicyCode
    state: State
    parameters: dict[str, Any] | None = Field(description="Null switches it off.")
    reason: str
    source: str
    in_force: PeriodOut | None = Field(description="Null while it is a draft.")
    drafted_by: uuid.UUID | None
    last_changed_by: uuid.UUID | None
    published_by: uuid.UUID | None
    published_at: datetime | None


class PolicyDraftList(BaseModel):
    """Drafts of policies, the oldest first."""

    items: list[PolicyDraftRecord]
    links: PageLinks
