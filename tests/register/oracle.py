"""A search answered a second time, slowly, from the published records alone.

Nothing here reads the read model or shares code with it, but for the normaliser of words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt
from typing import Any

from app.register.searching.asked import Found
from app.values.words import sort_key, words

SHORTEST_BEGINNING = 3


@dataclass(frozen=True)
class Asked:
    """A search, with its place located and its words as typed."""

    statuses: frozenset[str]
    words: tuple[str, ...] = ()
    typed: str = ""
    place: tuple[int, int] | None = None
    radius_metres: int = 0
    la_code: str | None = None
    age: int | None = None
    needs: frozenset[str] = frozenset()
    evidence: frozenset[str] = frozenset()
    outcomes: frozenset[str] = frozenset()
    stages: frozenset[int] = frozenset()
    offered: tuple[str, ...] = ()
    places: frozenset[str] = frozenset()
    seen_since: date | None = None
    sort: str = "relevance"


@dataclass(frozen=True, order=True)
class Hit:
    """One provider found: its sort key first, so that hits sort themselves."""

    first: float
    name: str
    sequence: int
    number: str
    metres: int | None
    site: int | None
    matched: tuple[str, ...]


def answer(records: Iterable[dict[str, Any]], asked: Asked) -> list[Hit]:
    """Return everything the search finds, in order."""
    found = (_find(record, asked) for record in records)
    return sorted(hit for hit in found if hit is not None)


def _find(record: dict[str, Any], asked: Asked) -> Hit | None:
    parts = _parts(record)
    everything = set().union(*parts.values())
    if record["status"]["code"] not in asked.statuses:
        return None
    if not all(_occurs(word, everything) for word in asked.words):
        return None
    there = [site for site in _open(record) if site["listing"] is not None]
    standing = [site for site in there if site["listing"]["status"] in asked.statuses]
    fitting = [site for site in standing if _fits(site, asked)]
    about_sites = _is_about_sites(asked)
    if about_sites and not fitting:
        return None
    chosen = min(fitting, key=lambda site: _nearness(site, asked)) if about_sites else None
    away = _distance(chosen, asked.place) if chosen and asked.place else None
    name = sort_key(record["name"])
    return Hit(
        first=_first(name, away, asked),
        name=name,
        sequence=int(record["number"][2:8]),
        number=record["number"],
        metres=None if away is None else round(away),
        site=chosen["reference"] if chosen else None,
        matched=tuple(
            part for part, held in parts.items() if any(_occurs(word, held) for word in asked.words)
        ),
    )


def _is_about_sites(asked: Asked) -> bool:
    given = (asked.la_code, asked.age, asked.place, asked.seen_since)
    lists = (asked.needs, asked.evidence, asked.stages, asked.offered, asked.places)
    return any(one is not None for one in given) or any(lists) or bool(asked.outcomes)


def _first(name: str, away: float | None, asked: Asked) -> float:
    if asked.sort == "distance":
        assert away is not None
        return away
    if asked.sort == "relevance" and asked.words:
        whole = " ".join(words(asked.typed))
        return 0 if name.startswith((whole, " ".join(asked.words))) else 1
    return 0


def _parts(record: dict[str, Any]) -> dict[str, set[str]]:
    sites = _open(record)
    texts = {
        "name": [record["name"], record["number"]],
        "other-name": [name["name"] for name in record["other_names"]],
        "programme": [offer["programme"] for site in sites for offer in site["offers"]],
        "town": [
            text for site in sites for text in (site["name"], site["address"]["town"]) if text
        ],
    }
    return {part: {word for text in held for word in words(text)} for part, held in texts.items()}


def _open(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [site for site in record["sites"] if site["closed_on"] is None]


def _occurs(word: str, held: set[str]) -> bool:
    return word in held or (
        len(word) >= SHORTEST_BEGINNING and any(other.startswith(word) for other in held)
    )


def _fits(site: dict[str, Any], asked: Asked) -> bool:
    scope = site["listing"]["scope"]
    offers = [
        offer
        for offer in site["offers"]
        if not scope["programmes"] or offer["programme"] in scope["programmes"]
    ]
    needs = {need for offer in offers for need in offer["needs"]}
    if scope["needs"]:
        needs &= set(scope["needs"])
    if (
        asked.age is not None
        and scope["ages"] is not None
        and not (scope["ages"]["from"] <= asked.age <= scope["ages"]["to"])
    ):
        return False
    if not _offers(site, offers, asked):
        return False
    if asked.age is not None and not any(
        offer["ages"]["from"] <= asked.age <= offer["ages"]["to"] for offer in offers
    ):
        return False
    shown = (site["evidence"] or {}).get("status")
    if not asked.needs <= needs or (asked.evidence and shown not in asked.evidence):
        return False
    if asked.place is None:
        return True
    return site["location"] is not None and _distance(site, asked.place) <= asked.radius_metres


def _offers(site: dict[str, Any], offers: list[dict[str, Any]], asked: Asked) -> bool:
    """Say whether what is offered, as the listing covers it, is what is asked, and where."""
    if asked.la_code is not None and site["la_code"] != asked.la_code:
        return False
    covered = set(site["listing"]["scope"]["key_stages"])
    stages = {stage for offer in offers for stage in offer["key_stages"]}
    stages = stages & covered if covered else stages
    if asked.stages and not asked.stages & stages:
        return False
    held = {word for offer in offers for word in words(offer["programme"])}
    if not set(asked.offered) <= held:
        return False
    bands = {offer["availability"]["band"] for offer in offers if offer["availability"]}
    if asked.places and not asked.places & bands:
        return False
    inspection = site["inspection"]
    if asked.outcomes and (inspection is None or inspection["outcome"] not in asked.outcomes):
        return False
    if inspection is not None and inspection["latest"] is not None:
        seen_on = (inspection["seen"] or {}).get("to")
    else:
        seen_on = site["listing"]["seen_on"]
    return asked.seen_since is None or (
        seen_on is not None and date.fromisoformat(seen_on) >= asked.seen_since
    )


def _nearness(site: dict[str, Any], asked: Asked) -> tuple[float, int]:
    away = _distance(site, asked.place) if asked.place else 0.0
    return (away, site["reference"])


def _distance(site: dict[str, Any], place: tuple[int, int]) -> float:
    """Return metres, computed in the steps PostgreSQL takes, so that ties are ties to both."""
    location = site["location"]
    sides = (abs(location["easting"] - place[0]), abs(location["northing"] - place[1]))
    longer, shorter = float(max(sides)), float(min(sides))
    if shorter == 0:
        return longer
    share = shorter / longer
    return longer * sqrt(1.0 + share * share)


def hits_of(found: Found, numbers: Sequence[str], references: Sequence[int | None]) -> list[Hit]:
    """Return what the register answered in the same shape."""
    return [
        Hit(
            first=hit["k1"],
            name=hit["k2"],
            sequence=hit["k3"],
            number=number,
            metres=None if hit["away"] is None else round(hit["away"]),
            site=reference,
            matched=tuple(hit["matched"]),
        )
        for hit, number, reference in zip(found.hits, numbers, references, strict=True)
    ]
