"""A commissioner's own checks of sites on pages."""

from app import clock
from tests.assessments.conftest import Browsers, World
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.reading import tidy

CHECKS = "/commissioning/site-checks"


def a_check(world: World, **changes: str) -> dict[str, str]:
    today = clock.today()
    seen = on("seen_on", f"{today.day} {today.month} {today.year}")
    return {
        "provider": world.number,
        "site": "1",
        "kind": "visit",
        "seen_by": "Example Lead, head",
        "what": "All was well.",
        "shared": "no",
        **seen,
        **changes,
    }


async def test_a_setting_is_found_by_name_and_its_check_recorded_and_withdrawn(
    members: Browsers, world: World
) -> None:
    found = await open_page(members["school"], f"{CHECKS}/find?q=example forge")
    leads = next(each["href"] for each in found.all("a") if world.number in each["href"])
    form = await open_page(members["school"], leads)

    recorded = await send(members["school"], leads, **a_check(world))
    here = recorded.headers["location"].split("?")[0]
    page = await open_page(members["school"], recorded.headers["location"])
    listed = await open_page(members["school"], f"{CHECKS}?usable=yes")
    withdrawn = await send(members["school"], f"{here}/withdraw", reason="The visit was elsewhere.")

    assert [each["value"] for each in form.all("input") if each["name"] == "provider"] == [
        world.number
    ]
    assert "Of use today" in tidy(page.one("main").text)
    assert "Visit: Example Forge" in listed.text
    after = await open_page(members["school"], withdrawn.headers["location"])
    assert "The visit was elsewhere." in after.text
    assert "it was withdrawn" in tidy(after.one("main").text)


async def test_a_setting_is_found_by_its_number_and_nothing_by_another(
    members: Browsers, world: World
) -> None:
    by_number = await open_page(members["school"], f"{CHECKS}/find?q={world.number}")
    by_other = await open_page(members["school"], f"{CHECKS}/find?q=nothing of the kind")

    assert "Example Forge" in by_number.text
    assert "shows nothing of that name" in by_other.text


async def test_what_is_wrong_with_a_check_leads_to_its_question(
    members: Browsers, world: World
) -> None:
    ahead = on("seen_on", "1 1 2099")

    day = await send(members["school"], f"{CHECKS}/add", **a_check(world, **ahead))
    setting = await send(members["school"], f"{CHECKS}/add", **a_check(world, provider="AP999999X"))

    assert problems_told(shown(day, 422)) == [
        "Nothing is seen in the future. Give today or an earlier day."
    ]
    assert problems_told(shown(setting, 404))


async def test_a_form_sent_twice_records_one_check(members: Browsers, world: World) -> None:
    form = await open_page(members["school"], f"{CHECKS}/add")
    key = next(each["value"] for each in form.all("input") if each["name"] == "form_key")

    for _ in range(2):
        sent = await members["school"].post(f"{CHECKS}/add", data=a_check(world, form_key=key))
        assert sent.status_code == 303

    listed = await open_page(members["school"], CHECKS)
    assert len([one for one in listed.all("dt") if "Visit" in one.text]) == 1


async def test_an_approver_reads_checks_and_records_none(members: Browsers) -> None:
    page = await open_page(members["approver"], CHECKS)

    assert "Record a check" not in page.text
    assert (await members["approver"].get(f"{CHECKS}/add")).status_code == 403
