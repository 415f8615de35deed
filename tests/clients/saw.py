"""What a client's walk must have seen, whatever language it is written in."""

from typing import Any

import asyncpg


async def check(told: dict[str, Any], owner: asyncpg.Connection) -> None:
    """Compare what a walk tells with what the register holds."""
    held = await owner.fetch(
        "SELECT DISTINCT ON (e.number) e.number, "
        "convert_from(b.record, 'UTF8')::jsonb ->> 'name' AS name FROM ledger_entries e "
        "JOIN ledger_bodies b USING (entry) ORDER BY e.number, e.entry DESC"
    )
    head = await owner.fetchval("SELECT max(entry) FROM ledger_entries")
    assert len(held) > 7, "there is more than one page"
    assert told["total"] == len(held)
    assert len(told["numbers"]) == len(held)
    assert dict(zip(told["numbers"], told["names"], strict=True)) == {
        row["number"]: row["name"] for row in held
    }
    assert told["entries"] == list(range(1, head + 1))
    assert told["head"] == head
    assert told["history_ends_with"] is True
    assert told["resolved"] is True
    assert told["looked_up"] is True
    assert told["refused"].endswith("/provider-not-found"), told["refused"]
