from typing import Any

import pytest

from app.values.cells import FORMULA_STARTS, safe_cell


@pytest.mark.parametrize("start", FORMULA_STARTS)
def test_what_a_spreadsheet_would_compute_is_text(start: str) -> None:
    assert safe_cell(f"{start}1+1") == f"'{start}1+1"


@pytest.mark.parametrize(
    ("value", "cell"),
    [(None, ""), ("", ""), (0, "0"), (-5, "-5"), ("-5", "'-5"), ("a=b", "a=b"), ("#end", "#end")],
)
def test_everything_else_is_as_it_is(value: Any, cell: str) -> None:
    assert safe_cell(value) == cell
