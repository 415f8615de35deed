"""Who pays, on the pages: arranged, amended, signed, confirmed, disputed, settled."""

import re
from typing import Any

import pytest

from tests.children.asking import add
from tests.factories.children import circumstances
from tests.funding.asking import of, placed
from tests.pages.commissioning.weeks import PLACEMENTS, day
from tests.pages.own_pages import open_page, problems_told, shown, unseen
from tests.pages.owners.record_forms import done, fill_in
from tests.pages.reading import Page, tidy
from tests.placements.asking import place
from tests.placements.conftest import People, Setting

FUNDING = "/commissioning/funding"


def typed(setting: Setting, **fields: str) -> dict[str, str]:
    """Return what is typed: £50.05 a half day, five a week, twelve weeks, 60 % and 40 %."""
    terms = {"unit": "half-day", "price_pence": "50.05", "units_a_week": "5", "times": "12"}
    shares = {
        "payer-1-who": f"school:{of(setting, 'school')}",
        "payer-1-share": "60",
        "payer-1-budget": "pupil-premium",
        "payer-1-order": "PO-7",
        "payer-2-who": f"home-la:{of(setting, 'payer')}",
        "payer-2-share": "40",
    }
    return terms | shares | fields


async def form_of(people: People, setting: Setting) -> str:
    """Let the school place a child; return where it is arranged who pays."""
    return f"{PLACEMENTS}/{(await placed(people, setting))['id']}/funding/arrange"


def here(page: Page) -> str:
    """Return where an arrangement is, from a page of it."""
    found = re.search(
        r"/commissioning/funding/[0-9a-f-]{36}", str([e["href"] for e in page.elements])
    )
    assert found is not None
    return found[0]


async def arranged(people: People, setting: Setting, **fields: str) -> tuple[str, Page]:
    """Arrange who pays for a new placement; return where, and the page."""
    form = await form_of(people, setting)
    page = await done(people["school"], form, **typed(setting, **fields))
    return here(page), page


async def test_what_is_arranged_is_computed_signed_by_each_and_agreed(
    people: People, setting: Setting
) -> None:
    form = await form_of(people, setting)
    asked = await open_page(people["school"], form)
    page = await done(people["school"], form, **typed(setting))
    address = here(page)
    waiting = await open_page(people["payer"], f"{FUNDING}?state=to-sign")
    await done(people["signatory"], f"{address}/payers/1/sign")
    signed = await done(people["payer"], f"{address}/payers/2/sign")
    twice = await fill_in(people["payer"], f"{address}/payers/2/sign")

    assert "Pays first, by the rule" in asked.text
    text = tidy(page.one("main").text)
    assert "£50.05 × 5 half days a week × 12 weeks = £3,003" in text  # noqa: RUF001
    assert "£1,801.80, 60 %" in text
    assert "Budget: Pupil premium" in text
    assert "To be signed" in text
    assert "Waits for your signature" in waiting.text
    assert "Agreed" in signed.text
    assert "Example Payer" in signed.text
    assert "signed these amounts for this payer already" in problems_told(shown(twice, 409))[0]


async def test_each_fault_of_terms_is_told_at_its_cell(people: People, setting: Setting) -> None:
    form, school = await form_of(people, setting), people["school"]

    async def told(**fields: str) -> list[str]:
        return problems_told(shown(await fill_in(school, form, **typed(setting, **fields)), 422))

    assert "90 %, and have to be exactly 100 %" in (await told(**{"payer-2-share": "30"}))[0]
    assert "State the payer's share or its amount" in (await told(**{"payer-2-share": ""}))[0]
    assert await told(**{"payer-1-share": "many"}) == [
        "Enter a share in per cent, like 60 or 33.33"
    ]
    assert await told(price_pence="a lot") == ["Enter a sum in pounds, like 45 or 45.50"]
    assert await told(units_a_week="") == ["Enter how many hours, half days or days a week"]
    assert await told(times="") == ["Enter for how many weeks, or terms"]
    nobody = dict.fromkeys(("payer-1-who", "payer-2-who"), "")
    assert await told(**nobody) == ["Payer 1: choose who pays"]
    wrong = shown(await fill_in(school, form, **typed(setting, **{"payer-2-share": "30"})), 422)
    assert "90 %" in wrong.by_id("payer-1-share-error").text


async def test_amounts_in_pounds_are_kept_in_pence(people: People, setting: Setting) -> None:
    amounts = {"payer-1-share": "", "payer-2-share": ""}
    amounts |= {"payer-1-amount": "3,000", "payer-2-amount": "3.00"}
    _, page = await arranged(people, setting, **amounts)

    assert "£3,000" in page.text
    assert "£3" in page.text


