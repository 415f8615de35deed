"""What is public about a site, its listing and what is offered there; part of the allow-list.

Of a listing: where it stands, why in the words of a closed list, and what was seen. Never who
decided, what they wrote, nor that somebody applied or was refused.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import orjson

from app.providers.terms import ADDRESS_NOT_PUBLIC
from app.register.ahead import SiteStanding
from app.register.inspected import compose_inspection
from app.register.queries.records import WholeProvider
from app.values.postcode import outward

PRICES = ("hour", "half_day", "day", "week")


def compose_site(
    whole: WholeProvider, site: Any, stands: SiteStanding | None, today: date
) -> dict[str, Any]:
    """Compose a site's part of the public record, as it is on a day."""
    public = site.kind not in ADDRESS_NOT_PUBLIC and not site.someones_home
    closed = site.closed_on is not None and site.closed_on <= today
    offers = whole.offers.get(site.id, [])
    return {
        "reference": site.reference,
        "name": site.name,
        "kind": site.kind,
        "run_by": site.run_by,
        "address": {
            "lines": list(site.address_lines) if public else [],
            "town": site.town,
            "postcode": site.postcode if public else None,
            "postcode_district": outward(site.postcode) if site.postcode else None,
        },
        "la_code": site.la_code,
        "location": _location(site) if public else None,
        "opened_on": day(site.opened_on),
        "closes_on": None if closed else day(site.closed_on),
        "closed_on": day(site.closed_on) if closed else None,
        "listing": _listing(whole, stands) if stands else None,
        "evidence": stands.evidence if stands else None,
        "inspection": _inspection(whole, site, stands),
        "offers": sorted(
            (_offer(offer) for offer in offers if not _has_ended(offer, today)), key=_in_order
        ),
    }


def _inspection(
    whole: WholeProvider, site: Any, stands: SiteStanding | None
) -> dict[str, Any] | None:
    held = whole.outcomes.get(site.id)
    if held is None:
        return None
    on_register = stands is not None and stands.on_register
    return compose_inspection(held, whole.pending.get(site.id, ()), on_register=on_register)


def day(value: date | None) -> str | None:
    """Write a day as records do."""
    return value.isoformat() if value else None


def _listing(whole: WholeProvider, stands: SiteStanding) -> dict[str, Any]:
    listing, standing = stands.listing, stands.standing
    moves = whole.moves.get(listing.id, {})
    return {
        "status": standing.state.value,
        "since": day(standing.since),
        "reason": moves.get((standing.state.value, standing.since)),
        "announced": _announced(listing, standing.since, moves),
        "listed_on": day(listing.listed_on),
        "basis": listing.basis,
        "scope": {
            "ages": {"from": listing.age_from, "to": listing.age_to}
            if listing.age_from is not None and listing.age_to is not None
            else None,
            "key_stages": sorted(listing.key_stages),
            "needs": sorted(listing.needs),
            "programmes": sorted(listing.programmes),
        },
        "seen_on": day(listing.seen_on),
        "seen_how": listing.seen_how,
        "standards": whole.standards.get(listing.standards_version_id),
        "decided_by": listing.la_code,
        "review_due_on": day(listing.review_due_on),
    }


def _announced(
    listing: Any, since: date, moves: Mapping[tuple[str, date], str | None]
) -> dict[str, Any] | None:
    """Return what was decided for a later day, while that has yet to come."""
    if listing.next_state is None or listing.next_on <= since:
        return None
    return {
        "status": listing.next_state,
        "from": day(listing.next_on),
        "reason": moves.get((listing.next_state, listing.next_on)),
    }


def _offer(offer: Any) -> dict[str, Any]:
    return {
        "programme": offer.programme,
        "ages": {"from": offer.age_from, "to": offer.age_to},
        "key_stages": sorted(offer.key_stages),
        "needs": sorted(offer.needs),
        "sessions": [
            {"day": session["day"], "from": session["from"], "to": session["to"]}
            for session in offer.sessions
        ],
        "hours_per_week": _hours(offer.hours_per_week),
        "group": {"from": offer.group_from, "to": offer.group_to}
        if offer.group_from is not None or offer.group_to is not None
        else None,
        "prices": {price: getattr(offer, f"price_{price}_pence") for price in PRICES},
        "availability": {
            "band": offer.availability,
            "confirmed_on": day(offer.availability_confirmed_on),
        }
        if offer.availability
        else None,
        "ends_on": day(offer.ended_on),
    }


def _has_ended(offer: Any, today: date) -> bool:
    return offer.ended_on is not None and offer.ended_on <= today


def _in_order(offer: dict[str, Any]) -> tuple[Any, ...]:
    """Order offers by what they say, so that the same facts always give the same bytes."""
    everything = orjson.dumps(offer, option=orjson.OPT_SORT_KEYS)
    return offer["programme"], offer["ages"]["from"], offer["ages"]["to"], everything


def _location(site: Any) -> dict[str, Any] | None:
    if site.easting is None:
        return None
    return {
        "easting": site.easting,
        "northing": site.northing,
        "precision": site.location_precision,
    }


def _hours(hours: Decimal | None) -> float | int | None:
    if hours is None:
        return None
    return int(hours) if hours == int(hours) else float(hours)
