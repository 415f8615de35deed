"""Handing a follow-up to another authority: until that accepts, the former goes on."""

from typing import Any

from tests.children.asking import add
from tests.factories.children import circumstances
from tests.oversight.asking import act, found, lose, read, unaccounted
from tests.oversight.conftest import People, Setting
from tests.placements.asking import in_days
from tests.providers.router.asking import at_version, problem


async def test_a_follow_up_is_handed_over_once_the_other_accepts(
    people: People, setting: Setting
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])
    asked: dict[str, Any] = {"to_la": "937", "reason": "seen-there"}

    offered = await act(people["home"], seen, "handover", **asked)
    again = await act(people["home"], seen, "handover", 2, **asked)
    [before] = await unaccounted(people["elsewhere"])
    early = await found(people["elsewhere"], seen, 2)
    accepted = await act(people["elsewhere"], seen, "handover/answer", 2, answer="accepted")
    late = await found(people["home"], seen, 3)
    ended = await found(
        people["elsewhere"], seen, 3, outcome="received-by-authority", destination=None
    )

    assert offered.json()["offered_to_la"] == "937"
    assert problem(again) == (409, "handover-open")
    assert before["la"] == "331"
    assert problem(early) == (403, "follow-up-not-yours")
    assert accepted.status_code == 200, accepted.text
    assert [(one["la"], one["became"]) for one in accepted.json()["authorities"]] == [
        ("331", "opened"),
        ("937", "handed-over"),
    ]
    assert problem(late)[0] in {403, 404}
    assert ended.json()["outcome"] == "received-by-authority"


async def test_whoever_declines_sees_it_no_more_and_the_former_goes_on(
    people: People, setting: Setting
) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])
    await act(people["home"], seen, "handover", to_la="937", reason="moved-there")

    lapsed = await act(people["elsewhere"], seen, "handover/answer", 2, answer="lapsed")
    by_former = await act(people["home"], seen, "handover/answer", 2, answer="accepted")
    declined = await act(people["elsewhere"], seen, "handover/answer", 2, answer="declined")

    assert problem(lapsed) == (422, "invalid-request")
    assert problem(by_former) == (404, "handover-not-found")
    assert declined.status_code == 200, declined.text
    assert problem(await read(people["elsewhere"], seen)) == (404, "follow-up-not-found")
    [still] = await unaccounted(people["home"])
    assert (still["la"], still["offered_to_la"]) == ("331", None)


async def test_a_school_takes_nothing_over(people: People, setting: Setting) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["school"])

    by_school = await act(people["school"], seen, "handover/answer", answer="accepted")
    offered = await act(people["school"], seen, "handover", to_la="937", reason="moved-there")

    assert problem(by_school) == (403, "follow-up-not-yours")
    assert problem(offered) == (403, "follow-up-not-yours")


async def test_it_is_offered_to_another_authority(people: People, setting: Setting) -> None:
    await lose(people["school"], setting)
    [seen] = await unaccounted(people["home"])

    for to_la in ("331", "999"):
        refused = await act(people["home"], seen, "handover", to_la=to_la, reason="seen-there")
        assert problem(refused) == (422, "invalid-request")
    by_itself: dict[str, Any] = {"to_la": "937", "reason": "circumstances-changed"}
    assert problem(await act(people["home"], seen, "handover", **by_itself))[0] == 422


async def test_where_the_child_lives_now_is_asked_by_itself(
    people: People, setting: Setting
) -> None:
    child = await add(people["school"])
    await lose(people["school"], setting, child)
    moved = circumstances(since=in_days(0), home_la="937")

    await people["school"].post(
        f"/v1/children/{child['id']}/circumstances", json=moved, headers=at_version(1)
    )

    [asked] = await unaccounted(people["elsewhere"])
    assert (asked["la"], asked["offered_to_la"]) == ("331", "937")
