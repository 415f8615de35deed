"""Turn one provider found into an entry of the list."""

from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import quote, urlencode

from app.pages import filters, inspection_wording, wording
from app.pages.public.inspection_view import write_seen
from app.pages.public.search_models import PointView, ResultView
from app.pages.status_view import build_status
from app.pages.view_models import Fact

_SHOWN = 4
"""How many towns, authorities or needs an entry names before it counts the rest."""

Json = Mapping[str, Any]


def build_result(item: Json, position: int = 1, as_at: str = "") -> ResultView:
    """Return the entry of a provider, with the reasons it was found.

    Args:
        item: one of the `items` of `GET /v1/providers`.
        position: its place on the page, from one on.
        as_at: the time of the log that was searched, if that is not the present.
    """
    provider, metres = item["provider"], item.get("distance_metres")
    then = f"?{urlencode({'as_at': as_at})}" if as_at else ""
    return ResultView(
        position=position,
        url=f"/providers/{quote(provider['number'], safe='')}{then}",
        name=provider["name"],
        number=provider["number"],
        status=build_status(provider["status"]),
        distance=f"{filters.format_distance(metres)} away" if metres is not None else None,
        facts=tuple(fact for fact in _build_facts(item) if any(fact.values)),
        point=_point(item.get("site")),
    )


def _point(site: Json | None) -> PointView | None:
    location = (site or {}).get("location")
    if location is None:
        return None
    return PointView(str(location["latitude"]), str(location["longitude"]))


def _build_facts(item: Json) -> list[Fact]:
    provider, site = item["provider"], item.get("site")
    needs = [wording.need_label(code) for code in provider["needs"]]
    authorities = [authority["name"] for authority in provider["local_authorities"]]
    matched = [wording.label(wording.MATCHES, reason) for reason in item["matched"]]
    return [
        Fact(
            "Nearest site" if item.get("distance_metres") is not None else "Site",
            _place(site, provider["status"]["code"]),
        ),
        Fact("Sites", (_count_sites(provider, named=site is not None),)),
        Fact(
            "Local authority" if len(authorities) == 1 else "Local authorities",
            (_shorten(authorities, "other", "others"),),
        ),
        Fact("Ages", (_write_ages(provider),)),
        Fact("Needs", (_shorten(needs, "other need", separator="; "),)),
        Fact("Inspections", (_inspections(provider),)),
        Fact("Evidence", ("Out of date" if provider["evidence"] == "out-of-date" else "",)),
        Fact("Also called", (_shorten(provider["other_names"], "other name"),)),
        Fact("Matched on", (filters.join_words(matched),)),
    ]


def _inspections(provider: Json) -> str:
    """Say what follows from inspections, and when what counts was seen."""
    if provider["outcome"] is None:
        return ""
    label = inspection_wording.outcome_words(provider["outcome"]).label
    seen = write_seen(provider["seen"])
    return f"{label}; evidence seen {seen[:1].lower()}{seen[1:]}" if seen else label


def _place(site: Json | None, status: str) -> tuple[str, ...]:
    """Say where a site is, and where it stands if that is not as its provider does."""
    if site is None:
        return ()
    where = ", ".join(part for part in (site["name"], site["town"], site["postcode"]) if part)
    stands = site["status"]["code"]
    if stands == status:
        return (where,)
    return where, f"This site: {wording.status_words(stands).label.lower()}"


def _count_sites(provider: Json, *, named: bool) -> str:
    """Say how many sites there are and where; nothing when the only one is named already."""
    number, towns = provider["site_count"], _shorten(provider["towns"], "other town")
    if named and number == 1:
        return ""
    return f"{number:,} in {towns}" if towns else f"{number:,}"


def _write_ages(provider: Json) -> str:
    """Write the ages and, after them, the key stages; either may be missing."""
    stages = filters.join_words([str(stage) for stage in provider["key_stages"]])
    words = f"key stage{'s' if len(provider['key_stages']) > 1 else ''} {stages}" if stages else ""
    if not provider["ages"]:
        return words[:1].upper() + words[1:]
    ages = filters.format_ages(provider["ages"])
    return f"{ages} ({words})" if words else ages


def _shorten(
    words: Sequence[str], one: str, many: str | None = None, *, separator: str = ", "
) -> str:
    """Write a list in a sentence, counting what would make it long.

    Args:
        words: what to list.
        one: the word for one of those not named, as in "and 1 other town".
        many: the word for several of them, where adding an "s" is wrong.
        separator: a semicolon where the words hold commas of their own.
    """
    if len(words) <= _SHOWN + 1:
        return filters.join_words(words) if separator == ", " else separator.join(words)
    return f"{separator.join(words[:_SHOWN])} and {filters.count(len(words) - _SHOWN, one, many)}"
