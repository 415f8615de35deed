"""What is already known to change in a record, day by day."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from app.pages import filters, record_wording, wording
from app.pages.public.inspection_view import write_next
from app.pages.view_models import Fact

Json = Mapping[str, Any]
Coming = tuple[str, str]
"""A day, and what holds from it."""


def build_ahead(record: Json, today: date) -> tuple[Fact, ...]:
    """Return each day on which something is known to change, soonest first, and what changes.

    Args:
        record: the body of `GET /v1/providers/{number}`.
        today: the day the record is looked at.
    """
    coming = [*_of_provider(record)]
    for site in record["sites"]:
        coming += _of_site(site, len(record["sites"]) > 1)
    by_day: dict[str, list[str]] = {}
    for day, words in sorted(coming, key=lambda each: each[0]):
        if date.fromisoformat(day) > today and words not in by_day.setdefault(day, []):
            by_day[day].append(words)
    return tuple(
        Fact(f"From {filters.format_day(day)}", tuple(words))
        for day, words in by_day.items()
        if words
    )


def _of_provider(record: Json) -> Iterator[Coming]:
    ahead = record["next"]
    if ahead is None:
        return
    if ahead["status"] != record["status"]["code"]:
        words = wording.status_words(ahead["status"]).label.lower()
        yield ahead["on"], f"The provider as a whole: {words}."
    lapsed = record["evidence"] and record["evidence"]["since"]
    if ahead["evidence"] == "out-of-date" and not lapsed:
        yield ahead["on"], "Evidence is out of date, unless it is renewed before."
    announced = {
        (site["reference"], site["listing"]["announced"]["from"])
        for site in record["sites"]
        if site["listing"] and site["listing"]["announced"]
    }
    names = {site["reference"]: _name(site) for site in record["sites"]}
    for site in ahead.get("sites", ()):
        if (site["reference"], ahead["on"]) not in announced:
            words = wording.status_words(site["status"]).label.lower()
            yield ahead["on"], f"{names.get(site['reference'], 'A site')}: {words}."


def _of_site(site: Json, several: bool) -> Iterator[Coming]:
    name = _name(site)
    at = f" at {name}" if several else ""
    if site.get("opened_on"):
        yield site["opened_on"], f"{name} opens."
    if site["closes_on"]:
        yield site["closes_on"], f"{name} is closed."
    announced = site["listing"] and site["listing"]["announced"]
    if announced:
        words = wording.status_words(announced["status"]).label.lower()
        reason = announced["reason"]
        why = f" {wording.label(record_wording.REASONS, reason)}" if reason else ""
        yield announced["from"], f"{name}: {words}.{why}"
    if site["inspection"] and (changed := write_next(name, site["inspection"])):
        yield changed
    for offer in site["offers"]:
        if offer["ends_on"]:
            yield offer["ends_on"], f"{offer['programme']} is not offered{at} any more."


def _name(site: Json) -> str:
    return site["name"] or f"Site {site['reference']}"
