"""Providers side by side, over HTTP."""

import httpx

from app.db.transactions import Database
from app.pages.public.compare_view import Chosen, build_compare
from tests.factories.providers import make_provider, put_on_register
from tests.pages.answers import make_item, make_record, make_site
from tests.pages.reading import Page, read, tidy


async def _page(client: httpx.AsyncClient, *numbers: str, status: int = 200) -> Page:
    answer = await client.get("/compare", params=[("number", number) for number in numbers])
    assert answer.status_code == status, answer.text
    return read(answer.text)


def _names(page: Page) -> list[str]:
    return [tidy(each.text) for each in page.all("th") if each["scope"] == "col"]


async def test_providers_stand_side_by_side_and_can_be_left_out(
    database: Database, client: httpx.AsyncClient
) -> None:
    held = await put_on_register(database, make_provider("One"), make_provider("Two"))
    first, second = (one.number for one in held)

    page = await _page(client, first.lower(), second)

    assert _names(page) == ["One", "Two"]
    assert page.link("Leave out One") == f"/compare?number={second}"
    rows = {tidy(each.text) for each in page.all("th") if each["scope"] == "row"}
    assert {"Status", "Evidence", "Ages", "Price for one pupil", "Held against"} <= rows
    hidden = [each["value"] for each in page.all("input") if each["type"] == "hidden"]
    assert hidden == [first, second]
    assert "There is room for 2 more providers." in page.text
    assert "not clearance for a particular child" in page.text


async def test_what_cannot_be_compared_is_named(
    database: Database, client: httpx.AsyncClient
) -> None:
    names = ("One", "Two", "Three", "Four", "Five")
    held = await put_on_register(database, *(make_provider(name) for name in names))
    numbers = [one.number for one in held]

    page = await _page(client, *numbers, numbers[0], "AP000099Z", "x", status=422)

    (summary,) = page.with_class("govuk-error-summary")
    said = tidy(summary.text)
    assert f"Named more than once, and shown once: {numbers[0]}" in said
    assert f"these are left out: {numbers[4]}" in said
    assert "x: " in said
    assert _names(page) == list(names[:4])


async def test_one_the_register_does_not_have_is_named(client: httpx.AsyncClient) -> None:
    page = await _page(client, "AP000001U", status=422)

    assert "The register has no provider AP000001U" in page.text


async def test_without_any_the_page_says_how_to_choose(client: httpx.AsyncClient) -> None:
    page = await _page(client, "", " ")

    assert "Choose providers from a search" in page.text
    assert not page.all("table")


def test_what_is_not_stated_is_left_empty_and_the_rest_is_in_words() -> None:
    summary = make_item()["provider"]
    bare = make_record(
        number="AP000003Q", evidence=None, sites=[make_site(listing=None, offers=[])]
    )
    empty = summary | {"ages": None, "key_stages": [], "needs": [], "programmes": []}

    view = build_compare(
        [Chosen(make_record(), summary), Chosen(bare, empty)], [], demonstration=False
    )

    cells = {row.label: row.cells for row in view.rows}
    assert cells["Evidence"][1] == ("No site is on the register.",)
    assert cells["Sites, and where they stand"] == (
        ("Main site: listed, Leeds",),
        ("Main site: not listed, Leeds",),
    )
    assert cells["What was seen, and when"] == (("Main site: 20 February 2026, on a visit",), ())
    assert cells["On the register since"] == (("3 March 2026",), ())
    assert cells["Hours"][0] == ("Blacksmithing: up to 7.5 a week",)
    assert cells["Price for one pupil"][0] == ("Blacksmithing: £45.50 an hour, £200 a day",)
    assert cells["Places, by its own word"][0] == (
        "Blacksmithing: Places soon, said on 2 November 2026",
    )
    assert [cells[label][1] for label in ("Ages", "Needs supported", "Hours", "Group")] == [()] * 4
