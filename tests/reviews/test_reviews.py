"""Reviews of placements: due from the first, held, told; and no longer place while one is late."""

from typing import Any

import asyncpg
import httpx

from app import clock
from app.rules.school_days import school_year_of
from tests.children.asking import COMMISSIONING, add
from tests.oversight.asking import end
from tests.placements.asking import PLACEMENTS, in_days, place
from tests.providers.router.asking import at_version, pointers, problem
from tests.reviews.conftest import People, Setting

MARKER = "Zebediah likes the goats"


def a_review(**members: Any) -> dict[str, Any]:
    """Return a review of today, as it is sent."""
    told: dict[str, Any] = {"reference": "R-1", "held_on": in_days(0), "decision": "continue"}
    told |= {"held_by": "Example Lead, SENCO", "childs_voice": MARKER, "attendance_seen": 88}
    told |= {"progress": "some", "against_objectives": "Reads daily.", "safeguarding": "Safe."}
    return told | members


async def review(
    client: httpx.AsyncClient, placement: dict[str, Any], **members: Any
) -> httpx.Response:
    """Record a review."""
    return await client.post(f"{PLACEMENTS}/{placement['id']}/reviews", json=a_review(**members))


async def told(client: httpx.AsyncClient, placement: dict[str, Any]) -> dict[str, Any]:
    """Read when a placement is reviewed and what reviews found."""
    answer = await client.get(f"{PLACEMENTS}/{placement['id']}/reviews", params=COMMISSIONING)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


async def running(people: People, setting: Setting, **of: Any) -> dict[str, Any]:
    """Let a placement run since a month."""
    made = await place(people["school"], setting, starts_on=in_days(-30), **of)
    assert made.status_code == 201, made.text
    body: dict[str, Any] = made.json()
    return body


async def test_a_placement_has_a_review_due_from_the_first_and_none_once_it_ended(
    people: People, setting: Setting
) -> None:
    placed = await running(people, setting)
    upcoming = (await place(people["school"], setting)).json()
    first, later = [await told(people["home"], one) for one in (placed, upcoming)]
    await end(people["school"], placed, destination="custody")
    after = await told(people["school"], placed)

    assert (first["light"], first["approximate"]) == ("green", True)
    assert in_days(35) < first["next_on"] < first["latest_on"] < in_days(90)
    assert later["next_on"] > first["next_on"]
    assert [(one["rule"], one["basis"]) for one in first["why"]][:2] == [
        ("half-termly-review", "statutory-guidance"),
        ("review-weeks", "policy"),
    ]
    assert (after["next_on"], after["light"]) == (None, None)
    assert problem(await review(people["school"], placed)) == (409, "placement-ended")


async def test_where_terms_are_stated_reviews_are_counted_by_them(
    people: People, setting: Setting
) -> None:
    school, year = setting.members["school"].organisation_id, school_year_of(clock.today())
    terms = [{"first": f"{year}-08-01", "last": f"{year + 1}-07-31"}]
    for following in (0, 1):
        moved = [{name: _years_on(day, following) for name, day in terms[0].items()}]
        stated = await people["school"].put(
            f"/v1/organisations/{school}/calendars/{year + following}",
            json={"terms": moved},
            headers=at_version(1),
        )
        assert stated.status_code == 200, stated.text

    first = await told(people["school"], await running(people, setting))

    assert first["approximate"] is False
    assert [one["rule"] for one in first["why"]] == ["half-termly-review", "review-weeks"]


def _years_on(day: str, years: int) -> str:
    return f"{int(day[:4]) + years}{day[4:]}"


