"""Filling in forms as a browser does: what a form opens with is sent, unless it is changed."""

import httpx

from tests.pages.own_pages import open_page
from tests.pages.reading import Page


def fields_of(page: Page) -> dict[str, str | list[str]]:
    """Return what a page's form would send as it stands."""
    fields: dict[str, str | list[str]] = {}
    select = ""
    for each in page.elements:
        name = each["name"]
        if each.tag == "input" and each["type"] in {"checkbox", "radio"}:
            if "checked" in each.attributes:
                fields.setdefault(name, [])
                held = fields[name]
                assert isinstance(held, list)
                held.append(each["value"])
        elif each.tag == "input" and name:
            fields[name] = each["value"]
        elif each.tag == "textarea":
            fields[name] = each.text.strip("\n")
        elif each.tag == "select":
            select = name
        elif each.tag == "option" and "selected" in each.attributes:
            fields[select] = each["value"]
    return fields


async def fill_in(
    browser: httpx.AsyncClient, address: str, **changes: str | list[str]
) -> httpx.Response:
    """Open a form, change some of what it opens with, and send it."""
    page = await open_page(browser, address)
    return await browser.post(address, data=fields_of(page) | changes)
