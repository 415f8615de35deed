from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

import pytest

from app.errors import InvalidRequestError
from app.organisations.router.pages import Page
from app.values.uuid7 import uuid7


@dataclass(frozen=True)
class Item:
    id: object
    name: str = "Zoë & Co. / 50%"


def page(cursor: str | None = None, limit: int = 2, address: str = "/v1/things") -> Page:
    return Page(address, (("state", "open"),), limit, cursor)


class TestPage:
    def test_the_next_begins_right_after_the_last_of_this_one(self) -> None:
        items = [Item(uuid7()) for _ in range(3)]

        links = page().links(items, "name", "id")

        assert links.next is not None
        asked = parse_qs(urlsplit(links.next).query)
        assert (asked["state"], asked["limit"]) == (["open"], ["2"])
        assert page(asked["cursor"][0]).after((str, str)) == [items[1].name, items[1].id]

    def test_after_the_last_there_is_none(self) -> None:
        links = page().links([Item(uuid7()) for _ in range(2)], "id")

        assert links.next is None
        assert links.self == "/v1/things?state=open&limit=2"
        assert page().after((str,)) is None

    def test_another_list_s_cursor_or_a_damaged_one_is_refused(self) -> None:
        links = page().links([Item(uuid7()) for _ in range(3)], "id")
        assert links.next is not None
        cursor = parse_qs(urlsplit(links.next).query)["cursor"][0]

        for refused in (page(cursor, address="/v1/others"), page(cursor[:-2]), page("a")):
            with pytest.raises(InvalidRequestError) as error:
                refused.after((str,))
            assert error.value.errors[0].parameter == "cursor"

    def test_a_cursor_whose_id_is_none_is_refused(self) -> None:
        links = page().links([Item("no id") for _ in range(3)], "id")
        assert links.next is not None
        cursor = parse_qs(urlsplit(links.next).query)["cursor"][0]

        with pytest.raises(InvalidRequestError, match="damaged"):
            page(cursor).after((str,))
