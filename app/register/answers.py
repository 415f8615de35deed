"""Answers put together from rendered bytes; nothing of a provider is parsed on the way."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import quote_plus

import asyncpg
import orjson

from app.register.coming import coming
from app.register.differences import differences, moved_for
from app.register.rendering import utc
from app.register.schemas.search import SearchQuery
from app.register.searching.asked import Found, matched

PATH = "/v1/providers"


def search_answer(query: SearchQuery, found: Found) -> bytes:
    """Write one page of a search as JSON, in the shape of `schemas.SearchAnswer`."""
    answer: dict[str, Any] = {
        "items": [_hit(found, hit) for hit in found.hits],
        "links": page_links(PATH, query, found.cursor),
        "register": {
            "entry": found.entry,
            "recorded_at": utc(found.recorded_at) if found.recorded_at else None,
            "moved_since_first_page": found.entry != found.first_entry,
        },
        "near": near(found),
        "corrections": found.corrections,
    }
    if found.total is not None:
        answer["total"] = found.total
    if found.facets is not None:
        answer["facets"] = found.facets
    return orjson.dumps(answer)


def history_answer(
    rows: Sequence[asyncpg.Record],
    document: bytes,
    today: date,
    here: str,
    following: str | None,
) -> bytes:
    """Write entries of one provider as JSON, in the shape of `schemas.history.HistoryAnswer`.

    Args:
        rows: the entries, newest first.
        document: its present record, which tells what is to come.
        today: the day from which that is.
        here: the address of this page.
        following: of the next.
    """
    ahead = [dataclasses.asdict(one) for one in coming(orjson.loads(document), today)]
    tail = orjson.dumps({"ahead": ahead, "links": {"self": here, "next": following}})
    items = b",".join(entry_told(row, entry_facts(row)) for row in rows)
    return b'{"items":[' + items + b"]," + tail[1:]


def entry_facts(row: asyncpg.Record) -> dict[str, Any]:
    """Return what is told of an entry beside its record."""
    return {
        "entry": row["entry"],
        "recorded_at": utc(row["recorded_at"]),
        "effective_on": row["effective_on"].isoformat(),
        "redacted": redaction(row) if row["redacted_at"] else None,
        "by": row["by"],
    }


def redaction(row: asyncpg.Record) -> dict[str, str]:
    """Return when and why an entry's record was taken out."""
    return {"at": utc(row["redacted_at"]), "reason": row["redaction_reason"]}


def entry_told(row: asyncpg.Record, facts: dict[str, Any]) -> bytes:
    """Write an entry with its facts, what it changed and why, and its record.

    A record that was taken out is compared with nothing: neither as what was, nor as what became
    of it.
    """
    now = orjson.loads(row["record"]) if row["record"] else None
    before = orjson.loads(row["before"]) if row["before"] else None
    follows = row["before_entry"] is not None
    reason = changed = lines = None
    if now is not None and (before is not None or not follows):
        reason = moved_for(before, now)
    if now is not None and before is not None:
        changed = changed_members(before, now)
        lines = [dataclasses.asdict(one) for one in differences(before, now)]
    told = {**facts, "reason": reason, "changed": changed, "differences": lines}
    return orjson.dumps(told)[:-1] + b',"record":' + (row["record"] or b"null") + b"}"


def changed_members(before: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """Return the members in which two records differ, in order."""
    return sorted(name for name in before.keys() | now.keys() if before.get(name) != now.get(name))


def near(found: Found) -> dict[str, str] | None:
    """Say where distances are measured from, and how exact that is."""
    if found.near is None:
        return None
    return {"label": found.near.label, "precision": found.near.precision}


def page_links(path: str, query: SearchQuery, cursor: str | None) -> dict[str, str | None]:
    """Link this page and the next: parameters in a fixed order, defaults left out."""
    stated = query.model_dump(mode="json", exclude_defaults=True)
    written = {name: _written(name, value) for name, value in stated.items()}
    following = _address(path, written | {"cursor": _written("cursor", cursor)}) if cursor else None
    return {"self": _address(path, written), "next": following}


def _written(name: str, value: Any) -> str:
    """Write one parameter, as often as it has values."""
    if isinstance(value, list):
        return "&".join(_written(name, one) for one in value)
    plain = int(value) if isinstance(value, float) and value.is_integer() else value
    return f"{name}={quote_plus(str(plain))}"


def _address(path: str, written: dict[str, str]) -> str:
    ordered = "&".join(written[name] for name in SearchQuery.model_fields if name in written)
    return f"{path}?{ordered}" if ordered else path


def _hit(found: Found, hit: asyncpg.Record) -> dict[str, Any]:
    site, away = hit["site"], hit["away"]
    return {
        "provider": orjson.Fragment(hit["summary"]),
        "distance_metres": None if away is None else round(away),
        "site": orjson.Fragment(site) if site else None,
        "matched": matched(found, hit),
    }
