"""Rows of providers' tables, looked at by a superuser."""

from typing import Any

import asyncpg


async def everything_of(owner: asyncpg.Connection, table: str) -> list[dict[str, Any]]:
    """Every row, in the order in which they were written."""
    return [dict(row) for row in await owner.fetch(f"SELECT * FROM {table} ORDER BY ctid")]  # noqa: S608
