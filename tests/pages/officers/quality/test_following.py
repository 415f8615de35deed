"""The pages on which officers look at actions, decide appeals and answer wishes for a visit."""

import asyncpg

from app import clock
from tests.factories.evidence import add_document
from tests.factories.hearings import Browsers, published
from tests.factories.inspecting import Desk
from tests.pages.officers.quality.test_hearing import link_to
from tests.pages.officers.quality.test_judging import judging, page_of
from tests.pages.own_pages import open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in

SHORT = {"site": 1, "criterion": "2.1b"}


async def test_an_action_is_looked_at_sent_back_and_verified(
    people: Browsers, owner: asyncpg.Connection, desk: Desk
) -> None:
    address = await published(people, desk)
    here, lead, manager = page_of(address), people["lead"], people["manager"]
    due = {"action": "Buy a folder.", "role": "Head", "due_on": clock.today().isoformat()}
    planned = await manager.post(f"{address}/actions", json={"actions": [SHORT | due]})
    evidence = f"{address}/actions/{planned.json()['actions'][0]['id']}/evidence"
    document = {"document": str(await add_document(owner, desk.record, title="Folder"))}
    await manager.post(evidence, json=document)
    verify = link_to(await open_page(lead, here), "/verify")
    unsaid = await fill_in(lead, verify, verified="no")
    back = await done(lead, verify, verified="no", reason="It is empty.")
    await manager.post(evidence, json=document)
    seen = await done(lead, verify, verified="yes")

    assert problems_told(shown(unsaid, 422)) == ["Say what is missing."]
    assert "It was sent back: It is empty." in back.text
    assert "done, as an inspector saw" in seen.text
    assert (await people["second"].get(verify)).status_code == 403


async def test_an_appeal_is_decided_by_somebody_uninvolved_and_corrects_at_once(
    people: Browsers, desk: Desk
) -> None:
    address = await published(people, desk)
    here, third = page_of(address), people["third"]
    appeal = {"grounds": "The folder was there.", "judgements": [SHORT]}
    await people["manager"].post(f"{address}/appeals", json=appeal)
    mine = await open_page(people["second"], here)
    waiting = await open_page(third, "/inspections?listed=appeals")
    page = await open_page(third, here)
    decide = link_to(page, "/decide")
    asked = await done(people["lead"], link_to(page, "/ask"))
    not_mine = await fill_in(people["second"], decide, decision="dismissed", reason="No.")
    empty = await fill_in(third, decide, decision="upheld", reason="It was there.")
    upheld = await done(
        third, decide, decision="upheld", reason="It was there.", **judging("met", "1-2-1b")
    )
    again = await fill_in(third, decide, decision="dismissed", reason="Once more.")

    assert "you checked it yourself" in mine.text
    assert here in [each["href"] for each in waiting.all("a")]
    assert "It was noted who is asked to decide." in asked.text
    assert not_mine.status_code == 403
    assert problems_told(shown(empty, 422)) == [
        "Name at least one judgement that is to be otherwise."
    ]
    assert "Upheld: what was found is corrected. It was there." in upheld.text
    assert "Version 2" in upheld.text
    assert problems_told(shown(again, 409)) == ["It is decided already."]


async def test_a_wish_for_a_visit_is_answered_by_a_plan_or_a_reason(
    people: Browsers, desk: Desk
) -> None:
    address = await published(people, desk)
    here, lead = page_of(address), people["lead"]
    await people["manager"].post(f"{address}/revisits", json={"reason": "It was mended."})
    waiting = await open_page(lead, "/inspections?listed=revisits")
    answer = link_to(await open_page(lead, here), "/answer")
    neither = await fill_in(lead, answer)
    refused = await done(lead, answer, reason="It is visited in March.")

    assert "Number 1 of those asked for" in waiting.text
    assert "say why there is none" in problems_told(shown(neither, 422))[0]
    assert "It is visited in March." in refused.text
