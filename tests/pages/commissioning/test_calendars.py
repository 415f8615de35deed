"""The dates of terms on pages."""

import pytest

from app import clock
from app.rules.school_days import school_year_of
from tests.assessments.conftest import Browsers, World
from tests.pages.own_pages import open_page, problems_told, send, shown, unseen
from tests.pages.reading import tidy

TERMS = "/commissioning/terms"
YEAR = school_year_of(clock.today())
HERE = f"{TERMS}/{YEAR}"
AUTUMN = f"2 9 {YEAR} to 18 December {YEAR}\n\n5/1/{YEAR + 1} - 25/3/{YEAR + 1}"
HALF_TERM = f"26 10 {YEAR} to 30 10 {YEAR}"


async def test_a_school_year_is_stated_and_changed(members: Browsers, world: World) -> None:
    before = await open_page(members["school"], TERMS)
    sent = await send(members["school"], HERE, terms=AUTUMN, closures=HALF_TERM)
    page = await open_page(members["school"], sent.headers["location"])
    again = await open_page(members["school"], HERE)

    assert "Not stated: school days are guessed" in before.text
    assert f"Term: 2 September {YEAR} to 18 December {YEAR}" in tidy(page.one("main").text)
    assert f"No school: 26 October {YEAR} to 30 October {YEAR}" in tidy(page.one("main").text)
    assert f"2 9 {YEAR} to 18 12 {YEAR}" in again.text


@pytest.mark.parametrize(
    ("terms", "closures", "told"),
    [
        ("", "", "Give at least one term"),
        ("in autumn", "", "is no first and last day"),
        (f"32 9 {YEAR} to 18 12 {YEAR}", "", "is no first and last day"),
        (f"18 12 {YEAR} to 2 9 {YEAR}", "", "The last day comes before the first"),
        (f"2 9 {YEAR} to 18 12 {YEAR + 3}", "", "outside the school year"),
        (AUTUMN, f"24 12 {YEAR} to 25 12 {YEAR}", "lies in no term"),
    ],
    ids=["none", "words", "no such day", "backwards", "too late", "outside"],
)
async def test_what_is_wrong_is_told_on_the_form(
    members: Browsers, world: World, terms: str, closures: str, told: str
) -> None:
    refused = await send(members["school"], HERE, terms=terms, closures=closures)

    assert any(told in line for line in problems_told(shown(refused, 422)))


async def test_what_somebody_else_changed_meanwhile_is_not_undone(
    members: Browsers, world: World
) -> None:
    page = await open_page(members["school"], HERE)
    await send(members["school"], HERE, terms=AUTUMN, closures="")
    stale = await members["school"].post(HERE, data=unseen(page) | {"terms": AUTUMN})

    assert stale.status_code == 412


async def test_a_year_that_is_none_is_not_there(members: Browsers, world: World) -> None:
    missing = await members["school"].get(f"{TERMS}/1999")

    assert missing.status_code == 404
