"""What the census of alternative provision asks of a place, as far as its codes are known; pure.

The identifiers and their rule: data items of the alternative provision census 2023, found. That a
session is a half day, ten a week at most, is recalled. DfE's own codes for the reasons were not
found and are not made up: an internal word stands, and the code stays empty.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from app.rules.funding.rows import Route
from app.rules.registration.facts import Delivery

FULL_WEEK = 10
"""Half days in a whole week."""


class CensusReason(StrEnum):
    """Why a place was commissioned: not the child's need, and an exclusion wins over it."""

    PLAN_NAMED = "EHC_NAMED"
    EXCLUSION = "PEX"
    SUSPENSION = "SUSPENSION"
    BEHAVIOUR = "BEHAVIOUR_OFFSITE"
    HEALTH = "HEALTH"
    """Mental or physical, which the route does not say; a person does."""
    NEW_ARRIVAL = "NEW_ARRIVAL"
    OTHER = "OTHER"


class SettingType(StrEnum):
    """What a setting is that has neither a URN nor a UKPRN."""

    LONE_TUITION = "OOT"
    OTHER = "OTH"


class Pattern(StrEnum):
    """Whether a place takes the whole week."""

    FULL_TIME = "full-time"
    PART_TIME = "part-time"


@dataclass(frozen=True, slots=True)
class Identified:
    """How a place is identified: exactly one is not empty."""

    urn: str | None = None
    ukprn: str | None = None
    setting_type: SettingType | None = None


_REASONS = {
    Route.PLAN_SCHOOL: CensusReason.PLAN_NAMED,
    Route.PLAN_AUTHORITY: CensusReason.PLAN_NAMED,
    Route.OTHERWISE_THAN_AT_SCHOOL: CensusReason.PLAN_NAMED,
    Route.EXCLUSION: CensusReason.EXCLUSION,
    Route.FIRST_FIVE_DAYS: CensusReason.EXCLUSION,
    Route.SUSPENSION: CensusReason.SUSPENSION,
    Route.SUSPENSION_FROM_UNIT: CensusReason.SUSPENSION,
    Route.OFF_SITE_DIRECTION: CensusReason.BEHAVIOUR,
    Route.OFF_SITE_ACADEMY: CensusReason.BEHAVIOUR,
    Route.HEALTH: CensusReason.HEALTH,
    Route.NEW_ARRIVAL: CensusReason.NEW_ARRIVAL,
}


def reason_of(route: Route) -> CensusReason:
    """Return why a place was commissioned, as far as its route says so."""
    return _REASONS.get(route, CensusReason.OTHER)


def identified(urn: str | None, ukprn: str | None, delivery: Delivery) -> Identified:
    """Say by what a place is identified: a URN before a UKPRN, a type only without both."""
    if urn is not None:
        return Identified(urn=urn)
    if ukprn is not None:
        return Identified(ukprn=ukprn)
    lone = delivery is Delivery.LONE_TUTOR
    return Identified(setting_type=SettingType.LONE_TUITION if lone else SettingType.OTHER)


def pattern_of(half_days: int) -> Pattern:
    """Say whether half days a week make a whole week."""
    return Pattern.FULL_TIME if half_days >= FULL_WEEK else Pattern.PART_TIME


def to_be_said(reason: CensusReason, place: Identified, half_days: int) -> Collection[str]:
    """Return what a person has to say or look at before a row is sent."""
    notes = ["DfE's code for the reason is not held here: take it from the current code set."]
    if reason is CensusReason.HEALTH:
        notes.append("Say whether the reason is mental or physical health.")
    if reason is CensusReason.OTHER:
        notes.append("The route does not say the reason.")
    if place.setting_type is SettingType.OTHER:
        notes.append("Say NFE or WBP instead where it is further education or a workplace.")
    if half_days > FULL_WEEK:
        notes.append("The timetable has more than ten half days a week.")
    return notes
