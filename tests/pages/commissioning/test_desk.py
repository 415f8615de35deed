"""The desk of those who place children."""

from tests.assessments.asking import begin
from tests.assessments.conftest import Browsers, World
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.pages.commissioning.assessing import filled
from tests.pages.own_pages import open_page
from tests.pages.reading import tidy
from tests.placements.asking import PLACEMENTS, in_days, mornings

DESK = "/commissioning"


async def test_the_desk_shows_what_waits_by_reference_and_names_no_child(
    members: Browsers,
) -> None:
    held = await begin(members["school"], reference="AS-DESK")

    page = await open_page(members["school"], DESK)

    text = tidy(page.one("main").text)
    assert "AS-DESK" in text
    assert "Nobody is missing" in text
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


async def test_an_approver_finds_what_others_asked_for_and_how_much_is_open(
    members: Browsers, world: World
) -> None:
    held = await filled(members, world)

    approver = await open_page(members["approver"], DESK)
    asker = await open_page(members["school"], DESK)

    assert "Assessments for you to decide on" in approver.text
    assert str(held["reference"]) in approver.text
    assert "open" in approver.text or "Nothing is missing" in approver.text
    assert "Assessments for you to decide on" not in asker.text


async def test_a_duty_that_is_offered_stands_on_the_desk_of_who_is_to_answer(
    members: Browsers, world: World
) -> None:
    child = await add(members["school"], circumstances=circumstances(since="2025-09-01"))
    placed = await members["school"].post(
        PLACEMENTS,
        json={
            "reference": "PL-desk",
            "child": child["id"],
            "provider": world.number,
            "site": 1,
            "route": "school-arranged",
            "starts_on": in_days(7),
            "planned_end_on": in_days(60),
            "sessions": mornings("monday"),
            "minutes_elsewhere": 1_200,
            "urgent": {"reasons": "The child would be without education meanwhile."},
        },
    )
    assert placed.status_code == 201, placed.text
    offered = await members["school"].post(
        f"{PLACEMENTS}/{placed.json()['id']}/lead-contact/offers",
        json={"duty": "lead-contact", "to": "home-la", "since": in_days(8)},
    )
    assert offered.status_code == 201, offered.text

    page = await open_page(members["home"], DESK)

    text = tidy(page.one("main").text)
    assert "PL-desk" in text
    assert "Lead contact, offered by Example" in text