async def test_a_review_is_kept_once_unreadable_and_puts_the_next_one_off(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placed = await running(people, setting)
    await owner.execute("UPDATE reviews_due SET next_on = current_date - 3")
    late = await told(people["school"], placed)

    first = await review(people["school"], placed, next_on=in_days(20))
    again = await review(people["school"], placed, next_on=in_days(20))
    refused = [
        await review(people["school"], placed, reference="R-2"),
        await review(people["school"], placed, held_on=in_days(-1)),
        await review(people["school"], placed, childs_voice="Another."),
    ]

    assert late["light"] == "red"
    assert (first.status_code, again.status_code) == (201, 200), first.text
    assert [problem(one) for one in refused] == [(409, "review-held-already")] * 3
    assert [pointers(one) for one in refused] == [["/held_on"], ["/reference"], ["/reference"]]
    body = await told(people["home"], placed)
    assert (body["next_on"], body["light"]) == (in_days(20), "green")
    [held] = body["held"]
    assert (held["childs_voice"], held["attendance_seen"]) == (MARKER, 88)
    rows = await owner.fetch("SELECT encrypted FROM placement_reviews")
    assert MARKER.encode() not in rows[0]["encrypted"]
    assert not any(MARKER in str(row) for row in await owner.fetch("SELECT * FROM audit_entries"))


async def test_a_review_that_cannot_be_is_refused(people: People, setting: Setting) -> None:
    placed = await running(people, setting)
    wrong: list[tuple[dict[str, Any], list[str]]] = [
        ({"held_on": in_days(1)}, ["/held_on"]),
        ({"held_on": in_days(-31)}, ["/held_on"]),
        ({"next_on": in_days(120)}, ["/next_on"]),
        ({"next_on": in_days(0)}, [""]),
        ({"attendance_seen": 101}, ["/attendance_seen"]),
        ({"childs_voice": ""}, ["/childs_voice"]),
    ]

    for members, where in wrong:
        refused = await review(people["school"], placed, **members)
        assert (problem(refused), pointers(refused)) == ((422, "invalid-request"), where), members
    assert problem(await review(people["home"], placed)) == (403, "placement-not-yours")
    assert problem(await review(people["other"], placed)) == (404, "placement-not-found")


async def test_an_older_review_recorded_late_changes_nothing_of_what_is_due(
    people: People, setting: Setting
) -> None:
    placed = await running(people, setting)
    await review(people["school"], placed)
    before = await told(people["school"], placed)

    late = await review(people["school"], placed, reference="R-0", held_on=in_days(-10))

    assert late.status_code == 201, late.text
    assert (await told(people["school"], placed))["next_on"] == before["next_on"]


async def test_the_provider_adds_its_part_and_reads_nothing(
    people: People, setting: Setting
) -> None:
    placed = await running(people, setting)
    address = f"{PLACEMENTS}/{placed['id']}/reviews"
    said = {"what": "Comes on time; welds well."}

    given = await people["manager"].post(f"{address}/contributions", json=said)
    by_school = await people["school"].post(f"{address}/contributions", json=said)
    read = await people["manager"].get(address, params=COMMISSIONING)

    assert given.status_code == 201, given.text
    assert problem(by_school)[0] == 403
    assert problem(read)[0] == 403
    [seen] = (await told(people["school"], placed))["contributions"]
    assert seen["what"] == said["what"]
    await end(people["school"], placed, destination="custody")
    late = await people["manager"].post(f"{address}/contributions", json=said)
    assert problem(late) == (404, "place-not-yours")


async def test_a_place_is_made_longer_but_not_while_a_review_is_overdue(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placed = await running(people, setting)
    address = f"{PLACEMENTS}/{placed['id']}/extension"
    asked = {"planned_end_on": in_days(120), "reason": "examinations"}
    await owner.execute("UPDATE reviews_due SET next_on = current_date - 1")

    late = await people["school"].post(address, json=asked, headers=at_version(1))
    await review(people["school"], placed)
    earlier = await people["school"].post(
        address, json=asked | {"planned_end_on": in_days(80)}, headers=at_version(1)
    )
    longer = await people["school"].post(address, json=asked, headers=at_version(1))
    by_home = await people["home"].post(address, json=asked, headers=at_version(2))

    assert problem(late) == (409, "review-overdue")
    assert problem(earlier) == (422, "invalid-request")
    assert longer.json()["planned_end_on"] == in_days(120), longer.text
    assert problem(by_home) == (403, "placement-not-yours")
    last = await owner.fetchval("SELECT max(upper(period)) - 1 FROM commitments")
    assert last.isoformat() == in_days(120)


async def test_the_list_shows_the_longest_overdue_first(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placed = [await running(people, setting, child=await add(people["school"])) for _ in range(3)]
    for days, one in zip((2, 9, -5), placed, strict=True):
        await owner.execute(
            "UPDATE reviews_due SET next_on = current_date - $2::integer WHERE placement_id = $1",
            *(one["id"], days),
        )
    query: dict[str, Any] = COMMISSIONING | {"limit": 2}

    async def listed(name: str, **more: Any) -> Any:
        answer = await people[name].get("/v1/reviews", params=query | more)
        assert answer.status_code == 200, answer.text
        return answer.json()

    first = await listed("school")
    second = (await people["school"].get(first["links"]["next"])).json()

    items = first["items"] + second["items"]
    assert [one["placement"] for one in items] == [placed[n]["id"] for n in (1, 0, 2)]
    assert [one["light"] for one in items] == ["red", "red", "amber"]
    assert len((await listed("home", overdue=True))["items"]) == 2
    assert (await listed("other"))["items"] == []
    assert (await listed("elsewhere"))["items"] == []
    assert (await listed("school", opened=True))["items"] == []
