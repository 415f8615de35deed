"""Filling in the forms of placements, as a browser without scripts sends them."""

from datetime import date

from tests.pages.own_pages import on
from tests.placements.asking import WEEK, in_days

PLACEMENTS = "/commissioning/placements"


def day(name: str, ahead: int) -> dict[str, str]:
    """Return a day that far from today, as its three boxes send it."""
    return on(name, f"{date.fromisoformat(in_days(ahead)):%d %m %Y}")


def mornings(*days: str, until: str = "1pm") -> dict[str, str]:
    """Return cells of a week: from nine o'clock on some days, or on all of the school week."""
    return {
        f"{one}-1-{end}": time
        for one in days or WEEK
        for end, time in (("from", "9am"), ("until", until))
    }


def a_place(**members: str) -> dict[str, str]:
    """Return what is typed of a placement that began a week ago: five mornings."""
    typed = {"route": "school-arranged", "minutes_elsewhere": "5"}
    return typed | day("starts_on", -7) | day("planned_end_on", 60) | mornings() | members
