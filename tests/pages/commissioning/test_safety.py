"""What keeps a placed child safe, and who answers, on the pages of everybody who has a duty."""

from typing import Any

import httpx
import pytest

from tests.pages.commissioning.test_changing import placed
from tests.pages.commissioning.weeks import day
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in
from tests.pages.reading import tidy
from tests.placements.conftest import People, Setting

OFFERS = "/commissioning/lead-contact-offers"
PERSON = {
    "name": "Example Keeper",
    "post": "Designated safeguarding lead",
    "phone": "024 7600 0000",
}


async def offered(people: People, here: str) -> str:
    """Ask Coventry to take the lead contact over from tomorrow; return where it is answered."""
    form = f"{here}/safeguarding/duties/lead-contact/offer"
    page = await done(people["school"], form, to="home-la", **day("since", 1))
    back = next(each["href"] for each in page.all("a") if each["href"].endswith("/withdraw"))
    return back.removesuffix("/withdraw")


async def test_the_checklist_says_what_is_missing_whose_it_is_and_on_what_authority(
    people: People, setting: Setting
) -> None:
    here = f"{await placed(people, setting)}/safeguarding"
    page = await open_page(people["school"], here)
    typed = {"done_by": "Example Lead", "what": "Promised by letter."} | day("done_on", 0)
    stated = await done(people["school"], f"{here}/items/SG3", **typed)

    text = tidy(page.one("main").text)
    assert "Red: act now" in text
    assert "missing" in text.split("Lead contact")[0]
    assert "SG2 is missing" not in text
    assert "SG2" in text
    assert "Should be done, by the commissioner" in text
    assert "Statutory guidance: Keeping children safe in education" in text
    assert "Example Placer" in text
    assert "Not asked of this placement" in text
    assert "Promised by letter." in stated.text
    assert "by Example Lead" in stated.text


async def test_each_refusal_of_an_item_is_told_at_the_form(
    people: People, setting: Setting
) -> None:
    here = f"{await placed(people, setting)}/safeguarding"
    empty = await fill_in(people["school"], f"{here}/items/SG3")
    no_day = await fill_in(people["school"], f"{here}/items/SG3", done_by="A", what="B")
    ahead = await fill_in(
        people["school"], f"{here}/items/SG3", done_by="Ada", what="B", **day("done_on", 5)
    )
    read_there = await open_page(people["school"], f"{here}/items/SG5")
    form = await open_page(people["school"], f"{here}/items/SG3")
    hidden = {one["name"]: one["value"] for one in form.all("input") if one["type"] == "hidden"}
    typed = {"done_by": "Ada", "what": "B"} | day("done_on", 0)
    elsewhere = await people["school"].post(f"{here}/items/SG5", data=hidden | typed)
    await done(people["school"], f"{here}/items/SG3", **typed)
    stale = await people["school"].post(
        f"{here}/items/SG3", data=hidden | typed | {"what": "Anew."}
    )

    assert problems_told(shown(empty, 422)) == ["Say who", "Say what was done"]
    assert "Say when it was done" in problems_told(shown(no_day, 422))[0]
    assert "It cannot have been done on a day to come" in problems_told(shown(ahead, 422))[0]
    assert "it is not typed again" in read_there.text
    assert "is read from reviews" in problems_told(shown(elsewhere, 409))[0]
    assert stale.status_code in {409, 412}
    assert (await people["school"].get(f"{here}/items/SG23")).status_code == 404


async def test_a_start_that_cannot_wait_is_said_once(people: People, setting: Setting) -> None:
    here = f"{await placed(people, setting)}/safeguarding"
    page = await done(people["school"], f"{here}/urgent-start", reasons="Nobody else teaches.")
    twice = await fill_in(people["school"], f"{here}/urgent-start", reasons="Once more.")
    not_theirs = await fill_in(people["home"], f"{here}/urgent-start", reasons="For them.")

    assert "Nobody else teaches." in page.text
    assert "is completed by" in page.text
    assert "said already" in problems_told(shown(twice, 409))[0]
    assert not_theirs.status_code == 403


async def test_a_duty_passes_when_both_agree_and_the_other_finds_the_offer(
    people: People, setting: Setting
) -> None:
    here = await placed(people, setting)
    offer = await offered(people, here)
    waiting = await open_page(people["home"], OFFERS)
    asked = await open_page(people["home"], f"{here}/safeguarding")
    nobody = await fill_in(people["home"], f"{offer}/accept", name="", post="")
    page = await done(people["home"], f"{offer}/accept", **PERSON)
    again = await fill_in(people["home"], f"{offer}/refuse")

    assert "Example School asks" in tidy(waiting.text)
    assert asked.link("Accept (Asked, not answered yet)") == f"{offer}/accept"
    assert problems_told(shown(nobody, 422)) == ["Enter a name", "Say what they are"]
    assert "Accepted by Example Home" in page.text
    assert "Answers later" in page.text
    assert "Nobody asks you" in (await open_page(people["home"], OFFERS)).text
    assert "It was accepted by" in problems_told(shown(again, 409))[0]


async def test_an_offer_is_refused_or_taken_back(people: People, setting: Setting) -> None:
    here = await placed(people, setting)
    refused = await done(people["home"], f"{await offered(people, here)}/refuse")
    offer = await offered(people, here)
    not_theirs = await fill_in(people["home"], f"{offer}/withdraw")
    twice = await fill_in(
        people["school"],
        f"{here}/safeguarding/duties/lead-contact/offer",
        to="home-la",
        **day("since", 1),
    )
    back = await done(people["school"], f"{offer}/withdraw")

    assert "Refused by Example Home" in refused.text
    assert not_theirs.status_code == 403
    assert "Withdraw the offer that is open" in problems_told(shown(twice, 409))[0]
    assert "Taken back by Example Placer" in back.text


async def test_whom_the_body_names_is_shown_and_a_wrong_number_told(
    people: People, setting: Setting
) -> None:
    here = await placed(people, setting)
    form = f"{here}/safeguarding/duties/attendance-follow-up/person"
    wrong = await fill_in(people["school"], form, **PERSON | {"email": "nowhere"})
    page = await done(people["school"], form, **PERSON)
    past = await fill_in(
        people["school"],
        f"{here}/safeguarding/duties/lead-contact/offer",
        to="home-la",
        **day("since", -3),
    )

    assert len(problems_told(shown(wrong, 422))) >= 1
    assert "Example Keeper" in page.text
    assert "024 7600 0000" in page.text
    assert "Name a day from today on" in problems_told(shown(past, 422))[0]


@pytest.mark.parametrize(
    "end", ["duties/lead-contact/person", "duties/lead-contact/offer", "duties/nothing/offer"]
)
async def test_only_the_body_that_answers_hands_over(
    people: People, setting: Setting, end: str
) -> None:
    here = await placed(people, setting)

    async def of(who: str) -> httpx.Response:
        return await people[who].get(f"{here}/safeguarding/{end}")

    assert (await of("home")).status_code in {403, 404}
    assert (await of("other")).status_code == 404
    assert (await of("approver")).status_code == 403


async def test_who_sees_the_page(people: People, setting: Setting) -> None:
    here = await placed(people, setting)
    read: Any = [(await people[who].get(f"{here}/safeguarding")).status_code for who in people]
    told = dict(zip(people, read, strict=True))

    assert {who for who, status in told.items() if status == 200} >= {"school", "home", "approver"}
    assert told["other"] == told["elsewhere"] == 404
    assert "State it" not in (await open_page(people["approver"], f"{here}/safeguarding")).text
