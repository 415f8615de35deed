"""The pages on which inspectors write down what they saw."""

import uuid
from typing import Any

from app import clock
from app.inspections.schemas.judgements import AskedAtSite
from app.pages.officers.quality.judgements import carried_of, stated_in, still_typed, typed_of
from app.pages.questions import DAY_PARTS
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
    unseen = {"method_all": "", **{f"seen_on_all-{part}": "" for part in DAY_PARTS}}
    bare = await fill_in(
        lead, form, **{f"judgement_{KEY}": "not-met", f"note_{KEY}": "Ask."}, **unseen
    )
    kept = await done(lead, form, **judging("not-met", finding="It was missing.", note="Ask."))
    again = await open_page(lead, form)

    assert nothing.headers["location"].endswith("?done=same")
    assert problems_told(shown(half, 422)) == [
        "1.1a: Choose what you found, or leave everything about it for later."
    ]
    assert problems_told(shown(bare, 422)) == [
        "1.1a: Say what was seen",
        "1.1a: Say how this evidence was seen.",
        "1.1a: Say on which day this evidence was seen.",
    ]
    assert shown(bare, 422).by_id(f"note_{KEY}").text.strip() == "Ask."
    assert "1.1a: Not met" in kept.text
    assert again.by_id(f"finding_{KEY}").text.strip() == "It was missing."


async def test_how_and_when_it_was_seen_is_said_once_for_a_page(
    people: Browsers, desk: Desk
) -> None:
    plan = a_plan(desk, desk.lead, criteria=["1.1a", "1.1b", "1.1c"])
    made = await people["lead"].post(INSPECTIONS, json=plan)
    here, lead = page_of(made.headers["location"]), people["lead"]
    form = f"{here}/sites/1/standards/1.1"
    met = {"judgement_1-1-1a": "met", "judgement_1-1-1b": "met"}
    await done(lead, form, **met, **{"method_1-1-1b": "desk"})
    await done(lead, form, **{"judgement_1-1-1c": "not-assessed", "finding_1-1-1c": "Shut."})

    sheet = (await lead.get(f"/v1{here}/judgements")).json()["items"]
    seen = {one["criterion"]: one["found"] for one in sheet if one["found"]}
    assert [seen[one]["method"] for one in ("1.1a", "1.1b", "1.1c")] == ["visit", "desk", None]
    today = clock.today().isoformat()
    assert [seen[one]["seen_on"] for one in ("1.1a", "1.1b", "1.1c")] == [today, today, None]


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
    assert told[0].startswith("1.1a: A colleague judged 1.1a since you opened the page: Not met")
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