async def test_days_that_overlap_are_refused_and_gaps_are_shown(
    people: People, setting: Setting
) -> None:
    form = await form_of(people, setting)
    fewer = day("until", 30)
    await done(people["school"], form, **typed(setting), **fewer)
    refused = await fill_in(people["school"], form, **typed(setting), **fewer)
    of_it = await open_page(people["school"], form.removesuffix("/arrange"))
    gaps = await open_page(people["school"], f"{FUNDING}/gaps")

    assert "arranged for these days already" in problems_told(shown(refused, 409))[0]
    assert "Nobody pays" in of_it.text
    assert "Education: from" in gaps.text


async def test_another_payer_needs_a_reason_and_a_second_person(
    people: People, setting: Setting
) -> None:
    form = await form_of(people, setting)
    other = typed(setting, **{"payer-2-who": f"school:{of(setting, 'school')}"})
    other |= {"payer-1-who": f"home-la:{of(setting, 'payer')}"}
    refused = await fill_in(people["school"], form, **other)
    page = await done(people["school"], form, **other, override_reason="Agreed with the authority.")
    address = here(page)
    early = await people["payer"].get(f"{address}/payers/1/sign")
    refused_early = await fill_in(people["payer"], f"{address}/payers/1/sign")
    not_theirs = await people["payer"].get(f"{address}/confirm")
    opened = await open_page(people["approver"], f"{address}/confirm")
    confirmed = await done(people["approver"], f"{address}/confirm")
    again = await people["approver"].post(f"{address}/confirm", data=unseen(opened))

    assert "By the rule the school pays first" in problems_told(shown(refused, 409))[0]
    assert "Waits for a second person" in page.text
    assert early.status_code == 200
    assert "a second person of the commissioner" in problems_told(shown(refused_early, 409))[0]
    assert not_theirs.status_code == 403
    assert "Confirmed by" in confirmed.text
    assert "It was changed since you read it" in problems_told(shown(again, 412))[0]


