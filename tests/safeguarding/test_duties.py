"""One body answers for each duty, from the recording on; the other takes over once it accepts."""

import asyncio
from datetime import date, timedelta
from typing import Any

import asyncpg
import httpx
import pytest

from app import clock
from app.values.uuid7 import uuid7
from tests.children.asking import add
from tests.factories.children import circumstances
from tests.placements.asking import PLACEMENTS, in_days, place
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem

READING = {"purpose": "safeguarding"}
PERSON = {
    "name": "Example Lead",
    "post": "Designated safeguarding lead",
    "phone": "024 7600 0000",
    "email": "lead@example.org",
}


async def placed(people: People, setting: Setting, **members: Any) -> dict[str, Any]:
    """Let a school's child be placed from today, whose home authority is Coventry."""
    answer = await place(people["school"], setting, starts_on=in_days(7), **members)
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def lead(placement: dict[str, Any], *more: str) -> str:
    return "/".join((PLACEMENTS, placement["id"], "lead-contact", *more))


async def read(client: httpx.AsyncClient, placement: dict[str, Any]) -> dict[str, Any]:
    answer = await client.get(lead(placement), params=READING)
    assert answer.status_code == 200, answer.text
    return {one["duty"]: one for one in answer.json()["duties"]}


async def offer(client: httpx.AsyncClient, placement: dict[str, Any], **of: Any) -> httpx.Response:
    sent = {"duty": "lead-contact", "to": "home-la", "since": in_days(1)} | of
    return await client.post(lead(placement, "offers"), json=sent)


def offered(answer: httpx.Response) -> str:
    assert answer.status_code == 201, answer.text
    first, *_ = (one for one in answer.json()["duties"] if one["duty"] == "lead-contact")
    return str(first["offers"][0]["id"])


async def say(
    client: httpx.AsyncClient, placement: dict[str, Any], offer_id: str, answer: str
) -> httpx.Response:
    body = {"person": PERSON} if answer == "acceptance" else None
    return await client.post(lead(placement, "offers", offer_id, answer), json=body)


async def test_the_commissioner_answers_from_the_recording_on(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)

    told = await read(people["school"], placement)

    assert set(told) == {"lead-contact", "attendance-follow-up"}
    for one in told.values():
        assert (one["body"]["name"], one["yours"]) == ("Example School", True)
        assert one["contact"]["name"] == "Example Placer"
        assert [row["until"] for row in one["periods"]] == [None]
        assert one["periods"][0]["since"] == clock.today().isoformat()


