"""Holds the rules that are not in force to the situations of `coming.md`."""

from datetime import date

from app.rules.coming import RULES, PlacementFacts, warnings_of
from tests.rules.situations.reading import Row, situations

DAY = date(2026, 11, 30)
SAID = {"yes": True, "no": False, "": None}


def number(said: str) -> int | None:
    return int(said) if said else None


@situations("coming.md", "Warnings")
def test_warnings(row: Row) -> None:
    placement = PlacementFacts(
        weeks=number(row["Weeks"]),
        sessions_a_week=number(row["Sessions a week"]),
        provider_approved=SAID[row["Approved"]],
        arranged_by_school=SAID[row["By a school"]],
    )

    warned = warnings_of(placement, DAY)

    assert (", ".join(one.reason.rule.code for one in warned) or "nothing") == row["Warned of"]
    assert not any(one.in_force for one in warned)
    assert {str(one.reason.rule.citation) for one in warned} <= {row["Citation"]}


def test_no_day_is_set_for_any_of_them() -> None:
    assert [rule.code for rule in RULES if rule.since is not None] == []
    assert not any(rule.holds_on(date(2100, 1, 1)) for rule in RULES)
