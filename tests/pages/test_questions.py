"""What somebody answered, read field by field."""

import pytest

from app.errors import InvalidRequestError
from app.pages.questions import Kind, Question, shown, stated
from tests.pages.own_pages import on

WHEN = Question("when", "When", "Enter a day", Kind.DAY)
SOME = Question("some", "Some", "Choose some", Kind.ANY, needed=True)
LINE = Question("line", "Line", "Enter a line")


def typed_day(day: str) -> dict[str, list[str]]:
    return {name: [text] for name, text in on("when", day).items()}


class TestStated:
    def test_an_empty_field_says_nothing(self) -> None:
        assert stated([LINE, WHEN], {"line": ["  "]}) == {"line": None, "when": None}
        assert stated([LINE], {"line": [" b "]}) == {"line": "b"}
        assert stated([SOME], {"some": ["x", "", "y"]}) == {"some": ["x", "y"]}

    @pytest.mark.parametrize("day", ["1 9 2026", "01 09 2026", "1 Sep 2026", "1 september 2026"])
    def test_a_day_is_read_in_every_way_people_write_it(self, day: str) -> None:
        assert stated([WHEN], typed_day(day)) == {"when": "2026-09-01"}

    @pytest.mark.parametrize("day", ["31 2 2026", "1 9 26", "first 9 2026", "1 13 2026"])
    def test_what_is_no_day_is_told_with_everything_else_that_will_not_do(self, day: str) -> None:
        with pytest.raises(InvalidRequestError) as refused:
            stated([WHEN, SOME], typed_day(day))

        assert [one.pointer for one in refused.value.errors] == ["/when", "/some"]

    def test_what_a_form_opens_with_is_what_it_states_when_sent_as_it_stands(self) -> None:
        facts = {"when": "2026-09-01", "some": ["x"], "line": "b"}

        assert stated([WHEN, SOME, LINE], shown([WHEN, SOME, LINE], facts)) == facts
