"""Forms on pages of their own: what they ask, what was typed, what was wrong."""

import pytest

from app.errors import FieldFault, InvalidRequestError
from app.pages.officers.own_form import Ask, Kind, OwnForm, all_of, build_own_form, day_of, one_of
from app.pages.view_models import ActionLink, Frame
from tests.pages.answers import HOSTILE
from tests.pages.examples import Example
from tests.pages.own_pages import check_usable, problems_told

FORM = OwnForm(
    heading="Say something",
    back=ActionLink("Back", "/organisation"),
    button="Send it",
    asks=(
        Ask(Kind.LINE, "line", "A line", "Enter a line"),
        Ask(Kind.LONG, "long", "More", "Enter more", "As much as you like"),
        Ask(Kind.ONE, "one", "One of them", "Choose one", offered=[("a", "A", None)]),
        Ask(Kind.SOME, "some", "Any", "Choose some", offered=[("b", "B", "b")], value=("b",)),
        Ask(Kind.CHOICE, "choice", "One", "Choose it", offered=[("", "None", None)]),
    ),
    warning="It happens at once",
    version=3,
    inside=("scope",),
)
REFUSED = InvalidRequestError(
    "Something is wrong.",
    errors=(
        FieldFault("This is required.", "/line"),
        FieldFault("It must be one of a, b.", "/one"),
        FieldFault("That is too long.", "/scope/long"),
        FieldFault("Elsewhere.", "/other"),
    ),
)


class TestBuildOwnForm:
    def test_every_kind_of_field_can_be_used_and_holds_what_it_begins_with(self) -> None:
        page = Example("own_form.html", build_own_form(Frame(demonstration=True), FORM)).page()

        check_usable(page)
        assert page.by_id("some")["checked"] is not None
        assert "checked" in page.by_id("some").attributes
        hidden = {each["name"]: each["value"] for each in page.all("input") if not each["id"]}
        assert hidden["version"] == "3"
        assert page.with_class("govuk-warning-text")

    def test_each_fault_stands_at_its_field_and_in_the_summary(self) -> None:
        view = build_own_form(Frame(demonstration=True), FORM, {"line": [HOSTILE]}, REFUSED)
        page = Example("own_form.html", view).page()

        check_usable(page)
        told = ["Enter a line", "That is too long.", "Choose one", "Elsewhere."]
        assert problems_told(page) == told
        assert page.by_id("line")["value"] == HOSTILE
        assert "checked" not in page.by_id("some").attributes


class TestReadingWhatWasTyped:
    def test_an_empty_field_says_nothing(self) -> None:
        assert one_of({"a": ["  "]}, "a") is None
        assert one_of({}, "a") is None
        assert one_of({"a": [" b "]}, "a") == "b"
        assert all_of({"a": ["x", "", "y"]}, "a") == ["x", "y"]

    @pytest.mark.parametrize(
        "typed",
        ["2026-09-01", "1/9/2026", "01/09/2026", "1 9 2026", "1 September  2026", "1.9.2026"],
    )
    def test_a_day_is_read_in_every_way_people_write_it(self, typed: str) -> None:
        assert day_of({"day": [typed]}, "day") == "2026-09-01"

    def test_what_is_no_day_stays_to_be_refused(self) -> None:
        assert day_of({"day": ["31/2/2026"]}, "day") == "31/2/2026"
        assert day_of({}, "day") is None
