"""What is known to come, told from the record that says so; pure.

A record holds days ahead in several places: listings that are announced to move, sites that open
and close, offers that end, outcomes that lapse, and what time alone will change. Here they are one
list.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coming:
    """One thing that is known to change.

    Attributes:
        on: the first London day on which it will be otherwise.
        pointer: what changes: a place in the present record (RFC 6901).
        now: what stands there until then; `None` for nothing.
        then: what will; `None` for what will be there no more.
    """

    on: str
    pointer: str
    now: Any
    then: Any


def coming(record: Json, today: date) -> list[Coming]:
    """Return what a record tells of days after `today`, in order of day and place.

    Args:
        record: a provider's, canonical in the present form or as the API gives it.
        today: the London day from which days are ahead.
    """
    found = [*_of_next(record), *_of_sites(record)]
    # The same change told twice, by who decided it and as what time brings, is one.
    told = {(one.on, one.pointer): one for one in found if one.on > today.isoformat()}
    return sorted(told.values(), key=lambda one: (one.on, one.pointer))


def _of_next(record: Json) -> Iterator[Coming]:
    ahead = record["next"]
    if ahead is None:
        return
    on = ahead["on"]
    yield from _changed(on, "/status/code", record["status"]["code"], ahead["status"])
    yield from _changed(on, "/evidence/status", _status(record["evidence"]), ahead["evidence"])
    yield from _changed(on, "/outcome", record["outcome"], ahead["outcome"])
    places = {site["reference"]: place for place, site in enumerate(record["sites"])}
    for then in ahead["sites"]:
        place = places[then["reference"]]
        site = record["sites"][place]
        at = f"/sites/{place}"
        yield from _changed(on, f"{at}/listing/status", _status(site["listing"]), then["status"])
        yield from _changed(
            on, f"{at}/evidence/status", _status(site["evidence"]), then["evidence"]
        )


def _of_sites(record: Json) -> Iterator[Coming]:
    for place, site in enumerate(record["sites"]):
        at = f"/sites/{place}"
        if site["opened_on"]:
            yield Coming(site["opened_on"], f"{at}/opened_on", None, site["opened_on"])
        if site["closes_on"]:
            yield Coming(site["closes_on"], f"{at}/closed_on", None, site["closes_on"])
        announced = site["listing"] and site["listing"]["announced"]
        if announced:
            now, then = site["listing"]["status"], announced["status"]
            yield Coming(announced["from"], f"{at}/listing/status", now, then)
        inspection = site["inspection"]
        if inspection and inspection["valid_until"]:
            day = date.fromisoformat(inspection["valid_until"]) + timedelta(days=1)
            now, then = inspection["outcome"], inspection["next"]
            yield Coming(day.isoformat(), f"{at}/inspection/outcome", now, then)
        for number, offer in enumerate(site["offers"]):
            if offer["ends_on"]:
                yield Coming(offer["ends_on"], f"{at}/offers/{number}", offer, None)


def _changed(on: str, pointer: str, now: Any, then: Any) -> Iterator[Coming]:
    if now != then:
        yield Coming(on, pointer, now, then)


def _status(told: Json | None) -> str | None:
    return told["status"] if told else None
