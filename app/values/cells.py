"""Cells of CSV files that people open in a spreadsheet."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - meant
"""What a spreadsheet may take for the beginning of a formula, wide forms included."""


def safe_cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula; nothing is an empty cell."""
    text = "" if value is None else str(value)
    return "'" + text if text.startswith(FORMULA_STARTS) else text
