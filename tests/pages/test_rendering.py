import os
from dataclasses import replace
from pathlib import Path

import jinja2
import pytest
from starlette.requests import Request

from app.access import Actor, ActorKind, DbRole
from app.errors import AppError
from app.http.errors import (
    CrossSiteError,
    NotPermittedError,
    NotSignedInError,
    OrganisationNotChosenError,
    SignInAgainError,
)
from app.pages import problems, rendering
from app.pages.problem_view import build_about
from app.pages.view_models import Frame
from tests.pages.problems import make_problem
from tests.pages.reading import read, tidy

_ACTOR = Actor("Zoë Example", DbRole.APP, organisation_name="Example Garage")


def _request(path: str = "/", query: bytes = b"", method: str = "GET") -> Request:
    return Request(
        {
            "type": "http",
            "method": method,
            "path": path,
            "query_string": query,
            "headers": [],
            "server": ("register.test", 80),
            "scheme": "http",
        }
    )


class TestRender:
    def test_answers_with_html_and_the_status(self) -> None:
        response = rendering.render(
            "about.html", build_about(frame=Frame(demonstration=False)), status_code=404
        )

        assert response.status_code == 404
        assert response.headers["content-type"] == "text/html; charset=utf-8"

    def test_a_view_that_lacks_something_is_a_mistake_that_is_seen(self) -> None:
        with pytest.raises(jinja2.UndefinedError):
            rendering.render("provider.html", build_about(frame=Frame(demonstration=False)))

    def test_what_is_missing_is_seen_inside_a_component_too(self) -> None:
        template = rendering.environment().from_string("{{ govukTag({'text': view.nothing}) }}")

        with pytest.raises(jinja2.UndefinedError):
            template.render(view=Frame(demonstration=False))

    def test_components_escape_what_they_are_given(self) -> None:
        template = rendering.environment().from_string("{{ govukTag({'text': '<b>'}) }}")

        assert "&lt;b&gt;" in template.render()


class TestRenderProblem:
    def test_a_refused_search_comes_back_with_its_form(self) -> None:
        problem = make_problem(422, {"age": "It must be a whole number."})

        response = problems.render_problem(_request("/", b"q=forge&age=x"), problem)

        page = read(bytes(response.body))
        assert response.status_code == 422
        assert page.by_id("q")["value"] == "forge"
        assert tidy(page.by_id("age-error").text) == "Error: Age must be a whole number."

    @pytest.mark.parametrize(("path", "status"), [("/", 503), ("/providers/x", 422), ("/x", 404)])
    def test_any_other_refusal_is_a_page_of_its_own(self, path: str, status: int) -> None:
        response = problems.render_problem(_request(path), make_problem(status))

        page = read(bytes(response.body))
        assert response.status_code == status
        assert not page.all("form")
        assert tidy(page.one("title").text).startswith("Error: ")

    def test_invented_providers_are_called_so_where_that_is_known(self) -> None:
        request = _request("/x")
        request.state.demonstration = True

        response = problems.render_problem(request, make_problem(404))

        assert b"Demonstration data" in response.body


class TestDoors:
    @pytest.mark.parametrize(
        ("refused", "door"),
        [
            (NotSignedInError(), "/sign-in"),
            (SignInAgainError(sign_in_again="/sign-in/again"), "/sign-in/again"),
            (OrganisationNotChosenError(), "/account/organisation"),
        ],
    )
    def test_whoever_opens_a_page_too_early_is_led_there_and_back(
        self, refused: AppError, door: str
    ) -> None:
        problem = make_problem(refused.status, type=refused.type, **refused.facts)

        response = problems.render_problem(_request("/organisation/acts", b"act=a%26b"), problem)

        assert response.status_code == 303
        assert response.headers["location"] == (
            f"{door}?return_to=%2Forganisation%2Facts%3Fact%3Da%2526b"
        )

    def test_a_form_that_was_refused_for_that_waits_to_be_sent_again(self) -> None:
        request = _request("/account/name", method="POST")
        request.state.sent_fields = [("name", '"><b>'), ("form_key", "k")]
        problem = make_problem(401, type=NotSignedInError().type)

        response = problems.render_problem(request, problem)

        page = read(bytes(response.body))
        assert response.status_code == 401
        assert page.one("form")["action"] == "/account/name"
        assert {each["name"]: each["value"] for each in page.all("input")} == {
            "name": '"><b>',
            "form_key": "k",
        }
        assert page.link("Sign in (opens in a new tab)") == "/sign-in?return_to=/account"

    @pytest.mark.parametrize("refused", [CrossSiteError(), NotPermittedError()])
    def test_any_other_refused_form_does_not(self, refused: AppError) -> None:
        request = _request("/account/name", method="POST")
        request.state.sent_fields = [("name", "x")]

        response = problems.render_problem(request, make_problem(403, type=refused.type))

        assert response.status_code == 403
        assert not read(bytes(response.body)).all("form")


class TestVisitorOf:
    def test_whoever_is_known_is_named_on_the_page_of_a_refusal(self) -> None:
        request = _request("/organisation/machines")
        request.state.actor = replace(_ACTOR, kind=ActorKind.PERSON)

        response = problems.render_problem(request, make_problem(403))

        page = read(bytes(response.body))
        assert "Zoë Example, Example Garage" in tidy(page.one("header").text)
        assert page.link("Your account") == "/account"

    def test_a_machine_is_not(self) -> None:
        request = _request("/organisation/machines")
        request.state.actor = replace(_ACTOR, kind=ActorKind.MACHINE)

        assert rendering.visitor_of(request) is None

    def test_nor_is_anybody_where_nobody_asked(self) -> None:
        assert rendering.visitor_of(_request("/about")) is None


class TestAuthorityChoices:
    def test_are_all_153_by_name(self) -> None:
        choices = rendering.authority_choices()

        assert len(choices) == 153
        assert [name for _, name in choices] == sorted(name for _, name in choices)
        assert ("383", "Leeds") in choices


class TestStaticUrl:
    def test_names_what_the_file_holds(self) -> None:
        version = rendering.version_of(rendering.STATIC / "register.css")

        assert version is not None
        assert rendering.static_url("register.css") == f"/static/register.css?v={version}"
        assert len(version) == 8

    def test_a_file_that_is_not_there_still_has_an_address(self) -> None:
        assert rendering.static_url("vendor/absent.css") == "/static/vendor/absent.css"


class TestVersionOf:
    def test_changes_with_the_file(self, tmp_path: Path) -> None:
        file = tmp_path / "a.css"
        file.write_text("a")
        before = rendering.version_of(file)
        file.write_text("b")
        os.utime(file, ns=(1, 1))

        assert rendering.version_of(file) != before

    def test_there_is_none_for_what_is_no_file(self, tmp_path: Path) -> None:
        assert rendering.version_of(tmp_path / "absent") is None
        assert rendering.version_of(tmp_path) is None