async def test_a_duty_passes_when_both_agree(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    with clock.at(clock.now() - timedelta(days=1)):
        placement = await placed(people, setting)
        offer_id = offered(await offer(people["school"], placement))
        waiting = await read(people["home"], placement)
        accepted = await say(people["home"], placement, offer_id, "acceptance")
        today = await read(people["school"], placement)
    tomorrow = await read(people["manager"], placement)

    assert waiting["lead-contact"]["body"]["name"] == "Example School"
    assert accepted.status_code == 200, accepted.text
    assert today["lead-contact"]["body"]["name"] == "Example School"
    first, second = today["lead-contact"]["periods"]
    assert (first["until"], second["since"]) == (in_days(-1), in_days(0))
    assert today["attendance-follow-up"]["yours"] is True
    taken = tomorrow["lead-contact"]
    assert taken["body"]["id"] == str(setting.members["home"].organisation_id)
    assert {name: taken["contact"][name] for name in PERSON} == PERSON
    assert (taken["yours"], taken["offers"]) == (False, [])
    kept = await owner.fetchval("SELECT string_agg(encrypted_reach::text, '') FROM duty_contacts")
    assert b"example.test".hex() not in kept


@pytest.mark.parametrize(("who", "answer"), [("home", "refusal"), ("school", "withdrawal")])
async def test_what_is_refused_or_withdrawn_changes_nothing(
    people: People, setting: Setting, who: str, answer: str
) -> None:
    placement = await placed(people, setting)
    offer_id = offered(await offer(people["school"], placement))

    said = await say(people[who], placement, offer_id, answer)
    again = await say(people[who], placement, offer_id, answer)
    late = await say(people["home"], placement, offer_id, "acceptance")
    anew = await offer(people["school"], placement)

    assert said.status_code == 200, said.text
    assert problem(again) == (409, "duty-offer-answered")
    assert problem(late) == (409, "duty-offer-answered")
    assert anew.status_code == 201
    told = await read(people["school"], placement)
    assert len(told["lead-contact"]["periods"]) == 1


@pytest.mark.parametrize(
    ("of", "where"),
    [
        ({"to": "home-school"}, "/to"),
        ({"to": "commissioner"}, "/to"),
        ({"since": in_days(-1)}, "/since"),
        ({"since": in_days(0)}, "/since"),
    ],
)
async def test_what_cannot_be_offered_is_refused_where_it_stands(
    people: People, setting: Setting, of: dict[str, Any], where: str
) -> None:
    placement = await placed(people, setting)

    answer = await offer(people["school"], placement, **of)

    assert problem(answer) == (422, "invalid-request")
    assert pointers(answer) == [where]


async def test_only_who_answers_offers_and_only_who_is_asked_accepts(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)

    not_theirs = await offer(people["home"], placement)
    unseen = await offer(people["other"], placement)
    provider = await offer(people["manager"], placement)
    offer_id = offered(await offer(people["school"], placement))
    twice = await offer(people["school"], placement)
    itself = await say(people["school"], placement, offer_id, "acceptance")
    taken_back = await say(people["home"], placement, offer_id, "withdrawal")
    no_offer = await say(people["home"], placement, str(uuid7()), "acceptance")
    looked = await people["other"].get(lead(placement), params=READING)

    assert problem(not_theirs) == (403, "duty-not-yours")
    assert problem(unseen) == (404, "placement-not-found")
    assert problem(provider) == (403, "not-permitted")
    assert problem(twice) == (409, "duty-offer-open")
    assert problem(itself) == (403, "duty-not-yours")
    assert problem(taken_back) == (403, "duty-not-yours")
    assert problem(no_offer) == (404, "duty-offer-not-found")
    assert problem(looked) == (404, "placement-not-found")


async def test_two_who_answer_at_once_make_one_handover(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    offer_id = offered(await offer(people["school"], placement))

    answers = await asyncio.gather(
        say(people["home"], placement, offer_id, "acceptance"),
        say(people["home"], placement, offer_id, "acceptance"),
        say(people["school"], placement, offer_id, "withdrawal"),
    )

    assert sorted(one.status_code for one in answers) == [200, 409, 409]


async def test_a_day_that_passed_has_to_be_offered_anew(people: People, setting: Setting) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        placement = await placed(people, setting)
        offer_id = offered(await offer(people["school"], placement))

    answer = await say(people["home"], placement, offer_id, "acceptance")

    assert problem(answer) == (409, "duty-offer-over")


async def test_nothing_is_handed_over_after_the_end(people: People, setting: Setting) -> None:
    placement = (await place(people["school"], setting, starts_on=in_days(-9))).json()
    offer_id = offered(await offer(people["school"], placement))
    end = {"ended_on": in_days(-1), "reason": "reintegrated", "destination": "home-school"}
    ended = await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/end", json=end, headers=at_version(1)
    )
    assert ended.status_code == 200, ended.text

    accepted = await say(people["home"], placement, offer_id, "acceptance")
    more = await offer(people["school"], placement, duty="attendance-follow-up")
    told = await people["school"].get(lead(placement), params=READING)

    assert problem(accepted) == (409, "placement-ended")
    assert problem(more) == (409, "placement-ended")
    assert told.json()["on"] == in_days(-1)
    assert told.json()["duties"][0]["body"]["name"] == "Example School"


async def test_the_body_that_answers_names_its_people(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    new = {"duty": "attendance-follow-up", "person": PERSON}

    named = await people["school"].post(lead(placement, "people"), json=new)
    others = await people["home"].post(lead(placement, "people"), json=new)

    assert named.status_code == 200, named.text
    told = await read(people["home"], placement)
    assert told["attendance-follow-up"]["contact"]["phone"] == PERSON["phone"]
    assert told["lead-contact"]["contact"]["name"] == "Example Placer"
    assert problem(others) == (403, "duty-not-yours")


async def test_the_home_school_takes_over_what_an_authority_began(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    school = setting.members["school"].organisation_id
    urn = await owner.fetchval("SELECT urn FROM schools WHERE organisation_id = $1", school)
    child = await add(people["home"], circumstances=circumstances(school=urn))
    route = {"route": "health-absence", "starts_on": in_days(7)}
    placement = (await place(people["home"], setting, child=child, **route)).json()
    offer_id = offered(await offer(people["home"], placement, to="home-school"))

    accepted = await say(people["school"], placement, offer_id, "acceptance")

    assert accepted.status_code == 200, accepted.text


async def test_the_database_refuses_a_gap_and_two_at_once(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    period = await owner.fetchrow(
        "SELECT * FROM duty_periods WHERE placement_id = $1 AND duty = 'lead-contact'",
        placement["id"],
    )
    assert period is not None
    ends = period["since"] + timedelta(days=3)
    add_one = (
        "INSERT INTO duty_periods (id, placement_id, duty, organisation_id, since, recorded_at) "
        "VALUES ($1, $2, 'lead-contact', $3, $4, now())"
    )

    async def attempt(*statements: tuple[Any, ...]) -> None:
        async with owner.transaction():
            for statement in statements:
                await owner.execute(*statement)

    cut = ("UPDATE duty_periods SET until = $2 WHERE id = $1", period["id"], ends)

    def begin(day: date) -> tuple[Any, ...]:
        return (add_one, uuid7(), period["placement_id"], period["organisation_id"], day)

    with pytest.raises(asyncpg.CheckViolationError, match="nobody answers"):
        await attempt(cut)
    with pytest.raises(asyncpg.CheckViolationError, match="nobody answers"):
        await attempt(cut, begin(ends + timedelta(days=2)))
    with pytest.raises(asyncpg.CheckViolationError, match="nobody answers"):
        await attempt(("DELETE FROM duty_periods WHERE id = $1", period["id"]))
    with pytest.raises(asyncpg.ExclusionViolationError):
        await attempt(cut, begin(ends))
    await attempt(cut, begin(ends + timedelta(days=1)))


async def test_what_others_ask_of_a_body_is_listed_for_it_alone_until_it_answers(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)
    offer_id = offered(await offer(people["school"], placement))
    waiting = "/v1/lead-contact-offers"

    told = (await people["home"].get(waiting, params=READING)).json()["items"]
    nothing = [
        (await people[who].get(waiting, params=READING)).json()["items"]
        for who in ("school", "other", "elsewhere")
    ]
    await say(people["home"], placement, offer_id, "refusal")
    after = (await people["home"].get(waiting, params=READING)).json()["items"]

    assert [(one["id"], one["placement"]) for one in told] == [(offer_id, placement["id"])]
    assert told[0]["from"]["name"] == "Example School"
    assert (nothing, after) == ([[], [], []], [])


async def test_offers_that_wait_are_listed_page_by_page(people: People, setting: Setting) -> None:
    for _ in range(2):
        offered(await offer(people["school"], await placed(people, setting)))

    first = await people["home"].get("/v1/lead-contact-offers", params=READING | {"limit": 1})
    second = await people["home"].get(first.json()["links"]["next"])

    assert [len(one.json()["items"]) for one in (first, second)] == [1, 1]
    assert first.json()["items"] != second.json()["items"]
    assert second.json()["links"]["next"] is None
