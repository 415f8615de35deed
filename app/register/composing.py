"""What is public about a provider: the one list of fields that may leave.

Anything not named here is not public. The record holds facts only: no age of a thing, no distance,
no name of a local authority that could be looked up, nothing that would differ tomorrow by itself.
"""

from datetime import date
from decimal import Decimal
from typing import Any

from app.providers.terms import ADDRESS_NOT_PUBLIC
from app.register.queries.records import WholeProvider
from app.values.postcode import outward


def compose(whole: WholeProvider) -> dict[str, Any]:
    """Compose a provider's public record, every list in a fixed order.

    The order is made here: a server's own depends on its collation, and the bytes are hashed.
    """
    provider = whole.provider
    return {
        "number": provider.number,
        "name": provider.name,
        "other_names": [
            {"name": name.name, "kind": name.kind, "until": _day(name.until)}
            for name in sorted(whole.names, key=lambda name: (name.kind, name.name))
        ],
        "identifiers": [
            {"scheme": identifier.scheme, "value": identifier.value}
            for identifier in sorted(whole.identifiers, key=lambda held: (held.scheme, held.value))
        ],
        "status": {"code": provider.status, "since": _day(provider.status_since)},
        "sites": [
            _site(site, whole.offers.get(site.id, []))
            for site in sorted(whole.sites, key=lambda site: site.reference)
        ],
    }


def _site(site: Any, offers: list[Any]) -> dict[str, Any]:
    public = site.kind not in ADDRESS_NOT_PUBLIC
    return {
        "reference": site.reference,
        "name": site.name,
        "kind": site.kind,
        "address": {
            "lines": list(site.address_lines) if public else [],
            "town": site.town,
            "postcode": site.postcode if public else None,
            "postcode_district": outward(site.postcode) if site.postcode else None,
        },
        "la_code": site.la_code,
        "location": _location(site) if public else None,
        "opened_on": _day(site.opened_on),
        "closed_on": _day(site.closed_on),
        "offers": [
            {
                "programme": offer.programme,
                "ages": {"from": offer.age_from, "to": offer.age_to},
                "key_stages": sorted(offer.key_stages),
                "needs": sorted(offer.needs),
                "hours_per_week": _hours(offer.hours_per_week),
            }
            for offer in sorted(offers, key=_offer_order)
        ],
    }


def _offer_order(offer: Any) -> tuple[Any, ...]:
    """Order offers by what they say, so that the same facts always give the same bytes."""
    taken = (offer.age_from, offer.age_to, sorted(offer.key_stages), sorted(offer.needs))
    return (offer.programme, *taken, offer.hours_per_week or 0)


def _location(site: Any) -> dict[str, Any] | None:
    if site.easting is None:
        return None
    return {
        "easting": site.easting,
        "northing": site.northing,
        "precision": site.location_precision,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _hours(hours: Decimal | None) -> float | int | None:
    if hours is None:
        return None
    return int(hours) if hours == int(hours) else float(hours)
