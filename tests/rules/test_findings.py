"""For which hours the department's finding that a child is not full-time stands."""

import pytest

from app.rules.registration.facts import is_found_not_full_time


@pytest.mark.parametrize(
    ("minutes", "found_up_to", "stands"),
    [(900, None, False), (900, 900, True), (899, 900, True), (901, 900, False)],
    ids=["nothing found", "as it saw", "fewer", "longer than it saw"],
)
def test_a_finding_covers_the_hours_it_saw_and_no_more(
    minutes: int, found_up_to: int | None, stands: bool
) -> None:
    assert is_found_not_full_time(minutes, found_up_to) is stands
