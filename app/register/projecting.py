"""One way into the read model, for an edit, an import and a full rebuild alike."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.db.events import WriteSession
from app.ledger.terms import Entry
from app.register import rendering
from app.register.queries import projection
from app.values.provider_number import sequence_of
from app.values.words import sort_key, words

MOST_POSITIONS = 16_000
"""PostgreSQL keeps positions up to 16,383 in a `tsvector`."""


@dataclass(slots=True)
class _Rows:
    search: list[dict[str, Any]] = field(default_factory=list)
    documents: list[dict[str, Any]] = field(default_factory=list)
    sites: list[dict[str, Any]] = field(default_factory=list)


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
    await projection.count_words(session, changes)


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
    rows.sites += [
        _site_row(key, site, rendered)
        for site in rendering.open_sites(record)
        if site["reference"] in rendered.sites
    ]
    return vocabulary


def _site_row(key: int, site: dict[str, Any], rendered: rendering.Rendered) -> dict[str, Any]:
    location = site["location"] or {"easting": None, "northing": None}
    return {
        "provider_id": key,
        "reference": site["reference"],
        "status": site["listing"]["status"],
        "la_code": site["la_code"],
        "easting": location["easting"],
        "northing": location["northing"],
        "ages": rendering.offered_ages(site),
        "needs": rendering.offered(site, "needs"),
        "summary": rendered.sites[site["reference"]],
        "evidence": (site["evidence"] or {}).get("status"),
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
