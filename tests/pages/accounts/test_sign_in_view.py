import uuid
from dataclasses import dataclass

import pytest

from app.organisations.service.personas import Persona
from app.pages.accounts.sign_in_view import (
    Place,
    build_choice,
    build_sign_in,
    build_signed_out,
    with_return,
)
from app.pages.rendering import render
from app.pages.view_models import Frame
from tests.pages.answers import HOSTILE
from tests.pages.reading import Page, read, tidy

FRAME = Frame(demonstration=False)


@dataclass
class Row:
    """A membership as a query returns it."""

    id: uuid.UUID
    organisation_name: str
    roles: list[str]


def page_of(template: str, view: object) -> Page:
    return read(bytes(render(template, view).body))


class TestBuildSignIn:
    def test_says_what_each_invented_person_is(self) -> None:
        persona = Persona(
            uuid.uuid4(), "Asha Example", [("Example School", ("designated-safeguarding-lead",))]
        )

        view = build_sign_in(FRAME, "/about", with_openid=True, personas=[persona])

        (shown,) = view.personas
        assert shown.places == (Place("Example School", "designated safeguarding lead"),)
        assert view.openid_url == "/sign-in/openid?return_to=%2Fabout"

    def test_where_no_provider_is_set_up_there_is_no_way_to_it(self) -> None:
        view = build_sign_in(FRAME, "/", with_openid=False, personas=[])

        assert view.openid_url is None

    def test_hostile_names_are_shown_as_words(self) -> None:
        persona = Persona(uuid.uuid4(), HOSTILE, [(HOSTILE, ("analyst",)), (HOSTILE, ())])
        view = build_sign_in(
            FRAME, "/", with_openid=True, personas=[persona, Persona(uuid.uuid4(), "B")]
        )

        page = page_of("sign_in.html", view)

        assert tidy(HOSTILE) in page.text
        assert "Works for no organisation" in page.text
        assert not [script for script in page.all("script") if not script["src"]]


class TestBuildChoice:
    def test_marks_the_one_acted_for_now(self) -> None:
        rows = [Row(uuid.uuid4(), HOSTILE, ["analyst"]), Row(uuid.uuid4(), "B", ["approver"])]

        view = build_choice(FRAME, HOSTILE, rows, rows[1].id, "/about")

        assert [one.current for one in view.memberships] == [False, True]
        page = page_of("choose_organisation.html", view)
        assert len([each for each in page.all("button") if each["name"] == "membership_id"]) == 2
        assert tidy(HOSTILE) in page.text

    def test_whoever_belongs_nowhere_is_told_what_to_do(self) -> None:
        page = page_of("choose_organisation.html", build_choice(FRAME, "Example", [], None, "/"))

        assert "Ask an administrator of your organisation to invite you" in page.text


class TestBuildSignedOut:
    @pytest.mark.parametrize(("everywhere", "words"), [(True, "every place"), (False, "browser")])
    def test_says_where(self, everywhere: bool, words: str) -> None:
        view = build_signed_out(FRAME, everywhere=everywhere, provider_url=None)

        page = page_of("signed_out.html", view)
        assert words in page.text
        assert not [each for each in page.all("meta") if each["http-equiv"]]


class TestWithReturn:
    @pytest.mark.parametrize(
        ("return_to", "address"),
        [("/", "/sign-in"), ("/a?b=c&d", "/sign-in?return_to=%2Fa%3Fb%3Dc%26d")],
    )
    def test_home_needs_no_saying(self, return_to: str, address: str) -> None:
        assert with_return("/sign-in", return_to) == address
