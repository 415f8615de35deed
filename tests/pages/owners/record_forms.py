"""Filling in the forms of a record's pages, as a browser without scripts sends them."""

import httpx

from tests.pages.own_pages import open_page
from tests.pages.reading import Page


def filled(page: Page) -> dict[str, str | list[str]]:
    """Return everything that a page's form would send as it stands, files apart."""
    found: dict[str, str | list[str]] = {
        each["name"]: each["value"] if each.tag == "input" else each.text
        for each in page.all("input", "textarea")
        if each["type"] not in {"checkbox", "radio", "file"}
    }
    for each in page.all("input"):
        if each["type"] in {"checkbox", "radio"} and "checked" in each.attributes:
            held = found.setdefault(each["name"], [])
            assert isinstance(held, list)
            held.append(each["value"])
    select = ""
    for each in page.all("select", "option"):
        if each.tag == "select":
            select = each["name"]
        elif "selected" in each.attributes:
            found[select] = each["value"]
    return found


async def fill_in(
    browser: httpx.AsyncClient, address: str, **fields: str | list[str]
) -> httpx.Response:
    """Open a form, change some of its fields, leave the others as they stand, and send it."""
    page = await open_page(browser, address)
    return await browser.post(address, data=filled(page) | fields)


async def done(browser: httpx.AsyncClient, address: str, **fields: str | list[str]) -> Page:
    """Fill a form in that is taken, and return the page it leads to."""
    answer = await fill_in(browser, address, **fields)
    assert answer.status_code == 303, answer.text
    page = await open_page(browser, answer.headers["location"])
    assert page.with_class("govuk-notification-banner--success")
    return page
