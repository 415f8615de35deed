"""Going through the pages of people who are signed in, as a browser without scripts does."""

import re
from collections import Counter
from itertools import pairwise

import httpx

from tests.pages.reading import Page, read, tidy


async def open_page(browser: httpx.AsyncClient, address: str) -> Page:
    """Load a page that must be there, fit for everybody, and kept by nobody."""
    return shown(await browser.get(address))


def shown(answer: httpx.Response, status: int = 200) -> Page:
    """Read an answer that is a page of this status, and see that everybody can use it."""
    assert answer.status_code == status, answer.text
    assert answer.headers["cache-control"] == "no-store"
    page = read(answer.text)
    check_usable(page)
    if status >= 400:
        assert tidy(page.one("title").text).startswith("Error: ")
    return page


def unseen(page: Page) -> dict[str, str]:
    """Return what a page's form carries along unseen."""
    return {each["name"]: each["value"] for each in page.all("input") if each["type"] == "hidden"}


async def send(
    browser: httpx.AsyncClient, address: str, **fields: str | list[str]
) -> httpx.Response:
    """Open the page of a form, fill it in, and send it."""
    page = await open_page(browser, address)
    return await browser.post(address, data=unseen(page) | fields)


def on(name: str, day: str) -> dict[str, str]:
    """Return a day, such as `27 3 2026`, as the three boxes of a question send it."""
    parts = dict(zip(("day", "month", "year"), day.split(), strict=True))
    return {f"{name}-{part}": text for part, text in parts.items()}


def problems_told(page: Page) -> list[str]:
    """Return the lines of the error summary, each of which leads to something on the page."""
    (summary,) = page.with_class("govuk-error-summary")
    ids = {each["id"] for each in page.elements}
    links = [each for each in page.all("a") if tidy(each.text) in tidy(summary.text)]
    assert all(each["href"][1:] in ids for each in links if each["href"].startswith("#"))
    lines = [tidy(each.text) for each in page.all("li")]
    return [line for line in lines if line and line in tidy(summary.text)]


def check_usable(page: Page) -> None:
    """See that a page can be used by keyboard, by ear, and without scripts."""
    assert page.one("html")["lang"] == "en"
    assert tidy(page.one("h1").text)
    levels = [int(each.tag[1]) for each in page.all("h1", "h2", "h3", "h4")]
    after_title = levels[levels.index(1) :]
    assert all(after <= before + 1 for before, after in pairwise(after_title))
    fields = [each for each in page.all("input", "select", "textarea") if each["type"] != "hidden"]
    assert Counter(each["id"] for each in fields) == Counter(
        each["for"] for each in page.all("label")
    )
    ids = [each["id"] for each in page.elements if "id" in each.attributes]
    assert len(set(ids)) == len(ids)
    for attribute in ("aria-labelledby", "aria-describedby"):
        assert {name for each in page.elements for name in each[attribute].split()} <= set(ids)
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(each["scope"] for each in page.all("th"))
    grouped = [each for each in fields if each["type"] in {"checkbox", "radio"}]
    grouped += page.with_class("govuk-date-input__input")
    assert page.all("fieldset") or not grouped
    assert len(page.all("fieldset")) == len(page.all("legend"))
    assert all(script["src"] and not script.text for script in page.all("script"))
    assert not page.all("style")
    assert not [each for each in page.elements if "style" in each.attributes]
    assert not [each for each in page.elements if re.search(r"\bon\w+=", str(each.attributes))]
    assert all(tidy(each.text) for each in page.all("a", "button"))
