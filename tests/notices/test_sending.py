"""That a notice was sent: by whom, how, in time or late; and what cannot be is refused."""

from typing import Any

import pytest

from app import clock
from app.rules.notices.law import RAN_ALREADY
from app.rules.working_days import after_working_days
from tests.children.asking import add
from tests.notices.asking import (
    FATHER,
    MOTHER,
    composed,
    minutes_ago,
    notices,
    placed,
    send,
    state_contacts,
)
from tests.placements.asking import in_days, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import pointers, problem


async def test_sent_in_time_is_complete_by_and_by(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    sent = []
    for kind in ("parent-copy", "home-authority", "service-agreement"):
        notice = await composed(people["school"], placement, kind)
        before = await notices(people["school"], placement)
        sent.append(await send(people["school"], placement, notice))
        assert not before["complete"]

    told = await notices(people["home"], placement)

    assert (told["complete"], told["light"]) == (True, "green")
    assert {one["standing"] for one in told["needed"]} == {"sent"}
    assert [one.status_code for one in sent] == [201, 201, 201]
    (sending,) = sent[-1].json()["sendings"]
    assert (sending["to"], sending["late_by"], sending["sent_by"]) == (
        *("provider", None),
        "Example Placer",
    )


async def test_late_is_said_and_never_refused(people: People, setting: Setting) -> None:
    route = {"route": "off-site-direction", "starts_on": in_days(1), "sessions": mornings()}
    placement = await placed(people, setting, **route)
    overdue = await notices(people["school"], placement)
    notice = await composed(people["school"], placement, "direction")

    sent = await send(people["school"], placement, notice)
    told = await notices(people["school"], placement)

    assert (overdue["by"]["direction"]["late"], overdue["light"]) == (True, "red")
    assert sent.status_code == 201, sent.text
    assert sent.json()["sendings"][0]["late_by"].endswith(("day", "days"))
    assert any("late" in one for one in sent.json()["warnings"])
    assert told["by"]["direction"]["standing"] == "sent"
    assert (told["by"]["direction"]["late"], told["by"]["direction"]["light"]) == (True, "amber")


async def test_post_counts_as_given_when_it_arrives(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    notice = await composed(people["school"], placement)

    sent = await send(people["school"], placement, notice, way="post")

    arrives = after_working_days(clock.today(), 2)
    assert sent.json()["sendings"][0]["given_at"].startswith(arrives.isoformat())


@pytest.mark.parametrize("minutes", [-10, 10])
async def test_what_cannot_be_is_refused(people: People, setting: Setting, minutes: int) -> None:
    placement = await placed(people, setting)
    notice = await composed(people["school"], placement)

    answer = await send(people["school"], placement, notice, sent_at=minutes_ago(minutes))

    assert (problem(answer)[0], pointers(answer)) == (422, ["/sent_at"])


async def test_a_correction_is_a_row_of_its_own(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    notice = await composed(people["school"], placement)
    sent = (await send(people["school"], placement, notice)).json()["sendings"][0]

    bare = await send(people["school"], placement, notice, outcome="returned")
    back = await send(people["school"], placement, notice, outcome="returned", corrects=sent["id"])
    again = await send(people["school"], placement, notice, corrects=sent["id"])
    told = await notices(people["school"], placement)

    assert bare.status_code == 422
    assert back.status_code == 201, back.text
    assert [one["stands"] for one in back.json()["sendings"]] == [False, True]
    assert problem(again) == (409, "sending-corrected")
    assert told["by"]["parent-copy"]["standing"] == "to-send"
    last = back.json()["sendings"][1]["id"]
    mistaken: dict[str, Any] = {"outcome": "not-sent", "way": None, "sent_at": None}
    unsent = await send(people["school"], placement, notice, **mistaken, corrects=last)
    assert unsent.status_code == 201, unsent.text


async def test_what_is_safe_is_asked_again_when_it_is_sent(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"])
    placement = await placed(people, setting, child=child)
    await state_contacts(people["school"], child["id"], MOTHER | {"ways": ["hand"]}, FATHER)
    mothers = await composed(people["school"], placement, contact=1)
    fathers = await composed(people["school"], placement, contact=2)

    unsafe = await send(people["school"], placement, mothers, way="post")
    safe = await send(people["school"], placement, mothers)
    barred = MOTHER, FATHER | {"to_be_told": False}
    await state_contacts(people["school"], child["id"], *barred, version=2)
    refused = await send(people["school"], placement, fathers)
    await state_contacts(people["school"], child["id"], MOTHER, version=3)
    gone = await send(people["school"], placement, fathers)

    assert problem(unsafe) == (409, "way-not-safe")
    assert safe.status_code == 201, safe.text
    assert problem(refused) == problem(gone) == (409, "contact-not-to-be-told")
    assert "Father" not in refused.text + gone.text


async def test_what_ran_already_has_time_to_catch_up(people: People, setting: Setting) -> None:
    placement = await placed(people, setting, starts_on="2026-09-07")

    told = await notices(people["school"], placement)

    by = after_working_days(clock.today(), RAN_ALREADY.figures["working_days"])
    assert {one["due_by"] for one in told["needed"]} == {by.isoformat()}
    assert not any(one["late"] for one in told["needed"])


async def test_only_the_commissioner_sends(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    notice = await composed(people["school"], placement)

    foreign = await send(people["home"], placement, notice)
    unseen = await send(people["other"], placement, notice)
    absent = await send(people["school"], placement, {"id": placement["id"]})

    assert problem(foreign) == (403, "placement-not-yours")
    assert problem(unseen) == (404, "placement-not-found")
    assert problem(absent) == (404, "notice-not-found")
