"""One way into the read model, for an edit, an import and a full rebuild alike."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.db.events import WriteSession
from app.ledger.terms import Entry
from app.register import packing, rendering
from app.register.queries import projection
from app.values.provider_number import sequence_of
from app.values.words import sort_key, words

MOST_POSITIONS = 16_000
"""PostgreSQL keeps positions up to 16,383 in a `tsvector`."""
PAST = ("id", "status", "sort_name", "words")
"""What a search asks of a provider itself."""


@dataclass(slots=True)
class _Rows:
    search: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    sites: list[dict[str, Any]] = field(default_factory=list)
    past: list[dict[str, Any]] = field(default_factory=list)
    past_sites: list[dict[str, Any]] = field(default_factory=list)


async def project(session: WriteSession, entries: Sequence[Entry]) -> None:
    """Bring the read model to these entries, at most one for each provider.

    The session must have taken the publisher role and hold the ledger's lock.
    """
    if not entries:
        return
    rows = _Rows()
    changes: Counter[str] = Counter()
    for entry in entries:
        changes.update(_add_rows(rows, entry))
    for vocabulary in await projection.find_vocabularies(session, [r["id"] for r in rows.search]):
        changes.subtract(vocabulary)
    await projection.write_projection(session, rows.search, rows.documents, rows.sites)
    await projection.write_past(session, rows.past, rows.past_sites)
    await projection.count_words(session, changes, max(one.entry for one in entries))


async def project_past(session: WriteSession, entries: Sequence[Entry]) -> None:
    """Write what entries tell that are not their providers' newest, in the order of the log."""
    rows = _Rows()
    for entry in entries:
        _add_rows(rows, entry)
    if rows.past:
        await projection.write_past(session, rows.past, rows.past_sites)


def _add_rows(rows: _Rows, entry: Entry) -> list[str]:
    record = rendering.in_present_form(orjson.loads(entry.record))
    rendered = rendering.render(record, entry.entry, entry.recorded_at)
    key = sequence_of(entry.number)
    weighted = _weighted_words(record)
    vocabulary = sorted({word for word, _ in weighted})
    rows.search.append(
        {
            "id": key,
            "status": record["status"]["code"],
            "sort_name": sort_key(record["name"]),
            "words": _as_tsvector(weighted),
            "vocabulary": vocabulary,
            "identifiers": [f"{one['scheme']}:{one['value']}" for one in record["identifiers"]],
        }
    )
    rows.documents.append(
        {
            "id": key,
            "number": entry.number,
            "entry": entry.entry,
            "format": rendering.FORMAT,
            "summary": rendered.summary,
            "document": rendered.document,
        }
    )
    sites = [site for site in rendering.open_sites(record) if site["reference"] in rendered.sites]
    provider = rows.search[-1]
    filters = [_filters(key, site) for site in sites]
    of_provider = {
        "provider_status": provider["status"],
        "sort_name": provider["sort_name"],
        "several": len(sites) > 1,
    }
    rows.sites += [
        one | of_provider | _visits(site) | {"summary": rendered.sites[one["reference"]]}
        for one, site in zip(filters, sites, strict=True)
    ]
    since = {"from_entry": entry.entry}
    rows.past.append({name: provider[name] for name in PAST} | since)
    rows.past_sites += [one | since for one in filters]
    return vocabulary


def _filters(key: int, site: dict[str, Any]) -> dict[str, Any]:
    """Return everything a search asks of a site."""
    location = site["location"] or {"easting": None, "northing": None}
    ages = rendering.offered_ages(site)
    stages, needs = rendering.offered(site, "key_stages"), rendering.offered(site, "needs")
    places = rendering.offered_places(site)
    evidence = (site["evidence"] or {}).get("status")
    offered = {word for programme in rendering.programmes(site) for word in words(programme)}
    seen_on = rendering.day(seen) if (seen := rendering.last_seen_on(site)) else None
    inspection = site["inspection"] or {"outcome": None}
    outcome = inspection["outcome"]
    return {
        "provider_id": key,
        "reference": site["reference"],
        "status": site["listing"]["status"],
        "la_code": site["la_code"],
        "easting": location["easting"],
        "northing": location["northing"],
        "age_bits": packing.age_bits(ages),
        "stage_bits": packing.stage_bits(stages),
        "need_bits": packing.bits_of(needs, packing.NEEDS),
        "place_bits": packing.bits_of(places, packing.PLACES),
        "evidence": evidence,
        "outcome": outcome,
        "seen_on": seen_on,
        "tags": [
            *packing.all_of("age", ages),
            *packing.all_of("stage", stages),
            *packing.all_of("need", needs),
            *packing.all_of("places", places),
            *packing.all_of("evidence", [evidence] if evidence else []),
            *packing.all_of("outcome", [outcome] if outcome else []),
            *packing.all_of("seen", packing.months_between(seen_on, seen_on) if seen_on else []),
            *packing.all_of("la", [site["la_code"]]),
            *packing.all_of("offer", sorted(offered)),
        ],
    }


def _visits(site: dict[str, Any]) -> dict[str, Any]:
    """Return what is counted of visits: by when the next is due, and whether there was any."""
    inspection = site["inspection"] or {"due": None, "latest": None}
    due = inspection["due"]
    return {
        "due_on": rendering.day(due["on"]) if due else None,
        "inspected": inspection["latest"] is not None,
    }


def _weighted_words(record: dict[str, Any]) -> list[tuple[str, str]]:
    """Return each (word, weight) once: A name and number, B other names, C programmes, D the rest.

    The rest are towns and names of sites.
    """
    sites = rendering.open_sites(record)
    texts = [(record["name"], "A"), (record["number"], "A")]
    texts += [(name["name"], "B") for name in record["other_names"]]
    texts += [(offer["programme"], "C") for site in sites for offer in site["offers"]]
    texts += [(site["address"]["town"] or "", "D") for site in sites]
    texts += [(site["name"], "D") for site in sites]
    return list(dict.fromkeys((word, weight) for text, weight in texts for word in words(text)))


def _as_tsvector(weighted: list[tuple[str, str]]) -> str:
    """Write words as PostgreSQL reads them; ours are letters and digits, nothing to escape."""
    numbered = enumerate(weighted[:MOST_POSITIONS], start=1)
    return " ".join(f"{word}:{position}{weight}" for position, (word, weight) in numbered)
