"""What is refused on the pages of assessments, and how whoever is refused goes on."""

from tests.assessments.asking import ASSESSMENTS as API
from tests.assessments.asking import begin, check_site
from tests.assessments.conftest import Browsers, World
from tests.children.asking import add
from tests.pages.commissioning.assessing import ASSESSMENTS, day, here
from tests.pages.commissioning.filling import fields_of, fill_in
from tests.pages.own_pages import open_page, problems_told, shown
from tests.placements.asking import mornings

CHECKS = "/commissioning/site-checks"


async def test_a_reference_is_of_one_assessment(members: Browsers) -> None:
    held = await begin(members["school"])
    child = await add(members["school"])

    again = await fill_in(
        members["school"],
        f"{ASSESSMENTS}/add?child={child['id']}",
        reference=str(held["reference"]),
        route="school-arranged",
        **day("starts_on", 7),
    )

    page = shown(again, 409)
    assert problems_told(page)
    assert fields_of(page)["reference"] == held["reference"]


async def test_an_assessment_begins_at_a_child_of_ones_own(members: Browsers) -> None:
    child = await add(members["school"])

    nobody = await members["school"].get(f"{ASSESSMENTS}/add")
    others = await members["home"].get(f"{ASSESSMENTS}/add?child={child['id']}")
    approver = await members["approver"].get(f"{ASSESSMENTS}/add?child={child['id']}")

    assert nobody.status_code == 404
    assert "Begin it from the child" in nobody.text
    assert others.status_code == approver.status_code == 403


async def test_a_setting_is_tested_so_often_in_an_hour(members: Browsers, world: World) -> None:
    held = await begin(members["school"])
    week = {"sessions": mornings("monday"), "minutes_elsewhere": 1_200}
    asked = {"provider": world.number, "site": 1} | week
    for _ in range(20):
        answer = await members["school"].post(f"{API}/{held['id']}/what-if", json=asked)
        assert answer.status_code == 200, answer.text

    refused = await fill_in(
        members["school"],
        here(held, "what-if"),
        **{"provider": world.number, "monday-1-from": "9am", "monday-1-until": "1pm"},
    )

    page = shown(refused, 429)
    assert any("20 times within an hour" in one for one in problems_told(page))
    assert fields_of(page)["monday-1-from"] == "9am"


async def test_there_is_no_such_step_setting_or_assessment(members: Browsers) -> None:
    held = await begin(members["school"])
    nothing = "00000000-0000-7000-8000-000000000000"

    for address in (
        here(held, "steps", "assurance"),
        here(held, "options", nothing),
        here(held, "decision"),
        f"{ASSESSMENTS}/{nothing}",
        f"{ASSESSMENTS}/nothing",
    ):
        assert (await members["school"].get(address)).status_code == 404, address
    assert (await members["school"].get(f"{ASSESSMENTS}?state=sideways")).status_code == 422


async def test_a_check_that_is_withdrawn_or_of_others_is_not_withdrawn(
    members: Browsers, world: World
) -> None:
    await check_site(members["school"], world, "staff-checks", "insurance", "safeguarding-policy")
    listed = await open_page(members["school"], CHECKS)
    (one,) = {
        each["href"]
        for each in listed.all("a")
        if each["href"].startswith(CHECKS + "/") and "find" not in each["href"]
    }
    form = await open_page(members["school"], f"{one}/withdraw")

    others = await members["other"].get(f"{one}/withdraw")
    gone = await fill_in(members["school"], f"{one}/withdraw", reason="It was elsewhere.")
    late = await members["school"].post(
        f"{one}/withdraw", data=fields_of(form) | {"reason": "Once more."}
    )
    twice = await fill_in(members["school"], f"{one}/withdraw", reason="Once more.")

    assert others.status_code == 404
    assert gone.status_code == 303
    assert late.status_code in {409, 412}
    assert problems_told(shown(twice, 409))
