"""How a placement stands: what was done and is due, in facts that name nobody."""

from datetime import date
from typing import Annotated, Self

from pydantic import Field, model_validator

from app.calculators.schemas.stated import Asked, Day, RuleCited, RuleReason, Told, YesOrNo
from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery
from app.rules.safeguarding.law import ITEM, ItemForce, Whose
from app.rules.safeguarding.standing import ItemStanding, SafeguardingStatus


class SafeguardingItemAsked(Asked):
    """One item of the list, as far as it is done."""

    number: Annotated[str, Field(pattern="^SG([1-9]|1[0-9]|2[0-2])$", examples=["SG2"])]
    done_on: Day | None = Field(default=None, description="Empty: not yet.")
    next_due: Day | None = Field(default=None, description="By when it is done, or done again.")


class SafeguardingAsked(Asked):
    """A placement: what decides which items are asked, and what was done."""

    on: Day | None = Field(default=None, description="Today if not given.")
    delivery: Delivery = Delivery.AT_A_SETTING
    route: Route = Route.SCHOOL_ARRANGED
    transported: YesOrNo = Field(default=False, description="Somebody else than a parent drives.")
    plan_or_care: YesOrNo = Field(default=False, description="An EHC plan, or looked after.")
    by_authority: YesOrNo = Field(default=False, description="A local authority arranges it.")
    concern_arose: YesOrNo = Field(default=False, description="Something has to be looked into.")
    grave_concern: YesOrNo = Field(
        default=False, description="One of high or immediate severity is open at the provider."
    )
    suspended: YesOrNo = Field(default=False, description="The provider's listing, meanwhile.")
    urgent_by: Day | None = Field(
        default=None, description="By when what an urgent start left open is completed."
    )
    items: Annotated[list[SafeguardingItemAsked], Field(max_length=len(ITEM))] = []

    @model_validator(mode="after")
    def _each_once(self) -> Self:
        numbers = [one.number for one in self.items]
        if len(set(numbers)) < len(numbers):
            message = "Say of each item once how it stands."
            raise ValueError(message)
        return self


class SafeguardingItemTold(Told):
    """One item of the list: what is asked, of whom, on what authority, and how it stands."""

    number: str
    says: str
    force: ItemForce
    whose: list[Whose] = Field(description="Each of them has the duty; none is rid of it.")
    standing: ItemStanding
    next_due: date | None
    rule: RuleCited


class SafeguardingAnswer(Told):
    """How a placement stands, and why."""

    on: date
    status: SafeguardingStatus
    reasons: list[RuleReason] = Field(description="Why it is not green, the gravest first.")
    items: list[SafeguardingItemTold]
