"""Another payer needs two people; a dispute holds nothing up; who may see what."""

from datetime import timedelta
from typing import Any

import asyncpg
import httpx

from app import clock
from app.access import WORKER
from app.db.transactions import Database, transaction
from app.funding.service.following import note_interim_payers
from tests.funding.asking import (
    FINANCE,
    FUNDING,
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
from tests.placements.asking import in_days
from tests.placements.conftest import People, Setting
from tests.providers.router.asking import at_version, problem

OWED = {"route": "health-absence"}
REASON = "Marker: the child lives elsewhere since June."


def authority_first(setting: Setting) -> list[dict[str, Any]]:
    return split(setting)[::-1]


async def confirm(client: httpx.AsyncClient, arrangement: dict[str, Any]) -> httpx.Response:
    address = f"{FUNDING}/{arrangement['id']}/payer-confirmation"
    return await client.post(address, headers=at_version(arrangement["version"]))


async def dispute(
    client: httpx.AsyncClient, arrangement: dict[str, Any], number: int = 1
) -> httpx.Response:
    address = f"{FUNDING}/{arrangement['id']}/disputes"
    return await client.post(address, json={"payer": number, "reason": REASON})


async def settle(
    client: httpx.AsyncClient, arrangement: dict[str, Any], **said: Any
) -> httpx.Response:
    found = arrangement["disputes"][0]["id"]
    address = f"{FUNDING}/{arrangement['id']}/disputes/{found}/settlement"
    return await client.post(address, json={"reasons": "It is Coventry's."} | said)


async def test_another_payer_needs_a_reason_and_a_second_person(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting)
    sent = terms(setting, payers=authority_first(setting))

    bare = await arrange(people["school"], placement, sent)
    made = await arrange(people["school"], placement, sent | {"override_reason": REASON})
    told = made.json()
    early = await sign(people["payer"], told, 1)
    late = (await read(people["school"], told)).json()
    confirmed = await confirm(people["approver"], late)
    again = await confirm(people["approver"], confirmed.json())

    assert problem(bare) == (409, "payer-needs-a-reason")
    assert (bare.json()["basis"], bare.json()["rule"]) == ("policy", "payer-follows-duty")
    assert told["state"] == "waiting-for-second-person"
    assert (told["override"]["reason"], told["override"]["rule"]["basis"]) == (REASON, "policy")
    assert problem(early) == (409, "payer-not-confirmed")
    assert confirmed.json()["state"] == "to-sign"
    assert confirmed.json()["override"]["confirmed_by"] == "Example Approver"
    assert problem(again) == (409, "nothing-to-confirm")
    assert (await sign(people["payer"], told, 1)).status_code == 200


async def test_nobody_confirms_their_own_choice(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting)
    sent = terms(setting, payers=authority_first(setting), override_reason=REASON)
    made = (await arrange(people["school"], placement, sent)).json()
    await owner.execute(
        "UPDATE memberships SET roles = roles || '{approver}'::text[] WHERE id = $1",
        setting.members["school"].membership_id,
    )

    assert problem(await confirm(people["school"], made)) == (403, "second-person-needed")


async def test_a_capacity_that_the_record_gives_to_another_is_another_payer(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting, **OWED)
    wrong = [payer(setting, "away", "home-la", share_basis_points=10_000)]
    right = [payer(setting, "payer", "home-la", share_basis_points=10_000)]

    refused = await arrange(people["school"], placement, terms(setting, payers=wrong))
    taken = await arrange(people["school"], placement, terms(setting, payers=right))

    assert problem(refused) == (409, "payer-needs-a-reason")
    assert taken.status_code == 201


async def test_a_dispute_names_who_pays_meanwhile_and_runs_on_its_own_clock(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting, **OWED)
    made = await arranged(people, setting, placement, payers=authority_first(setting))
    assert made["interim_payer"] is None

    opened = await dispute(people["payer"], made)
    told = opened.json()

    assert opened.status_code == 201, opened.text
    meanwhile = told["interim_payer"]
    assert (meanwhile["name"], meanwhile["because"]) == ("Coventry", "dispute")
    assert (meanwhile["without_prejudice"], meanwhile["rule"]["code"]) == (True, "section-19")
    assert (meanwhile["since"], meanwhile["until"]) == (in_days(7), None)
    found = told["disputes"][0]
    assert (found["reason"], found["name"], found["settlement"]) == (REASON, "Coventry", None)
    assert found["days_left"] >= 28  # 20 working days
    assert problem(await dispute(people["payer"], made)) == (409, "dispute-open")
    assert problem(await dispute(people["signatory"], made)) == (403, "share-not-yours")
    assert (await overview(people["school"], placement))["arrangements"][0]["disputes"]


async def test_a_dispute_ends_by_the_payers_agreement_or_a_named_decision(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting, **OWED)
    made = await arranged(people, setting, placement, payers=authority_first(setting))
    told = (await dispute(people["payer"], made)).json()

    answers = [
        await settle(people["signatory"], told, how="agreement"),
        await settle(people["signatory"], told, how="decision"),
        await settle(people["signatory"], told, how="decision", decided_by="Example Forum"),
        await settle(people["payer"], told, how="agreement"),
    ]
    again = await dispute(people["payer"], made)
    agreed = await settle(people["payer"], again.json(), how="agreement")
    await sign(people["payer"], made, 1)
    signed = (await sign(people["signatory"], made, 2)).json()

    assert [answer.status_code for answer in answers] == [403, 422, 200, 409]
    assert problem(answers[3]) == (409, "dispute-settled")
    settled = answers[2].json()["disputes"][0]
    assert (settled["decided_by"], settled["settlement"]) == ("Example Forum", "decision")
    assert settled["settlement_reasons"] == "It is Coventry's."
    assert agreed.json()["disputes"][0]["settlement"] == "agreement"
    assert signed["state"] == "agreed"
    assert (signed["interim_payer"] or {"until": 1})["until"] is not None


async def test_what_began_unsigned_is_paid_meanwhile_by_whoever_owes_it(
    people: People, setting: Setting, database: Database, owner: asyncpg.Connection
) -> None:
    placement = await placed(people, setting, **OWED)
    made = await arranged(people, setting, placement, payers=authority_first(setting))
    free = await arranged(people, setting)
    await owner.execute("UPDATE funding_arrangements SET since = $1", clock.today())

    for _ in range(2):
        async with transaction(database, WORKER) as session:
            await note_interim_payers(session, {})

    told = (await read(people["school"], made)).json()["interim_payer"]
    assert (told["name"], told["because"], told["until"]) == ("Coventry", "signature-missing", None)
    assert (await read(people["school"], free)).json()["interim_payer"] is None


async def test_one_that_runs_already_unsigned_is_paid_meanwhile_at_once(
    people: People, setting: Setting
) -> None:
    began = (clock.today() - timedelta(days=3)).isoformat()
    placement = await placed(people, setting, starts_on=began, **OWED)

    made = await arranged(people, setting, placement, since=began, payers=authority_first(setting))

    assert made["interim_payer"]["because"] == "signature-missing"


async def test_each_sees_what_it_pays_for_and_nothing_more(
    people: People, setting: Setting, owner: asyncpg.Connection
) -> None:
    elsewhere = [split(setting)[0], payer(setting, "away", "plan-la", share_basis_points=4_000)]
    made = await arranged(people, setting, payers=elsewhere)
    await dispute(people["away"], made, 2)

    answers = {name: await read(client, made) for name, client in people.items()}

    statuses = {name: answer.status_code for name, answer in answers.items()}
    assert {name for name, status in statuses.items() if status == 200} == {
        *("school", "home", "signatory", "approver", "payer", "away", "elsewhere")
    }
    away = answers["away"].json()
    assert away["placement"]["child_reference"].startswith("MIS-")
    assert away["placement"]["days"] == ["monday", "tuesday", "wednesday", "thursday", "friday"]
    assert away["placement"]["weekly_minutes"] == 1_200
    assert away["disputes"][0]["reason"] == REASON
    assert [one["budget_line"] for one in away["terms"]["payers"]] == [None, None]
    assert answers["school"].json()["terms"]["payers"][0]["budget_line"] == "pupil-premium"
    assert "Synthetic" not in answers["away"].text


async def test_a_provider_learns_the_price_and_whom_to_invoice(
    people: People, setting: Setting
) -> None:
    placement = await placed(people, setting, **OWED)
    made = await arranged(people, setting, placement, payers=authority_first(setting))
    await dispute(people["payer"], made)
    address = f"/v1/provider-records/{setting.record.number}/funding"

    told = await people["manager"].get(address)
    others = await people["school"].get(address)

    assert told.status_code == 200, told.text
    price = told.json()["items"][0]
    assert (price["price_pence"], price["units_a_week"], price["agreed"]) == (5_005, "5.00", False)
    assert [(one["name"], one["order_number"]) for one in price["invoice"]] == [
        ("Coventry", None),
        ("Example School", "PO-7"),
    ]
    assert price["meanwhile"] == "Coventry"
    assert price["placement"] == placement["reference"]
    assert not {"child_reference", "disputes", "budget_line"} & price.keys()
    assert others.status_code == 404 or others.json()["items"] == []


async def test_a_payer_lists_what_it_is_to_sign_and_what_is_disputed(
    people: People, setting: Setting
) -> None:
    first = await arranged(people, setting)
    second = await arranged(people, setting)
    await sign(people["payer"], second, 2)
    await dispute(people["payer"], second, 2)

    async def listed(who: str, **asked: Any) -> list[str]:
        answer = await people[who].get(FUNDING, params=FINANCE | asked)
        assert answer.status_code == 200, answer.text
        return [one["id"] for one in answer.json()["items"]]

    assert await listed("payer", state="to-sign") == [first["id"]]
    assert await listed("payer", state="disputed") == [second["id"]]
    assert await listed("payer") == [second["id"], first["id"]]
    assert await listed("payer", state="agreed") == []
    assert await listed("away") == []
    page = await people["payer"].get(FUNDING, params=FINANCE | {"limit": 1})
    following = await people["payer"].get(page.json()["links"]["next"])
    assert [one["id"] for one in following.json()["items"]] == [first["id"]]
    item = page.json()["items"][0]
    assert (item["own_amount_pence"], item["to_sign"], item["disputed"]) == (120_120, False, True)
