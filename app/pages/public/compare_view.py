"""Set up to four providers side by side, on what matters; what is not stated is said to be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from app import clock
from app.pages import filters, inspection_wording, record_wording, wording
from app.pages.public.ahead_view import build_ahead
from app.pages.public.inspection_view import write_seen
from app.pages.public.listing_view import write_evidence
from app.pages.public.offer_view import build_offer, format_money
from app.pages.public.provider_view import build_urls
from app.pages.status_view import build_status
from app.pages.view_models import ErrorLink, Frame, StatusView

Json = Mapping[str, Any]

COMPARE = "/compare"
MOST = 4
"""How many providers fit side by side."""


@dataclass(frozen=True, slots=True)
class ComparedView:
    """One column: a provider."""

    name: str
    number: str
    href: str
    remove_url: str
    status: StatusView


@dataclass(frozen=True, slots=True)
class RowView:
    """One fact, told of each provider; an empty cell is what is not stated."""

    label: str
    cells: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class CompareView:
    """Providers side by side."""

    frame: Frame
    title: str
    errors: tuple[ErrorLink, ...]
    compared: tuple[ComparedView, ...]
    rows: tuple[RowView, ...]
    action: str
    numbers: tuple[str, ...]
    room: str | None
    read_on: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A provider to compare: its whole record, and its summary as a search shows it."""

    record: Json
    summary: Json


def build_compare(
    chosen: Sequence[Chosen], faults: Sequence[str], *, demonstration: bool
) -> CompareView:
    """Return the page that sets providers side by side.

    Args:
        chosen: at most four.
        faults: what of the address could not be followed, a sentence each.
        demonstration: whether the register holds invented providers.
    """
    numbers = tuple(one.record["number"] for one in chosen)
    today = clock.today()
    names = filters.join_words([one.record["name"] for one in chosen])
    title = f"Compare {names}" if chosen else "Compare providers"
    left = MOST - len(chosen)
    return CompareView(
        frame=Frame(demonstration),
        title=f"Error: {title}" if faults else title,
        errors=tuple(ErrorLink(fault, "#number" if left else None) for fault in faults),
        compared=tuple(_compared(one.record, numbers) for one in chosen),
        rows=tuple(
            RowView(label, tuple(tell(one, today) for one in chosen))
            for label, tell in _ROWS.items()
        )
        if chosen
        else (),
        action=COMPARE,
        numbers=numbers,
        room=f"There is room for {filters.count(left, 'more provider')}." if left else None,
        read_on=filters.format_day(today),
    )


def compare_url(numbers: Sequence[str]) -> str:
    """Return the address that sets these providers side by side."""
    query = urlencode([("number", number) for number in numbers])
    return f"{COMPARE}?{query}" if query else COMPARE


def _compared(record: Json, numbers: Sequence[str]) -> ComparedView:
    number = record["number"]
    return ComparedView(
        name=record["name"],
        number=number,
        href=build_urls(number).present,
        remove_url=compare_url([each for each in numbers if each != number]),
        status=build_status(record["status"]),
    )


def _evidence(one: Chosen, _: date) -> tuple[str, ...]:
    evidence = one.record["evidence"]
    return (write_evidence(evidence),) if evidence else ("No site is on the register.",)


