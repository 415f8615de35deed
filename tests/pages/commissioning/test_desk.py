"""The desk of those who place children."""

from tests.assessments.asking import begin
from tests.assessments.conftest import Browsers
from tests.pages.own_pages import open_page
from tests.pages.reading import tidy
from tests.placements.asking import in_days

DESK = "/commissioning"


async def test_the_desk_shows_what_waits_by_reference_and_names_no_child(
    members: Browsers,
) -> None:
    held = await begin(members["school"], reference="AS-DESK")

    page = await open_page(members["school"], DESK)

    text = tidy(page.one("main").text)
    assert "AS-DESK" in text
    assert "Nobody is missed" in text
    assert "Synthetic" not in text
    assert held["child"] not in text


async def test_another_school_sees_nothing_of_it(members: Browsers) -> None:
    await begin(members["school"], reference="AS-OURS", starts_on=in_days(7))

    page = await open_page(members["other"], DESK)

    assert "AS-OURS" not in page.one("main").text
    assert "No assessment is open" in page.one("main").text


async def test_whoever_places_nobody_is_led_to_no_desk(members: Browsers) -> None:
    refused = await members["manager"].get(DESK)
    account = await members["manager"].get("/account")

    assert refused.status_code == 403
    assert 'href="/commissioning"' not in account.text
    assert 'href="/commissioning"' in (await members["school"].get("/account")).text
