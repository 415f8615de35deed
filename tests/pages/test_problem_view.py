from typing import Any

import pytest

from app.errors import AppError, VersionChangedError
from app.http.errors import (
    CrossSiteError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
)
from app.pages.problem_view import build_about, build_problem
from app.pages.view_models import Frame, ProblemView, Visitor
from app.providers.errors import ProviderNotFoundError
from tests.pages.problems import REQUEST_ID, make_problem

FRAME = Frame(demonstration=False)


def _build(status: int, **facts: Any) -> ProblemView:
    return build_problem(make_problem(status, **facts), frame=FRAME)


class TestBuildProblem:
    @pytest.mark.parametrize(
        ("status", "heading"),
        [
            (404, "Page not found"),
            (422, "We could not understand what you asked for"),
            (429, "Too many pages at once"),
            (500, "Sorry, something went wrong here"),
            (503, "Sorry, the register cannot answer just now"),
            (405, "Refused"),
        ],
    )
    def test_the_heading_is_in_plain_words(self, status: int, heading: str) -> None:
        view = _build(status)

        assert (view.heading, view.title) == (heading, f"Error: {heading}")

    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_words_meant_for_programs_are_left_out(self, status: int) -> None:
        assert "It was refused." not in _build(status).paragraphs

    @pytest.mark.parametrize("status", [403, 404, 405, 422])
    def test_what_the_reader_can_mend_is_told(self, status: int) -> None:
        assert _build(status).paragraphs[0] == "It was refused."

    def test_a_reference_is_given_only_where_we_have_to_look(self) -> None:
        assert _build(500).reference == REQUEST_ID
        assert _build(404).reference is None

    def test_the_wait_is_told_in_seconds_where_it_is_known(self) -> None:
        known = _build(429, retry_after_seconds=12).paragraphs[-1]

        assert known == "Wait 12 seconds, then load the page again."
        assert _build(429).paragraphs[-1] == "Wait a minute, then load the page again."

    def test_an_unknown_provider_is_not_called_a_page(self) -> None:
        assert _build(404, type=ProviderNotFoundError().type).heading == "Provider not found"

    @pytest.mark.parametrize(
        ("refused", "heading"),
        [
            (NotSignedInError(), "You are not signed in"),
            (SignInAgainError(), "Show once more who you are"),
            (NotPermittedError(), "Your roles do not allow this"),
            (OrganisationNotChosenError(), "Choose for whom you act"),
            (VersionChangedError(), "It was changed since you opened the page"),
            (CrossSiteError(), "That came from another website"),
        ],
    )
    def test_what_everybody_meets_has_a_heading_of_its_own(
        self, refused: AppError, heading: str
    ) -> None:
        assert _build(refused.status, type=refused.type).heading == heading

    def test_whoever_is_signed_in_is_led_to_their_own_pages(self) -> None:
        theirs = Frame(demonstration=False, visitor=Visitor("Zoë Example", None))

        assert build_problem(make_problem(403), frame=theirs).onward.href == "/account"
        assert _build(403).onward.href == "/"

    def test_every_fault_is_listed(self) -> None:
        problem = make_problem(422, {"a": "First.", "b": "Second."})

        assert build_problem(problem, frame=FRAME).faults == ("First.", "Second.")


class TestBuildAbout:
    def test_explains_every_status(self) -> None:
        labels = [status.label for status in build_about(frame=FRAME).statuses]

        assert labels == [
            "Listed",
            "Listed with actions",
            "Under review",
            "Suspended",
            "Removed",
            "Closed",
        ]
