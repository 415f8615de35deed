from datetime import date
from typing import Any

from app.pages.public.changes_view import UNSEEN, ChangeView, build_changes
from tests.pages.answers import make_listing, make_offer, make_record, make_site

DAY = date(2026, 11, 23)


def _changes(before: dict[str, Any], after: dict[str, Any]) -> tuple[ChangeView, ...]:
    return build_changes(make_record(**before), make_record(**after), DAY)


def test_names_status_and_sites_are_told_as_the_page_tells_them() -> None:
    in_date = "The evidence that was handed in is in date."
    suspended = make_listing(status="suspended", reason="being-looked-into")
    after = {
        "name": "Example Farm",
        "status": {"code": "suspended", "since": "2026-11-23"},
        "sites": [make_site(listing=suspended)],
    }

    assert _changes({}, after) == (
        ChangeView("Name", ("Example Forge",), ("Example Farm",)),
        ChangeView("Status", ("Listed",), ("Suspended",)),
        ChangeView("Main site: status", ("Listed",), ("Suspended",)),
        ChangeView(
            "Main site: what is said of it",
            (
                "It was assessed against the standards.",
                in_date,
            ),
            ("Something is being looked into.", in_date),
        ),
    )


def test_what_an_offer_says_is_told_column_by_column() -> None:
    before = {"sites": [make_site(offers=[make_offer(), make_offer(programme="Farriery")])]}
    after = {
        "sites": [make_site(offers=[make_offer(programme="Farriery"), make_offer(group=None)])]
    }

    assert _changes(before, after) == (
        ChangeView("Main site: Blacksmithing, group", ("2 to 4",), ("Not stated",)),
    )


def test_two_offers_of_one_name_are_kept_apart() -> None:
    two = [make_offer(), make_offer(needs=["ASD"])]

    assert _changes({"sites": [make_site(offers=two[:1])]}, {"sites": [make_site(offers=two)]}) == (
        ChangeView("Main site: programme", (), ("Blacksmithing",)),
    )


def test_what_came_or_went_as_a_whole_is_told_once() -> None:
    second = make_site(reference=2, name="Second site")
    before = {"sites": [make_site(offers=[make_offer(), make_offer(programme="Farriery")])]}
    after = {"sites": [make_site(), second]}

    assert _changes(before, after) == (
        ChangeView("Second site: site", (), ("Second site",)),
        ChangeView("Main site: programme", ("Farriery",), ()),
    )


def test_a_change_the_page_does_not_show_is_not_hidden() -> None:
    moved = make_site(location={"easting": 1, "northing": 2})

    assert _changes({}, {"sites": [moved]}) == (ChangeView(UNSEEN, (), ()),)
