from typing import Any

import pytest

from app.providers.terms import Need
from app.register.answers import PATH, page_links
from app.register.schemas.records import PublicStatus
from app.register.schemas.search import Include, SearchQuery, Sort

ASKED: dict[str, tuple[dict[str, Any], str]] = {
    "nothing": ({}, PATH),
    "words": ({"q": "noah's & café"}, f"{PATH}?q=noah%27s+%26+caf%C3%A9"),
    "several": (
        {"need": (Need.SEMH, Need.ASD), "status": (PublicStatus.LISTED,)},
        f"{PATH}?need=SEMH&need=ASD&status=listed",
    ),
    "a whole number of miles": (
        {"near": "CV1", "within_miles": 5.0},
        f"{PATH}?near=CV1&within_miles=5",
    ),
    "part of a kilometre": (
        {"near": "CV1", "within_km": 2.5},
        f"{PATH}?near=CV1&within_km=2.5",
    ),
    "what goes without saying": ({"limit": 20, "sort": None, "status": ()}, PATH),
    "the rest": (
        {"age": 12, "la": "331", "sort": Sort.NAME, "limit": 5, "include": (Include.TOTAL,)},
        f"{PATH}?la=331&age=12&sort=name&limit=5&include=total",
    ),
}


@pytest.mark.parametrize(("asked", "expected"), ASKED.values(), ids=ASKED)
def test_an_address_says_what_was_asked_in_a_fixed_order(
    asked: dict[str, Any], expected: str
) -> None:
    links = page_links(PATH, SearchQuery(**asked), None)

    assert links == {"self": expected, "next": None}


def test_a_further_page_replaces_the_cursor_where_it_stands() -> None:
    query = SearchQuery(q="forge", cursor="old", include=(Include.TOTAL,))

    first = SearchQuery(include=(Include.TOTAL,))

    assert page_links(PATH, query, "new") == {
        "self": f"{PATH}?q=forge&cursor=old&include=total",
        "next": f"{PATH}?q=forge&cursor=new&include=total",
    }
    assert page_links(PATH, first, "new")["next"] == f"{PATH}?cursor=new&include=total"
