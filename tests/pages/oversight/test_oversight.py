"""The start of oversight: the balance, who is looked for, and counts by setting."""

from tests.oversight.asking import lose
from tests.pages.own_pages import open_page
from tests.pages.reading import tidy
from tests.placements.asking import in_days, place
from tests.placements.conftest import People, Setting

START = "/oversight"
SETTINGS = "/oversight/settings"


async def test_an_authority_sees_its_own_balance_and_who_is_looked_for(
    people: People, setting: Setting
) -> None:
    await place(people["school"], setting, starts_on=in_days(-3))
    await lose(people["school"], setting)

    page = await open_page(people["home"], START)
    other = await open_page(people["elsewhere"], START)

    text = tidy(page.one("main").text)
    assert "The balance holds" in text
    assert "Placements that started 2" in text
    assert "Looked for at the end 1" in text
    assert "Imbalance 0" in text
    assert "FU-" in text
    assert "Synthetic" not in text
    assert "Placements that started 0" in tidy(other.one("main").text)
    assert "Nobody is looked for" in other.one("main").text


async def test_the_department_sees_every_authority_on_one_page(
    people: People, setting: Setting
) -> None:
    await place(people["school"], setting, starts_on=in_days(-3))

    page = await open_page(people["department"], f"{START}?period=90-days")

    text = tidy(page.one("main").text)
    assert "The balance" in text
    assert "Coventry" in text or "Placements that started 1" in text


async def test_another_time_must_be_one_that_is_offered(people: People) -> None:
    refused = await people["home"].get(START, params={"period": "for-ever"})

    assert refused.status_code == 422


async def test_a_school_is_led_to_no_oversight(people: People) -> None:
    refused = await people["school"].get(START)
    counted = await people["school"].get(SETTINGS)
    account = await people["school"].get("/account")

    assert refused.status_code == counted.status_code == 403
    assert f'href="{START}"' not in account.text
    assert f'href="{START}"' in (await people["home"].get("/account")).text


async def test_settings_of_an_area_are_counted_for_its_authority_alone(
    people: People, setting: Setting
) -> None:
    await place(people["school"], setting, starts_on=in_days(-3))

    own = await open_page(people["home"], SETTINGS)
    chosen = await open_page(people["department"], f"{SETTINGS}?la=331")
    unchosen = await open_page(people["department"], SETTINGS)
    others = await people["elsewhere"].get(SETTINGS, params={"la": "331"})
    nobodys = await people["department"].get(SETTINGS, params={"la": "999"})

    for page in (own, chosen):
        assert "Children placed there today: 1" in page.one("main").text
        assert "Example School" not in page.one("main").text
    assert "Choose a local authority first" in unchosen.one("main").text
    assert others.status_code == 403
    assert nobodys.status_code == 422
