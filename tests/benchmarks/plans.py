"""How many rows a statement visits, by the plan PostgreSQL has settled on."""

from collections.abc import Iterator, Sequence
from typing import Any

import asyncpg
import orjson

_LOST_ROWS = ("Rows Removed by Filter", "Rows Removed by Index Recheck")
_EXPLAIN = "EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON)"
_NAME = "SELECT name FROM pg_prepared_statements WHERE statement = $1"


async def explain(
    connection: asyncpg.Connection, statement: str, values: Sequence[Any]
) -> dict[str, Any]:
    """Return the plan of a statement that this connection has prepared, with what it did."""
    name = await connection.fetchval(_NAME, statement)
    given = f"({', '.join(map(_literal, values))})" if values else ""
    # Prepared apart, because the driver forgets its oldest statements when it keeps many.
    explaining = await connection.prepare(f'{_EXPLAIN} EXECUTE "{name}" {given}')
    plan: dict[str, Any] = orjson.loads(await explaining.fetchval())[0]["Plan"]
    return plan


def rows_visited(plan: dict[str, Any]) -> float:
    """Return how many rows of tables a plan looked at, those that did not fit included."""
    return sum(map(_rows_of, nodes(plan)))


def scanned_whole(plan: dict[str, Any]) -> list[str]:
    """Return the tables that were read from end to end, but for the head's one row."""
    scans = (node for node in nodes(plan) if node["Node Type"] == "Seq Scan")
    return [node["Relation Name"] for node in scans if node["Relation Name"] != "ledger_head"]


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield every step of a plan."""
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def _literal(value: Any) -> str:
    """Write a parameter of a search for `EXECUTE`, which takes no parameters of its own."""
    text = "{" + ",".join(map(str, value)) + "}" if isinstance(value, list) else str(value)
    return "'" + text.replace("'", "''") + "'"


def _rows_of(node: dict[str, Any]) -> float:
    if "Relation Name" not in node:
        return 0.0
    rows = node["Actual Rows"] + sum(node.get(lost, 0) for lost in _LOST_ROWS)
    return float(rows * node["Actual Loops"])
