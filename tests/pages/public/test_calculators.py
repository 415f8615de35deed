"""The pages on the law: what is in force, and calculators that need no script and keep nothing."""

from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from app import clock
from tests.pages.reading import Page, read, tidy

DAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
MARKER = "zqjxzq123"


@pytest.fixture(autouse=True)
def from_our_pages(client: httpx.AsyncClient) -> None:
    """Send what a browser says of a form that was opened here."""
    client.headers["Sec-Fetch-Site"] = "same-origin"


async def answered(client: httpx.AsyncClient, calculator: str, **typed: Any) -> Page:
    with clock.at(DAY):
        response = await client.post(f"/rules/{calculator}", data=typed)
    assert response.status_code == 200, response.text
    assert response.headers["Cache-Control"] == "no-store"
    return read(response.text)


def answer_of(page: Page) -> str:
    return tidy(page.by_id("answer").text)


async def test_the_law_is_listed_with_its_sources_and_leads_to_the_calculators(
    client: httpx.AsyncClient,
) -> None:
    page = read((await client.get("/rules")).text)

    assert page.link("Which attendance code fits") == "/rules/attendance-code"
    assert page.link("Education Act 1996, section 463").endswith("/ukpga/1996/56/section/463")
    assert "Not in force: A short intensive placement" in tidy(page.text)
    assert "still to be checked against it" in page.text


@pytest.mark.parametrize(
    "calculator", ["who-pays", "registration-test", "attendance-code", "clocks"]
)
async def test_each_calculator_asks_on_a_form_that_is_sent_in_its_body(
    client: httpx.AsyncClient, calculator: str
) -> None:
    response = await client.get(f"/rules/{calculator}")

    page = read(response.text)
    (form,) = [one for one in page.all("form") if one["method"] == "post"]
    assert "action" not in form.attributes
    assert "Nothing you enter here is kept." in page.text
    assert not [one for one in page.elements if one["id"] == "answer"]


async def test_no_other_calculator_is_there(client: httpx.AsyncClient) -> None:
    for response in (await client.get("/rules/moon"), await client.post("/rules/moon", data={})):
        assert response.status_code == 404
        assert "There is no such calculator" in response.text


class TestWhoPays:
    async def test_facts_choose_the_route(self, client: httpx.AsyncClient) -> None:
        page = await answered(
            client,
            "who-pays",
            on_roll="yes",
            school_kind="maintained",
            arranged_by="school",
            purpose="behaviour",
            parent_agrees="no",
        )

        assert answer_of(page) == "Directed elsewhere by a maintained school to improve behaviour"
        assert "Commissioner: School. Pays first: School." in tidy(page.text)
        assert page.link("Education Act 2002, section 29A")

    async def test_boxes_that_say_the_opposite_are_understood(
        self, client: httpx.AsyncClient
    ) -> None:
        page = await answered(
            client,
            "who-pays",
            exclusion="permanent",
            facts=["leaves_within_six_weeks", "no_examinations_left"],
        )

        assert "What does not go with it" in page.text
        assert "have no examination left" in page.text

    async def test_nothing_said_is_for_a_person(self, client: httpx.AsyncClient) -> None:
        assert answer_of(await answered(client, "who-pays")) == "A person must decide"


class TestRegistration:
    async def test_five_over_the_hours_are_over_the_limit(self, client: httpx.AsyncClient) -> None:
        page = await answered(
            client, "registration-test", **{"over_18_hours-children": "5", "declared": "yes"}
        )

        assert "Over the limit" in page.text
        assert "Statutory guidance" in page.text

    async def test_the_test_to_come_is_told_where_it_differs(
        self, client: httpx.AsyncClient
    ) -> None:
        numbers = {"over_18_hours-children": "1", "over_18_hours-with_special_needs": "1"}

        page = await answered(client, "registration-test", **numbers, declared="yes")

        assert "Below the limit" in page.text
        assert "The test to come would say red" in page.text

    async def test_without_the_providers_word_it_is_incomplete(
        self, client: httpx.AsyncClient
    ) -> None:
        page = await answered(client, "registration-test", **{"under_15_hours-children": "2"})

        assert "Incomplete" in page.text

    @pytest.mark.parametrize(
        ("typed", "words"),
        [
            ({"over_18_hours-children": "many"}, "Enter a whole number, like 12"),
            ({"over_18_hours-children": "101"}, "Enter at most 100"),
            (
                {"over_18_hours-with_special_needs": "1"},
                "There cannot be more of them than children",
            ),
        ],
    )
    async def test_numbers_that_do_not_fit_are_told_at_their_place(
        self, client: httpx.AsyncClient, typed: dict[str, str], words: str
    ) -> None:
        response = await client.post("/rules/registration-test", data=typed)

        page = read(response.text)
        assert response.status_code == 422
        (name,) = typed
        assert page.link(words) == f"#{name}"
        assert tidy(page.one("title").text).startswith("Error:")


class TestAttendance:
    async def test_b_at_home_is_wrong(self, client: httpx.AsyncClient) -> None:
        page = await answered(
            client, "attendance-code", where="at-home", arranged_by="school", given="B"
        )

        assert answer_of(page) == "A person must decide"
        assert "B is never for work at home." in page.text
        assert "Wrong" in page.text

    async def test_what_fits_is_told(self, client: httpx.AsyncClient) -> None:
        page = await answered(
            client,
            "attendance-code",
            where="elsewhere",
            arranged_by="local-authority",
            facts=["supervised"],
            given="K",
        )

        assert answer_of(page).startswith("Code K: at education")
        assert "Right" in page.text

    async def test_where_the_pupil_was_must_be_said(self, client: httpx.AsyncClient) -> None:
        response = await client.post("/rules/attendance-code", data={"given": "B"})

        assert response.status_code == 422
        assert read(response.text).link("Say where the pupil was") == "#where"


class TestClocks:
    @pytest.mark.parametrize(
        ("kind", "due"),
        [
            ("suspension-education", "14 September 2026"),
            ("permanent-exclusion-education", "15 September 2026"),
            ("health-absence", "25 September 2026"),
            ("review-request", "17 November 2026"),
            ("plan-annual-review", "6 September 2027"),
        ],
    )
    async def test_a_day_is_counted(self, client: httpx.AsyncClient, kind: str, due: str) -> None:
        day = {"since-day": "7", "since-month": "9", "since-year": "2026"}

        page = await answered(client, "clocks", clock=kind, **day)

        assert answer_of(page) == due
        assert page.by_id("since-day")["value"] == "7"

    @pytest.mark.parametrize(
        ("year", "words"), [("1989", "Enter a day"), ("2012", "nothing is known of 2012-09-07")]
    )
    async def test_a_day_that_nobody_can_count_from_is_told(
        self, client: httpx.AsyncClient, year: str, words: str
    ) -> None:
        day = {"since-day": "7", "since-month": "9", "since-year": year}

        response = await client.post("/rules/clocks", data=day | {"clock": "review-request"})

        assert response.status_code == 422
        assert words in response.text


async def test_nothing_that_is_entered_stands_in_an_address(client: httpx.AsyncClient) -> None:
    response = await client.post(
        "/rules/who-pays", data={"exclusion_days": MARKER}, headers={"Accept": "text/html"}
    )

    assert response.status_code == 422
    assert MARKER not in str(response.url)
    assert "Location" not in response.headers


async def test_another_sites_form_is_refused(client: httpx.AsyncClient) -> None:
    other = {"Sec-Fetch-Site": "cross-site"}

    response = await client.post("/rules/clocks", data={}, headers=other)

    assert response.status_code == 403
