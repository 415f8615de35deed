import asyncpg
import httpx
import pytest

from app import clock
from app.values.uuid7 import uuid7
from tests.factories.people import insert, sign_in
from tests.factories.records import OwnedRecord, add_owned_record, add_provider
from tests.pages.own_pages import on, open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in


@pytest.fixture
async def record(owner: asyncpg.Connection) -> OwnedRecord:
    return await add_owned_record(owner)


@pytest.fixture
async def browser(
    client: httpx.AsyncClient, owner: asyncpg.Connection, record: OwnedRecord
) -> httpx.AsyncClient:
    return await sign_in(client, owner, record.manager)


@pytest.fixture
def here(record: OwnedRecord) -> str:
    return f"/records/{record.number}/sites"


class TestSites:
    async def test_one_is_added_with_its_address(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(
            browser,
            f"{here}/add",
            name="Back room",
            kind=["hired"],
            address_lines="Unit 3, 12 Mill Lane",
            town="Coventry",
            postcode="cv11aa",
            la="331",
            someones_home=["yes"],
        )

        assert "Unit 3, 12 Mill Lane, Coventry, CV1 1AA" in page.text
        assert "is never shown to the public" in page.text
        assert "Nothing is offered here yet." in page.text

    async def test_what_is_missing_or_does_not_hang_together_is_told_at_its_field(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = shown(await fill_in(browser, f"{here}/add"), 422)
        assert problems_told(page) == [
            "Enter what you call the place",
            "Choose what kind of place it is",
            "Say whether this is somebody's home",
        ]

        page = shown(
            await fill_in(
                browser, f"{here}/add", name="Loft", kind=["subcontracted"], someones_home=["no"]
            ),
            422,
        )

        assert problems_told(page) == [
            "Enter who runs it: you said that somebody else does",
            "Enter the postcode, or choose the local authority below",
        ]

    async def test_one_is_changed_and_closed_for_good(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await done(browser, f"{here}/1/change", name="Main yard")
        assert "Main yard" in page.text

        page = await done(browser, f"{here}/1/close", **on("on", "1 11 2026"))

        assert "Closed" in page.text
        assert "Change this" not in page.text
        answer = await fill_in(browser, f"{here}/1/change", name="Again")
        assert "It stays on record as it was" in problems_told(shown(answer, 409))[0]

    async def test_says_to_which_institution_the_department_counts_it(
        self,
        browser: httpx.AsyncClient,
        owner: asyncpg.Connection,
        record: OwnedRecord,
        here: str,
    ) -> None:
        school, number = await add_provider(owner, "Example School", status="listed")
        row = {"id": uuid7(), "provider_id": school, "site_id": record.site_id}
        by = {"grouped_by": record.manager.person_id, "grouped_at": clock.now()}
        await insert(owner, "institution_sites", {"reason": "One place."} | row | by)

        page = await open_page(browser, f"{here}/1")

        assert f"The institution of {number}, by the department" in page.text


class TestOffers:
    async def test_one_is_added_with_its_week_and_prices_in_pounds(
        self, browser: httpx.AsyncClient, owner: asyncpg.Connection, here: str
    ) -> None:
        page = await done(
            browser,
            f"{here}/1/offers/add",
            programme="Motor vehicle repair",
            age_from="14",
            age_to="16",
            key_stages=["4"],
            needs=["SEMH", "ASD"],
            day_1="9:30am to 12pm, 1pm-3pm",
            day_3="9:30am to 12pm, 1pm to 3pm",
            hours_per_week="9.5",
            group_from="1",
            group_to="4",
            price_half_day_pence="45.50",
            price_day_pence="£80",
            availability=["places-now"],
        )

        assert "Monday and Wednesday: 9:30am to 12pm, 1pm to 3pm" in page.text
        assert "£45.50 half a day" in page.text
        assert "£80 a day" in page.text
        assert "Places now, confirmed on" in page.text
        row = await owner.fetchrow("SELECT * FROM offers WHERE programme LIKE 'Motor%'")
        assert row is not None
        assert (row["price_half_day_pence"], row["price_day_pence"]) == (4550, 8000)

    async def test_it_opens_for_change_as_it_is_and_nothing_gets_lost(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        fields: dict[str, str | list[str]] = {
            "programme": "Farriery",
            "age_from": "14",
            "age_to": "16",
            "day_2": "10am to 2pm",
            "price_hour_pence": "12.50",
        }
        page = await done(browser, f"{here}/1/offers/add", **fields)
        address = page.link("Change Farriery")
        form = await open_page(browser, address)
        assert form.by_id("day_2")["value"] == "10am to 2pm"
        assert form.by_id("price_hour_pence")["value"] == "12.50"

        page = await done(browser, address, age_to="18")

        assert "14 to 18" in page.text
        assert "Tuesday: 10am to 2pm" in page.text
        assert "£12.50 an hour" in page.text

    @pytest.mark.parametrize(
        ("typed", "told"),
        [
            ({"age_to": "12"}, "The oldest age is below the youngest"),
            ({"age_to": "99"}, "Enter an age from 2 to 25"),
            ({"age_to": "old"}, "Enter a whole number, like 12"),
            ({"group_from": "3"}, "Give both the smallest and the largest group, or neither"),
            ({"price_day_pence": "eighty"}, "Enter a sum in pounds, like 45 or 45.50"),
            ({"day_1": "mornings"}, "Write times like 9:30am to 3pm."),
            ({"day_1": "3pm to 1pm"}, "3pm to 1pm ends before it begins."),
        ],
    )
    async def test_what_is_wrong_is_told_in_words(
        self, browser: httpx.AsyncClient, here: str, typed: dict[str, str], told: str
    ) -> None:
        sent = {"programme": "Farriery", "age_from": "14", "age_to": "16"} | typed

        page = shown(await fill_in(browser, f"{here}/1/offers/add", **sent), 422)

        (line,) = problems_told(page)
        assert line.startswith(told)

    async def test_places_are_confirmed_and_it_ends(
        self, browser: httpx.AsyncClient, here: str
    ) -> None:
        page = await open_page(browser, f"{here}/1")
        places, end = page.link("Say whether Blacksmithing has places"), "End Blacksmithing"

        assert "Full, confirmed on" in (await done(browser, places, availability=["full"])).text
        page = shown(await fill_in(browser, page.link(end)), 422)
        assert problems_told(page) == ["Enter a day with its month and year, like 27 3 2026"]
        page = await open_page(browser, f"{here}/1")
        page = await done(browser, page.link(end), **on("on", "1 11 2026"))

        assert "What was offered here" in page.text
