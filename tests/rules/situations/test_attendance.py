"""Holds the attendance codes to the situations of `attendance.md`."""

from datetime import date

import pytest

from app.rules.attendance.codes import MEANINGS, Code
from app.rules.attendance.facts import Absence, Activity, ArrangedBy, Arrival, Session, Where
from app.rules.attendance.judging import judge
from app.rules.attendance.law import NATURE, NEVER_AT_HOME, SCHOOL_DECIDES
from app.rules.dated import NotInForceError
from tests.rules.situations.reading import Row, situations

TABLES = "attendance.md"
DAY = date(2026, 11, 30)
RIGHT = {"yes": True, "no": False, "open": None}


def session(row: Row) -> Session:
    """Read a row as a session."""
    words = row["What"].split()
    arrivals = {"late": Arrival.BEFORE_CLOSE, "after-close": Arrival.AFTER_CLOSE}
    activities = {
        "visit": Activity.VISIT,
        "sport": Activity.SPORT,
        "work": Activity.WORK_EXPERIENCE,
    }
    return Session(
        where=Where(row["Where"]),
        afternoon="afternoon" in words,
        arrival=next((arrivals[word] for word in words if word in arrivals), Arrival.IN_TIME),
        arranged_by=ArrangedBy(row["Arranged by"]),
        activity=next(
            (activities[word] for word in words if word in activities), Activity.EDUCATION
        ),
        supervised="supervised" in words,
        by_school_staff="staff" in words,
        online="online" in words,
        registered_there="registered" in words,
        absence=next((Absence(word) for word in words if word in set(Absence)), None),
    )


@situations(TABLES, "Codes")
def test_codes(row: Row) -> None:
    given = Code(row["Given"]) if row["Given"] else None

    judged = judge(session(row), given, DAY)

    assert (judged.proposed.code or "a person") == row["Proposed"]
    assert judged.right is RIGHT[row["Right"]]
    assert str(judged.proposed.reason.rule.citation) == row["Citation"]
    assert (given in [one.code for one in judged.wrong]) is (judged.right is False)
    assert judged.proposed.code not in [one.code for one in judged.wrong]
    assert all(one.reason.because for one in judged.wrong)


@pytest.mark.parametrize("where", [Where.AT_HOME, Where.NOT_ATTENDING, Where.AT_SCHOOL])
@pytest.mark.parametrize("arranged_by", list(ArrangedBy))
@pytest.mark.parametrize("online", [True, False])
@pytest.mark.parametrize("absence", [None, *Absence])
def test_b_is_never_right_but_elsewhere(
    where: Where, arranged_by: ArrangedBy, online: bool, absence: Absence | None
) -> None:
    told = Session(where, arranged_by=arranged_by, online=online, supervised=True, absence=absence)

    assert judge(told, Code.ELSEWHERE, DAY).right is False


def test_unsupervised_learning_online_is_told_by_the_guidance_on_it() -> None:
    told = Session(Where.ELSEWHERE, arranged_by=ArrangedBy.SCHOOL, online=True)

    judged = judge(told, Code.ELSEWHERE, DAY)

    (wrong,) = [one for one in judged.wrong if one.code is Code.ELSEWHERE]
    assert wrong.reason.rule is NEVER_AT_HOME


@pytest.mark.parametrize(
    ("arranged_by", "nature"),
    [(ArrangedBy.SCHOOL, True), (ArrangedBy.LOCAL_AUTHORITY, True), (ArrangedBy.NEITHER, False)],
)
def test_with_k_and_b_the_nature_is_recorded_too_and_the_school_decides(
    arranged_by: ArrangedBy, nature: bool
) -> None:
    told = Session(Where.ELSEWHERE, arranged_by=arranged_by, supervised=True)

    rules = [reason.rule for reason in judge(told, None, DAY).besides]

    assert rules == ([SCHOOL_DECIDES, NATURE] if nature else [SCHOOL_DECIDES])


@pytest.mark.parametrize(("day", "known"), [(date(2024, 8, 19), True), (date(2024, 8, 18), False)])
def test_other_codes_were_in_use_before_the_regulations(day: date, known: bool) -> None:
    if known:
        assert judge(Session(Where.AT_SCHOOL), None, day).proposed.code is Code.MORNING
    else:
        with pytest.raises(NotInForceError):
            judge(Session(Where.AT_SCHOOL), None, day)


def test_every_code_has_a_meaning() -> None:
    assert MEANINGS.keys() == set(Code)
