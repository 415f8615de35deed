from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

from app.audit.schemas import AuditQuery, ExportQuery, StatesPurpose, beginning_of, end_of
from app.audit.terms import Purpose, Wanted

FACTS = {"purpose": "oversight"}


@pytest.mark.parametrize(
    ("day", "begins", "hours"),
    [
        (date(2026, 1, 15), datetime(2026, 1, 15, 0, tzinfo=UTC), 24),
        (date(2026, 7, 15), datetime(2026, 7, 14, 23, tzinfo=UTC), 24),
        (date(2026, 3, 29), datetime(2026, 3, 29, 0, tzinfo=UTC), 23),
        (date(2026, 10, 25), datetime(2026, 10, 24, 23, tzinfo=UTC), 25),
    ],
)
def test_a_day_is_londons_also_when_the_clocks_change(
    day: date, begins: datetime, hours: int
) -> None:
    assert beginning_of(day) == begins
    assert end_of(day).astimezone(UTC) - beginning_of(day).astimezone(UTC) == timedelta(hours=hours)
    assert end_of(day) == beginning_of(day + timedelta(days=1))


class TestStatesPurpose:
    @pytest.mark.parametrize("given", [{}, {"purpose": ""}, {"purpose": "none"}])
    def test_no_purpose_is_refused_by_listing_those_there_are(self, given: dict[str, str]) -> None:
        with pytest.raises(ValidationError) as refused:
            StatesPurpose.model_validate(given)

        [fault] = refused.value.errors()
        assert (fault["loc"], fault["type"]) == (("purpose",), "enum")
        assert all(f"'{purpose}'" in fault["msg"] for purpose in Purpose)

    def test_it_is_documented_as_needed(self) -> None:
        assert StatesPurpose.model_json_schema()["required"] == ["purpose"]


class TestAuditQuery:
    def test_days_become_moments_and_nothing_else_is_asked_than_was_said(self) -> None:
        query = AuditQuery.model_validate(
            {**FACTS, "from": "2026-07-01", "until": "2026-07-02", "act": "example.done"}
        )

        assert query.wanted() == Wanted(
            act="example.done",
            since=datetime(2026, 6, 30, 23, tzinfo=UTC),
            before=datetime(2026, 7, 2, 23, tzinfo=UTC),
        )
        assert AuditQuery.model_validate(FACTS).wanted() == Wanted()

    @pytest.mark.parametrize(
        ("given", "said"),
        [
            ({"subject_id": "1"}, "needs subject_kind"),
            ({"from": "2026-07-02", "until": "2026-07-01"}, "give the earlier day as from"),
        ],
    )
    def test_what_does_not_fit_together_is_refused_with_the_cure(
        self, given: dict[str, Any], said: str
    ) -> None:
        with pytest.raises(ValidationError, match=said):
            AuditQuery.model_validate({**FACTS, **given})


def test_one_day_is_a_period() -> None:
    query = ExportQuery.model_validate({**FACTS, "from": "2026-07-01", "until": "2026-07-01"})

    assert query.from_ == query.until
