"""From what was reported of a session to the code that fits, and what stands against another."""

from datetime import date, time

import pytest

from app.rules.attendance.codes import Code
from app.rules.attendance.facts import Absence
from app.rules.attendance.reporting import (
    Half,
    Reported,
    ReportKind,
    alert_rule,
    bank_holidays_between,
    code_for,
    decide,
    halves_of,
)
from app.rules.dated import NotInForceError

DAY = date(2026, 11, 30)
ARRIVED = Reported(ReportKind.ARRIVED, None, by_authority=False, online=False)
ABSENT = Reported(ReportKind.ABSENT, Absence.ILL, by_authority=False, online=False)
UNREPORTED = Reported(None, None, by_authority=False, online=False)


@pytest.mark.parametrize(
    ("starts", "ends", "halves"),
    [
        ((9, 0), (13, 0), ["morning"]),
        ((9, 0), (15, 0), ["morning", "afternoon"]),
        ((12, 0), (13, 0), ["afternoon"]),
        ((13, 30), (15, 0), ["afternoon"]),
    ],
)
def test_a_time_falls_into_half_days(
    starts: tuple[int, int], ends: tuple[int, int], halves: list[str]
) -> None:
    assert [one.value for one in halves_of(time(*starts), time(*ends))] == halves


@pytest.mark.parametrize(
    ("reported", "code"),
    [
        (Reported(ReportKind.ARRIVED, None, by_authority=False, online=False), "B"),
        (Reported(ReportKind.LATE, None, by_authority=True, online=False), "K"),
        (Reported(ReportKind.ARRIVED, None, by_authority=False, online=True), None),
        (Reported(ReportKind.ABSENT, None, by_authority=False, online=False), "N"),
        (Reported(ReportKind.NOT_EXPECTED, None, by_authority=False, online=False), None),
        (Reported(None, None, by_authority=True, online=False), None),
    ],
)
def test_a_code_is_proposed_by_what_was_reported(reported: Reported, code: str | None) -> None:
    assert code_for(reported, Half.MORNING).code == code


@pytest.mark.parametrize(
    ("reported", "code", "warned", "refused"),
    [
        (ARRIVED, Code.ELSEWHERE, False, False),
        (ARRIVED, Code.ARRANGED_BY_AUTHORITY, True, False),
        (ARRIVED, Code.OTHER_SCHOOL, True, True),
        (ABSENT, Code.ILL, False, False),
        (ABSENT, Code.ELSEWHERE, True, True),
        (ABSENT, Code.LEAVE, True, False),
        (UNREPORTED, Code.ELSEWHERE, False, False),
    ],
)
def test_what_no_law_forbids_is_warned_of(
    reported: Reported,
    code: Code,
    warned: bool,
    refused: bool,
) -> None:
    found = decide(reported, Half.AFTERNOON, code, DAY)

    assert (found.warning is not None, found.refused) == (warned, refused)


def test_nobody_is_told_before_the_interval_was_known() -> None:
    assert alert_rule(DAY).figures["minutes"] == 30
    with pytest.raises(NotInForceError):
        alert_rule(date(1990, 1, 1))


def test_only_weekdays_are_holidays() -> None:
    found = bank_holidays_between(date(2026, 12, 24), date(2026, 12, 31))

    assert found == [date(2026, 12, 25), date(2026, 12, 28)]
