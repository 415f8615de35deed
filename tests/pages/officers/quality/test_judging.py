"""The pages on which inspectors write down what they saw."""

import uuid
from typing import Any

from app import clock
from app.inspections.schemas.judgements import AskedAtSite
from app.pages.officers.quality.judgements import carried_of, stated_in, still_typed, typed_of
from tests.factories.hearings import INSPECTIONS, Browsers, drafted, judged
from tests.factories.inspecting import Desk, a_plan, found
from tests.pages.own_pages import on, open_page, problems_told, shown
from tests.pages.owners.record_forms import done, fill_in, filled

TODAY = f"{clock.today():%d %m %Y}"
KEY = "1-1-1a"


def page_of(address: str) -> str:
    """Return where officers see an inspection."""
    return f"/inspections/{address.rsplit('/', 1)[1]}"


def judging(judgement: str, key: str = KEY, **fields: str) -> dict[str, Any]:
    """Return what is typed of a criterion that was seen today."""
    typed = {f"judgement_{key}": judgement, f"method_{key}": "visit"}
    typed |= {f"{name}_{key}": text for name, text in fields.items()}
    return typed | on(f"seen_on_{key}", TODAY)


async def planned(people: Browsers, desk: Desk) -> str:
    """Return the page of an inspection that was planned."""
    made = await people["lead"].post(INSPECTIONS, json=a_plan(desk, desk.lead, desk.colleague))
    return page_of(made.headers["location"])


async def test_faults_are_told_at_their_fields_and_what_is_left_alone_is_kept(
    people: Browsers, desk: Desk
) -> None:
    here, lead = await planned(people, desk), people["lead"]
    form = f"{here}/sites/1/standards/1.1"
    nothing = await fill_in(lead, form)
    half = await fill_in(lead, form, **{f"finding_{KEY}": "Seen."})
    bare = await fill_in(lead, form, **{f"judgement_{KEY}": "not-met", f"note_{KEY}": "Ask."})
    kept = await done(lead, form, **judging("not-met", finding="It was missing.", note="Ask."))
    again = await open_page(lead, form)

    assert nothing.headers["location"].endswith("?done=same")
    assert problems_told(shown(half, 422)) == [
        "Choose what you found, or leave everything about it for later."
    ]
    assert problems_told(shown(bare, 422)) == [
        "Say what was seen",
        *["Say how, and on which day, this evidence was seen."] * 2,
    ]
    assert shown(bare, 422).by_id(f"note_{KEY}").text.strip() == "Ask."
    assert "1.1a: Not met" in kept.text
    assert again.by_id(f"finding_{KEY}").text.strip() == "It was missing."


async def test_what_a_colleague_wrote_meanwhile_is_told_and_never_undone_unseen(
    people: Browsers, desk: Desk
) -> None:
    here, lead, colleague = await planned(people, desk), people["lead"], people["colleague"]
    form = f"{here}/sites/1/standards/1.1"
    seen_before = filled(await open_page(lead, form))
    await done(colleague, form, **judging("not-met", finding="It was missing."))
    left_alone = await lead.post(form, data=seen_before)
    anew = seen_before | {"form_key": str(uuid.uuid4())}
    refused = await lead.post(form, data=anew | judging("met"))
    page = shown(refused, 412)
    told = problems_told(page)
    sent_again = await lead.post(form, data=filled(page))

    assert left_alone.headers["location"].endswith("?done=same")
    assert told[0].startswith("A colleague judged 1.1a since you opened the page: Not met")
    assert "It was missing." in told[0]
    assert sent_again.status_code == 303
    assert "1.1a: Met" in (await open_page(lead, here)).text


async def test_only_what_the_provider_calls_wrong_is_corrected_once_it_reads_the_draft(
    people: Browsers, desk: Desk
) -> None:
    address = await drafted(people, desk)
    here, lead = page_of(address), people["lead"]
    said = {"site": 1, "criterion": "2.1b", "comment": "It is in the folder."}
    settled = await open_page(lead, f"{here}/sites/1/standards/2.1")
    await people["manager"].post(f"{address}/comments", json={"comments": [said]})
    corrected = await done(
        lead, f"{here}/sites/1/standards/2.1", **judging("met", "1-2-1b", finding="")
    )

    assert not settled.all("textarea")
    assert "It is in the folder." in corrected.text


async def test_who_does_not_inspect_judges_nothing(people: Browsers, desk: Desk) -> None:
    form = f"{page_of(await judged(people, desk))}/sites/1/standards/1.1"
    not_named = await fill_in(people["colleague"], form, **judging("partly-met", finding="No."))

    assert not_named.status_code == 403
    assert (await people["second"].get(form)).status_code == 403
    assert (await people["lead"].get(form.replace("1.1", "3.9"))).status_code == 404


def asked(criterion: str, **members: Any) -> AskedAtSite:
    """Return a criterion that is looked at."""
    told = {"site": 1, "requirement": "It is so.", "gate": "major", "force": "standard"}
    return AskedAtSite.model_validate(
        told | {"criterion": criterion, "found": None, "last": None} | members
    )


def test_what_is_carried_forward_needs_nothing_typed_and_the_rest_is_shown_as_it_is_now() -> None:
    last = {"judgement": "met", "finding": None, "method": "visit", "seen_on": "2026-09-01"}
    before = [asked("1.1a", last=last | {"inspection": "QA1"}), asked("1.1b")]
    typed = {**typed_of(before), f"carried_{KEY}": ["yes"]}
    typed |= {name: [value] for name, value in carried_of(before).items()}

    (stated,) = stated_in(before, {f"carried_{KEY}": ["yes"]}, typed)
    assert (stated.judgement, stated.carried) == ("met", True)
    assert f"{stated.seen_on}" == "2026-09-01"

    seen = found("1.1b", "not-met", note=None, carried=False, files=[], version=3)
    seen = {name: value for name, value in seen.items() if name not in {"site", "criterion"}}
    now = [before[0], asked("1.1b", found=seen | {"judged_at": clock.now()})]
    again = still_typed(now, typed)
    assert again["judgement_1-1-1b"] == ["not-met"]
    assert again[f"carried_{KEY}"] == ["yes"]
