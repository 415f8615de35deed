"""Arranging who pays: computed to the penny, signed by each payer, void when amounts change."""

import asyncio
import uuid
from datetime import date
from typing import Any

import asyncpg
import pytest

from tests.funding.asking import (
    FINANCE,
    FUNDING,
    amend,
    arrange,
    arranged,
    overview,
    payer,
    placed,
    read,
    sign,
    split,
    terms,
)
from tests.placements.asking import PLACEMENTS, in_days, mornings
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, pointers, problem


async def test_a_split_is_computed_signed_by_each_payer_and_agreed(
    people: People, setting: Setting
) -> None:
    made = await arranged(people, setting)

    assert made["terms"]["estimate_pence"] == 300_300
    assert [one["amount_pence"] for one in made["terms"]["payers"]] == [180_180, 120_120]
    assert (made["state"], made["missing_signatures"]) == ("to-sign", [1, 2])

    first = await sign(people["signatory"], made, 1)
    second = await sign(people["payer"], made, 2)

    assert (first.status_code, second.status_code) == (200, 200), second.text
    assert first.json()["missing_signatures"] == [2]
    told = second.json()
    assert (told["state"], told["missing_signatures"]) == ("agreed", [])
    assert told["terms"]["payers"][0]["signature"]["signed_name"] == "Example Signatory"
    assert told["interim_payer"] is None


async def test_the_law_is_told_beside_what_is_agreed(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)

    told = await overview(people["school"], placement)

    law = told["first_payer_by_law"]
    assert (law["party"], law["name"]) == ("school", "Example School")
    assert law["rule"]["code"] == "payer-follows-duty"
    assert law["rule"]["basis"] == "policy"
    assert law["owed_by"] is None
    whole = {"kind": "education", "since": placement["starts_on"]}
    assert told["gaps"] == [whole | {"until": placement["planned_end_on"]}]


