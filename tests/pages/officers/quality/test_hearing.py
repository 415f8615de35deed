"""The pages on which a provider is heard and a second officer decides, and what is amended."""

from app import clock
from tests.factories.hearings import Browsers, drafted, judged, published, to_check
from tests.factories.inspecting import Desk
from tests.pages.officers.quality.test_judging import judging, page_of
from tests.pages.own_pages import on, open_page, problems_told, send, shown
from tests.pages.owners.record_forms import done, fill_in, filled
from tests.pages.reading import Page

TODAY = f"{clock.today():%d %m %Y}"


def link_to(page: Page, ending: str) -> str:
    """Return where a page's link leads that ends so."""
    return next(each["href"] for each in page.all("a") if each["href"].endswith(ending))


async def test_a_draft_is_sent_commented_on_answered_checked_and_published(
    people: Browsers, desk: Desk
) -> None:
    address = await judged(people, desk)
    here, lead, second = page_of(address), people["lead"], people["second"]
    sent = await done(lead, f"{here}/draft/send")
    early = await fill_in(lead, f"{here}/draft/ask-check")
    letter = {"comments": "1:2.1b", "comment": "It is in the folder."} | on("received_on", TODAY)
    await done(lead, f"{here}/draft/letter", **letter)
    await people["manager"].post(f"{address}/comments/close")
    answer = link_to(await open_page(lead, here), "/answer")
    uncorrected = await fill_in(lead, answer, answer="accepted")
    unsaid = await fill_in(lead, answer, answer="not-accepted")
    answered = await done(lead, answer, answer="not-accepted", reason="It was empty.")
    asked = await done(lead, f"{here}/draft/ask-check")
    form = await open_page(second, f"{here}/check")
    sent_back = await fill_in(second, f"{here}/check", decision="returned", reason="")
    checked = await done(second, f"{here}/check", decision="published")

    assert "The provider reads the draft" in sent.text
    assert "The provider may comment to the end of" in problems_told(shown(early, 409))[0]
    assert "Correct the judgement of 2.1b" in problems_told(shown(uncorrected, 409))[0]
    assert problems_told(shown(unsaid, 422)) == [
        "Tell the provider why its comment changes nothing."
    ]
    assert "Not accepted: the judgement stays. It was empty." in answered.text
    assert "Waits for a second officer" in asked.text
    assert "It is in the folder." in form.text
    assert problems_told(shown(sent_back, 422)) == [
        "Say what the inspectors have to look at again."
    ]
    assert "It is published." in checked.text
    assert "The provider may appeal" in checked.text


async def test_who_inspected_checks_nothing_and_is_told_why(people: Browsers, desk: Desk) -> None:
    here = page_of(await to_check(people, desk))
    mine = await open_page(people["lead"], here)
    third = await open_page(people["third"], here)
    waiting = await open_page(people["third"], "/inspections?listed=checks")
    returned = await done(
        people["second"], f"{here}/check", decision="returned", reason="Look again."
    )

    assert "for somebody with the role of second officer" in mine.text
    assert (await people["lead"].get(f"{here}/check")).status_code == 403
    assert link_to(third, "/check")
    assert "You may check it" in waiting.text
    assert "Sent it back" in returned.text
    assert "Being judged" in returned.text


async def test_what_was_read_before_it_changed_is_not_decided_on(
    people: Browsers, desk: Desk
) -> None:
    here = page_of(await to_check(people, desk))
    form = filled(await open_page(people["second"], f"{here}/check"))
    await done(people["third"], f"{here}/check", decision="returned", reason="Look again.")
    late = await people["second"].post(f"{here}/check", data=form | {"decision": "published"})

    assert late.status_code == 409
    assert "it does not wait to be checked" in problems_told(shown(late, 409))[0]


async def test_a_second_click_changes_nothing(people: Browsers, desk: Desk) -> None:
    here = page_of(await judged(people, desk))
    form = filled(await open_page(people["lead"], f"{here}/draft/send"))
    first = await people["lead"].post(f"{here}/draft/send", data=form)
    again = await people["lead"].post(f"{here}/draft/send", data=form)

    assert (first.status_code, again.status_code) == (303, 303)
    assert again.headers["location"] == first.headers["location"]


async def test_two_officers_correct_what_is_published_and_then_take_the_old_version_out(
    people: Browsers, desk: Desk
) -> None:
    here = page_of(await published(people, desk))
    lead, second = people["lead"], people["second"]
    chosen = await open_page(lead, f"{here}/correct")
    form = link_to(chosen, "/sites/1/standards/2.1/correct")
    nothing = await fill_in(lead, form, reason="It was misread.")
    late = await fill_in(lead, form, reason="No.", **{"seen_on_1-2-1b-year": "2090"})
    proposed = await done(lead, form, **judging("met", "1-2-1b"), reason="It was misread.")
    withdrawn = await done(lead, link_to(proposed, "/withdraw"))
    await done(lead, form, **judging("met", "1-2-1b"), reason="It was misread.")
    decide = link_to(await open_page(second, here), "/decide")
    asked = await open_page(second, decide)
    unsaid = await fill_in(second, decide, decision="refuse")
    confirmed = await done(second, decide, decision="confirm")
    await done(second, f"{here}/redact", of_version="1", reason="It named somebody.")
    decide = link_to(await open_page(people["third"], here), "/decide")
    refused = await done(people["third"], decide, decision="refuse", reason="It named nobody.")

    assert problems_told(shown(nothing, 422)) == [
        "Name at least one judgement that is to be otherwise."
    ]
    assert "nothing is seen in the future" in problems_told(shown(late, 422))[0]
    assert "Taken back" in withdrawn.text
    assert "as proposed" in asked.text
    assert problems_told(shown(unsaid, 422)) == ["Say why not."]
    assert "It corrects: It was misread." in confirmed.text
    assert "It named nobody." in refused.text


async def test_nothing_is_where_no_page_is(people: Browsers, desk: Desk) -> None:
    here, lead = page_of(await drafted(people, desk)), people["lead"]
    ends = ("draft/warts", "plan/warts", "comments/warts/answer", "sites/0/standards/1.1")

    assert [(await lead.get(f"{here}/{end}")).status_code for end in ends] == [404] * 4
    assert (await send(lead, f"{here}/draft/letter")).status_code == 422
