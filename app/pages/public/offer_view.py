"""Turn what a site offers into a row of its table."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from app.pages import filters, wording
from app.pages.record_wording import AVAILABILITY, DAYS, PRICES
from app.pages.view_models import OfferView

PENCE_IN_A_POUND = 100

Json = Mapping[str, Any]


def build_offer(offer: Json) -> OfferView:
    """Return the row of an offer; what is not known says so, or is left out where much is shown."""
    return OfferView(
        programme=offer["programme"],
        ends=f"not from {filters.format_day(offer['ends_on'])} on" if offer["ends_on"] else None,
        ages=_ages(offer),
        needs=tuple(wording.need_label(code) for code in offer["needs"]),
        when=(*_sessions(offer["sessions"]), *_hours(offer["hours_per_week"])),
        group=_group(offer["group"]),
        prices=tuple(
            f"{format_money(offer['prices'][name])} {words}"
            for name, words in PRICES.items()
            if offer["prices"][name] is not None
        ),
        places=_places(offer["availability"]),
    )


def format_money(pence: int) -> str:
    """Write a sum as `£45` or `£12.50`."""
    pounds, rest = divmod(pence, PENCE_IN_A_POUND)
    return f"£{pounds:,}.{rest:02d}" if rest else f"£{pounds:,}"


def format_time(text: str) -> str:
    """Write a time of day as `9:30am`, `midday` or `2pm`."""
    moment = time.fromisoformat(text)
    if (moment.hour, moment.minute) == (12, 0):
        return "midday"
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    half = "am" if moment.hour < 12 else "pm"  # noqa: PLR2004 - the clock's own twelve
    return f"{moment.hour % 12 or 12}{minutes}{half}"


def _ages(offer: Json) -> tuple[str, ...]:
    stages = [str(stage) for stage in offer["key_stages"]]
    ages = filters.format_ages(offer["ages"])
    if not stages:
        return (ages,)
    return ages, f"key stage{'s' if len(stages) > 1 else ''} {filters.join_words(stages)}"


def _sessions(sessions: list[Json]) -> tuple[str, ...]:
    """Write times, each once, with the days that share it."""
    by_times: dict[tuple[str, str], list[str]] = {}
    for one in sessions:
        by_times.setdefault((one["from"], one["to"]), []).append(DAYS[one["day"] - 1])
    return tuple(
        f"{filters.join_words(days)}, {format_time(begins)} to {format_time(ends)}"
        for (begins, ends), days in by_times.items()
    )


def _hours(hours: float | None) -> tuple[str, ...]:
    if hours is None:
        return ()
    unit = "hour" if hours == 1 else "hours"
    return (f"up to {filters.format_number(hours)} {unit} a week",)


def _group(group: Json | None) -> str:
    if group is None:
        return filters.NOT_STATED
    if group["to"] == 1:
        return "One to one"
    return filters.format_ages(group)


def _places(availability: Json | None) -> tuple[str, ...]:
    if availability is None:
        return ()
    said = filters.format_day(availability["confirmed_on"])
    return wording.label(AVAILABILITY, availability["band"]), f"said on {said}"
