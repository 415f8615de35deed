"""How long a child's record is kept: both sides of each limit."""

from datetime import date

import pytest

from app.rules.retention import KEPT_WHERE_AT_RISK, REGISTERS_KEPT, kept_until

BORN = date(2012, 5, 4)


@pytest.mark.parametrize(
    ("born", "quiet", "at_risk", "until", "rule"),
    [
        (BORN, date(2026, 7, 21), False, date(2032, 7, 21), REGISTERS_KEPT),
        (BORN, date(2026, 7, 21), True, date(2037, 5, 4), KEPT_WHERE_AT_RISK),
        (date(2007, 7, 21), date(2026, 7, 21), True, date(2032, 7, 21), REGISTERS_KEPT),
        (date(2007, 7, 22), date(2026, 7, 21), True, date(2032, 7, 22), KEPT_WHERE_AT_RISK),
        (BORN, date(2024, 2, 29), False, date(2030, 3, 1), REGISTERS_KEPT),
        (date(2012, 2, 29), date(2026, 7, 21), True, date(2037, 3, 1), KEPT_WHERE_AT_RISK),
    ],
)
def test_the_longer_of_six_years_and_the_twenty_fifth_birthday_where_at_risk(
    born: date, quiet: date, at_risk: bool, until: date, rule: object
) -> None:
    kept = kept_until(born, quiet, plan_or_care=at_risk)

    assert (kept.until, kept.rule) == (until, rule)
