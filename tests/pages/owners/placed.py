"""Children placed with a provider, and the fields of the form on which a day is reported."""

from datetime import date
from typing import Any

from tests.pages.reading import Page


def fields_of(page: Page, placement: dict[str, Any]) -> str:
    """Return what the names of the fields of a placement's session begin with."""
    marked = placement["id"].replace("-", "")
    names = [each["name"] for each in page.all("select") if marked in each["name"]]
    return next(name.removesuffix("-kind") for name in names if name.endswith("-kind"))


def typed(day: date) -> str:
    """Return a day as somebody types it."""
    return f"{day.day} {day.month} {day.year}"
