"""The public's chapters: find it, read what changed, keep a copy, follow the log."""

import hashlib
import json
from typing import Any

from tests.tour.telling import SHOWN, Caller, heading, say

HASH_MEMBER = "sha256"


def find_and_follow(base: str, number: str, name: str, home: str) -> None:
    """Search with counts, take the whole register, and go on from where it ends.

    Args:
        base: where the service is.
        number: of the provider the story is about.
        name: its name.
        home: what was taken out of the log, and is nowhere.
    """
    heading("Everybody: find it, keep a copy, follow the log")
    with Caller(base) as public:
        asked = {"q": name, "include": ["total", "facets"]}
        found = public.read("/v1/providers", "total", "facets.status", "corrections", **asked)
        assert number in [item["provider"]["number"] for item in found["items"]]
        assert sum(one["count"] for one in found["facets"]["status"]) >= found["total"]
        head = public.read("/v1/register", "entry", "providers", "tombstones")
        lines = public.get("/v1/register/download").text.splitlines(keepends=True)
        last = json.loads(lines[-1])
        told = hashlib.sha256("".join(lines[:-1]).encode()).hexdigest()
        say(f"{public.name:14} has {last['count']} records as one file, hash {told[:12]} …")
        assert (last[HASH_MEMBER], last["count"]) == (told, len(lines) - 1)
        assert last["register"]["entry"] == head["entry"]
        assert home not in "".join(lines)
        further = public.get(last["links"]["next"]).json()
        assert (further["items"], further["after"]) == ([], head["entry"])
        since = public.read("/v1/register/entries", "after", after=head["entry"] - 2)
        assert [one["entry"] for one in since["items"]] == [head["entry"] - 1, head["entry"]]


def read_history(base: str, number: str) -> None:
    """Read what each entry of a provider changed, in which part somebody did, and what it said."""
    heading("Everybody: what each entry changed, and by whom")
    with Caller(base) as public:
        entries: list[dict[str, Any]] = public.get(f"/v1/providers/{number}/history").json()[
            "items"
        ]
        for entry in entries:
            lines = entry["differences"] or []
            told = [f"{line['pointer']}: {line['old']} → {line['new']}" for line in lines]
            shown = "; ".join(one for one in told if len(one) < SHOWN)
            say(f"{'':20}entry {entry['entry']} by {entry['by']}: {shown or 'the first'}")
        assert {entry["by"] for entry in entries} >= {"local-authority", "service"}
        then = public.get(f"/v1/providers/{number}", as_at=entries[-1]["entry"]).json()
        assert then["register"]["entry"] == entries[-1]["entry"]
