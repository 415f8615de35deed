"""Cells of CSV files that people open in a spreadsheet."""

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - meant
"""What a spreadsheet may take for the beginning of a formula, wide forms included."""
MARK = "'"
"""What spreadsheets take for: this is text."""
_SUSPECT = frozenset((*FORMULA_STARTS, MARK))


def safe_cell(value: Any) -> str:
    """Return a cell that no spreadsheet takes for a formula; nothing is an empty cell.

    Text that begins as a formula would, whatever apostrophes stand before, gets one apostrophe
    more; `plain_text_of` takes it away again. A number is none, and stays one.
    """
    if value is None:
        return ""
    text = str(value)
    if text[:1] not in _SUSPECT or isinstance(value, int | float):
        return text
    return MARK + text if text.lstrip(MARK).startswith(FORMULA_STARTS) else text


def plain_text_of(cell: str) -> str:
    """Return the text that `safe_cell` made a cell of."""
    marked = cell.startswith(MARK) and cell.lstrip(MARK).startswith(FORMULA_STARTS)
    return cell[1:] if marked else cell
