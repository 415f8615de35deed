"""Turn what a record says of a site's inspections into plain words."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from typing import Any
from urllib.parse import quote

from app.pages import filters, inspection_wording, wording
from app.pages.view_models import ActionLink, Fact, OutcomeView

Json = Mapping[str, Any]


def build_outcome(code: str | None) -> OutcomeView | None:
    """Return an outcome with the words that say how far it may be relied on, if one is told."""
    if code is None:
        return None
    words = inspection_wording.outcome_words(code)
    return OutcomeView(words.label, words.colour, words.meaning, words.caution)


def build_inspection_notes(site: Json) -> tuple[str, ...]:
    """Return what a site's outcome means and does not, and what is open about it."""
    inspection = site["inspection"]
    if inspection is None:
        return ()
    words = inspection_wording.outcome_words(inspection["outcome"])
    open_now = [wording.label(inspection_wording.PENDING, code) for code in inspection["pending"]]
    said = f"{words.label}: {words.meaning[:1].lower()}{words.meaning[1:]} {words.caution}"
    return (said, *open_now)


def build_inspection_facts(site: Json) -> tuple[Fact, ...]:
    """Return where a site stands by its inspections, by what, how old that is, and what is next."""
    inspection = site["inspection"]
    if inspection is None:
        return ()
    due = inspection["due"]
    return (
        Fact("Outcome of inspections", (_outcome(inspection),)),
        Fact("What decided it", tuple(_decided_by(inspection))),
        Fact("Evidence seen", (write_seen(inspection["seen"]),)),
        Fact("Holds by itself until", (_until(inspection),)),
        Fact(
            "Next visit due by",
            (f"{filters.format_day(due['on'])} ({_kind(due['kind'])})" if due else "",),
        ),
        Fact("Latest inspection", (_latest(inspection["latest"]),)),
    )


def build_inspection_links(number: str, site: Json) -> tuple[ActionLink, ...]:
    """Link the newest published inspection of a site, if there is one."""
    latest = (site["inspection"] or {}).get("latest")
    if latest is None:
        return ()
    at = f"/providers/{quote(number, safe='')}/inspections"
    return (
        ActionLink(
            f"Read the inspection {latest['reference']} as it was published",
            f"{at}/{quote(latest['reference'], safe='')}",
        ),
    )


def write_seen(seen: Json | None) -> str:
    """Say from when to when the evidence was seen that counts; nothing where none does."""
    if seen is None:
        return ""
    first, last = filters.format_day(seen["from"]), filters.format_day(seen["to"])
    return f"On {first}" if first == last else f"Between {first} and {last}"


def _outcome(inspection: Json) -> str:
    label = inspection_wording.outcome_words(inspection["outcome"]).label
    return f"{label}, since {filters.format_day(inspection['since'])}"


def _decided_by(inspection: Json) -> Iterator[str]:
    """Name the criteria that decided, put together by why they did."""
    decided = sorted(inspection["decided_by"], key=lambda one: str(one["because"]))
    for because, ones in groupby(decided, key=lambda one: str(one["because"])):
        numbers = filters.join_words([one["criterion"] for one in ones])
        yield f"{wording.label(inspection_wording.BECAUSE, because)}: {numbers}"


def _until(inspection: Json) -> str:
    if inspection["valid_until"] is None:
        return ""
    then = inspection_wording.outcome_words(inspection["next"]).label.lower()
    return f"{filters.format_day(inspection['valid_until'])}; then: {then}, unless it is seen again"


def write_next(name: str, inspection: Json) -> tuple[str, str] | None:
    """Return the day from which a site's outcome is another by itself, and what it is then."""
    if inspection["valid_until"] is None:
        return None
    then = inspection_wording.outcome_words(inspection["next"]).label.lower()
    first = date.fromisoformat(inspection["valid_until"]) + timedelta(days=1)
    return first.isoformat(), f"Inspections of {name}: {then}, unless it is seen again before."


def _latest(latest: Json | None) -> str:
    if latest is None:
        return inspection_wording.NEVER
    version = "" if latest["version"] == 1 else f", in its version {latest['version']}"
    day = filters.format_day(latest["published_on"])
    return f"{latest['reference']}, a {_kind(latest['kind'])}, published on {day}{version}"


def _kind(code: str) -> str:
    return wording.label(inspection_wording.KINDS, code)
