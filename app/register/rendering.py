"""The bytes the public is answered with, rendered once, when a record is published."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import orjson

from app.places.facts import la_name
from app.values.national_grid import to_wgs84

FORMAT = 1
"""Raised when the rendering changes; then the read model is rebuilt, and every ETag changes."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """One provider, ready to be sent."""

    summary: bytes
    document: bytes
    sites: dict[int, bytes]


def render(record: dict[str, Any], entry: int, recorded_at: datetime) -> Rendered:
    """Render a record published as an entry: list item, whole document, and each open site."""
    document = {
        **{key: record[key] for key in ("number", "name", "other_names", "identifiers", "status")},
        "sites": [_whole_site(site) for site in record["sites"]],
        "register": {"entry": entry, "recorded_at": utc(recorded_at)},
        "links": {"self": f"/v1/providers/{record['number']}"},
    }
    sites = open_sites(record)
    return Rendered(
        summary=orjson.dumps(_summary(record, sites)),
        document=orjson.dumps(document),
        sites={site["reference"]: orjson.dumps(_short_site(site)) for site in sites},
    )


def open_sites(record: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the sites that have not closed."""
    return [site for site in record["sites"] if site["closed_on"] is None]


def offered_ages(offers: list[dict[str, Any]]) -> list[int]:
    """Return every age taken by any of the offers, rising."""
    ages = {
        age for offer in offers for age in range(offer["ages"]["from"], offer["ages"]["to"] + 1)
    }
    return sorted(ages)


def offered(offers: list[dict[str, Any]], member: str) -> list[Any]:
    """Return every value any of the offers has in a list member, in order."""
    return sorted({value for offer in offers for value in offer[member]})


def utc(moment: datetime) -> str:
    """Write a moment as the contract does: UTC, ISO 8601, to the microsecond."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def day(text: str) -> date:
    """Read a day as records hold it."""
    return date.fromisoformat(text)


def _whole_site(site: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in site.items() if key not in {"la_code", "location"}}
    shown["local_authority"] = _local_authority(site["la_code"])
    shown["location"] = _location(site["location"])
    return shown


def _location(location: dict[str, Any] | None) -> dict[str, Any] | None:
    if location is None:
        return None
    latitude, longitude = to_wgs84(location["easting"], location["northing"])
    return {**location, "latitude": latitude, "longitude": longitude}


def _short_site(site: dict[str, Any]) -> dict[str, Any]:
    address = site["address"]
    return {
        "reference": site["reference"],
        "name": site["name"],
        "kind": site["kind"],
        "town": address["town"],
        "postcode": address["postcode"] or address["postcode_district"],
        "local_authority": _local_authority(site["la_code"]),
    }


def _summary(record: dict[str, Any], sites: list[dict[str, Any]]) -> dict[str, Any]:
    offers = [offer for site in sites for offer in site["offers"]]
    ages = offered_ages(offers)
    return {
        "number": record["number"],
        "name": record["name"],
        "other_names": [name["name"] for name in record["other_names"]],
        "status": record["status"],
        "local_authorities": [
            _local_authority(code) for code in sorted({site["la_code"] for site in sites})
        ],
        "towns": sorted({site["address"]["town"] for site in sites if site["address"]["town"]}),
        "programmes": sorted({offer["programme"] for offer in offers}),
        "ages": {"from": ages[0], "to": ages[-1]} if ages else None,
        "key_stages": offered(offers, "key_stages"),
        "needs": offered(offers, "needs"),
        "site_count": len(sites),
        "links": {"self": f"/v1/providers/{record['number']}"},
    }


def _local_authority(la_code: str) -> dict[str, str]:
    return {"la_code": la_code, "name": la_name(la_code)}
