"""Answers put together from rendered bytes; nothing of a provider is parsed on the way."""

import dataclasses
from collections.abc import Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

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
    items = b",".join(_hit(found, hit) for hit in found.hits)
    tail = {
        "links": page_links(query, found, PATH),
        "register": {
            "entry": found.entry,
            "recorded_at": utc(found.recorded_at) if found.recorded_at else None,
            "moved_since_first_page": found.entry != found.first_entry,
        },
        "near": near(found),
        "corrections": found.corrections,
    }
    if found.total is not None:
        tail["total"] = found.total
    if found.facets is not None:
        tail["facets"] = found.facets
    return b'{"items":[' + items + b"]," + orjson.dumps(tail)[1:]


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


def page_links(query: SearchQuery, found: Found, path: str) -> dict[str, str | None]:
    """Link this page and the next, every parameter kept."""
    return {
        "self": address(path, query),
        "next": address(path, query, found.cursor) if found.cursor else None,
    }


def address(path: str, query: SearchQuery, cursor: str | None = None) -> str:
    """Write a search as an address: parameters in a fixed order, defaults left out."""
    stated = query.model_dump(mode="json", exclude_defaults=True)
    given = {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in stated.items()
    }
    if cursor is not None:
        given["cursor"] = cursor
    ordered = {name: given[name] for name in SearchQuery.model_fields if name in given}
    encoded = urlencode(ordered, doseq=True)
    return f"{path}?{encoded}" if encoded else path


def _hit(found: Found, hit: asyncpg.Record) -> bytes:
    return b"".join(
        (
            b'{"provider":',
            hit["summary"],
            b',"distance_metres":',
            orjson.dumps(None if hit["away"] is None else round(hit["away"])),
            b',"site":',
            hit["site"] or b"null",
            b',"matched":',
            orjson.dumps(matched(found, hit)),
            b"}",
        )
    )