async def test_what_is_disputed_has_a_clock_an_interim_payer_and_an_end(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"], circumstances=circumstances())
    held = await place(people["school"], setting, child=child, route="health-absence")
    form = f"{PLACEMENTS}/{held.json()['id']}/funding/arrange"
    shares = {"payer-1-who": f"home-la:{of(setting, 'payer')}", "payer-2-who": ""}
    shares |= {"payer-1-share": "", "payer-2-share": "", "payer-1-budget": ""}
    page = await done(people["school"], form, **typed(setting, **shares))
    address = here(page)
    empty = await fill_in(people["payer"], f"{address}/payers/1/dispute")
    disputed = await done(people["payer"], f"{address}/payers/1/dispute", reason="Not our area.")
    twice = await fill_in(people["payer"], f"{address}/payers/1/dispute", reason="Still not.")
    listed = await open_page(people["school"], f"{FUNDING}?state=disputed")
    settle = next(e["href"] for e in disputed.all("a") if e["href"].endswith("/settle"))
    by_nobody = await fill_in(people["payer"], settle, how="decision", reasons="It was.")
    not_theirs = await fill_in(people["signatory"], settle, how="agreement", reasons="Agreed.")
    over = await done(people["payer"], settle, how="agreement", reasons="We looked again.")
    again = await fill_in(people["payer"], settle, how="agreement", reasons="Once more.")

    assert problems_told(shown(empty, 422)) == ["Say why it need not pay"]
    text = tidy(disputed.one("main").text)
    assert "Not our area." in text
    assert "To be settled by" in text
    assert "Who pays meanwhile" in text
    assert "Without prejudice" in text
    assert "because a payer disputes it" in text
    assert "disputes it already" in problems_told(shown(twice, 409))[0]
    assert "Disputed" in listed.text
    assert problems_told(shown(by_nobody, 422)) == ["Say who decided it"]
    assert "said by the payer that disputes" in problems_told(shown(not_theirs, 403))[0]
    assert "We looked again." in over.text
    assert "settled already" in problems_told(shown(again, 409))[0]


async def test_who_is_not_on_this_service_is_written_down_as_agreed(
    people: People, setting: Setting
) -> None:
    away = {"payer-2-who": "health-body:", "payer-2-name": "Example Health Body"}
    address, page = await arranged(people, setting, **away)
    form = f"{address}/payers/2/sign"
    ahead = await fill_in(
        people["signatory"], form, signed_name="A. Example", **day("signed_on", 3)
    )
    signed = await done(
        people["signatory"], form, signed_name="A. Example, manager", **day("signed_on", 0)
    )
    nameless = await fill_in(
        people["school"],
        await form_of(people, setting),
        **typed(setting, **away | {"payer-2-name": ""}),
    )

    assert "Example Health Body" in page.text
    assert "it does not lie ahead" in problems_told(shown(ahead, 422))[0]
    assert "A. Example, manager" in signed.text
    assert "Name the payer's organisation" in problems_told(shown(nameless, 422))[0]


async def test_other_amounts_void_what_was_signed_and_the_former_stay(
    people: People, setting: Setting
) -> None:
    address, _ = await arranged(people, setting)
    await done(people["signatory"], f"{address}/payers/1/sign")
    form = await open_page(people["school"], f"{address}/amend")
    same = await done(people["school"], f"{address}/amend", why="A new order number.")
    stale = await fill_in(people["payer"], f"{address}/payers/2/sign", terms="1")
    other = await done(
        people["school"], f"{address}/amend", why="A better price.", price_pence="48"
    )
    without = await fill_in(people["school"], f"{address}/amend")

    assert form.by_id("price_pence")["value"] == "50.05"
    assert form.by_id("payer-2-share")["value"] == "40"
    assert "Example Signatory" in same.text
    assert "Former terms 1" in same.text
    assert "The terms that hold now are number 2" in problems_told(shown(stale, 409))[0]
    assert "What was signed is void since" in other.text
    assert "£2,880" in other.text
    assert "Say why" in problems_told(shown(without, 422))


async def test_what_is_got_back_is_computed_by_the_formula(
    people: People, setting: Setting
) -> None:
    form = f"{await form_of(people, setting)}?got-back=1"
    school = of(setting, "school")
    back = {"back-1-basis": "exclusion-formula", "back-1-from_organisation": school}
    back |= {"back-1-school_kind": "maintained", "back-1-year_pence": "5200", "back-1-weeks": "20"}
    back |= day("back-1-since", 7) | day("back-1-until", 60)
    short = await fill_in(people["school"], form, **typed(setting), **back | {"back-1-weeks": ""})
    page = await done(people["school"], form, **typed(setting), **back)

    assert problems_told(shown(short, 422)) == [
        "It is computed: enter the sum of a year, and the weeks"
    ]
    assert "£2,000" in page.text


async def test_another_organisation_is_looked_for_by_name(people: People, setting: Setting) -> None:
    form = await form_of(people, setting)
    find = form.replace("/arrange", "/find")
    found = await open_page(people["school"], f"{find}?q=academy")
    chosen = found.link("Example Academy")
    asked = await open_page(people["school"], chosen)
    nobody = await open_page(people["school"], f"{find}?q=nowhere")

    assert f"school:{of(setting, 'other')}" in [e["value"] for e in asked.all("option")]
    assert "Nobody was found" in nobody.text


@pytest.mark.parametrize(("who", "status"), [("other", 404), ("elsewhere", 404), ("home", 403)])
async def test_only_its_commissioner_arranges(
    people: People, setting: Setting, who: str, status: int
) -> None:
    form = await form_of(people, setting)

    assert (await people[who].get(form)).status_code in {status, 403}


async def test_who_sees_an_arrangement_and_what_they_are_led_to(
    people: People, setting: Setting
) -> None:
    address, _ = await arranged(people, setting)
    read: Any = [(await people[who].get(address)).status_code for who in people]
    told = dict(zip(people, read, strict=True))
    payer = await open_page(people["payer"], address)
    approver = await open_page(people["approver"], address)

    assert told["school"] == told["payer"] == told["home"] == told["approver"] == 200
    assert told["other"] == told["elsewhere"] == told["away"] == 404
    assert "Agree on other terms" not in payer.text
    assert not [e for e in approver.all("a") if e["href"].endswith("/payers/2/sign")]
    assert (await people["payer"].get(f"{address}/payers/1/sign")).status_code == 403
    assert (await people["school"].get(f"{address}/payers/1/sign")).status_code == 403
    assert (await people["payer"].get(f"{address}/payers/9/sign")).status_code == 404
    assert (await people["school"].get(f"{FUNDING}?state=warts")).status_code == 422


async def test_who_only_signs_is_led_to_what_waits_for_them(people: People) -> None:
    page = await open_page(people["signatory"], "/account")
    listed = await open_page(people["signatory"], page.link("Who pays"))

    assert "There is none." in listed.text
    assert listed.link("Organisation") == "/organisation"
    assert not [one for one in listed.all("a") if one["href"] == "/commissioning"]
    assert "/commissioning/funding" not in (await people["manager"].get("/account")).text