def _outcome(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(
        f"{_name(site)}: {inspection_wording.outcome_words(told['outcome']).label.lower()}"
        for site in _listed(one)
        if (told := site["inspection"])
    )


def _evidence_seen(one: Chosen, _: date) -> tuple[str, ...]:
    told = (write_seen((site["inspection"] or {}).get("seen")) for site in _listed(one))
    return tuple(dict.fromkeys(words for words in told if words))


def _listed(one: Chosen) -> list[Json]:
    return [site for site in one.record["sites"] if site["listing"] and not site["closed_on"]]


def _open(one: Chosen) -> list[Json]:
    return [site for site in one.record["sites"] if not site["closed_on"]]


def _listed_since(one: Chosen, _: date) -> tuple[str, ...]:
    days = [site["listing"]["listed_on"] for site in _listed(one)]
    return (filters.format_day(min(days)),) if days else ()


def _sites(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(
        ": ".join((_name(site), _stands(site)))
        + (f", {site['address']['town']}" if site["address"]["town"] else "")
        for site in _open(one)
    )


def _stands(site: Json) -> str:
    if site["listing"] is None:
        return "not listed"
    return wording.status_words(site["listing"]["status"]).label.lower()


def _authorities(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(site["local_authority"]["name"] for site in _open(one)))


def _seen(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(
        f"{_name(site)}: {filters.format_day(site['listing']['seen_on'])}, "
        f"{wording.label(record_wording.SEEN_HOW, site['listing']['seen_how'] or '')}"
        for site in _listed(one)
        if site["listing"]["seen_on"]
    )


def _standards(one: Chosen, _: date) -> tuple[str, ...]:
    held = (site["listing"]["standards"] for site in _listed(one))
    return tuple(dict.fromkeys(version for version in held if version))


def _decided(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(dict.fromkeys(site["listing"]["decided_by"]["name"] for site in _listed(one)))


def _ages(one: Chosen, _: date) -> tuple[str, ...]:
    ages = one.summary["ages"]
    return (filters.format_ages(ages),) if ages else ()


def _stages(one: Chosen, _: date) -> tuple[str, ...]:
    stages = [str(stage) for stage in one.summary["key_stages"]]
    return (filters.join_words(stages),) if stages else ()


def _needs(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(wording.need_label(code) for code in one.summary["needs"])


def _programmes(one: Chosen, _: date) -> tuple[str, ...]:
    return tuple(one.summary["programmes"])


def _offers(one: Chosen) -> list[Json]:
    return [offer for site in _open(one) for offer in site["offers"]]


def _each_offer(tell: Callable[[Json], Sequence[str]]) -> Callable[[Chosen, date], tuple[str, ...]]:
    """Tell something of each offer, under its name; offers that say the same are told once."""

    def told(one: Chosen, _: date) -> tuple[str, ...]:
        lines = (
            f"{offer['programme']}: {', '.join(words)}"
            for offer in _offers(one)
            if (words := tell(offer))
        )
        return tuple(dict.fromkeys(lines))

    return told


def _hours(offer: Json) -> tuple[str, ...]:
    hours = offer["hours_per_week"]
    return (f"up to {filters.format_number(hours)} a week",) if hours is not None else ()


def _group(offer: Json) -> tuple[str, ...]:
    return (build_offer(offer).group,) if offer["group"] else ()


def _prices(offer: Json) -> tuple[str, ...]:
    return tuple(
        f"{format_money(offer['prices'][name])} {words}"
        for name, words in record_wording.PRICES.items()
        if offer["prices"][name] is not None
    )


def _places(offer: Json) -> tuple[str, ...]:
    return build_offer(offer).places


def _coming(one: Chosen, today: date) -> tuple[str, ...]:
    return tuple(
        f"{fact.label}: {' '.join(fact.values)}" for fact in build_ahead(one.record, today)
    )


def _name(site: Json) -> str:
    return site["name"] or f"Site {site['reference']}"


_ROWS: Mapping[str, Callable[[Chosen, date], tuple[str, ...]]] = {
    "Outcome of inspections": _outcome,
    "Evidence seen by inspections": _evidence_seen,
    "Evidence": _evidence,
    "On the register since": _listed_since,
    "Sites, and where they stand": _sites,
    "Local authorities": _authorities,
    "What was seen, and when": _seen,
    "Held against": _standards,
    "Decided by": _decided,
    "Ages": _ages,
    "Key stages": _stages,
    "Needs supported": _needs,
    "Programmes": _programmes,
    "Hours": _each_offer(_hours),
    "Group": _each_offer(_group),
    "Price for one pupil": _each_offer(_prices),
    "Places, by its own word": _each_offer(_places),
    "Known to change": _coming,
}
"""What is compared, in the order of the page."""
