"""The log as others follow it, written from stored bytes."""

from collections.abc import Sequence
from typing import Any

import asyncpg
import orjson

from app.register.answers import entry_facts, entry_told, redaction
from app.register.packaging import DOWNLOAD
from app.register.rendering import utc

REGISTER = "/v1/register"
ENTRIES = f"{REGISTER}/entries"
TOMBSTONES = f"{REGISTER}/tombstones"


def head_answer(head: asyncpg.Record) -> bytes:
    """Write where the register stands as JSON, in the shape of `schemas.feed.HeadAnswer`."""
    links = {"self": REGISTER, "entries": f"{ENTRIES}?after=0", "download": DOWNLOAD}
    return orjson.dumps(_state(head) | {"providers": head["providers"], "links": links})


def feed_answer(
    head: asyncpg.Record, rows: Sequence[asyncpg.Record], after: int, limit: int
) -> bytes:
    """Write a page of the feed as JSON, in the shape of `schemas.feed.FeedAnswer`.

    Args:
        head: of the same state of the log as the rows.
        rows: at most one more than fit on the page; that one only says that there is more.
        after: the entry the page begins behind.
        limit: how many fit.
    """
    shown = rows[:limit]
    last = shown[-1]["entry"] if shown else after
    following = f"{ENTRIES}?after={last}&limit={limit}" if len(rows) > limit else None
    tail = {
        "after": last,
        "links": {"self": f"{ENTRIES}?after={after}&limit={limit}", "next": following},
        "register": _state(head),
    }
    items = b",".join(
        entry_told(row, entry_facts(row) | {"number": row["number"]}) for row in shown
    )
    return b'{"items":[' + items + b"]," + orjson.dumps(tail)[1:]


def tombstones_answer(
    head: asyncpg.Record, rows: Sequence[asyncpg.Record], after: int, limit: int
) -> bytes:
    """Write a page of tombstones as JSON, in the shape of `schemas.feed.TombstonesAnswer`."""
    items = [
        {"entry": row["entry"], "number": row["number"], "redacted": redaction(row)}
        for row in rows[:limit]
    ]
    following = None
    if len(rows) > limit:
        following = f"{TOMBSTONES}?after={items[-1]['entry']}&limit={limit}"
    links = {"self": f"{TOMBSTONES}?after={after}&limit={limit}", "next": following}
    return orjson.dumps({"items": items, "links": links, "register": _state(head)})


def _state(head: asyncpg.Record) -> dict[str, Any]:
    return {
        "entry": head["entry"],
        "recorded_at": utc(head["recorded_at"]) if head["recorded_at"] else None,
        "epoch": str(head["epoch"]),
        "demonstration": head["demonstration"],
        "tombstones": head["tombstones"],
    }
