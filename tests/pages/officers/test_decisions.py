"""The pages on which two officers decide, and one protects at once."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from app.config import Settings
from tests.factories.listings import Cast, add_cast, add_listing
from tests.organisations.asking import browsers
from tests.pages.officers.desk import (
    PROPOSAL,
    Desk,
    acts_of,
    application,
    at_the_desk,
    listing,
    proposed,
    state_of,
)
from tests.pages.own_pages import on, open_page, problems_told, send, shown, unseen
from tests.pages.reading import Page


@pytest.fixture
async def cast(owner: asyncpg.Connection) -> Cast:
    return await add_cast(owner)


@pytest.fixture
async def desk(settings: Settings, owner: asyncpg.Connection, cast: Cast) -> AsyncIterator[Desk]:
    async with at_the_desk(settings, owner, cast) as made:
        yield made


def link_to(page: Page, ending: str) -> str:
    return next(each["href"] for each in page.all("a") if each["href"].endswith(ending))


class TestPropose:
    async def test_what_is_held_of_it_is_filled_in(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        scope = {"age_from": 12, "key_stages": [3], "programmes": ["Smithing"]}
        applied = await add_listing(owner, cast, "in-assessment", **scope)

        page = await open_page(desk.assessor, listing(applied, "propose"))

        assert page.by_id("age_from")["value"] == "12"
        assert page.by_id("programmes").text.strip() == "Smithing"
        ticked = [each["value"] for each in page.all("input") if "checked" in each.attributes]
        assert ticked == ["3"]
        offered = [each["value"] for each in page.all("input") if each["name"] == "to_state"]
        assert offered == ["listed", "listed-with-actions", "refused"]

    async def test_two_officers_list_a_site_with_everything_repeated_to_the_second(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")

        answer = await proposed(desk, applied)
        assert answer.status_code == 303, answer.text
        mine = await open_page(desk.assessor, answer.headers["Location"])
        assert "you proposed it, so a second officer other than you must settle it." in mine.text
        assert "a proposal waits for a second officer already." in mine.text

        page = await open_page(desk.second, application(applied))
        form = await open_page(desk.second, link_to(page, "/confirm"))
        for words in (
            *(
                "Listed",
                "23 November 2026",
                "It was seen, and all is well.",
                "It was assessed against the standards.",
            ),
            *("11 to 16", "3, 4", "Social, emotional and mental health", "Welding"),
            *("1 November 2026: on a visit", "1 November 2027", "Example Assessor"),
        ):
            assert words in form.text, words
        done = await send(desk.second, link_to(page, "/confirm"))

        after = await open_page(desk.second, done.headers["Location"])
        assert "It was confirmed." in after.text
        assert "Example Assessor and Example Second" in after.text
        assert await state_of(owner, applied) == "listed"

    async def test_everything_that_will_not_do_is_told_at_its_field(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        wrong = {"to_state": "", "reason": "", "age_from": "x"} | on("effective_on", "31 2 2026")

        page = shown(await proposed(desk, applied, **wrong), 422)

        assert problems_told(page) == [
            "Choose one",
            "There is no such day. Check it against a calendar",
            "Say why",
            "Enter a whole number, like 12",
        ]
        assert page.by_id("effective_on-month")["value"] == "2"

    async def test_what_the_register_does_not_take_is_told_at_its_field_too(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")

        answer = await proposed(
            desk, applied, age_from="99", key_stages=["9"], programmes="x" * 201
        )

        page = shown(answer, 422)

        assert problems_told(page) == [
            "Enter an age in years, such as 11",
            "Choose key stages from the list",
            "It must have at most 200 characters.",
        ]
        assert page.by_id("age_from")["value"] == "99"

    async def test_what_was_changed_meanwhile_is_looked_at_again(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        form = unseen(await open_page(desk.assessor, listing(applied, "propose")))
        await owner.execute("UPDATE listings SET version = version + 1 WHERE id = $1", applied.id)

        answer = await desk.assessor.post(listing(applied, "propose"), data=form | PROPOSAL)

        again = shown(answer, 412)
        assert "Somebody changed this since" in problems_told(again)[0]
        assert str(PROPOSAL["reason"]) in again.by_id("reason").text
        assert int(unseen(again)["version"]) == int(form["version"]) + 1

    async def test_who_proposed_it_cannot_confirm_it_by_address(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        await proposed(desk, applied)
        page = await open_page(desk.second, application(applied))

        refused = await send(desk.assessor, link_to(page, "/confirm"))

        assert refused.status_code == 403
        assert await state_of(owner, applied) == "in-assessment"


class TestDecline:
    async def test_it_stays_where_it_stands_and_the_reason_is_needed(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "in-assessment")
        await proposed(desk, applied)
        address = link_to(await open_page(desk.second, application(applied)), "/decline")

        assert problems_told(shown(await send(desk.second, address), 422)) == ["Say why"]
        answer = await send(desk.second, address, reason="Too early.")

        page = await open_page(desk.second, answer.headers["Location"])
        assert "Everything stays where it is." in page.text
        assert await state_of(owner, applied) == "in-assessment"
        again = await send(desk.second, address, reason="Too early.")
        assert problems_told(shown(again, 409))


class TestProtect:
    @pytest.mark.parametrize(
        ("how", "then"), [("suspend", "suspended"), ("review", "under-review")]
    )
    async def test_one_officer_does_it_at_once_after_a_warning(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk, how: str, then: str
    ) -> None:
        applied = await add_listing(owner, cast, "listed")
        page = await open_page(desk.assessor, listing(applied))
        assert acts_of(page) == ["propose", "review", "suspend"]
        form = await open_page(desk.assessor, listing(applied, "protect", how))
        assert form.with_class("govuk-warning-text")

        answer = await send(
            desk.assessor,
            listing(applied, "protect", how),
            reason="A child was hurt.",
            public_reason="being-looked-into",
        )

        assert answer.headers["Location"].endswith(f"done={how}")
        assert await state_of(owner, applied) == "under-review"
        if how == "suspend":
            told = await open_page(desk.second, listing(applied))
            await send(desk.second, link_to(told, "/confirm"))
        assert await state_of(owner, applied) == then

    async def test_without_a_reason_nothing_happens(
        self, owner: asyncpg.Connection, cast: Cast, desk: Desk
    ) -> None:
        applied = await add_listing(owner, cast, "listed")

        answer = await send(
            desk.assessor,
            listing(applied, "protect", "suspend"),
            public_reason="being-looked-into",
        )

        assert problems_told(shown(answer, 422)) == ["Say why"]
        assert await state_of(owner, applied) == "listed"

    async def test_another_authority_is_told_who_decides(
        self, settings: Settings, owner: asyncpg.Connection, cast: Cast
    ) -> None:
        applied = await add_listing(owner, cast, "listed")
        async with browsers(settings, owner, cast.neighbour) as (near,):
            page = await open_page(near, listing(applied))

        assert "Coventry decides on it" in page.text
        assert acts_of(page) == []
