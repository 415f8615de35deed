"""The bytes the public is answered with, rendered once, when a record is published."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

from app.places.facts import la_name
from app.providers.terms import ON_REGISTER
from app.values.national_grid import to_wgs84

FORMAT = 6
"""Raised when the rendering changes; then the read model is rebuilt, and every ETag changes."""

LARGEST_AGE = 999
_OF_SCOPE = ("key_stages", "needs", "programmes")
WHOLE = (
    *("number", "name", "other_names", "identifiers", "status", "evidence", "outcome"),
    *("confirmed_on", "contact", "predecessors", "successors", "merged_into", "valid_until"),
    "next",
)
"""Members of a record that the whole document shows as they are."""
WHOLE_SITE = (
    *("reference", "name", "kind", "run_by", "address", "opened_on", "closes_on", "closed_on"),
    *("evidence", "inspection", "offers"),
)
"""The same of a site."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One provider, ready to be sent."""

    summary: bytes
    document: bytes
    sites: dict[int, bytes]


def render(record: dict[str, Any], entry: int, recorded_at: datetime) -> Rendered:
    """Render a record published as an entry: list item, whole document, and each open site."""
    record = in_present_form(record)
    document = {
        **{key: record[key] for key in WHOLE},
        "sites": [_whole_site(site) for site in record["sites"]],
        "register": {"entry": entry, "recorded_at": utc(recorded_at)},
        "links": {"self": f"/v1/providers/{record['number']}"},
    }
    return Rendered(
        summary=orjson.dumps(_summary(record)),
        document=orjson.dumps(document),
        sites={
            site["reference"]: orjson.dumps(_short_site(site))
            for site in open_sites(record)
            if site["listing"]
        },
    )


def in_present_form(record: dict[str, Any]) -> dict[str, Any]:
    """Return a record as the present form has it, also one that was published before there was one.

    At first providers were listed as a whole: each site stood where its provider did, and covered
    whatever was offered there. Later records told of listings, and nothing yet of inspections.
    """
    if "outcome" in record:
        return record
    listed = record if "evidence" in record else _with_listings(record)
    ahead = listed["next"] and {
        "outcome": None,
        **listed["next"],
        "sites": [{"outcome": None} | site for site in listed["next"]["sites"]],
    }
    sites = [{"inspection": None} | site for site in listed["sites"]]
    return {"outcome": None} | listed | {"next": ahead, "sites": sites}


def _with_listings(record: dict[str, Any]) -> dict[str, Any]:
    stands = {
        "status": record["status"]["code"],
        "since": record["status"]["since"],
        **dict.fromkeys(("reason", "announced", "seen_on", "seen_how", "standards")),
        "listed_on": record["status"]["since"],
        "basis": "conversion",
        "scope": {"ages": None, "key_stages": [], "needs": [], "programmes": []},
        "review_due_on": None,
    }
    of_offers: dict[str, Any] = {
        "sessions": [],
        "group": None,
        "availability": None,
        "ends_on": None,
    }
    prices = dict.fromkeys(("hour", "half_day", "day", "week"))
    sites = [
        {"run_by": None, "closes_on": None, "evidence": None}
        | site
        | {
            "listing": {**stands, "decided_by": site["la_code"]},
            "offers": [{**of_offers, "prices": prices} | offer for offer in site["offers"]],
        }
        for site in record["sites"]
    ]
    unsaid = dict.fromkeys(
        ("evidence", "confirmed_on", "contact", "merged_into", "valid_until", "next")
    )
    identifiers = [{"verified_on": None} | one for one in record["identifiers"]]
    linked: dict[str, Any] = {"predecessors": [], "successors": []}
    return unsaid | linked | record | {"identifiers": identifiers, "sites": sites}


