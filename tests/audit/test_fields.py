import uuid
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from app.access import Role
from app.audit.fields import changed, plain

SOMEBODY = uuid.UUID("01900000-0000-7000-8000-000000000001")


class TestPlain:
    @pytest.mark.parametrize(
        ("value", "told"),
        [
            (None, None),
            (True, True),
            (3, 3),
            (0.5, 0.5),
            ("words", "words"),
            (SOMEBODY, str(SOMEBODY)),
            (date(2026, 9, 1), "2026-09-01"),
            (datetime(2026, 9, 1, 8, 30, tzinfo=UTC), "2026-09-01T08:30:00+00:00"),
            (time(8, 30), "08:30:00"),
            (timedelta(minutes=5), "0:05:00"),
            (Decimal("10.50"), "10.50"),
            (Role.ADMINISTRATOR, "administrator"),
            (["b", "a"], ["b", "a"]),
            ((2, 1), [2, 1]),
            ({Role.INSPECTOR, Role.ANALYST}, ["analyst", "inspector"]),
            (frozenset({SOMEBODY}), [str(SOMEBODY)]),
            (
                {"ages": {"from": 11, "on": date(2026, 9, 1)}, 7: [SOMEBODY]},
                {"ages": {"from": 11, "on": "2026-09-01"}, "7": [str(SOMEBODY)]},
            ),
        ],
    )
    def test_tells_every_usual_value_as_json_holds_it(self, value: Any, told: Any) -> None:
        assert plain({"field": value}) == {"field": told}

    def test_tells_of_no_fields_nothing(self) -> None:
        assert plain(None) is None
        assert plain({}) == {}

    @pytest.mark.parametrize("value", [b"hash", object(), [b"hash"], {"inside": {b"hash"}}])
    def test_refuses_what_would_tell_too_much_or_nothing(self, value: Any) -> None:
        with pytest.raises(TypeError, match="cannot be told in the record of acts"):
            plain({"secret": value})

    def test_shows_nothing_of_what_it_refuses(self) -> None:
        with pytest.raises(TypeError) as refused:
            plain({"secret": b"never-to-be-shown"})

        assert "never-to-be-shown" not in str(refused.value)


class TestChanged:
    def test_keeps_only_fields_that_differ(self) -> None:
        before = {"name": "Example", "roles": {Role.ANALYST}, "version": 1}
        after = {"name": "Example", "roles": {Role.ADMINISTRATOR}, "version": 2}

        assert changed(before, after) == (
            {"roles": ["analyst"], "version": 1},
            {"roles": ["administrator"], "version": 2},
        )

    def test_a_field_that_came_or_went_is_on_its_own_side_alone(self) -> None:
        assert changed({"gone": 1}, {"new": None}) == ({"gone": 1}, {"new": None})

    def test_two_equal_states_differ_in_nothing(self) -> None:
        state = {"on": date(2026, 9, 1), "with": {"id": SOMEBODY}}

        assert changed(state, {"with": {"id": SOMEBODY}, "on": date(2026, 9, 1)}) == ({}, {})
