"""Reads a table of situations out of a Markdown document."""

import re
from pathlib import Path
from typing import TypeAlias

import pytest

Row: TypeAlias = dict[str, str]
HERE = Path(__file__).parent


def rows_of(document: str, table: str) -> list[Row]:
    """Return the rows of the table under a heading, each by the heads of its columns."""
    text = (HERE / document).read_text(encoding="utf-8")
    (part,) = [one for one in re.split(r"^## ", text, flags=re.MULTILINE) if one.startswith(table)]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    heads, _, *rest = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]
    rows = [dict(zip(heads, cells, strict=True)) for cells in rest]
    assert rows, table
    assert all(row["Citation"] for row in rows), "every situation says on what authority"
    return rows


def situations(document: str, table: str) -> pytest.MarkDecorator:
    """Let a test run once for each row of a table, each under its own name."""
    rows = rows_of(document, table)
    names = [re.sub(r"\W+", "-", row["Situation"]).strip("-").lower() for row in rows]
    assert len(set(names)) == len(names), "situations are told apart by their names"
    return pytest.mark.parametrize("row", rows, ids=names)