async def test_gaps_and_days_outside_are_found(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    await arranged(people, setting, placement, since=in_days(14), until=in_days(20))
    await arranged(people, setting, placement, since=in_days(25), until=in_days(120))

    told = await overview(people["school"], placement)
    listed = await people["school"].get(f"{FUNDING}/gaps", params=FINANCE)

    education = {"kind": "education"}
    assert told["gaps"] == [
        education | {"since": in_days(7), "until": in_days(13)},
        education | {"since": in_days(21), "until": in_days(24)},
    ]
    assert told["outside"] == [education | {"since": in_days(91), "until": in_days(120)}]
    assert [one["gaps"] for one in listed.json()["items"]] == [told["gaps"]]


def _shares(*shares: int) -> Any:
    return lambda setting: [
        one | {"share_basis_points": share}
        for one, share in zip(split(setting), shares, strict=True)
    ]


def _amounts(*amounts: int) -> Any:
    return lambda setting: [
        {name: value for name, value in one.items() if name != "share_basis_points"}
        | {"amount_pence": amount}
        for one, amount in zip(split(setting), amounts, strict=True)
    ]


def _unknown(setting: Setting) -> list[dict[str, Any]]:
    return [split(setting)[0], split(setting)[1] | {"organisation": str(uuid.UUID(int=7))}]


def _no_school(setting: Setting) -> list[dict[str, Any]]:
    return [payer(setting, "payer", "school", share_basis_points=10_000)]


def _nameless(_: Setting) -> list[dict[str, Any]]:
    return [{"capacity": "home-la", "name": "Some council", "share_basis_points": 10_000}]


@pytest.mark.parametrize(
    ("payers", "where"),
    [
        (_shares(6_000, 3_999), ["/payers"]),
        (_amounts(180_180, 120_121), ["/payers"]),
        (_unknown, ["/payers/1/organisation"]),
        (_no_school, ["/payers/0/capacity"]),
        (_nameless, ["/payers/0/name"]),
        (lambda setting: [split(setting)[0]] * 2, [""]),
        (lambda setting: [split(setting)[0], _amounts(1, 2)(setting)[1]], [""]),
    ],
)
async def test_payers_that_cannot_be_are_refused_where_they_stand(
    people: People, setting: Setting, payers: Any, where: list[str]
) -> None:
    placement = await placed(people, setting)

    answer = await arrange(people["school"], placement, terms(setting, payers=payers(setting)))

    assert problem(answer) == (422, "invalid-request")
    assert pointers(answer) == where


@pytest.mark.parametrize(
    "members",
    [
        {"until": in_days(6)},
        {"unit": "week"},
        {"units_a_week": None},
        {"unit": "place", "units_a_week": None, "times": 2},
        {"price_pence": -1},
        {"price_pence": 1.5},
    ],
)
async def test_terms_that_contradict_themselves_are_refused(
    people: People, setting: Setting, members: dict[str, Any]
) -> None:
    placement = await placed(people, setting)

    answer = await arrange(people["school"], placement, terms(setting, **members))

    assert problem(answer) == (422, "invalid-request")


async def test_the_same_days_are_not_arranged_twice(people: People, setting: Setting) -> None:
    made = await arranged(people, setting)
    placement = made["placement"]

    again = await arrange(people["school"], placement, terms(setting, since=in_days(90)))
    meals = await arrange(people["school"], placement, terms(setting, kind="meals"))

    assert problem(again) == (409, "funding-overlaps")
    assert meals.status_code == 201


async def test_a_closed_payer_is_refused_and_its_successor_named(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    school = setting.members["school"].organisation_id
    urn = await owner.fetchval("SELECT urn FROM schools WHERE organisation_id = $1", school)
    later = setting.members["other"].organisation_id
    await owner.execute(
        "INSERT INTO schools (organisation_id, urn, status) VALUES ($1, '999999', 'Open')", later
    )
    await owner.execute("INSERT INTO school_links VALUES ($1, '999999', 'Successor')", urn)
    made = await arranged(people, setting, placement)
    await owner.execute(
        "UPDATE organisations SET closed_on = $2 WHERE id = $1", school, date(2026, 11, 1)
    )

    refused = await amend(people["school"], made, terms(setting, price_pence=1))
    seen = (await read(people["school"], made)).json()["terms"]["payers"][0]["closed"]

    assert problem(refused) == (409, "payer-closed")
    named = [{"id": str(later), "name": "Example Academy"}]
    assert refused.json()["successors"] == named
    assert seen == {"closed_on": "2026-11-01", "successors": named}


async def test_an_authority_that_is_no_more_is_followed_by_whoever_has_its_area(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    made = await arranged(people, setting, placement)
    home = setting.members["payer"].organisation_id
    await owner.execute(
        "INSERT INTO former_local_authorities VALUES ('E08000999', '331', 'Coventry', 2025)"
    )
    await owner.execute("INSERT INTO former_local_authority_successors VALUES ('E08000999', '937')")
    await owner.execute(
        "UPDATE organisations SET closed_on = $2 WHERE id = $1", home, date(2026, 11, 1)
    )

    closed = (await read(people["school"], made)).json()["terms"]["payers"][1]["closed"]

    assert [one["name"] for one in closed["successors"]] == ["Warwickshire"]


async def test_other_amounts_make_signatures_void_and_the_old_terms_stay(
    people: People, setting: Setting
) -> None:
    made = await arranged(people, setting)
    await sign(people["signatory"], made, 1)
    signed = (await sign(people["payer"], made, 2)).json()

    answer = await amend(people["school"], signed, terms(setting, price_pence=6_000))

    assert answer.status_code == 200, answer.text
    told = answer.json()
    assert (told["state"], told["missing_signatures"]) == ("to-sign", [1, 2])
    assert told["agreed_at"] is None
    former = told["former_terms"][0]
    assert (former["number"], former["price_pence"], former["signatures_void"]) == (1, 5_005, True)
    assert former["payers"][0]["signature"]["signed_name"] == "Example Signatory"
    stale = await sign(people["payer"], made, 2)
    assert problem(stale) == (409, "funding-terms-changed")


async def test_the_same_amounts_keep_what_was_signed(people: People, setting: Setting) -> None:
    made = await arranged(people, setting)
    await sign(people["signatory"], made, 1)
    signed = (await sign(people["payer"], made, 2)).json()
    ordered = split(setting)
    ordered[0]["order_number"] = "PO-8"

    told = (await amend(people["school"], signed, terms(setting, payers=ordered))).json()

    assert (told["state"], told["missing_signatures"]) == ("agreed", [])
    assert told["terms"]["payers"][0]["order_number"] == "PO-8"
    assert told["terms"]["payers"][0]["signature"] is not None
    assert told["former_terms"][0]["signatures_void"] is False


async def test_other_hours_have_to_be_confirmed(people: People, setting: Setting) -> None:
    placement = await placed(people, setting)
    made = await arranged(people, setting, placement)
    await sign(people["signatory"], made, 1)
    await sign(people["payer"], made, 2)
    change = {"since": in_days(21), "sessions": mornings("monday"), "minutes_elsewhere": 300}
    changed = await people["school"].post(
        f"{PLACEMENTS}/{placement['id']}/timetables",
        json=change,
        headers=at_version(placement["version"]),
    )
    assert changed.status_code == 200, changed.text

    told = (await read(people["school"], made)).json()
    confirmed = (await amend(people["school"], told, terms(setting))).json()

    assert (told["state"], told["hours_changed_on"]) == ("to-be-confirmed", in_days(21))
    assert (confirmed["state"], confirmed["hours_changed_on"]) == ("agreed", None)


async def test_nobody_signs_twice_or_for_another(people: People, setting: Setting) -> None:
    made = await arranged(people, setting)

    first = await sign(people["signatory"], made, 1)
    answers = {
        "again": await sign(people["approver"], made, 1),
        "for the authority": await sign(people["signatory"], made, 2),
        "nobody's": await sign(people["signatory"], made, 3),
        "unseen": await sign(people["away"], made, 2),
        "commissioner": await sign(people["school"], made, 1),
        "in another's name": await sign(
            people["payer"], made, 2, signed_name="Somebody", signed_on="2026-01-01"
        ),
    }

    assert first.status_code == 200
    assert {name: problem(answer) for name, answer in answers.items()} == {
        "again": (409, "already-signed"),
        "for the authority": (403, "share-not-yours"),
        "nobody's": (404, "payer-not-found"),
        "unseen": (404, "funding-not-found"),
        "commissioner": (403, "not-permitted"),
        "in another's name": (422, "invalid-request"),
    }


async def test_two_who_sign_or_amend_at_once_do_it_once(people: People, setting: Setting) -> None:
    made = await arranged(people, setting)

    signed = await asyncio.gather(
        sign(people["signatory"], made, 1), sign(people["approver"], made, 1)
    )
    now = (await read(people["school"], made)).json()
    amended = await asyncio.gather(
        *(amend(people["school"], now, terms(setting, price_pence=p)) for p in (1, 2))
    )

    assert sorted(answer.status_code for answer in signed) == [200, 409]
    assert sorted(answer.status_code for answer in amended) == [200, 412]


async def test_who_is_not_on_the_service_agrees_through_the_commissioner(
    people: People, setting: Setting
) -> None:
    health = {"capacity": "health-body", "name": "Example ICB", "budget_line": "icb"}
    parts = [split(setting)[0], health | {"share_basis_points": 4_000}]
    made = await arranged(people, setting, payers=parts)

    unsaid = await sign(people["signatory"], made, 2)
    said = await sign(
        people["signatory"], made, 2, signed_name="Example Nurse", signed_on="2026-11-02"
    )

    assert problem(unsaid) == (422, "invalid-request")
    assert said.json()["terms"]["payers"][1]["signature"] == {
        "signed_name": "Example Nurse",
        "signed_on": "2026-11-02",
    }


async def test_what_an_excluding_school_gives_back_is_computed(
    people: People, setting: Setting
) -> None:
    back: dict[str, Any] = {
        "basis": "exclusion-formula",
        "from_organisation": str(setting.members["other"].organisation_id),
        "since": "2026-11-01",
        "until": "2027-03-31",
        "year_pence": 520_000,
        "weeks": 21,
    }

    made = await arranged(people, setting, recoveries=[back])
    refused = await arrange(
        people["school"],
        await placed(people, setting),
        terms(setting, recoveries=[back | {"school_kind": "special"}]),
    )

    told = made["terms"]["recoveries"][0]
    assert (told["amount_pence"], told["rule"]) == (210_000, "exclusion-money")
    assert told["formula"] == "£5,200.00 x 21/52 + £0.00 = £2,100.00"
    assert pointers(refused) == ["/recoveries/0/school_kind"]
