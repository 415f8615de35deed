"""What is asked and told of the settings that are looked at for a child, and of what-ifs."""

import uuid
from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from app.assessments.schemas.steps import Pence
from app.assessments.terms import DistanceFrom, OptionStanding, PriceUnit
from app.occupancy.schemas import SiteReference, Timetable, TimetabledSessionOut
from app.providers.schemas.stating import Day, Line, Prose, Stated, Told
from app.rules.registration.facts import Delivery
from app.rules.registration.limbs import Light
from app.rules.suitability.facts import Assured, Listed

ProviderNumber = Annotated[str, Field(pattern="^[A-Za-z0-9]{1,20}$")]


class Price(Stated):
    """What a place costs, and for what."""

    pence: Pence
    unit: PriceUnit


class OptionStated(Stated):
    """A setting that is looked at for the child; the whole of it."""

    provider: ProviderNumber
    site: SiteReference
    programme: Line | None = Field(None, description="Which of the site's offers.")
    delivery: Delivery = Delivery.AT_A_SETTING
    timetable: Timetable | None = Field(
        None, description="The proposed week. The setting is tested with it, which is counted."
    )
    price: Price | None = None
    gaps: Prose | None = Field(None, description="What of the child's needs it does not meet.")
    standing: OptionStanding = OptionStanding.CONSIDERED
    reasons: Prose | None = Field(None, description="Why it is chosen or turned down.")


class DistanceTold(Told):
    """How far a setting is, as the crow flies."""

    metres: int
    from_: DistanceFrom = Field(alias="from")


class RegistrationTestTold(Told):
    """What the registration test says of a setting: a light and the day, never whose child."""

    light: Light
    on: date = Field(description="The first day on which it says so.")
    tested_at: datetime


class EvidenceDays(Told):
    """Until when a provider's evidence of a kind counts."""

    kind: str
    current: bool = Field(description="Whether it counts on the first day.")
    until: date | None = Field(description="Its last day; null: for as long as may be.")


class OwnCheckTold(Told):
    """A check that the commissioner made, or shares, and may use on the first day."""

    id: uuid.UUID
    kind: str
    seen_on: date
    usable_until: date


class CheckedByRegister(Told):
    """What the register found by itself of a site, as it will be on the first day of the place."""

    checked_at: datetime
    on: date
    listed: Listed
    outcome: Assured = Field(description="Of quality assurance at this very site.")
    covers_age: bool | None = Field(description="Whether the listing covers the child's age.")
    covers_needs: bool | None
    evidence_current: bool | None = Field(
        description="What the standards cannot do without; null: none is asked for."
    )
    insured: bool | None = Field(description="Null: no insurance was handed in.")
    evidence: list[EvidenceDays]
    own_checks: list[OwnCheckTold]
    concern_open: bool = Field(description="As far as you may know of it.")


class OptionOut(Told):
    """A setting that is looked at, beside the others."""

    id: uuid.UUID
    provider: str
    provider_name: str
    site: int
    programme: str | None
    delivery: Delivery
    standing: OptionStanding
    sessions: list[TimetabledSessionOut] | None
    weekly_minutes: int | None
    minutes_elsewhere: int | None
    price: Price | None
    distance: DistanceTold | None = Field(description="Null: one of the two places is not known.")
    gaps: str | None
    reasons: str | None
    registration_test: RegistrationTestTold | None
    checked: CheckedByRegister


class WhatIfAsked(Timetable):
    """A timetable at a site, to be held against the limit at which a school must register."""

    provider: ProviderNumber
    site: SiteReference
    delivery: Delivery = Delivery.AT_A_SETTING
    starts_on: Day | None = Field(None, description="The assessment's own first day otherwise.")
    ends_on: Day | None = Field(None, description="The assessment's own last day otherwise.")


class WhatIfOut(Told):
    """A light and the day; never which limb of the test, and never whose child."""

    light: Light
    on: date = Field(description="The first day on which it says so.")
    left_this_hour: int = Field(description="How often your organisation may still ask.")