def open_sites(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sites that have not closed."""
    return [site for site in record["sites"] if site["closed_on"] is None]


def offered_ages(site: dict[str, Any]) -> list[int]:
    """Return every age taken at a site by any offer that its listing covers, rising."""
    bounds = _scope(site)["ages"] or {"from": 0, "to": LARGEST_AGE}
    ages = {
        age
        for offer in _covered(site)
        for age in range(
            max(offer["ages"]["from"], bounds["from"]), min(offer["ages"]["to"], bounds["to"]) + 1
        )
    }
    return sorted(ages)


def offered(site: dict[str, Any], member: str) -> list[Any]:
    """Return every value that offers at a site have in a list member, as the listing covers them.

    Of a scope that names no value, every value is covered.
    """
    values = {value for offer in _covered(site) for value in offer[member]}
    covered = _scope(site)[member]
    return sorted(values & set(covered) if covered else values)


def offered_places(site: dict[str, Any]) -> list[str]:
    """Return every band of places that offers covered by a site's listing have, sorted."""
    return sorted(
        {offer["availability"]["band"] for offer in _covered(site) if offer["availability"]}
    )


def last_seen_on(site: dict[str, Any]) -> str | None:
    """Return when evidence that counts was last seen at a site that has a listing.

    Where no inspection of it is published, the day on which it was seen for its listing.
    """
    inspection = site["inspection"]
    if inspection and inspection["latest"]:
        return inspection["seen"]["to"] if inspection["seen"] else None
    seen_on: str | None = site["listing"]["seen_on"]
    return seen_on


def programmes(site: dict[str, Any]) -> list[str]:
    """Return the programmes at a site that its listing covers, sorted."""
    return sorted({offer["programme"] for offer in _covered(site)})


def _scope(site: dict[str, Any]) -> dict[str, Any]:
    listing = site["listing"]
    return listing["scope"] if listing else {"ages": None, **dict.fromkeys(_OF_SCOPE, ())}


def _covered(site: dict[str, Any]) -> list[dict[str, Any]]:
    covered = _scope(site)["programmes"]
    return [offer for offer in site["offers"] if not covered or offer["programme"] in covered]


def utc(moment: datetime) -> str:
    """Write a moment as the contract does: UTC, ISO 8601, to the microsecond."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def day(text: str) -> date:
    """Read a day as records hold it."""
    return date.fromisoformat(text)


def _whole_site(site: dict[str, Any]) -> dict[str, Any]:
    listing = site["listing"]
    return {
        **{key: site[key] for key in WHOLE_SITE},
        "local_authority": _local_authority(site["la_code"]),
        "location": _location(site["location"]),
        "listing": {**listing, "decided_by": _local_authority(listing["decided_by"])}
        if listing
        else None,
    }


def _location(location: dict[str, Any] | None) -> dict[str, Any] | None:
    on_map = _on_map(location)
    return {**location, **on_map} if location and on_map else None


def _on_map(location: dict[str, Any] | None) -> dict[str, float] | None:
    if location is None:
        return None
    latitude, longitude = to_wgs84(location["easting"], location["northing"])
    return {"latitude": latitude, "longitude": longitude}


def _short_site(site: dict[str, Any]) -> dict[str, Any]:
    address, inspection = site["address"], site["inspection"]
    return {
        "reference": site["reference"],
        "name": site["name"],
        "kind": site["kind"],
        "town": address["town"],
        "postcode": address["postcode"] or address["postcode_district"],
        "local_authority": _local_authority(site["la_code"]),
        "location": _on_map(site["location"]),
        "status": {"code": site["listing"]["status"], "since": site["listing"]["since"]},
        "outcome": inspection["outcome"] if inspection else None,
        "seen": inspection["seen"] if inspection else None,
    }


def _shown_sites(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the open sites a list item is about: those on the register, where any is."""
    there = open_sites(record)
    on_register = [site for site in there if site["listing"] and _is_on_register(site)]
    return on_register or there


def _is_on_register(site: dict[str, Any]) -> bool:
    return site["listing"]["status"] in ON_REGISTER


def _summary(record: dict[str, Any]) -> dict[str, Any]:
    sites = _shown_sites(record)
    ages = sorted({age for site in sites for age in offered_ages(site)})
    evidence = record["evidence"]
    return {
        "number": record["number"],
        "name": record["name"],
        "other_names": [name["name"] for name in record["other_names"]],
        "status": record["status"],
        "evidence": evidence["status"] if evidence else None,
        "outcome": record["outcome"],
        "seen": _seen(sites),
        "local_authorities": [
            _local_authority(code) for code in sorted({site["la_code"] for site in sites})
        ],
        "towns": sorted({site["address"]["town"] for site in sites if site["address"]["town"]}),
        "programmes": _of_all(sites, programmes),
        "ages": {"from": ages[0], "to": ages[-1]} if ages else None,
        "key_stages": _of_all(sites, lambda site: offered(site, "key_stages")),
        "needs": _of_all(sites, lambda site: offered(site, "needs")),
        "site_count": len(sites),
        "links": {"self": f"/v1/providers/{record['number']}"},
    }


def _seen(sites: list[dict[str, Any]]) -> dict[str, str] | None:
    """Return from when to when evidence that counts was seen at any of some sites."""
    seen = [told["seen"] for site in sites if (told := site["inspection"]) and told["seen"]]
    if not seen:
        return None
    return {"from": min(one["from"] for one in seen), "to": max(one["to"] for one in seen)}


def _of_all(
    sites: list[dict[str, Any]], values: Callable[[dict[str, Any]], Iterable[Any]]
) -> list[Any]:
    return sorted({value for site in sites for value in values(site)})


def _local_authority(la_code: str) -> dict[str, str]:
    return {"la_code": la_code, "name": la_name(la_code)}
