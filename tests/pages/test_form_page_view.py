"""Pages with one form: what they ask, what was typed, what was wrong."""

from app.errors import FieldFault, InvalidRequestError
from app.pages.form_page_view import FormAsked, Part, build_form_page
from app.pages.questions import Kind, Question, Typed
from app.pages.view_models import ActionLink, Fact, Frame
from tests.pages.answers import HOSTILE
from tests.pages.examples import Example
from tests.pages.own_pages import check_usable, problems_told, unseen
from tests.pages.reading import Page, tidy

BACK = ActionLink("Back", "/organisation")
FORM = FormAsked(
    heading="Say something",
    button="Send it",
    back=BACK,
    parts=(
        Part(
            (
                Question("line", "A line", "Enter a line"),
                Question("prose", "More", "Enter more", Kind.PROSE, "As much as you like"),
                Question("one", "One of them", "Choose one", Kind.ONE, offered=[("a", "A")]),
                Question("any", "Any", "Choose some", Kind.ANY, offered=[("b", "B", "More")]),
                Question("list", "One", "Choose it", Kind.LIST, none="None of these"),
                Question("day", "When", "Enter a day", Kind.DAY),
            )
        ),
    ),
    facts=(Fact("Provider", ("Example Forge",)),),
    warning="It happens at once",
    typed={"any": ["b"], "day-month": ["9"]},
    inside=("scope",),
    further=ActionLink("More of them", "/organisation"),
)
REFUSED = InvalidRequestError(
    "Something is wrong.",
    errors=(
        FieldFault("This is required.", "/line"),
        FieldFault("It must be one of a, b.", "/one"),
        FieldFault("that is too long.", "/scope/prose"),
        FieldFault("Elsewhere.", "/other"),
    ),
)


def page_of(asked: FormAsked, typed: Typed, refused: InvalidRequestError | None = None) -> Page:
    view = build_form_page(Frame(demonstration=True), asked, typed, 3, refused)
    page = Example("form_page.html", view).page()
    check_usable(page)
    return page


class TestBuildFormPage:
    def test_every_kind_of_question_can_be_answered_and_holds_what_it_begins_with(self) -> None:
        page = page_of(FORM, FORM.typed)

        assert "checked" in page.by_id("any").attributes
        assert page.by_id("day-month")["value"] == "9"
        assert tidy(page.one("option").text) == "None of these"
        assert unseen(page)["version"] == "3"
        assert page.with_class("govuk-warning-text")
        assert "Provider Example Forge" in page.text
        assert page.link("More of them") == "/organisation"

    def test_each_fault_stands_at_its_question_and_in_the_summary(self) -> None:
        page = page_of(FORM, {"line": [HOSTILE]}, REFUSED)

        told = ["Enter a line", "That is too long.", "Choose one", "Elsewhere."]
        assert problems_told(page) == told
        assert page.by_id("line")["value"] == HOSTILE
        assert "checked" not in page.by_id("any").attributes

    def test_where_nothing_can_be_sent_nothing_is_asked(self) -> None:
        page = page_of(FormAsked("Nothing waits", None, BACK, FORM.parts), {})

        assert not page.all("form", "button", "textarea")
        assert page.link("Back") == "/organisation"
