import math
from decimal import Decimal
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from app.ledger.canonical import LARGEST_NUMBER, SMALLEST_FRACTION, canonical

names = st.from_regex(r"[a-z][a-z0-9_]{0,11}", fullmatch=True)
whole_numbers = st.integers(1 - LARGEST_NUMBER, LARGEST_NUMBER - 1)
hours = st.decimals("0.1", "50", places=1).map(float)
fractions = st.floats(SMALLEST_FRACTION, LARGEST_NUMBER, exclude_max=True)
values = st.recursive(
    st.text()
    | whole_numbers
    | hours
    | fractions
    | fractions.map(lambda f: -f)
    | st.booleans()
    | st.none(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(names, inner, max_size=4),
    max_leaves=20,
)
records = st.dictionaries(names, values, max_size=8)


@given(records)
def test_the_bytes_are_those_of_another_implementation_of_rfc_8785(
    record: dict[str, Any],
) -> None:
    assert canonical(record) == rfc8785.dumps(record)


@given(st.dictionaries(names, values, min_size=2, max_size=8))
def test_the_order_in_which_members_were_put_does_not_matter(record: dict[str, object]) -> None:
    assert canonical(dict(reversed(record.items()))) == canonical(record)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (12.0, b"12"),
        (-0.0, b"0"),
        (12.5, b"12.5"),
        (float(Decimal("0.1")), b"0.1"),
        (0.0001, b"0.0001"),
        ("\u20ac$\x0f\nA'B\"\\/", b'"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\/"'),
        ("\x7f\u2028", b'"\x7f\xe2\x80\xa8"'),
        (("a", "b"), b'["a","b"]'),
        (True, b"true"),
    ],
)
def test_each_value_has_one_form(value: object, expected: bytes) -> None:
    assert canonical({"v": value}) == b'{"v":' + expected + b"}"


@pytest.mark.parametrize(
    "value",
    [
        math.nan,
        math.inf,
        -math.inf,
        1e300,
        0.00005,
        -0.00005,
        5e-324,
        2**53,
        -(2**53),
        float(2**53),
        10**400,
    ],
)
@pytest.mark.parametrize("nested", [lambda v: v, lambda v: [v], lambda v: {"a": (v,)}])
def test_a_number_that_readers_would_not_all_read_alike_is_refused(
    value: float, nested: object
) -> None:
    assert callable(nested)

    with pytest.raises(ValueError, match=r"too large|no plain decimal form"):
        canonical({"v": nested(value)})


def test_a_name_that_would_be_sorted_in_two_ways_is_refused() -> None:
    with pytest.raises(ValueError, match="not a plain name"):
        canonical({"v": {"\ue000": 1, "\U0001f600": 2}})
