"""The two limbs of the registration test: five children, or one of some."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.rules.registration.children import Standing
from app.rules.stated import Reason, Rule


class Light(StrEnum):
    """How near a setting is to the limit."""

    GREEN = "green"
    AMBER = "amber"
    INCOMPLETE = "incomplete"
    RED = "red"


_ORDER = tuple(Light)
"""From the best to the worst. What is not known is worse than what a person must look at."""


@dataclass(frozen=True, slots=True)
class Limb:
    """One way of reaching the limit.

    Attributes:
        name: which.
        light: how near the setting is to it.
        reason: why, in counts.
    """

    name: str
    light: Light
    reason: Reason


def five(standings: Mapping[Standing, int], rule: Rule, nearness: Rule) -> Limb:
    """Say how near the number of full-time children is to the limit.

    Args:
        standings: how many children stand where.
        rule: the test.
        nearness: from when the register warns.
    """
    limit = rule.figures["full_time_children"]
    full, person, unknown = _three(standings)
    because = f"{full} of compulsory school age are full-time by their hours; {limit} is the limit."
    if full >= limit:
        return _limb("five-full-time", Light.RED, because, rule)
    if full + person >= limit:
        because = f"{because} With {person} for a person to judge it may be reached."
        return _limb("five-full-time", Light.AMBER, because, rule)
    if full + person + unknown >= limit:
        because = f"{because} Of {unknown} too little is known."
        return _limb("five-full-time", Light.INCOMPLETE, because, rule)
    if person:
        because = f"{because} A person must judge whether {person} more are."
        return _limb("five-full-time", Light.AMBER, because, rule)
    near = standings.get(Standing.NEAR, 0)
    if full + near >= nearness.figures["children"]:
        because = f"{because} With {near} who come near the hours it is close."
        return _limb("five-full-time", Light.AMBER, because, nearness)
    return _limb("five-full-time", Light.GREEN, because, rule)


def one_of(standings: Mapping[Standing, int], rule: Rule, whom: str, nearness: Rule) -> Limb:
    """Say how near the setting is to having one child who is enough by themselves.

    Args:
        standings: how many such children stand where.
        rule: the test.
        whom: which children these are, in words.
        nearness: from when the register warns.
    """
    full, person, unknown = _three(standings)
    name = "one-who-is-enough"
    if full:
        return _limb(name, Light.RED, f"{full} {whom} are full-time by their hours.", rule)
    if person:
        because = f"{person} {whom} may be full-time; a person must judge it."
        return _limb(name, Light.AMBER, because, rule)
    if unknown:
        because = f"Of {unknown} {whom} too little is known."
        return _limb(name, Light.INCOMPLETE, because, rule)
    if near := standings.get(Standing.NEAR, 0):
        because = f"{near} {whom} come near the hours."
        return _limb(name, Light.AMBER, because, nearness)
    return _limb(name, Light.GREEN, f"None {whom} is there full-time, or near it.", rule)


def worst_of(lights: Sequence[Light]) -> Light:
    """Return the worst of several lights."""
    return max(lights, key=_ORDER.index)


def _three(standings: Mapping[Standing, int]) -> tuple[int, int, int]:
    return (
        standings.get(Standing.FULL_TIME, 0),
        standings.get(Standing.FOR_A_PERSON, 0),
        standings.get(Standing.UNKNOWN, 0),
    )


def _limb(name: str, light: Light, because: str, rule: Rule) -> Limb:
    return Limb(name, light, Reason(because, rule))
