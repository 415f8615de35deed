"""What a provider is paid for each placement, and whom it invoices."""

from tests.funding.asking import arranged
from tests.funding.conftest import people, setting
from tests.pages.own_pages import open_page
from tests.pages.reading import tidy
from tests.placements.conftest import People, Setting

__all__ = ("people", "setting")


async def test_a_provider_sees_what_it_is_paid_and_whom_it_invoices(
    people: People, setting: Setting
) -> None:
    here = f"/records/{setting.record.number}/funding"
    before = await open_page(people["manager"], here)
    await arranged(people, setting)

    page = await open_page(people["manager"], here)

    text = tidy(page.one("main").text)
    assert "Nothing is agreed yet" in before.text
    assert "£50.05 each half day" in text
    assert "Invoice Example School: £1,801.80, order PO-7" in text
    assert "Not every payer has signed" in text
    assert "Synthetic" not in text
    assert (await people["school"].get(here)).status_code == 404
    assert (await people["host"].get(here)).status_code == 403
