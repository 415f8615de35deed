"""Turn one provider's public record into its page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import quote, urlencode

from app import clock
from app.pages import filters, wording
from app.pages.public.ahead_view import build_ahead
from app.pages.public.inspection_view import (
    build_inspection_facts,
    build_inspection_links,
    build_inspection_notes,
    build_outcome,
)
from app.pages.public.listing_view import (
    build_listing_facts,
    build_notes,
    build_related,
    build_site_notes,
    build_site_status,
)
from app.pages.public.offer_view import build_offer
from app.pages.status_view import build_record_note, build_status
from app.pages.view_models import (
    ErrorLink,
    Fact,
    Frame,
    ProviderUrls,
    ProviderView,
    SiteView,
    TextField,
    ThenView,
)

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Asked:
    """The time of the log for which a record was asked.

    Attributes:
        typed: for the field in which a day is asked for.
        as_at: a London day, at whose end it is shown; or the number of an entry.
        error: why it cannot be shown.
    """

    typed: str = ""
    as_at: date | int | None = None
    error: str | None = None


PRESENT = Asked()


def build_provider(record: Json, *, demonstration: bool, asked: Asked = PRESENT) -> ProviderView:
    """Return the page of a provider.

    Args:
        record: the body of `GET /v1/providers/{number}`, as of the time asked for if there is one.
        demonstration: whether the register holds invented providers.
        asked: the time of the past that is shown, or why the one asked for is not.
    """
    number = record["number"]
    urls = build_urls(number)
    then = _build_then(record, asked.as_at)
    query = f"?{urlencode({'as_at': asked.as_at})}" if asked.as_at else ""
    day = _day_of(record, asked.as_at)
    sites = build_sites(record, day)
    title = f"{record['name']}, {then.heading}" if then else record["name"]
    return ProviderView(
        frame=Frame(demonstration, json_url=f"/v1{urls.present}{query}"),
        title=f"Error: {title}" if asked.error else title,
        errors=(ErrorLink(asked.error, "#as_at"),) if asked.error else (),
        name=record["name"],
        number=number,
        then=then,
        day=TextField("as_at", asked.typed, asked.error),
        status=build_status(record["status"]),
        outcome=build_outcome(record["outcome"]),
        notes=build_notes(record),
        ahead=build_ahead(record, day),
        related=build_related(record),
        facts=build_facts(record),
        sites_heading=filters.count(len(sites), "site") if sites else "Sites",
        sites=tuple(sorted(sites, key=lambda site: site.closed)),
        urls=urls,
        register_note=build_record_note(record["register"]),
        read_on=filters.format_day(clock.today()),
    )


def _build_then(record: Json, as_at: date | int | None) -> ThenView | None:
    if as_at is None:
        return None
    if isinstance(as_at, date):
        day = filters.format_day(as_at)
        return ThenView(f"as it was on {day}", f"It is what the register said at the end of {day}.")
    moment = filters.format_moment(record["register"]["recorded_at"])
    return ThenView(
        f"as it was with entry {as_at:,}",
        f"It is what the register said with entry {as_at:,}, from {moment} on.",
    )


def _day_of(record: Json, as_at: date | int | None) -> date:
    """Return the day on which a record is looked at."""
    if as_at is None:
        return clock.today()
    if isinstance(as_at, date):
        return as_at
    recorded = datetime.fromisoformat(record["register"]["recorded_at"])
    return recorded.astimezone(clock.LONDON).date()


def build_urls(number: str) -> ProviderUrls:
    """Return where the pages of a provider are."""
    present = f"/providers/{quote(number, safe='')}"
    compare = f"/compare?{urlencode({'number': number})}"
    return ProviderUrls(present, f"{present}/history", compare)


def build_sites(record: Json, today: date) -> tuple[SiteView, ...]:
    """Return every site of a record, in its order."""
    return tuple(
        _build_site(record["number"], site, position, today)
        for position, site in enumerate(record["sites"], 1)
    )


def build_facts(record: Json) -> tuple[Fact, ...]:
    """Return a provider's names, numbers and how to reach it."""
    names = tuple(_write_name(name) for name in record["other_names"])
    identifiers = [
        Fact(wording.label(wording.IDENTIFIERS, each["scheme"]), (_write_identifier(each),))
        for each in record["identifiers"]
    ]
    contact = record["contact"] or {}
    confirmed = record["confirmed_on"]
    facts = [
        Fact("Register number", (record["number"],)),
        Fact("Other names", names),
        *identifiers,
        Fact("Website", (contact.get("website") or "",)),
        Fact("E-mail", (contact.get("email") or "",)),
        Fact("Telephone", (contact.get("phone") or "",)),
        Fact(
            "Confirmed by the provider",
            (f"{filters.format_day(confirmed)}, as a whole" if confirmed else "",),
        ),
    ]
    return tuple(fact for fact in facts if any(fact.values))


def _write_identifier(identifier: Json) -> str:
    """Say whether somebody else than the provider made sure of a number, and when."""
    verified = identifier["verified_on"]
    if verified is None:
        return f"{identifier['value']} (not checked)"
    return f"{identifier['value']} (checked on {filters.format_day(verified)})"


def _write_name(name: Json) -> str:
    kind = wording.label(wording.NAME_KINDS, name["kind"])
    until = f", until {filters.format_day(name['until'])}" if name.get("until") else ""
    return f"{name['name']} ({kind}{until})"


def _build_site(number: str, site: Json, position: int, today: date) -> SiteView:
    return SiteView(
        anchor=f"site-{position}",
        name=site["name"] or f"Site {site['reference']}",
        closed=site["closed_on"] is not None,
        status=build_site_status(site),
        notes=(*build_site_notes(site), *build_inspection_notes(site)),
        facts=_build_site_facts(site, today),
        offers=tuple(build_offer(offer) for offer in site["offers"]),
        links=build_inspection_links(number, site),
    )


def _build_site_facts(site: Json, today: date) -> tuple[Fact, ...]:
    facts = (
        _build_address(site["address"]),
        Fact("Local authority", (site["local_authority"]["name"],)),
        Fact("Kind of place", (wording.label(wording.SITE_KINDS, site.get("kind") or ""),)),
        Fact("Run by", (site["run_by"] or "",)),
        _dated("Opens on", "Opened on", site.get("opened_on"), today),
        Fact("Closes on", _day(site["closes_on"])),
        Fact("Closed on", _day(site["closed_on"])),
        *build_listing_facts(site),
        *build_inspection_facts(site),
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


def _day(day: str | None) -> tuple[str, ...]:
    return (filters.format_day(day),) if day else ()
