"""By when placements are reviewed, whatever was agreed, and after something changed."""

from datetime import date

from app.rules.clocks.reviewing import half_term_review, latest_review, opened_review
from app.rules.school_days import Period, SchoolCalendar

MONDAY = date(2026, 11, 2)
AUTUMN = Period(date(2026, 9, 2), date(2026, 12, 18))
SPRING = Period(date(2027, 1, 5), date(2027, 3, 25))


def test_nothing_agreed_is_later_than_eight_school_weeks() -> None:
    assert latest_review(MONDAY) == date(2027, 1, 8)
    assert half_term_review(MONDAY).due_on < latest_review(MONDAY)


def test_by_the_dates_of_terms_nothing_is_guessed() -> None:
    guessed = half_term_review(MONDAY)
    known = half_term_review(MONDAY, SchoolCalendar((AUTUMN, SPRING)))

    assert (guessed.approximate, known.approximate) == (True, False)
    assert known.due_on == date(2026, 12, 14)
    assert latest_review(MONDAY, SchoolCalendar((AUTUMN, SPRING))) == date(2027, 1, 12)


def test_a_change_is_acknowledged_in_two_working_days_and_reviewed_in_ten() -> None:
    acknowledged, reviewed = opened_review(MONDAY)

    assert (acknowledged.due_on, reviewed.due_on) == (date(2026, 11, 4), date(2026, 11, 16))
