"""Pages that show the tour."""

from pathlib import Path

import pytest

from tests.tour.kept import shown_lines, untold

TOLD = """
== Visit
Milo   POST /v1/inspections/QA000001H/draft → 200
         comments_due_on: 2026-12-07

== Published
Nia    POST /v1/inspections/QA000001H/check → 200
"""
PAGES = ("README.md", "docs/inspections-tour.md", "docs/commissioning-tour.md")


def page(*lines: str) -> str:
    return "\n".join(("Words.", "", "```", "$ make tour", *lines, "```", "More words.", ""))


def test_other_days_and_numbers_are_the_same_line_and_dots_stand_for_anything() -> None:
    shown = page(
        *("== Visit", "Milo   POST /v1/inspections/QA0000993/draft → 200", ""),
        *("         comments_due_on: 2027-01-02", "Nia    POST …check → 200"),
    )
    assert len(shown_lines(shown)) == 4
    assert untold(shown, TOLD) == []


@pytest.mark.parametrize(
    "line",
    ["== Visited", "Milo   POST /v1/inspections/QA000001H/draft → 409", "comments_due_on: …"],
)
def test_a_line_that_is_not_told_is_named(line: str) -> None:
    assert untold(page("== Visit", line), TOLD) == [line]


def test_what_is_told_earlier_is_not_shown_later() -> None:
    assert untold(page("== Published", "== Visit"), TOLD) == ["== Visit"]


def test_blocks_that_show_something_else_are_left_alone() -> None:
    assert shown_lines("```\n$ make run\nNothing\n```\n") == []


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_show_something_of_it(name: str) -> None:
    assert len(shown_lines(Path(name).read_text(encoding="utf-8"))) > 10
