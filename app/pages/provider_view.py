"""Turn one provider's public record into its page."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import quote

from app import clock
from app.pages import filters, wording
from app.pages.status_view import build_record_note, build_status
from app.pages.view_models import Fact, Frame, OfferView, ProviderView, SiteView

Json = Mapping[str, Any]


def build_provider(record: Json, *, demonstration: bool) -> ProviderView:
    """Return the page of a provider.

    Args:
        record: the body of `GET /v1/providers/{number}`.
        demonstration: whether the register holds invented providers.
    """
    number = record["number"]
    today = clock.today()
    sites = tuple(
        _build_site(site, position, today) for position, site in enumerate(record["sites"], 1)
    )
    return ProviderView(
        frame=Frame(demonstration, json_url=f"/v1/providers/{quote(number, safe='')}"),
        title=record["name"],
        name=record["name"],
        number=number,
        status=build_status(record["status"]),
        facts=_build_facts(record),
        sites_heading=filters.count(len(sites), "site") if sites else "Sites",
        sites=tuple(sorted(sites, key=lambda site: site.closed)),
        register_note=build_record_note(record["register"]),
    )


def _build_facts(record: Json) -> tuple[Fact, ...]:
    names = tuple(_write_name(name) for name in record["other_names"])
    identifiers = [
        Fact(wording.label(wording.IDENTIFIERS, each["scheme"]), (each["value"],))
        for each in record["identifiers"]
    ]
    facts = [Fact("Register number", (record["number"],)), Fact("Other names", names), *identifiers]
    return tuple(fact for fact in facts if any(fact.values))


def _write_name(name: Json) -> str:
    kind = wording.label(wording.NAME_KINDS, name["kind"])
    until = f", until {filters.format_day(name['until'])}" if name.get("until") else ""
    return f"{name['name']} ({kind}{until})"


def _build_site(site: Json, position: int, today: date) -> SiteView:
    closed_on = site.get("closed_on")
    return SiteView(
        anchor=f"site-{position}",
        name=site["name"] or f"Site {site['reference']}",
        closed=closed_on is not None and date.fromisoformat(closed_on) <= today,
        facts=_build_site_facts(site, today),
        offers=tuple(_build_offer(offer) for offer in site["offers"]),
    )


def _build_site_facts(site: Json, today: date) -> tuple[Fact, ...]:
    facts = (
        _build_address(site["address"]),
        Fact("Local authority", (site["local_authority"]["name"],)),
        Fact("Kind of place", (wording.label(wording.SITE_KINDS, site.get("kind") or ""),)),
        _dated("Opens on", "Opened on", site.get("opened_on"), today),
        _dated("Closes on", "Closed on", site.get("closed_on"), today),
        Fact("Site reference", (str(site["reference"]),)),
    )
    return tuple(fact for fact in facts if any(fact.values))


def _build_address(address: Json) -> Fact:
    """Write an address, one line each; where it may be a home only the town and area are public."""
    known = tuple(part for part in (*address["lines"], address["town"]) if part)
    if address["postcode"] or not address.get("postcode_district"):
        return Fact("Address", (*known, address["postcode"] or ""))
    return Fact("Area (the address is not public)", (*known, address["postcode_district"]))


def _dated(ahead: str, past: str, day: str | None, today: date) -> Fact:
    if day is None:
        return Fact(past, ())
    return Fact(ahead if date.fromisoformat(day) > today else past, (filters.format_day(day),))


def _build_offer(offer: Json) -> OfferView:
    hours = offer.get("hours_per_week")
    stages = [str(stage) for stage in offer.get("key_stages") or ()]
    return OfferView(
        programme=offer["programme"],
        ages=filters.format_ages(offer.get("ages")),
        key_stages=filters.join_words(stages) or filters.NOT_STATED,
        needs=tuple(wording.need_label(code) for code in offer.get("needs") or ()),
        hours_per_week=_write_hours(hours),
    )


def _write_hours(hours: float | str | None) -> str:
    if hours is None:
        return filters.NOT_STATED
    return filters.format_number(hours) if isinstance(hours, int | float) else hours
